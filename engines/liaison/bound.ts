import type { Certificate, Id, Problem } from './contract.ts'
import { placesOf, metresBetween } from './geometry.ts'

/**
 * What no plan can be cheaper than, if the prices are fair for every pair (LE3): each unit pays its price for each of its
 * households, each person earns theirs for each place. By duality of linear programming; where a number may lie
 * within bounds, the bound that serves the price worse is counted.
 */
export function boundOf<I extends Id>(problem: Problem<I>, certificate: Certificate): number {
  const { units, people, stability } = problem
  const { unitLeast, least, most } = boundsOf(problem)
  let bound = 0
  units.forEach(({ households }, index) => {
    const price = certificate.units[index]!
    bound += Math.min(price * unitLeast(households), price * households)
  })
  people.forEach((_, index) => {
    const price = certificate.people[index]!
    bound -= Math.max(price * least(index), price * most(index))
  })
  if (stability === 0) return bound
  const keeping = keptPairs(problem)
  const unitAt = new Map(units.map(({ id }, index) => [id, index]))
  const personAt = new Map(people.map(({ id }, index) => [id, index]))
  const unitPlaces = placesOf(units, problem.distance)
  const peoplePlaces = placesOf(people, problem.distance)
  for (const { person, unit, households } of keeping) {
    bound += stability * households
    const u = unitAt.get(unit)
    const p = personAt.get(person)
    if (u === undefined || p === undefined) continue
    const metres = metresBetween(unitPlaces, u, peoplePlaces, p, problem.distance === 'sphere')
    // A household kept costs less by the stability; as many as there are may use that.
    bound -= households * Math.max(0, certificate.units[u]! - certificate.people[p]! - metres + stability)
  }
  return bound
}

/** The bounds that the best plan is held to (LE6): those of the problem, or, where they contradict one another, what remains of them. */
function boundsOf<I extends Id>({
  units,
  people,
}: Problem<I>): {
  unitLeast: (households: number) => number
  least: (person: number) => number
  most: (person: number) => number
} {
  const households = units.reduce((sum, unit) => sum + unit.households, 0)
  const most = people.reduce((sum, { max }) => sum + max, 0)
  const least = people.reduce((sum, { min }) => sum + min, 0)
  if (households > most)
    return { unitLeast: () => 0, least: (index) => people[index]!.max, most: (index) => people[index]!.max }
  if (households < least)
    return { unitLeast: (all) => all, least: () => 0, most: (index) => people[index]!.min }
  return {
    unitLeast: (all) => all,
    least: (index) => people[index]!.min,
    most: (index) => people[index]!.max,
  }
}

/** What `current` says of each pair, once. */
function keptPairs<I extends Id>({ current = [] }: Problem<I>): { person: I; unit: I; households: number }[] {
  const sums = new Map<string, { person: I; unit: I; households: number }>()
  for (const { person, unit, households } of current) {
    const key = JSON.stringify([person, unit])
    const known = sums.get(key)
    if (known) known.households += households
    else sums.set(key, { person, unit, households })
  }
  return [...sums.values()]
}
