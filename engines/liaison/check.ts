import type { Id, Plan, Problem } from './contract.ts'

/**
 * Judges a plan by the problem alone (LE4). Shares nothing with the solver but the types: it has its own distances, adds everything up
 * anew, and holds the prices against every single pair of unit and person.
 */

export type Finding = {
  kind:
    | 'unknown'
    | 'twice'
    | 'not-whole'
    | 'coverage'
    | 'bounds'
    | 'status'
    | 'cost'
    | 'unfair-price'
    | 'dual-bound'
    | 'not-optimal'
    | 'explanation'
  /** Where, and by how much. */
  words: string
}

const mostFindings = 100

export function check<I extends Id>(problem: Problem<I>, plan: Plan<I>): Finding[] {
  const findings: Finding[] = []
  const say = (kind: Finding['kind'], words: string): void => {
    if (findings.length < mostFindings) findings.push({ kind, words })
  }
  const unitIndex = new Map(problem.units.map(({ id }, index) => [id, index]))
  const personIndex = new Map(problem.people.map(({ id }, index) => [id, index]))
  const households = problem.units.reduce((sum, unit) => sum + unit.households, 0)
  const places = problem.people.reduce((sum, { max }) => sum + max, 0)
  const required = problem.people.reduce((sum, { min }) => sum + min, 0)
  const standing = households > places ? 'short' : households < required ? 'idle' : 'fits'

  const taken = new Float64Array(problem.people.length)
  const served = new Float64Array(problem.units.length)
  const pairs = new Map<number, number>()
  let cost = 0
  for (const { person, unit, households: count } of plan.assignments) {
    const p = personIndex.get(person)
    const u = unitIndex.get(unit)
    if (p === undefined || u === undefined) {
      say('unknown', `${String(person)} and ${String(unit)} are not both in the problem`)
      continue
    }
    if (!Number.isSafeInteger(count) || count < 1)
      say('not-whole', `${String(person)}, ${String(unit)}: ${count}`)
    const key = u * problem.people.length + p
    if (pairs.has(key)) say('twice', `${String(person)}, ${String(unit)}`)
    pairs.set(key, (pairs.get(key) ?? 0) + count)
    taken[p]! += count
    served[u]! += count
    cost += count * apart(problem, u, p)
  }
  coverage(problem, plan, served, standing, say)
  problem.people.forEach(({ id, min, max }, index) => {
    const least = standing === 'fits' ? min : standing === 'short' ? max : 0
    const most = standing === 'idle' ? min : max
    if (taken[index]! < least || taken[index]! > most)
      say('bounds', `${String(id)} has ${taken[index]}, not ${least} to ${most}`)
  })
  if (plan.status !== (standing === 'fits' ? 'optimal' : 'infeasible'))
    say('status', `${plan.status}, but ${households} households, ${required} to ${places} places`)

  const then = presentPairs(problem, unitIndex, personIndex)
  let changed = then.gone
  for (const [key, count] of then.pairs) changed += Math.max(0, count - (pairs.get(key) ?? 0))
  cost += problem.stability * changed
  if (cost !== plan.cost) say('cost', `${plan.cost} is said, ${cost} it is`)
  if (changed !== plan.stats.changed)
    say('cost', `${plan.stats.changed} changed are said, ${changed} there are`)

  const bound = dualBound(problem, plan, standing, then, say)
  if (bound !== plan.dualBound) say('dual-bound', `${plan.dualBound} is said, ${bound} is proven`)
  if (cost !== bound) say('not-optimal', `costs ${cost}, and ${bound} is proven`)
  explanation(problem, plan, standing, say)
  return findings
}

type Standing = 'fits' | 'short' | 'idle'
type Say = (kind: Finding['kind'], words: string) => void
type Present = { pairs: ReadonlyMap<number, number>; gone: number }

function coverage<I extends Id>(
  problem: Problem<I>,
  plan: Plan<I>,
  served: Float64Array,
  standing: Standing,
  say: Say,
): void {
  const unserved = new Map<I, number>()
  for (const { unit, households } of plan.unserved) {
    if (!Number.isSafeInteger(households) || households < 1)
      say('not-whole', `${String(unit)}: ${households}`)
    if (unserved.has(unit)) say('twice', `${String(unit)} unserved`)
    unserved.set(unit, households)
  }
  let missing = 0
  problem.units.forEach(({ id, households }, index) => {
    const without = unserved.get(id) ?? 0
    unserved.delete(id)
    missing += without
    if (served[index]! + without !== households)
      say('coverage', `${String(id)}: ${served[index]} served and ${without} not, of ${households}`)
  })
  for (const unit of unserved.keys()) say('unknown', `${String(unit)} unserved`)
  if (standing !== 'short' && missing > 0) say('coverage', `${missing} unserved without need`)
}

/** What `current` says of pairs that still exist, and how many households are with people who are gone. */
function presentPairs<I extends Id>(
  problem: Problem<I>,
  unitIndex: ReadonlyMap<I, number>,
  personIndex: ReadonlyMap<I, number>,
): Present {
  const pairs = new Map<number, number>()
  let gone = 0
  for (const { person, unit, households } of problem.current ?? []) {
    const p = personIndex.get(person)
    const u = unitIndex.get(unit)
    if (p === undefined || u === undefined) {
      gone += households
    } else {
      const key = u * problem.people.length + p
      pairs.set(key, (pairs.get(key) ?? 0) + households)
    }
  }
  return { pairs, gone }
}

/** Adds up what the prices promise, and holds them against all pairs; units with the highest prices and people with the lowest meet first. */
function dualBound<I extends Id>(
  problem: Problem<I>,
  { certificate }: Plan<I>,
  standing: Standing,
  then: Present,
  say: Say,
): number {
  const { units, people, stability } = problem
  if (certificate.units.length !== units.length || certificate.people.length !== people.length) {
    say('unfair-price', `expected ${units.length} and ${people.length} prices`)
    return NaN
  }
  let bound = 0
  units.forEach(({ households }, index) => {
    const price = certificate.units[index]!
    if (standing !== 'short' || price < 0) bound += price * households
  })
  people.forEach(({ min, max }, index) => {
    const price = certificate.people[index]!
    if (standing === 'fits') bound -= price * (price > 0 ? max : min)
    else if (standing === 'short') bound -= price * max
    else if (price > 0) bound -= price * min
  })
  if (stability > 0) {
    bound += stability * then.gone
    for (const [key, count] of then.pairs) {
      const u = Math.floor(key / people.length)
      const p = key - u * people.length
      const gain = certificate.units[u]! - certificate.people[p]! - apart(problem, u, p) + stability
      bound += count * (stability - Math.max(0, gain))
    }
  }
  const cheapest = people
    .map((_, index) => index)
    .toSorted((a, b) => certificate.people[a]! - certificate.people[b]!)
  const asked = Float64Array.from(cheapest, (index) => certificate.people[index]!)
  const isPlain = problem.distance === 'plane' && people.every(({ anchors }) => (anchors ?? []).length === 0)
  const x = Float64Array.from(cheapest, (index) => people[index]!.x)
  const y = Float64Array.from(cheapest, (index) => people[index]!.y)
  units.forEach((unit, u) => {
    const offered = certificate.units[u]!
    for (let k = 0; k < cheapest.length; k += 1) {
      const gain = offered - asked[k]!
      if (gain <= 0) break
      if (isPlain) {
        // Farther than the gain by more than any rounding: no need for the exact distance.
        const east = x[k]! - unit.x
        const north = y[k]! - unit.y
        if (east * east + north * north > (gain + 1) * (gain + 1)) continue
      }
      const cost = apart(problem, u, cheapest[k]!)
      if (cost < gain)
        say(
          'unfair-price',
          `${String(unit.id)} and ${String(people[cheapest[k]!]!.id)}: ${gain} for ${cost} m`,
        )
    }
  })
  return bound
}

function explanation<I extends Id>(problem: Problem<I>, plan: Plan<I>, standing: Standing, say: Say): void {
  const units = new Map(problem.units.map((unit) => [unit.id, unit]))
  const people = new Map(problem.people.map((person) => [person.id, person]))
  if (standing === 'fits') {
    if (plan.explanation.length > 0) say('explanation', 'there is nothing to explain')
    return
  }
  if (plan.explanation.length === 0) say('explanation', 'it is not said why')
  for (const reason of plan.explanation) {
    const isWhole = reason.kind === 'places-short' || reason.kind === 'minimum-too-high'
    const theUnits = isWhole ? problem.units : reason.units.map((id) => units.get(id))
    const thePeople = isWhole ? problem.people : reason.people.map((id) => people.get(id))
    const households = theUnits.reduce((sum, unit) => sum + (unit?.households ?? NaN), 0)
    const places = thePeople.reduce(
      (sum, person) => sum + ((standing === 'short' ? person?.max : person?.min) ?? NaN),
      0,
    )
    if (
      households !== reason.households ||
      places !== reason.places ||
      Math.abs(households - places) !== reason.by
    )
      say('explanation', reason.words)
  }
}

const earthRadius = 6_371_008.8

/** Whole metres between a unit and a person, by the formulas of a schoolbook. */
function apart<I extends Id>({ units, people, distance }: Problem<I>, u: number, p: number): number {
  const unit = units[u]!
  const person = people[p]!
  const to = (x: number, y: number): number =>
    distance === 'plane' ? Math.sqrt((unit.x - x) ** 2 + (unit.y - y) ** 2) : haversine(unit.x, unit.y, x, y)
  let nearest = to(person.x, person.y)
  for (const [x, y] of person.anchors ?? []) nearest = Math.min(nearest, to(x, y))
  return Math.round(nearest)
}

function haversine(east: number, north: number, toEast: number, toNorth: number): number {
  const radians = Math.PI / 180
  const half = (angle: number) => Math.sin((angle * radians) / 2) ** 2
  const square =
    half(toNorth - north) + Math.cos(north * radians) * Math.cos(toNorth * radians) * half(toEast - east)
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(square)))
}
