import { useDeferredValue, type FormEvent, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ItemView, MeetingView } from '#meetings/contract.ts'
import { outcomes } from '#meetings/lists.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Switch, TextArea } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { useDecide } from '../../data/meetings.ts'
import { organisationsFound } from '../../data/org.ts'
import { CategoryPicker } from '../../parts/category-picker.tsx'
import { Combobox, type Option } from '../../parts/combobox.tsx'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayOf } from '../../time.ts'
import { Chips } from '../../parts/chips.tsx'

type Outcome = (typeof outcomes)[number]

/** Who does what by when; or a rule for all such matters; or next time. It counts once the meeting is closed. */
export function DecideForm(props: { meeting: MeetingView; item: ItemView; onNext: () => void }) {
  const { meeting, item, onNext } = props
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const { decision, paper } = item
  const option = (one: { id: string; name: string }): Option => ({ value: one.id, label: one.name })
  const [outcome, setOutcome] = useState<Outcome | undefined>(decision?.outcome)
  const [lead, setLead] = useState(decision?.lead ? option(decision.lead) : undefined)
  const [helpers, setHelpers] = useState<Option[]>(decision?.assisting.map(option) ?? [])
  const [demand, setDemand] = useState(decision?.demand ?? '')
  const [dueOn, setDueOn] = useState(decision?.dueAt ? dayOf(decision.dueAt) : undefined)
  const [precedent, setPrecedent] = useState(decision?.precedent ?? false)
  const [category, setCategory] = useState(decision?.category?.code ?? paper?.category?.code)
  const send = useDecide(meeting.id, item.id)
  const needsCategory = outcome === 'precedent' || (outcome === 'task' && (precedent || !paper))
  const draft = draftOf()
  function draftOf(): Parameters<typeof send.mutate>[0] | undefined {
    if (outcome === 'next_time') return { outcome, demand }
    if (!outcome || !lead || !demand.trim() || (needsCategory && !category)) return undefined
    if (outcome === 'precedent') return category ? { outcome, lead: lead.value, demand, category } : undefined
    return dueOn === undefined
      ? undefined
      : {
          outcome,
          lead: lead.value,
          assisting: helpers.map(({ value }) => value),
          demand,
          dueOn,
          precedent,
          ...(category && { category }),
        }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!draft || send.isPending) return
    send.mutate(draft, {
      afterwards: () => tell(t('meetings.decided')),
      onSuccess: onNext,
    })
  }
  return (
    <form className="meet-form" onSubmit={submit} noValidate aria-label={t('meetings.decision')}>
      <SegmentedChoice
        legend={t('meetings.decision')}
        options={outcomes.map((value) => ({ value, label: t(`meetings.outcome.${value}`) }))}
        value={outcome}
        onChange={setOutcome}
      />
      {outcome && outcome !== 'next_time' && (
        <MemberPicker label={t('field.lead')} meeting={meeting} value={lead} onChange={setLead} />
      )}
      {outcome === 'task' && (
        <div>
          <MemberPicker
            label={t('field.assisting')}
            meeting={meeting}
            value={undefined}
            onChange={(one) => one && setHelpers([...helpers, one])}
            except={[...helpers, ...(lead ? [lead] : [])].map(({ value }) => value)}
          />
          <Chips
            items={helpers}
            without={(one) => t('field.removeHelper', { name: one.label })}
            onChange={setHelpers}
          />
        </div>
      )}
      {outcome && (
        <TextArea
          label={t(`meetings.demandOf.${outcome}`)}
          value={demand}
          maxLength={500}
          onChange={(event) => setDemand(event.target.value)}
        />
      )}
      {outcome === 'task' && (
        <>
          <DateField
            label={t('meetings.dueOn')}
            hint={t('meetings.dueHint')}
            min={dayOf(new Date(Date.parse(now) + 86_400_000).toISOString())}
            value={dueOn}
            onChange={setDueOn}
          />
          <Switch label={t('meetings.alsoPrecedent')} on={precedent} onChange={setPrecedent} />
        </>
      )}
      {needsCategory && <CategoryPicker value={category} onChange={setCategory} />}
      {outcome && (
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={send.isPending} disabled={!draft}>
            {t('meetings.decide')}
          </Button>
          <p>{t(`meetings.decideCause.${outcome}`, { name: lead?.label ?? t('meetings.somebody') })}</p>
        </div>
      )}
      {decision && (
        <Button small kind="quiet" busy={send.isPending} onClick={() => send.mutate(null)}>
          {t('meetings.takeBack')}
        </Button>
      )}
      <ProblemNote error={send.error} />
    </form>
  )
}

/** Who sits in the room comes first; anybody else is found by name. */
function MemberPicker(props: {
  label: string
  meeting: MeetingView
  value: Option | undefined
  onChange: (option: Option | undefined) => void
  except?: string[]
}) {
  const { label, meeting, value, onChange, except = [] } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery({ ...organisationsFound(wanted), enabled: wanted.length > 0 })
  const offered: Option[] = wanted
    ? (found.data?.items ?? []).map((one) => ({
        value: one.id,
        label: one.shortName,
        note: t(`organisationKind.${one.kind}`),
      }))
    : meeting.members.map(({ organisation, post }) => ({
        value: organisation.id,
        label: organisation.name,
        note: post,
      }))
  return (
    <Combobox
      label={label}
      options={offered.filter((one) => !except.includes(one.value))}
      value={value}
      onChange={onChange}
      query={query}
      onQuery={setQuery}
      loading={found.isFetching}
      placeholder={t('handler.find')}
    />
  )
}
