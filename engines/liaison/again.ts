import { improve } from '#engines/flow/improve.ts'
import { addArc, copyOf, settle } from '#engines/flow/network.ts'
import type { Network } from '#engines/flow/network.ts'
import type { Id, Person, Problem, Unit } from './contract.ts'
import { hasLeft, keptOf } from './model.ts'
import type { Model } from './model.ts'
import type { Optimum, Watch } from './optimum.ts'
import type { Since, Sites } from './price.ts'
import { lookAround, prove } from './prove.ts'
import type { Ground, Reach } from './prove.ts'

/**
 * Solving again after people have left, from the tree of the solution before (LE9). Whoever left stays in the network at a price that
 * nobody pays: the tree needs no planting, and steps take from them what they had.
 */

/** A solution to go on from, as it stood before ties were broken. */
export type Footing<I extends Id> = {
  problem: Problem<I>
  model: Model
  net: Network
  ground: Ground
  /** What was seen around it, once somebody looked. */
  known?: Since
}

/** With so many households of those who leave, or such a share of all, it still beats a solution from nothing. */
const fewHouseholds = 400
const mostOpen = 1 / 300
/** Prices move far where many leave: pairs are looked for far around before, so that hardly any need be looked for afterwards. */
const reach: Reach = { perColumn: 12, nearlyTight: 150 }
/** For each column room for so many pairs more: half of what a look brings is known before. */
const spare = reach.perColumn / 2

/** Keeps an optimum before its ties are broken. */
export function footingOf<I extends Id>(
  problem: Problem<I>,
  model: Model,
  { net, ground }: Optimum,
): Footing<I> {
  return copyOfFooting({ problem, model, net, ground })
}

/** The same footing, to try something on. */
export function copyOfFooting<I extends Id>(footing: Footing<I>): Footing<I> {
  return { ...footing, net: copyOf(footing.net, spare * footing.net.columns) }
}

/** Looks around for pairs that the next problem may want: a tenth of a solution's time, which need not be anybody's. */
export function prepare<I extends Id>(footing: Footing<I>): Since {
  return (footing.known ??= lookAround(footing.net, footing.ground, reach))
}

/** The model of a problem that differs from the one before only by people who have left, few of them. Otherwise undefined. */
export function modelAfter<I extends Id>(
  { problem: before, model }: Footing<I>,
  problem: Problem<I>,
): Model | undefined {
  if (model.kind !== 'fits' || model.exactly !== null) return undefined
  if (problem.distance !== before.distance || problem.stability !== before.stability) return undefined
  if (!areSame(problem.units, before.units, isSameUnit)) return undefined
  const indexOf = stayed(before.people, problem.people)
  if (indexOf === undefined) return undefined
  const columnOf = model.columnOf.map((index) => (index < 0 ? index : indexOf[index]!))
  let open = 0
  columnOf.forEach((index, column) => {
    if (index < 0 && !hasLeft(model, column)) open += model.most[column]!
  })
  if (open > Math.max(fewHouseholds, model.households * mostOpen)) return undefined
  const sum = (bound: 'min' | 'max') => problem.people.reduce((all, person) => all + person[bound], 0)
  if (sum('max') <= model.households || sum('min') >= model.households) return undefined
  const kept = keptOf(problem, problem.current ?? [], model.rowOf, columnOf, false)
  const next = { ...model, columnOf, kept }
  // What a pair has now has arcs of its own where keeping it is worth something.
  const isAsBefore =
    model.stability === 0 ||
    areSame(
      kept,
      model.kept.filter(({ column }) => !hasLeft(next, column)),
      isSameKept,
    )
  return isAsBefore ? next : undefined
}

/** For each of the people before their index among those who stayed, or -1. Undefined where somebody is new or not as before. */
function stayed<I extends Id>(
  before: readonly Person<I>[],
  people: readonly Person<I>[],
): Int32Array | undefined {
  let at = 0
  const indexOf = Int32Array.from(before, (person) =>
    at < people.length && isSamePerson(person, people[at]!) ? at++ : -1,
  )
  return at < people.length ? undefined : indexOf
}

const isSamePerson = <I extends Id>(one: Person<I>, other: Person<I>): boolean =>
  one.id === other.id &&
  one.x === other.x &&
  one.y === other.y &&
  one.min === other.min &&
  one.max === other.max &&
  String(one.anchors) === String(other.anchors)

const isSameUnit = <I extends Id>(one: Unit<I>, other: Unit<I>): boolean =>
  one.id === other.id && one.x === other.x && one.y === other.y && one.households === other.households

type Kept = Model['kept'][number]
const isSameKept = (one: Kept, other: Kept): boolean =>
  one.row === other.row && one.column === other.column && one.households === other.households

function areSame<One>(
  some: readonly One[],
  others: readonly One[],
  isSame: (one: One, other: One) => boolean,
): boolean {
  return some.length === others.length && some.every((one, index) => isSame(one, others[index]!))
}

/** The optimum for a model of `modelAfter`. The footing's network becomes its own: after `Cancelled` there is nothing to go on from. */
export function optimumAgain<I extends Id>(footing: Footing<I>, model: Model, watch: Watch): Optimum {
  const known = prepare(footing)
  const { net, model: before } = footing
  const isNew = (column: number) => hasLeft(model, column) && !hasLeft(before, column)
  // Nobody who has left need keep their minimum.
  for (let column = 0; column < net.columns; column += 1)
    if (isNew(column) && before.least[column]! > 0)
      addArc(net, net.rows + column, net.root, 0, before.least[column]!)
  raise(net, isNew, dear(footing.ground) + model.stability)
  watch.onStep('solving', 0.3)
  const pivots = improve(net, watch.onSteps)
  watch.onStep('proving', 0.7)
  const ground = { ...footing.ground, columns: without(footing.ground.columns, model) }
  const proof = prove(net, ground, watch.onSteps, known)
  const counts = {
    pivots: pivots + proof.pivots,
    pricingRounds: proof.rounds,
    candidates: net.arcs,
    levels: 1,
  }
  return { net, ground, known, counts }
}

/** Makes households of some columns dearer; the tree's prices follow. */
function raise(net: Network, isDue: (column: number) => boolean, by: number): void {
  const { rows, root, arcs, tail, head, cost } = net
  for (let arc = 0; arc < arcs; arc += 1) if (head[arc] !== root && isDue(tail[arc]! - rows)) cost[arc]! += by
  settle(net)
}

/**
 * More whole metres than any way over the ground, which is at most half a circle longer than through it. Somebody has room, so a household of one who left
 * would be that much cheaper there: at the optimum they have none.
 */
function dear({ rows, columns }: Ground): number {
  let sum = 1
  for (const axis of ['x', 'y', 'z'] as const) {
    let low = Infinity
    let high = -Infinity
    for (const sites of [rows.sites, columns]) {
      for (const one of sites[axis]) {
        if (one < low) low = one
        if (one > high) high = one
      }
    }
    sum += high - low
  }
  return Math.ceil(2 * sum)
}

function without({ x, y, z, owner }: Sites, model: Model): Sites {
  const isHere = (_: number, site: number) => !hasLeft(model, owner[site]!)
  return {
    count: owner.filter(isHere).length,
    x: x.filter(isHere),
    y: y.filter(isHere),
    z: z.filter(isHere),
    owner: owner.filter(isHere),
  }
}
