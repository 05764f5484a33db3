import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Move, Scenario } from '#liaison/contract.ts'
import type { PlanMap } from '#liaison/lists-contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { movePrice, planMap, useMove, useUndoMove } from '../../data/plans.ts'
import { Combobox, type Option } from '../../parts/combobox.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { PriceSays } from './moves.tsx'
import type { Taken } from './plan-map.tsx'

type Props = {
  plan: Scenario
  part: string | undefined
  taken: Taken
  onTake: (taken: Taken | undefined) => void
}

const nobody = 'nobody'

/** Moves households of a stairwell from one person to another: the price first, then the reason, then the move. */
export function MoveForm(props: Props) {
  const { plan, part, taken } = props
  const map = useQuery(planMap(plan.id, plan.version, part))
  return map.data ? <Fields key={taken.unit} {...props} map={map.data} /> : null
}

function Fields({ plan, taken, onTake, map }: Omit<Props, 'part'> & { map: PlanMap }) {
  const { t } = useTranslation()
  const tell = useToast()
  const move = useMove(plan.id)
  const undo = useUndoMove(plan.id)
  const unit = map.units.find(({ path }) => path === taken.unit)
  const holders = useMemo(() => unit?.shares.filter(({ side }) => side === 'planned') ?? [], [unit])
  const [from, setFrom] = useState<string>()
  const [wanted, setWanted] = useState<number>()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const holder = holders.find(({ person }) => (person ?? nobody) === from) ?? holders[0]
  const many = Math.min(wanted ?? holder?.households ?? 0, holder?.households ?? 0)
  const nameOf = (id: string | null) => map.people.find((one) => one.id === id)?.name ?? t('plans.nobody')
  const asked: Move | undefined =
    unit && holder && taken.to && taken.to !== holder.person && many > 0
      ? { unit: unit.path, from: holder.person, to: taken.to, households: many }
      : undefined
  const price = useQuery(movePrice(plan.id, plan.version, asked))

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!asked || reason.trim().length < 2 || move.isPending) return
    const id = newId()
    move.mutate(
      { id, ...asked, reason: reason.trim() },
      {
        afterwards: () =>
          tell(t('plans.done', { name: nameOf(asked.to), count: asked.households }), () => undo.mutate(id)),
        onSuccess: () => onTake(undefined),
      },
    )
  }

  return (
    <form className="plan-move" onSubmit={submit} noValidate aria-label={t('plans.move')}>
      <h2>{t('plans.move')}</h2>
      <UnitPicker map={map} value={taken.unit} onChange={(path) => onTake({ unit: path })} />
      {unit && holder && (
        <>
          {holders.length > 1 ? (
            <Select
              label={t('plans.from')}
              value={holder.person ?? nobody}
              onChange={(event) => setFrom(event.target.value)}
            >
              {holders.map(({ person, households }) => (
                <option key={person} value={person ?? nobody}>
                  {t('plans.personHas', { name: nameOf(person), count: households })}
                </option>
              ))}
            </Select>
          ) : (
            <p className="plan-from">
              {t('plans.fromOnly', { name: nameOf(holder.person), count: holder.households })}
            </p>
          )}
          <PersonPicker
            map={map}
            unit={unit.path}
            not={holder.person}
            value={taken.to}
            onChange={(to) => onTake({ unit: unit.path, ...(to && { to }) })}
          />
          <TextInput
            label={t('plans.many')}
            hint={t('plans.manyHint', { count: holder.households })}
            type="number"
            min={1}
            max={holder.households}
            value={many}
            onChange={(event) => setWanted(Math.max(1, Number(event.target.value) || 1))}
          />
        </>
      )}
      {asked && price.data && <PriceSays price={price.data} />}
      <ProblemNote error={price.error ?? move.error} />
      {asked && (
        <TextInput
          label={t('plans.why')}
          value={reason}
          maxLength={200}
          error={tried && reason.trim().length < 2 && t('plans.whyMissing')}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <div className="plan-do">
        <Button type="submit" disabled={!asked} busy={move.isPending}>
          {t('plans.makeMove')}
        </Button>
        <Button kind="quiet" onClick={() => onTake(undefined)}>
          {t('plans.leave')}
        </Button>
      </div>
    </form>
  )
}

/** So many are offered at once; typing narrows them. */
const mostOffered = 40

function UnitPicker(props: { map: PlanMap; value: string; onChange: (path: string) => void }) {
  const { map, value, onChange } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const option = (unit: PlanMap['units'][number]): Option => {
    const building = map.buildings.find(({ path }) => unit.path.startsWith(path))
    const compound = map.compounds.find(({ path }) => unit.path.startsWith(path))
    const label = `${compound?.name ?? ''}${building?.name ?? ''}${unit.name}`
    return { value: unit.path, label, note: t('plans.households', { count: unit.households }) }
  }
  const options = map.units.map(option)
  return (
    <Combobox
      label={t('plans.unit')}
      options={options.filter(({ label }) => label.includes(query.trim())).slice(0, mostOffered)}
      value={options.find((one) => one.value === value)}
      onChange={(next) => onChange(next?.value ?? '')}
      query={query}
      onQuery={setQuery}
      placeholder={t('plans.unitFind')}
    />
  )
}

function PersonPicker(props: {
  map: PlanMap
  unit: string
  not: string | null
  value: string | undefined
  onChange: (person: string | undefined) => void
}) {
  const { map, unit, not, value, onChange } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const at = map.units.find(({ path }) => path === unit)?.at ?? [0, 0]
  const options = map.people
    .filter(({ id, leaving }) => !leaving && id !== not)
    .map((person) => ({
      far: Math.min(...person.anchors.map(([lon, lat]) => Math.hypot((lon - at[0]) * 0.77, lat - at[1]))),
      option: {
        value: person.id,
        label: person.name,
        note: t('plans.room', { count: person.planned, most: person.most }),
      },
    }))
    // The nearest first: whoever moves something by hand looks next door.
    .toSorted((a, b) => a.far - b.far)
    .map(({ option }) => option)
  return (
    <Combobox
      label={t('plans.toWhom')}
      options={options.filter(({ label }) => label.includes(query.trim())).slice(0, mostOffered)}
      value={options.find((one) => one.value === value)}
      onChange={(next) => onChange(next?.value)}
      query={query}
      onQuery={setQuery}
      placeholder={t('plans.personFind')}
    />
  )
}
