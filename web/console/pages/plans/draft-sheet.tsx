import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import { usualBounds } from '#liaison/bounds.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Select, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { areasUnder, areaWithAbove } from '../../data/areas.ts'
import { useMe } from '../../data/me.ts'
import { candidates, useDraft, usePlanChange, usePlanStep } from '../../data/plans.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { paths } from '../../paths.ts'
import { LeaversField } from './leavers-field.tsx'
import { daysFrom, stabilities } from './said.ts'

type Stability = (typeof stabilities)[number]['name']

/** A new plan, or other settings for one that is there; either way it is worked out at once. */
export function DraftSheet(props: { plan?: Scenario | undefined; open: boolean; onClose: () => void }) {
  const { plan, open, onClose } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const stillHere = useStillHere()
  // The fields begin anew with each version of the plan, their own change included: whether to go on is the sheet's to know.
  const onSolving = async (running: Scenario) => {
    if (!stillHere()) return
    await navigate({ to: paths.plans, params: { plan: running.id } })
    onClose()
  }
  return (
    <Sheet title={t(plan ? 'plans.settings' : 'plans.new')} open={open} onClose={onClose}>
      <Fields key={plan?.version} plan={plan} onSolving={onSolving} />
    </Sheet>
  )
}

function Fields({
  plan,
  onSolving,
}: {
  plan: Scenario | undefined
  onSolving: (running: Scenario) => Promise<void>
}) {
  const { t } = useTranslation()
  const now = useNow()
  const { home } = useMe()
  const days = daysFrom(now)
  const [id] = useState(() => newId())
  const [path, setPath] = useState(plan?.path ?? home)
  const [name, setName] = useState(plan?.name ?? '')
  const [startsOn, setStartsOn] = useState<string | undefined>(plan?.startsOn ?? days.nextMonth)
  const [least, setLeast] = useState(plan?.least ?? usualBounds.least)
  const [most, setMost] = useState(plan?.most ?? usualBounds.most)
  const [metres, setMetres] = useState<number>(plan?.stability ?? stabilities[1].metres)
  const [leaving, setLeaving] = useState<string[]>(plan?.leaving.map((one) => one.id) ?? [])
  const people = useInfiniteQuery(candidates(path, startsOn ?? ''))
  const first = people.data?.pages[0]
  const gone = first?.leaving ?? []
  const draft = useDraft()
  const change = usePlanChange(plan ?? { id, version: 1 })
  const step = usePlanStep()
  const chosen: Stability = stabilities.find((one) => one.metres === metres)?.name ?? 'some'
  const usualName = t('plans.nameUsual', { count: leaving.length + gone.length })

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!startsOn || draft.isPending || change.isPending || step.isPending) return
    const settings = { name: name.trim() || usualName, startsOn, least, most, stability: metres, leaving }
    try {
      const kept = plan
        ? await change.mutateAsync(settings)
        : await draft.mutateAsync({ id, path, ...settings })
      await onSolving(await step.mutateAsync({ plan: kept, step: 'solve' }))
    } catch {
      // What was refused stands below, by the mutation that failed.
    }
  }

  return (
    <form className="plan-draft" onSubmit={(event) => void submit(event)} noValidate>
      {!plan && <AreaField home={home} value={path} onChange={setPath} />}
      <TextInput
        label={t('plans.name')}
        value={name}
        maxLength={60}
        placeholder={usualName}
        onChange={(event) => setName(event.target.value)}
      />
      <DateField label={t('plans.startsOn')} min={days.today} value={startsOn} onChange={setStartsOn} />
      <div className="plan-bounds">
        <TextInput
          label={t('plans.least')}
          type="number"
          min={0}
          value={least}
          onChange={(event) => setLeast(Number(event.target.value))}
        />
        <TextInput
          label={t('plans.most')}
          type="number"
          min={1}
          value={most}
          onChange={(event) => setMost(Number(event.target.value))}
        />
      </div>
      <p className="note second">
        {t('plans.rural', { least: usualBounds.ruralLeast, most: usualBounds.ruralMost })}
      </p>
      <div>
        <p className="label">{t('plans.stability')}</p>
        <SegmentedChoice
          stack
          legend={t('plans.stability')}
          value={chosen}
          onChange={(value) => setMetres(stabilities.find((one) => one.name === value)?.metres ?? 0)}
          options={stabilities.map((one) => ({
            value: one.name,
            label: t(`plans.stable.${one.name}`, { metres: one.metres }),
          }))}
        />
      </div>
      <LeaversField
        people={people}
        gone={gone}
        value={leaving}
        known={plan?.leaving ?? []}
        onChange={setLeaving}
      />
      {first && (
        <p className="plan-enough">
          {t('plans.enough', {
            households: first.households,
            people: first.total - gone.length - leaving.length,
            each: Math.ceil(first.households / Math.max(1, first.total - gone.length - leaving.length)),
          })}
        </p>
      )}
      <ProblemNote error={draft.error ?? change.error ?? step.error ?? people.error} />
      <Button
        kind="primary"
        wide
        type="submit"
        disabled={!startsOn}
        busy={draft.isPending || change.isPending || step.isPending}
      >
        {t('plans.solve')}
      </Button>
    </form>
  )
}

/** The whole area I answer for, or one part of it. */
function AreaField({
  home,
  value,
  onChange,
}: {
  home: string
  value: string
  onChange: (path: string) => void
}) {
  const { t } = useTranslation()
  const above = useQuery(areaWithAbove(home))
  const under = useQuery(areasUnder(home))
  const own = above.data?.items.at(-1)
  const parts = (under.data?.items ?? []).filter(({ kind }) => kind !== 'building' && kind !== 'unit')
  return (
    <Select label={t('plans.area')} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value={home}>{own?.place ?? home}</option>
      {parts.map(({ path, place }) => (
        <option key={path} value={path}>
          {place}
        </option>
      ))}
    </Select>
  )
}
