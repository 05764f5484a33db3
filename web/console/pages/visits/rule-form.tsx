import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { careKinds } from '#households/lists.ts'
import { visitors, whos } from '#visits/lists.ts'
import { events, rhythms } from '#visits/periods.ts'
import type { Rule, RuleChange } from '#visits/rule-contract.ts'
import { misfit } from '#visits/rule-fit.ts'
import { refusalCode } from '#web/api/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, Switch, TextInput } from '#web/ui/field.tsx'
import { localTime } from '#web/ui/local-time.ts'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { changeRule, ruleHistory, rulePreview, useVisitChange, visitRules } from '../../data/visits.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayText } from './said.ts'

const pad = (n: number) => String(n).padStart(2, '0')
const today = (now: string) => {
  const { year, month, day } = localTime(now)
  return `${year}-${pad(month)}-${pad(day)}`
}

type Draft = Omit<RuleChange, 'households'>
const fresh: Omit<Draft, 'validFrom'> = {
  name: '',
  who: 'all',
  careKinds: [],
  rhythm: 'monthly',
  event: null,
  days: null,
  visitor: 'liaison',
  basis: '',
  active: true,
}

/** What hangs together is set together, so that a rule cannot be put into a shape that means nothing. */
function fitted(draft: Draft, change: Partial<Draft>): Draft {
  const next = { ...draft, ...change }
  const upon = next.rhythm === 'event'
  const event = upon ? (next.event ?? 'on_request') : null
  const who = upon && event !== 'holiday' ? 'event' : next.who === 'event' ? 'all' : next.who
  return {
    ...next,
    event,
    who,
    careKinds: who === 'care' ? next.careKinds : [],
    visitor: who === 'walk' ? 'grid' : next.visitor === 'grid' ? 'liaison' : next.visitor,
    days: upon ? (next.days ?? 3) : next.days,
  }
}

/** A rule, new or changed from a day on, with what it will cause before it is made. */
export function RuleForm({ id, rule, onDone }: { id: string; rule: Rule | undefined; onDone: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => {
    if (!rule) return { ...fresh, validFrom: today(now) }
    const { name, who, careKinds: kinds, rhythm, event, days, visitor, basis, active } = rule
    return { name, who, careKinds: kinds, rhythm, event, days, visitor, basis, active, validFrom: today(now) }
  })
  const send = useVisitChange(changeRule)
  const set = (change: Partial<Draft>) => setDraft(fitted(draft, change))
  const change = { ...draft, name: draft.name.trim(), basis: draft.basis.trim() }
  const whole = change.name !== '' && change.basis !== '' && misfit(change) === undefined
  const conflict = refusalCode(send.error) === 'changed_meanwhile'

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!whole || send.isPending) return
    send.mutate(
      { id, version: rule?.version ?? 0, change },
      {
        afterwards: () => tell(t('visits.ruleSaved')),
        onSuccess: onDone,
      },
    )
  }

  return (
    <form className="visit-rule-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('visits.field.name')}
        value={draft.name}
        maxLength={40}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Select
        label={t('visits.field.rhythm')}
        value={draft.rhythm}
        onChange={({ target }) => set({ rhythm: rhythms.find((one) => one === target.value) ?? 'monthly' })}
      >
        {rhythms.map((one) => (
          <option key={one} value={one}>
            {t(`visits.rhythm.${one}`)}
          </option>
        ))}
      </Select>
      {draft.rhythm === 'event' && (
        <Select
          label={t('visits.field.event')}
          value={draft.event ?? ''}
          onChange={({ target }) => set({ event: events.find((one) => one === target.value) ?? null })}
        >
          {events.map((one) => (
            <option key={one} value={one}>
              {t(`visits.event.${one}`)}
            </option>
          ))}
        </Select>
      )}
      {draft.who !== 'event' && (
        <Select
          label={t('visits.field.who')}
          value={draft.who}
          onChange={({ target }) => set({ who: whos.find((one) => one === target.value) ?? 'all' })}
        >
          {whos
            .filter((one) => one !== 'event' && (one !== 'list' || rule?.who === 'list'))
            .map((one) => (
              <option key={one} value={one}>
                {t(`visits.who_.${one}`)}
              </option>
            ))}
        </Select>
      )}
      {draft.who !== 'walk' && (
        <Select
          label={t('visits.field.visitor')}
          value={draft.visitor}
          onChange={({ target }) =>
            set({ visitor: visitors.find((one) => one === target.value) ?? 'liaison' })
          }
        >
          {visitors
            .filter((one) => one !== 'grid')
            .map((one) => (
              <option key={one} value={one}>
                {t(`visits.visitor.${one}`)}
              </option>
            ))}
        </Select>
      )}
      <TextInput
        label={t(draft.event === 'holiday' ? 'visits.field.daysBefore' : 'visits.field.days')}
        hint={draft.rhythm === 'event' ? undefined : t('visits.field.daysHint')}
        inputMode="numeric"
        maxLength={2}
        value={draft.days === null ? '' : String(draft.days)}
        onChange={({ target }) => {
          const days = Number.parseInt(target.value, 10)
          set({ days: days >= 1 && days <= 92 ? days : null })
        }}
      />
      <DateField
        label={t('visits.field.from')}
        hint={t('visits.field.fromHint')}
        min={today(now)}
        value={draft.validFrom}
        onChange={(validFrom) => set({ validFrom: validFrom ?? today(now) })}
      />
      {draft.who === 'care' && (
        <fieldset className="visit-kinds">
          <legend>{t('visits.field.kinds')}</legend>
          {careKinds.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={draft.careKinds.includes(kind)}
                onChange={({ target }) =>
                  set({
                    careKinds: target.checked
                      ? [...draft.careKinds, kind]
                      : draft.careKinds.filter((one) => one !== kind),
                  })
                }
              />
              {t(`visits.care.${kind}`)}
            </label>
          ))}
        </fieldset>
      )}
      <TextInput
        label={t('visits.field.basis')}
        hint={t('visits.field.basisHint')}
        value={draft.basis}
        maxLength={300}
        onChange={(event) => set({ basis: event.target.value })}
      />
      <Switch label={t('visits.field.active')} on={draft.active} onChange={(active) => set({ active })} />
      {whole && <Effect id={id} change={change} />}
      {conflict ? (
        <div className="conflict" role="alert">
          <p>{t('visits.conflict')}</p>
          <Button small onClick={() => void client.invalidateQueries({ queryKey: visitRules.queryKey })}>
            {t('visits.seeNewest')}
          </Button>
        </div>
      ) : (
        <ProblemNote error={send.error} />
      )}
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={send.isPending} disabled={!whole}>
          {t('visits.saveRule')}
        </Button>
        <p>{whole ? t('visits.saveCause') : t('visits.missing')}</p>
      </div>
      {rule && <History id={rule.id} />}
    </form>
  )
}

/** What the rule would ask for in the next thirty days, before it is made. */
function Effect({ id, change }: { id: string; change: RuleChange }) {
  const { t } = useTranslation()
  const now = useNow()
  const { data } = useQuery(rulePreview(id, useDeferredValue(change)))
  if (!data) return null
  const [first] = data.periods
  return (
    <div className="effect" aria-live="polite">
      <p>
        {t(data.estimated ? 'visits.effectEstimated' : 'visits.effect', {
          count: data.tasks,
          households: data.households,
        })}
      </p>
      {data.perPerson !== null && <p>{t('visits.effectEach', { each: data.perPerson })}</p>}
      {first && !data.estimated && (
        <p>
          {t('visits.effectFirst', {
            from: dayText(t, first.opensOn, now),
            due: dayText(t, first.dueOn, now),
          })}
          {first.presumed && t('visits.presumed')}
        </p>
      )}
      {!first && <p>{t('visits.effectNone')}</p>}
    </div>
  )
}

/** Every version, newest first. */
function History({ id }: { id: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const items = useQuery(ruleHistory(id)).data?.items ?? []
  if (items.length < 2) return null
  return (
    <details className="visit-history">
      <summary>{t('visits.history', { count: items.length })}</summary>
      <ol className="history">
        {items.map((one) => (
          <li key={one.version}>
            <b>{t('people.from', { from: dayText(t, one.validFrom, now) })}</b>
            <span>{one.name}</span>
            <span>{t(one.active ? `visits.rhythm.${one.rhythm}` : 'visits.ended.rule')}</span>
            {one.setBy && <span>{one.setBy}</span>}
          </li>
        ))}
      </ol>
    </details>
  )
}
