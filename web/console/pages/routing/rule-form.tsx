import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { levels } from '#requests/lifecycle-rule.ts'
import type { Organisation } from '#org/contract.ts'
import { refusalCode } from '#web/api/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Select, Switch, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { areasUnder } from '../../data/areas.ts'
import { categories, groupsOf } from '../../data/catalogue.ts'
import { routingRules, ruleEffect, useRuleChange } from '../../data/dispatch.ts'
import type { RuleChange, RuleView } from '../../data/dispatch.ts'
import { useMe } from '../../data/me.ts'
import { CategoryPicker } from '../../parts/category-picker.tsx'
import { DateField } from '../../parts/date-field.tsx'
import { OrganisationPicker } from '../../parts/organisation-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { lifecycleWord } from '../../words.ts'

const scopes = ['oneCategory', 'oneGroup', 'all'] as const
const targets = ['byFunction', 'byOrganisation', 'byDesk'] as const

/** What a row is to say and from when on, with what it would have done to the last 90 days before it is saved. */
export function RuleForm(props: {
  id: string
  version: number
  rule: RuleView | undefined
  onMade: () => void
}) {
  const { id, version, rule, onMade } = props
  const { t } = useTranslation()
  const now = useNow()
  const { home } = useMe()
  const tell = useToast()
  const client = useQueryClient()
  const change = useRuleChange(id, version)
  const known = useQuery(categories)
  const areas = useQuery(areasUnder(home))
  const [scope, setScope] = useState<(typeof scopes)[number]>(
    !rule || rule.category ? 'oneCategory' : rule.group ? 'oneGroup' : 'all',
  )
  const [category, setCategory] = useState(rule?.category ?? undefined)
  const [group, setGroup] = useState(rule?.group ?? '')
  const [path, setPath] = useState(rule?.area.path ?? home)
  const [target, setTarget] = useState<(typeof targets)[number]>(
    rule?.organisation ? 'byOrganisation' : rule?.deskLevel ? 'byDesk' : 'byFunction',
  )
  const [functions, setFunctions] = useState(rule?.functions?.join(t('story.listComma')) ?? '')
  const [organisation, setOrganisation] = useState<Pick<Organisation, 'id' | 'name'> | undefined>(
    rule?.organisation ?? undefined,
  )
  const [deskLevel, setDeskLevel] = useState<(typeof levels)[number]>(rule?.deskLevel ?? 'subdistrict')
  const [basis, setBasis] = useState(rule?.basis ?? '')
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const [ended, setEnded] = useState(false)
  const [tried, setTried] = useState(false)
  const named = functions
    .split(/[、,，/;；]/)
    .map((one) => one.trim())
    .filter(Boolean)
    .slice(0, 6)
  const aimed =
    target === 'byFunction'
      ? named.length > 0
      : target === 'byOrganisation'
        ? organisation !== undefined
        : true
  const isAbout = scope === 'all' || (scope === 'oneCategory' ? category !== undefined : group !== '')
  const draft: RuleChange | undefined =
    aimed && isAbout && basis.trim().length >= 2
      ? {
          category: scope === 'oneCategory' ? category! : null,
          group: scope === 'oneGroup' ? group : null,
          path,
          organisation: target === 'byOrganisation' ? organisation!.id : null,
          functions: target === 'byFunction' ? named : null,
          deskLevel: target === 'byDesk' ? deskLevel : null,
          basis: basis.trim(),
          validUntil: until ? midnight(until) : null,
          ended,
        }
      : undefined
  const whole = draft !== undefined && from !== undefined
  const conflict = refusalCode(change.error) === 'changed_meanwhile'

  async function send(wanted: RuleChange) {
    try {
      // Awaited here, because the form of the old version is gone as soon as the new one is read.
      await change.mutateAsync(wanted)
    } catch {
      return // It stands in `change.error`.
    }
    tell(t('routing.saved'))
    onMade()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!whole || change.isPending) return
    // Midnight of that day in the zone of the installation; today means at once.
    const begins = midnight(from)
    void send({ ...draft, ...(begins > now && { validFrom: begins }) })
  }

  return (
    <form className="pane-form" onSubmit={submit} noValidate>
      {!rule && (
        <SegmentedChoice
          legend={t('routing.about')}
          options={scopes.map((value) => ({ value, label: t(`routing.${value}`) }))}
          value={scope}
          onChange={setScope}
        />
      )}
      {!rule && scope === 'oneCategory' && <CategoryPicker value={category} onChange={setCategory} />}
      {!rule && scope === 'oneGroup' && (
        <Select label={t('routing.group')} value={group} onChange={(event) => setGroup(event.target.value)}>
          <option value="">{t('field.choose')}</option>
          {groupsOf(known.data?.items ?? []).map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
      {!rule && (
        <Select label={t('routing.area')} value={path} onChange={(event) => setPath(event.target.value)}>
          <option value={home}>{t('routing.areaAll')}</option>
          {(areas.data?.items ?? []).map((area) => (
            <option key={area.path} value={area.path}>
              {area.name}
            </option>
          ))}
        </Select>
      )}
      <SegmentedChoice
        legend={t('routing.target')}
        options={targets.map((value) => ({ value, label: t(`routing.${value}`) }))}
        value={target}
        onChange={setTarget}
      />
      {target === 'byFunction' && (
        <TextInput
          label={t('routing.functions')}
          hint={t('routing.functionsHint')}
          value={functions}
          maxLength={200}
          onChange={(event) => setFunctions(event.target.value)}
        />
      )}
      {target === 'byOrganisation' && (
        <OrganisationPicker
          label={t('routing.organisation')}
          value={organisation as Organisation | undefined}
          onChange={setOrganisation}
        />
      )}
      {target === 'byDesk' && (
        <Select
          label={t('routing.deskLevel')}
          value={deskLevel}
          onChange={(event) => setDeskLevel(event.target.value as typeof deskLevel)}
        >
          {levels.map((one) => (
            <option key={one} value={one}>
              {lifecycleWord(t, `level.${one}`)}
            </option>
          ))}
        </Select>
      )}
      <TextInput
        label={t('routing.basis')}
        hint={t('routing.basisHint')}
        value={basis}
        maxLength={200}
        onChange={(event) => setBasis(event.target.value)}
      />
      <DateField label={t('routing.from')} hint={t('routing.fromHint')} value={from} onChange={setFrom} />
      <DateField label={t('routing.until')} hint={t('routing.untilHint')} value={until} onChange={setUntil} />
      {rule && <Switch label={t('routing.end')} on={ended} onChange={setEnded} />}
      {draft && <RuleEffect id={id} change={draft} />}
      {tried && !whole && (
        <p className="deed-missing" role="alert">
          {t('routing.missing')}
        </p>
      )}
      {conflict ? (
        <div className="conflict" role="alert">
          <p>{t('routing.conflict')}</p>
          <Button
            small
            onClick={() => void client.invalidateQueries({ queryKey: routingRules.queryKey.slice(0, 1) })}
          >
            {t('routing.seeNewest')}
          </Button>
        </div>
      ) : (
        <ProblemNote error={change.error} />
      )}
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={change.isPending}>
          {t('routing.save')}
        </Button>
        <p>{t('routing.cause')}</p>
      </div>
    </form>
  )
}

const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`).toISOString()

/** What the change would have done to what was dispatched lately, before it is made. */
function RuleEffect({ id, change }: { id: string; change: RuleChange }) {
  const { t } = useTranslation()
  const { data } = useQuery(ruleEffect(id, useDeferredValue(change)))
  if (!data) return null
  const { looked, changed, open, samples, unknown } = data
  const name = (one: { name: string } | null) => one?.name ?? t('routing.nobody')
  return (
    <div className="effect" aria-live="polite">
      <p>{changed === 0 ? t('routing.effectNone') : t('routing.effect', { looked, count: changed, open })}</p>
      {unknown.length > 0 && (
        <p className="warn">{t('routing.effectUnknown', { names: unknown.join(t('story.listComma')) })}</p>
      )}
      {samples.length > 0 && (
        <ul className="effect-samples">
          {samples.slice(0, 5).map((sample) => (
            <li key={sample.request}>
              {sample.title}
              <small>
                {[
                  t('routing.sample', { before: name(sample.before), after: name(sample.after) }),
                  sample.answeredBy && t('routing.answered', { by: sample.answeredBy.name }),
                ]
                  .filter(Boolean)
                  .join(t('comma'))}
              </small>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
