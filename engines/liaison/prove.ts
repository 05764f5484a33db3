import { improve } from '#engines/flow/improve.ts'
import { addArc } from '#engines/flow/network.ts'
import type { Network } from '#engines/flow/network.ts'
import { doubt } from './geometry.ts'
import type { Places } from './geometry.ts'
import type { Level, Points } from './levels.ts'
import type { Model } from './model.ts'
import { boxes, pricePairs } from './price.ts'
import type { Boxes, Since, Sites } from './price.ts'
import { costs } from './start.ts'
import type { CostOf } from './start.ts'

/**
 * Pricing and steps in turn until no pair of the full graph is worth entering (LE3): column generation. On coarse levels a few rounds
 * are enough, and pairs that would gain little are left out.
 */

/** What is brought for each column at most, as whole corridors can be nearly tight; and what lacks so much of being tight, metres. */
export type Reach = { perColumn: number; nearlyTight: number }
/** The first round also brings what the next steps may want. */
const usual: Reach = { perColumn: 6, nearlyTight: 1.5 }
/** Gain in metres that is not worth a step between middles. */
const littleGain = 1
const coarseRounds = 3

type Best = { gain: Float64Array; row: Int32Array; since: Since }

/** Keeps the rows that gain most for each column, sorted by insertion. */
class Bests {
  readonly gain: Float64Array
  readonly row: Int32Array
  readonly #columns: Int32Array
  readonly #rows: Int32Array
  readonly #costOf: CostOf
  readonly #prices: { rows: Float64Array; columns: Float64Array }
  readonly #width: number
  readonly #rounding: number

  constructor(
    tree: Boxes,
    columns: Sites,
    costOf: CostOf,
    prices: { rows: Float64Array; columns: Float64Array },
    owners: number,
    { width, than, rounding }: { width: number; than: number; rounding: number },
  ) {
    this.gain = new Float64Array(owners * width).fill(than)
    this.row = new Int32Array(owners * width).fill(-1)
    this.#columns = columns.owner
    this.#rows = tree.sites.owner
    this.#costOf = costOf
    this.#prices = prices
    this.#width = width
    this.#rounding = rounding
  }

  found(columnSite: number, rowSite: number): number {
    const { gain, row } = this
    const c = this.#columns[columnSite]!
    const r = this.#rows[rowSite]!
    const value = this.#costOf(c, r) - this.#prices.rows[r]! + this.#prices.columns[c]!
    const from = c * this.#width
    const last = from + this.#width - 1
    let at = last
    if (value >= gain[at]!) return this.#rounding - gain[at]!
    // A person with several places may meet the same unit again.
    for (let k = from; k <= last; k += 1) if (row[k] === r) return this.#rounding - gain[last]!
    while (at > from && gain[at - 1]! > value) {
      gain[at] = gain[at - 1]!
      row[at] = row[at - 1]!
      at -= 1
    }
    gain[at] = value
    row[at] = r
    return this.#rounding - gain[last]!
  }
}

/** The rows that gain most for each column, of all pairs that gain more than `than`. */
function bestPairs(
  tree: Boxes,
  columns: Sites,
  costOf: CostOf,
  prices: { rows: Float64Array; columns: Float64Array },
  owners: number,
  wanted: { width: number; than: number; rounding: number },
  earlier?: Since,
): Best {
  const { width, than, rounding } = wanted
  const finder = new Bests(tree, columns, costOf, prices, owners, wanted)
  const { gain, row } = finder
  pricePairs(tree, columns, prices.rows, prices.columns, rounding - than, finder, earlier)
  // What a column was not brought is no better than the last of its list.
  const margins = new Float64Array(owners)
  for (let owner = 0; owner < owners; owner += 1) margins[owner] = gain[(owner + 1) * width - 1]!
  return { gain, row, since: { rows: prices.rows.slice(), columns: prices.columns.slice(), margins } }
}

/** Where a level's rows and columns are, for pricing. */
export type Ground = { level: Level; rows: Boxes; columns: Sites; costOf: CostOf; rounding: number }

/** The ground of one level of a model. */
export function groundOf(model: Model, level: Level): Ground {
  const { isFinest } = level
  return {
    level,
    rows: boxes(isFinest ? sitesOf(model.rows) : pointSites(level.rows)),
    columns: isFinest ? sitesOf(model.columns) : pointSites(level.columns),
    costOf: costs(model, level),
    rounding: isFinest ? edge(model) : 0,
  }
}

/**
 * Gives how many rounds of pricing and steps it took, and what the first pricing of all knew of pairs that are still unknown.
 *
 * @param earlier what is known already of pairs that are not in the network.
 */
export function prove(
  net: Network,
  { level: { isFinest }, rows, columns, costOf, rounding }: Ground,
  onSteps: (steps: number) => void,
  earlier?: Since,
): { pivots: number; rounds: number; known: Since } {
  const least = isFinest ? 0 : -littleGain
  const pairs = knownPairs(net)
  let pivots = 0
  let since = earlier
  let known = earlier
  for (let round = 1; ; round += 1) {
    const prices = { rows: net.price.subarray(0, net.rows), columns: net.price.subarray(net.rows, net.root) }
    const than = least + (since ? 0 : usual.nearlyTight)
    const best = bestPairs(
      rows,
      columns,
      costOf,
      prices,
      net.columns,
      { width: usual.perColumn, than, rounding },
      since,
    )
    // An earlier look reached so far that it goes on saying more than the last round does.
    since = earlier ?? best.since
    known ??= since
    let worth = 0
    best.row.forEach((row, at) => {
      if (row < 0) return
      if (best.gain[at]! < least) worth += 1
      pairs.add(Math.floor(at / usual.perColumn), row, costOf)
    })
    if (worth === 0) return { pivots, rounds: round, known }
    pivots += improve(net, onSteps)
    if (!isFinest && round === coarseRounds) return { pivots, rounds: round, known }
  }
}

/** Brings the pairs of each column that are nearest to being worth entering, and says what that knows of the others. */
export function lookAround(
  net: Network,
  { rows, columns, costOf, rounding }: Ground,
  { perColumn, nearlyTight }: Reach,
): Since {
  const prices = { rows: net.price.subarray(0, net.rows), columns: net.price.subarray(net.rows, net.root) }
  const wanted = { width: perColumn, than: nearlyTight, rounding }
  const best = bestPairs(rows, columns, costOf, prices, net.columns, wanted)
  const pairs = knownPairs(net)
  best.row.forEach((row, at) => {
    if (row >= 0) pairs.add(Math.floor(at / perColumn), row, costOf)
  })
  return best.since
}

/** From how much below a whole metre on a distance rounds up to it; over the ground with some doubt. */
function edge(model: Model): number {
  return model.isRound ? 0.5 - doubt : 0.5
}

/** The arcs of each column in lists, so that no pair is added twice. */
export function knownPairs(net: Network): { add(column: number, row: number, costOf: CostOf): void } {
  const first = new Int32Array(net.columns).fill(-1)
  let next = new Int32Array(net.tail.length)
  const list = (arc: number): void => {
    const column = net.tail[arc]! - net.rows
    next[arc] = first[column]!
    first[column] = arc
  }
  for (let arc = 0; arc < net.arcs; arc += 1)
    if (net.head[arc] !== net.root && net.limit[arc]! === 0x7fff_ffff) list(arc)
  return {
    add(column, row, costOf) {
      for (let arc = first[column]!; arc >= 0; arc = next[arc]!) if (net.head[arc] === row) return
      const arc = addArc(net, net.rows + column, row, costOf(column, row))
      if (next.length < net.tail.length) {
        const wider = new Int32Array(net.tail.length)
        wider.set(next)
        next = wider
      }
      list(arc)
    },
  }
}

function sitesOf({ x, y, z, owner }: Places): Sites {
  return { count: x.length, x, y, z, owner }
}

function pointSites(points: Points): Sites {
  return { ...points, owner: Int32Array.from({ length: points.count }, (_, index) => index) }
}
