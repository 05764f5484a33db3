import type { Flow } from './answer.ts'
import type { Id, Problem, Reason } from './contract.ts'

/** Why no plan keeps every bound, as cuts that anybody can add up (LE6). */
export function reasonsOf<I extends Id>({ units, people }: Problem<I>, flows: readonly Flow[]): Reason<I>[] {
  const households = units.reduce((sum, unit) => sum + unit.households, 0)
  const most = people.reduce((sum, { max }) => sum + max, 0)
  const least = people.reduce((sum, { min }) => sum + min, 0)
  if (households >= least && households <= most) return []
  const isShort = households > most
  const whole: Reason<I> = isShort
    ? {
        kind: 'places-short',
        households,
        places: most,
        by: households - most,
        units: [],
        people: [],
        words: `${households} households, but all ${people.length} people together take at most ${most}: ${households - most} too few places.`,
      }
    : {
        kind: 'minimum-too-high',
        households,
        places: least,
        by: least - households,
        units: [],
        people: [],
        words: `${households} households, but all ${people.length} people together must have at least ${least}: ${least - households} too many.`,
      }
  return [whole, ...areas(units, people, flows, isShort)]
}

function areas<I extends Id>(
  units: Problem<I>['units'],
  people: Problem<I>['people'],
  flows: readonly Flow[],
  isShort: boolean,
): Reason<I>[] {
  // Parts that share nobody: people stand behind the units.
  const leader = Int32Array.from({ length: units.length + people.length }, (_, node) => node)
  const find = (node: number): number => {
    let at = node
    while (leader[at] !== at) at = leader[at] = leader[leader[at]!]!
    return at
  }
  for (const { person, unit } of flows) leader[find(unit)] = find(units.length + person)
  const parts = new Map<number, Reason<I>>()
  const part = (node: number): Reason<I> => {
    const top = find(node)
    const known = parts.get(top)
    if (known) return known
    const fresh: Reason<I> = {
      kind: isShort ? 'area-short' : 'area-idle',
      households: 0,
      places: 0,
      by: 0,
      units: [],
      people: [],
      words: '',
    }
    parts.set(top, fresh)
    return fresh
  }
  units.forEach(({ id, households }, index) => {
    if (households === 0) return
    const to = part(index)
    to.units.push(id)
    to.households += households
  })
  people.forEach(({ id, min, max }, index) => {
    const places = isShort ? max : min
    if (places === 0) return
    const to = part(units.length + index)
    to.people.push(id)
    to.places += places
  })
  const faulty = [...parts.values()].filter(({ households, places }) => households !== places)
  for (const one of faulty) {
    one.by = Math.abs(one.households - one.places)
    one.words = isShort
      ? `${one.units.length} units with ${one.households} households are nearest to ${one.people.length} people with ${one.places} places: ${one.by} go unserved.`
      : `${one.people.length} people who must have ${one.places} households are nearest to ${one.units.length} units with ${one.households}: ${one.by} are missing.`
  }
  return faulty.toSorted((a, b) => b.by - a.by)
}
