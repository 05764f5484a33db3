import type { Problem } from '#engines/liaison/contract.ts'
import { metresBetween, placesOf } from '#engines/liaison/geometry.ts'
import type { Bars, Comparison, Figures } from './contract.ts'
import type { Side } from './lists-contract.ts'
import type { Beside } from './problem.ts'

/** What a division of the households costs, and whom it burdens: now, as worked out, with what hands changed (LP4). Pure. */

/** Households of one stairwell whose liaison is, was worked out to be, and shall be the same. */
export type Piece = {
  unit: string
  was: string | null
  solved: string | null
  planned: string | null
  households: number
}

/** What a plan was made of, ready to be asked. */
export type World = {
  problem: Problem
  bounds: ReadonlyMap<string, { min: number; max: number }>
  takesPart(person: string): boolean
  /** Whole metres, as the engine counts them; null where a place is not known. */
  metres(unit: string, person: string): number | null
}

export function worldOf(problem: Problem, beside: Beside): World {
  const everybody = [...problem.people, ...beside.outside]
  const people = placesOf(everybody, problem.distance)
  const units = placesOf(problem.units, problem.distance)
  const personAt = new Map(everybody.map(({ id }, at) => [id, at]))
  const unitAt = new Map(problem.units.map(({ id }, at) => [id, at]))
  const bounds = new Map(problem.people.map(({ id, min, max }) => [id, { min, max }]))
  return {
    problem,
    bounds,
    takesPart: (person) => bounds.has(person),
    metres(unit, person) {
      const u = unitAt.get(unit)
      const p = personAt.get(person)
      return u === undefined || p === undefined
        ? null
        : metresBetween(people, p, units, u, problem.distance === 'sphere')
    },
  }
}

/** Who has a piece by one of the divisions. Whoever takes no part has nothing left: their households are nobody's. */
export function holderOf(piece: Piece, side: Side, world: World): string | null {
  const holder = side === 'now' ? piece.was : side === 'solved' ? piece.solved : piece.planned
  return holder !== null && world.takesPart(holder) ? holder : null
}

export type Load = { households: number; metres: number; far: number }

/** What each person who takes part has. */
export function loadsOf(pieces: readonly Piece[], side: Side, world: World): Map<string, Load> {
  const loads = new Map([...world.bounds.keys()].map((id) => [id, { households: 0, metres: 0, far: 0 }]))
  for (const piece of pieces) {
    const holder = holderOf(piece, side, world)
    const load = holder === null ? undefined : loads.get(holder)
    if (!load || holder === null) continue
    const metres = world.metres(piece.unit, holder) ?? 0
    load.households += piece.households
    load.metres += piece.households * metres
    load.far = Math.max(load.far, metres)
  }
  return loads
}

const sum = (numbers: Iterable<number>) => {
  let total = 0
  for (const one of numbers) total += one
  return total
}

/** LP4: one row of figures. A household changes hands when its liaison is not the present one, gone or not. */
export function figuresOf(pieces: readonly Piece[], side: Side, world: World): Figures {
  const loads = loadsOf(pieces, side, world)
  const households = sum(pieces.map((piece) => piece.households))
  const served = sum([...loads.values()].map((load) => load.households))
  const totalMetres = sum([...loads.values()].map(({ metres }) => metres))
  const holders = new Map<string, Set<string>>()
  for (const piece of pieces) {
    const holder = holderOf(piece, side, world)
    if (holder === null) continue
    const here = holders.get(piece.unit)
    if (here) here.add(holder)
    else holders.set(piece.unit, new Set([holder]))
  }
  const outOf = (test: (load: Load, bound: { min: number; max: number }) => boolean) =>
    [...loads].filter(([id, load]) => test(load, world.bounds.get(id)!)).length
  return {
    households,
    people: outOf((load) => load.households > 0),
    unserved: households - served,
    over: outOf((load, { max }) => load.households > max),
    under: outOf((load, { min }) => load.households < min),
    meanMetres: served === 0 ? null : Math.round(totalMetres / served),
    farthestMetres: served === 0 ? null : Math.max(...[...loads.values()].map(({ far }) => far)),
    shared: [...holders.values()].filter((here) => here.size > 1).length,
    changed: side === 'now' ? 0 : changedIn(pieces, side, world),
    totalMetres,
  }
}

function changedIn(pieces: readonly Piece[], side: Side, world: World): number {
  return sum(pieces.map((piece) => (holderOf(piece, side, world) === piece.was ? 0 : piece.households)))
}

/** Where bars of metres begin: closer together where most people walk. */
const metreSteps = [0, 50, 100, 150, 200, 300, 500, 1_000] as const
const peopleSteps = [0, 1, 5, 10, 15, 20, 25, 31, 41] as const

function bars(
  steps: readonly number[],
  now: readonly [number, number][],
  planned: readonly [number, number][],
): Bars {
  return steps.map((from, at) => {
    const until = steps[at + 1] ?? null
    const within = (values: readonly [number, number][]) =>
      sum(values.map(([value, weight]) => (value >= from && (until === null || value < until) ? weight : 0)))
    return { from, until, now: within(now), planned: within(planned) }
  })
}

/** How evenly the burden lies: people by households, households by metres. */
function spread(pieces: readonly Piece[], side: Side, world: World) {
  return {
    people: [...loadsOf(pieces, side, world).values()].map(({ households }): [number, number] => [
      households,
      1,
    ]),
    metres: pieces.flatMap((piece): [number, number][] => {
      const holder = holderOf(piece, side, world)
      const metres = holder === null ? null : world.metres(piece.unit, holder)
      return metres === null ? [] : [[metres, piece.households]]
    }),
  }
}

/** LP4: all three divisions side by side, and how evenly two of them lie. */
export function comparisonOf(pieces: readonly Piece[], world: World, isSolved: boolean): Comparison {
  const now = spread(pieces, 'now', world)
  const planned = isSolved ? spread(pieces, 'planned', world) : { people: [], metres: [] }
  return {
    now: figuresOf(pieces, 'now', world),
    solved: isSolved ? figuresOf(pieces, 'solved', world) : null,
    planned: isSolved ? figuresOf(pieces, 'planned', world) : null,
    byHouseholds: bars(peopleSteps, now.people, planned.people),
    byMetres: bars(metreSteps, now.metres, planned.metres),
  }
}
