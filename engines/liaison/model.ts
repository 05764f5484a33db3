import { order } from './order.ts'
import { placesOf } from './geometry.ts'
import type { Places } from './geometry.ts'
import type { Assignment, Id, Problem } from './contract.ts'

/**
 * The problem as the solver sees it (LE5): rows that are served exactly, columns that serve within bounds. As any person may serve any
 * unit, a plan exists exactly if the households lie between the sums of the bounds; otherwise the best plan is again such a problem:
 *
 * - `fits`: units are rows, people columns from min to max.
 * - `short`: too few places. Everybody takes the most, so people are the rows; units are columns that give up to their households.
 * - `idle`: minimums ask for more households than there are. Everybody takes at most the minimum, so that nobody is
 *   above it while another is below.
 */
export type Case = 'fits' | 'short' | 'idle'

export type Model = {
  kind: Case
  isRound: boolean
  /** Index in the problem of the unit or person of each row and column; -1 where a person has left since (LE9). */
  rowOf: Int32Array
  columnOf: Int32Array
  rows: Places
  columns: Places
  needs: Int32Array
  least: Int32Array
  most: Int32Array
  households: number
  /** All people have exactly their most, or least. Then all prices may rise or fall together. */
  exactly: 'most' | 'least' | null
  /** What one household kept is worth. */
  stability: number
  /** Households that stay where they are, at most: row, column, number. */
  kept: { row: number; column: number; households: number }[]
}

/** Whether a column's person has left since the problem that the network was built for (LE9). */
export function hasLeft({ columnOf }: Model, column: number): boolean {
  return columnOf[column] === -1
}

export function modelOf<I extends Id>(problem: Problem<I>): Model {
  const { units, people, current = [] } = problem
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const households = sum(units.map((unit) => unit.households))
  const most = sum(people.map(({ max }) => max))
  const least = sum(people.map(({ min }) => min))
  const kind: Case = households > most ? 'short' : households < least ? 'idle' : 'fits'
  const arranged = (things: typeof units | typeof people, indices: readonly number[]): number[] =>
    Array.from(
      order(
        placesOf(
          indices.map((index) => things[index]!),
          problem.distance,
        ),
      ),
      (at) => indices[at]!,
    )
  const placesOfUnits = arranged(
    units,
    units.flatMap((unit, index) => (unit.households > 0 ? [index] : [])),
  )
  const exactly =
    kind !== 'fits' ? null : households === most ? 'most' : households === least ? 'least' : null
  const bound = (index: number) =>
    kind === 'idle' || exactly === 'least' ? people[index]!.min : people[index]!.max
  const takers = arranged(
    people,
    people.flatMap((_, index) => (bound(index) > 0 ? [index] : [])),
  )
  const unitPlaces = placesOf(
    placesOfUnits.map((index) => units[index]!),
    problem.distance,
  )
  const peoplePlaces = placesOf(
    takers.map((index) => people[index]!),
    problem.distance,
  )
  const unitSizes = Int32Array.from(placesOfUnits, (index) => units[index]!.households)
  const bounds = Int32Array.from(takers, bound)
  const isShort = kind === 'short'
  const lower =
    kind === 'fits'
      ? Int32Array.from(takers, (index) => people[index]!.min)
      : new Int32Array(isShort ? unitSizes.length : takers.length)
  return {
    kind,
    exactly,
    isRound: problem.distance === 'sphere',
    rowOf: Int32Array.from(isShort ? takers : placesOfUnits),
    columnOf: Int32Array.from(isShort ? placesOfUnits : takers),
    rows: isShort ? peoplePlaces : unitPlaces,
    columns: isShort ? unitPlaces : peoplePlaces,
    needs: isShort ? bounds : unitSizes,
    least: lower,
    most: isShort ? unitSizes : bounds,
    households: Math.min(households, most),
    stability: problem.stability,
    kept: keptOf(problem, current, placesOfUnits, takers, isShort),
  }
}

/** Assignments of those who take part, by row and column, each pair once. */
export function keptOf<I extends Id>(
  { units, people }: Pick<Problem<I>, 'units' | 'people'>,
  assignments: readonly Assignment<Id>[],
  unitIndices: ArrayLike<number>,
  peopleIndices: ArrayLike<number>,
  isShort: boolean,
): Model['kept'] {
  const places = (things: readonly { id: I }[], indices: ArrayLike<number>) => {
    const at = new Map<Id, number>()
    for (let k = 0; k < indices.length; k += 1) if (indices[k] !== -1) at.set(things[indices[k]!]!.id, k)
    return at
  }
  const unitAt = places(units, unitIndices)
  const personAt = places(people, peopleIndices)
  const sums = new Map<number, { row: number; column: number; households: number }>()
  for (const { person, unit, households } of assignments) {
    const u = unitAt.get(unit)
    const p = personAt.get(person)
    if (u === undefined || p === undefined || households === 0) continue
    const key = u * peopleIndices.length + p
    const known = sums.get(key)
    if (known) known.households += households
    else sums.set(key, { row: isShort ? p : u, column: isShort ? u : p, households })
  }
  return [...sums.values()]
}
