/**
 * Households to people: the problem, the plan, and what is said about it (SPEC.md). These are the very shapes of the
 * files that `admin liaison solve` reads and writes.
 */

/** Names are the caller's own: text, or whole numbers as scripts like them. */
export type Id = string | number

/** `plane`: metres. `sphere`: longitude and latitude in degrees, on a ball of 6371008.8 m. */
export type Distance = 'plane' | 'sphere'

export type Unit<I extends Id = string> = { id: I; x: number; y: number; households: number }

export type Person<I extends Id = string> = {
  id: I
  x: number
  y: number
  min: number
  max: number
  /** Further places where the person is at home, such as the compounds paired with the employer; the nearest counts. */
  anchors?: readonly (readonly [number, number])[]
}

/** So many households of a unit are with a person. */
export type Assignment<I extends Id = string> = { person: I; unit: I; households: number }

export type Problem<I extends Id = string> = {
  version: 1
  distance: Distance
  /** Metres that keeping one household with its present liaison is worth; 0: present liaisons only break ties. */
  stability: number
  units: readonly Unit<I>[]
  people: readonly Person<I>[]
  /** Who has them now. May name people who have left: their households change hands whatever the plan. */
  current?: readonly Assignment<I>[]
}

export type Unserved<I extends Id = string> = { unit: I; households: number }

/**
 * Why no plan keeps every bound (LE6). The first one counts everything; each `area` is a part of the plan that shares
 * nobody with the rest, and its figures are a cut that anybody can add up.
 */
export type Reason<I extends Id = string> = {
  kind: 'places-short' | 'area-short' | 'minimum-too-high' | 'area-idle'
  /** Households of the units. */
  households: number
  /** What the people may take at most (short), or must take at least (too high, idle). */
  places: number
  /** The difference of the two. */
  by: number
  /** Named for areas only; the whole has all of them. */
  units: I[]
  people: I[]
  /** One English sentence for scripts. The product has words of its own. */
  words: string
}

/**
 * Prices that prove the plan (LE3): one for each unit and person, in the order of the problem, in metres. A household more in
 * the unit would cost `units[i]`; a place more at the person would save `people[j]`.
 */
export type Certificate = { units: number[]; people: number[] }

export type Stats = {
  seconds: number
  units: number
  people: number
  households: number
  /** Households not with whom `current` says. */
  changed: number
  pivots: number
  pricingRounds: number
  /** Pairs of person and unit that were ever looked at as candidates; the graph has units x people. */
  candidates: number
  levels: number
  peakMemoryMb?: number
}

export type Plan<I extends Id = string> = {
  status: 'optimal' | 'infeasible'
  /** Sum of households x metres, plus stability x households changed. */
  cost: number
  /** No plan is cheaper than this; equal to `cost`. */
  dualBound: number
  assignments: Assignment<I>[]
  unserved: Unserved<I>[]
  explanation: Reason<I>[]
  certificate: Certificate
  stats: Stats
}

export type Progress = {
  step: 'preparing' | 'solving' | 'proving' | 'settling'
  /** Of the whole work, 0 to 1. Never falls. */
  share: number
  pivots: number
}

export type SolveOptions = {
  onProgress?: (progress: Progress) => void
  /** Asked every few hundred pivots. Once it says so, `solve` throws `Cancelled`. */
  cancelled?: () => boolean
  /** Milliseconds of a clock, for `stats.seconds`; engines have none of their own. */
  now?: () => number
}

/** Remembers the last problem: where only a few people have left since, the next one begins with what it has (LE9). */
export type Solver<I extends Id = string> = {
  /** Like `solve`. After it threw there is nothing to begin with. */
  solve(problem: Problem<I>, options?: SolveOptions): Plan<I>
  /**
   * Gets ready for the next problem, while nobody waits: looks around, which that one would wait for otherwise, and the first time tries
   * on a copy what comes when some leave. Changes no result.
   */
  prepare(): void
}

export class Cancelled extends Error {
  override name = 'Cancelled'
}
