import { improve } from '#engines/flow/improve.ts'
import { addArc, settle, unlimited } from '#engines/flow/network.ts'
import type { Network } from '#engines/flow/network.ts'
import { hasLeft } from './model.ts'
import type { Model } from './model.ts'
import { pricePairs } from './price.ts'
import type { Since } from './price.ts'
import { knownPairs } from './prove.ts'
import type { Ground } from './prove.ts'
import type { CostOf } from './start.ts'

/**
 * Of all plans of least cost the one that leaves most households with their present liaison (LE7). By complementary slackness those plans
 * are exactly the flows on arcs that are tight at the optimal prices, everything else staying empty or full as it is. So the tree is taken
 * as it stands, only tight arcs may enter, and a household kept is worth one. Exact, and without scaling costs up.
 *
 * @param since an earlier pricing whose pairs are all in the network: of the others those are looked at that can have become tight.
 */
export function breakTies(
  net: Network,
  model: Model,
  ground: Ground,
  since: Since,
  onSteps: (steps: number) => void,
): number {
  const { rows, columns, costOf, rounding } = ground
  const prices = { rows: net.price.slice(0, net.rows), columns: net.price.slice(net.rows, net.root) }
  const less = rounding - 1
  const finder = new Tight(net, ground, prices, less)
  // Tight is a metre, and prices are whole metres, less than worth entering.
  const short = { ...since, margins: since.margins.map((margin) => margin - 1) }
  pricePairs(rows, columns, prices.rows, prices.columns, less, finder, short)
  if (model.stability === 0) addKept(net, model, costOf, prices)
  const { tail, head, cost, limit, state, price } = net
  const before = price.slice()
  const metres = cost.slice()
  const fixed = new Int8Array(net.arcs)
  for (let arc = 0; arc < net.arcs; arc += 1) {
    if (cost[arc]! + price[tail[arc]!]! !== price[head[arc]!]!) {
      fixed[arc] = state[arc]!
      state[arc] = 0
    }
    const isKept = limit[arc]! < unlimited && head[arc] !== net.root
    const isDear = head[arc] !== net.root && hasLeft(model, tail[arc]! - net.rows)
    // No circle keeps more than there are nodes: whoever has left gets nothing back.
    cost[arc] = isDear ? net.root : isKept ? -1 : 0
  }
  price[net.root] = 0
  settle(net)
  const pivots = improve(net, onSteps)
  cost.set(metres)
  price.set(before)
  for (let arc = 0; arc < net.arcs; arc += 1) if (fixed[arc] !== 0) state[arc] = fixed[arc]!
  return pivots
}

/** Brings pairs that are tight. */
class Tight {
  readonly #known: ReturnType<typeof knownPairs>
  readonly #columns: Int32Array
  readonly #rows: Int32Array
  readonly #costOf: CostOf
  readonly #prices: { rows: Float64Array; columns: Float64Array }
  readonly #less: number

  constructor(
    net: Network,
    ground: Ground,
    prices: { rows: Float64Array; columns: Float64Array },
    less: number,
  ) {
    this.#known = knownPairs(net)
    this.#columns = ground.columns.owner
    this.#rows = ground.rows.sites.owner
    this.#costOf = ground.costOf
    this.#prices = prices
    this.#less = less
  }

  found(columnSite: number, rowSite: number): number {
    const column = this.#columns[columnSite]!
    const row = this.#rows[rowSite]!
    if (this.#costOf(column, row) === this.#prices.rows[row]! - this.#prices.columns[column]!)
      this.#known.add(column, row, this.#costOf)
    return this.#less
  }
}

/**
 * Arcs for what is kept, filled as far as their pairs carry something: in place of the tree's own arc, or full beside it. A full arc may
 * stand in the tree only where it leads away from the root (FL2), an empty one only towards it.
 */
function addKept(
  net: Network,
  model: Model,
  costOf: CostOf,
  prices: { rows: Float64Array; columns: Float64Array },
): void {
  const { parent, arc, flow, isUp } = net
  for (const { row, column, households } of model.kept) {
    const cost = costOf(column, row)
    if (cost !== prices.rows[row]! - prices.columns[column]!) continue
    const giver = net.rows + column
    const kept = addArc(net, giver, row, cost, households)
    const node = parent[row] === giver ? row : parent[giver] === row ? giver : -1
    if (node < 0 || flow[node] === 0) continue
    const isFull = flow[node]! >= households
    if (isFull && (isUp[node] === 1 || flow[node]! > households)) {
      flow[node]! -= households
      net.state[kept] = -1
    } else {
      net.state[arc[node]!] = 1
      net.state[kept] = 0
      arc[node] = kept
    }
  }
}
