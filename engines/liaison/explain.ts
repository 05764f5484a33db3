import type { Id, Plan, Problem } from './contract.ts'
import { metresBetween, placesOf } from './geometry.ts'
import type { Places } from './geometry.ts'

/**
 * Why these units for this person (LE10), in what others would cost. The prices of the plan know: a household of the unit with another person makes
 * the whole dearer by at least metres + that person's price - the unit's price, whatever else is rearranged for it.
 */

export type Alternative<I extends Id = string> = {
  person: I
  /** From the unit to this other person. */
  metres: number
  /** What the whole plan would cost more for each household, at least; 0: just as good. */
  extra: number
}

export type Explanation<I extends Id = string> = {
  person: I
  households: number
  /** Households x metres. */
  cost: number
  /** What one place more at this person would save the whole plan; negative: what the minimum costs. */
  place: number
  units: { unit: I; households: number; metres: number; alternatives: Alternative<I>[] }[]
  /** Units nearer than the farthest of the person's own that are with others, the nearest first. */
  elsewhere: { unit: I; metres: number; extra: number; with: I[] }[]
}

const mostAlternatives = 3
const mostElsewhere = 5

/** Reads prices for several questions about one plan. */
export type Reading<I extends Id = string> = {
  problem: Problem<I>
  plan: Plan<I>
  units: Places
  people: Places
  unitAt: ReadonlyMap<I, number>
  personAt: ReadonlyMap<I, number>
  /** Of each unit, who has it. */
  holders: ReadonlyMap<I, I[]>
}

export function reading<I extends Id>(problem: Problem<I>, plan: Plan<I>): Reading<I> {
  const holders = new Map<I, I[]>()
  for (const { person, unit } of plan.assignments) {
    const known = holders.get(unit)
    if (known) known.push(person)
    else holders.set(unit, [person])
  }
  return {
    problem,
    plan,
    units: placesOf(problem.units, problem.distance),
    people: placesOf(problem.people, problem.distance),
    unitAt: new Map(problem.units.map(({ id }, index) => [id, index])),
    personAt: new Map(problem.people.map(({ id }, index) => [id, index])),
    holders,
  }
}

/** What a household of the unit with the person costs the whole plan more, at least; undefined if one of them is unknown. */
export function extraOf<I extends Id>(known: Reading<I>, person: I, unit: I): number | undefined {
  const p = known.personAt.get(person)
  const u = known.unitAt.get(unit)
  return p === undefined || u === undefined ? undefined : extra(known, p, u)
}

function metres<I extends Id>({ problem, units, people }: Reading<I>, p: number, u: number): number {
  return metresBetween(people, p, units, u, problem.distance === 'sphere')
}

function extra<I extends Id>(known: Reading<I>, p: number, u: number): number {
  const { people, units } = known.plan.certificate
  return Math.max(0, metres(known, p, u) + people[p]! - units[u]!)
}

export function explain<I extends Id>(
  problem: Problem<I>,
  plan: Plan<I>,
  person: I,
  known: Reading<I> = reading(problem, plan),
): Explanation<I> | undefined {
  const p = known.personAt.get(person)
  if (p === undefined) return undefined
  const own = plan.assignments.filter((one) => one.person === person)
  const units = own.map(({ unit, households }) => {
    const u = known.unitAt.get(unit)!
    const alternatives = problem.people
      .map((_, index) => index)
      .filter((index) => index !== p)
      .map((index) => ({ index, extra: extra(known, index, u) }))
      .toSorted((a, b) => a.extra - b.extra || a.index - b.index)
      .slice(0, mostAlternatives)
      .map(({ index, extra: more }) => ({
        person: problem.people[index]!.id,
        metres: metres(known, index, u),
        extra: more,
      }))
    return { unit, households, metres: metres(known, p, u), alternatives }
  })
  const farthest = units.reduce((most, { metres: far }) => Math.max(most, far), 0)
  const mine = new Set(own.map(({ unit }) => unit))
  const elsewhere = problem.units
    .map(({ id }, index) => ({ id, index, metres: metres(known, p, index) }))
    .filter(
      ({ id, metres: far, index }) => far < farthest && !mine.has(id) && problem.units[index]!.households > 0,
    )
    .toSorted((a, b) => a.metres - b.metres || a.index - b.index)
    .slice(0, mostElsewhere)
    .map(({ id, index, metres: far }) => ({
      unit: id,
      metres: far,
      extra: extra(known, p, index),
      with: known.holders.get(id) ?? [],
    }))
  return {
    person,
    households: own.reduce((sum, { households }) => sum + households, 0),
    cost: units.reduce((sum, one) => sum + one.households * one.metres, 0),
    place: plan.certificate.people[p]!,
    units: units.toSorted((a, b) => a.metres - b.metres),
    elsewhere,
  }
}
