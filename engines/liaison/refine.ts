import { unlimited } from '#engines/flow/network.ts'
import type { Network } from '#engines/flow/network.ts'
import type { Level, Points } from './levels.ts'

/**
 * From a solved level to a start on the next finer one (LE8): prices, what each column keeps back, and flows whose support is again a forest.
 */

export type Start = {
  rowPrices: Float64Array
  columnPrices: Float64Array
  /** What each column keeps back. */
  back: Int32Array
  /** Flows by triples: column, row, households. */
  columns: Int32Array
  rows: Int32Array
  flows: Int32Array
  count: number
}

export function refine(net: Network, coarse: Level, fine: Level): Start {
  const start: Start = {
    ...prices(net, coarse, fine),
    back: new Int32Array(fine.columns.count),
    columns: new Int32Array(fine.columns.count + fine.rows.count),
    rows: new Int32Array(fine.columns.count + fine.rows.count),
    flows: new Int32Array(fine.columns.count + fine.rows.count),
    count: 0,
  }
  keepBack(net, coarse, fine, start)
  peel(net, coarse, fine, start)
  return start
}

/**
 * A unit's price is the least that anybody near asks plus the way; what a person asks is the most that a unit near pays less
 * the way. Known arcs of the coarse level say who is near.
 */
function prices(
  net: Network,
  coarse: Level,
  fine: Level,
): { rowPrices: Float64Array; columnPrices: Float64Array } {
  const { tail, head, price, root } = net
  const rowPrices = new Float64Array(fine.rows.count).fill(Infinity)
  const columnPrices = new Float64Array(fine.columns.count).fill(-Infinity)
  const zero = price[root]!
  for (let arc = 0; arc < net.arcs; arc += 1) {
    if (head[arc] === root) continue
    const row = head[arc]!
    const column = tail[arc]! - net.rows
    const asked = price[tail[arc]!]! - zero
    const paid = price[row]! - zero
    for (let k = coarse.rowsBelow[row]!; k < coarse.rowsBelow[row + 1]!; k += 1) {
      const value = asked + apart(fine.rows, k, coarse.columns, column)
      if (value < rowPrices[k]!) rowPrices[k] = value
    }
    for (let k = coarse.columnsBelow[column]!; k < coarse.columnsBelow[column + 1]!; k += 1) {
      const value = paid - apart(fine.columns, k, coarse.rows, row)
      if (value > columnPrices[k]!) columnPrices[k] = value
    }
  }
  return { rowPrices, columnPrices }
}

function apart(a: Points, i: number, b: Points, j: number): number {
  const x = a.x[i]! - b.x[j]!
  const y = a.y[i]! - b.y[j]!
  const z = a.z[i]! - b.z[j]!
  return Math.sqrt(x * x + y * y + z * z)
}

/** Members that ask least keep back first; at most one of a neighbourhood keeps back a part. */
function keepBack(net: Network, coarse: Level, fine: Level, start: Start): void {
  const { state, limit, arc, flow, head, root } = net
  for (let column = 0; column < coarse.columns.count; column += 1) {
    // Arcs to the root come first, in the order of the columns.
    if (head[column] !== root || net.tail[column] !== net.rows + column) break
    let amount = state[column] === -1 ? limit[column]! : 0
    const node = net.tail[column]!
    if (state[column] === 0) amount = arc[node] === column ? flow[node]! : 0
    if (amount === 0 || limit[column] === unlimited) continue
    const members = []
    for (let k = coarse.columnsBelow[column]!; k < coarse.columnsBelow[column + 1]!; k += 1) members.push(k)
    members.sort((a, b) => start.columnPrices[a]! - start.columnPrices[b]! || a - b)
    for (const k of members) {
      start.back[k] = Math.min(amount, fine.slack[k]!)
      amount -= start.back[k]!
    }
  }
}

/**
 * Leaf by leaf of the forest of coarse flows: the members of the leaf's side are served to the end, the cheapest pairs first. Every flow
 * exhausts one of its two ends, so the fine flows are a forest as well.
 */
function peel(net: Network, coarse: Level, fine: Level, start: Start): void {
  const { rows, root, parent, arc, flow, tail, head } = net
  const due = Int32Array.from(fine.needs)
  const left = fine.most.map((one, column) => one - start.back[column]!)
  // How many open arcs each node has, and the sum of the nodes they belong to: with one left, that is the one.
  const degree = new Int32Array(root)
  const sum = new Float64Array(root)
  for (let node = 0; node < root; node += 1) {
    if (flow[node] === 0 || head[arc[node]!] === root) continue
    for (const end of [node, parent[node]!]) {
      degree[end]! += 1
      sum[end]! += node
    }
  }
  const leaves: number[] = []
  for (let node = 0; node < root; node += 1) if (degree[node] === 1) leaves.push(node)
  const pairs = { gain: new Float64Array(0), column: new Int32Array(0), row: new Int32Array(0) }
  for (let at = 0; at < leaves.length; at += 1) {
    const leaf = leaves[at]!
    if (degree[leaf] !== 1) continue
    const by = sum[leaf]!
    match(coarse, fine, start, tail[arc[by]!]! - rows, head[arc[by]!]!, flow[by]!, left, due, pairs)
    for (const end of [by, parent[by]!]) {
      degree[end]! -= 1
      sum[end]! -= by
      if (degree[end] === 1) leaves.push(end)
    }
  }
}

type Pairs = { gain: Float64Array; column: Int32Array; row: Int32Array }

function match(
  coarse: Level,
  fine: Level,
  start: Start,
  column: number,
  row: number,
  amount: number,
  left: Int32Array,
  due: Int32Array,
  pairs: Pairs,
): void {
  const { rowPrices, columnPrices } = start
  const columnsTo = coarse.columnsBelow[column + 1]!
  const rowsTo = coarse.rowsBelow[row + 1]!
  const room = (columnsTo - coarse.columnsBelow[column]!) * (rowsTo - coarse.rowsBelow[row]!)
  if (pairs.gain.length < room) {
    pairs.gain = new Float64Array(room * 2)
    pairs.column = new Int32Array(room * 2)
    pairs.row = new Int32Array(room * 2)
  }
  let count = 0
  for (let c = coarse.columnsBelow[column]!; c < columnsTo; c += 1) {
    if (left[c] === 0) continue
    for (let r = coarse.rowsBelow[row]!; r < rowsTo; r += 1) {
      if (due[r] === 0) continue
      const gain = apart(fine.columns, c, fine.rows, r) - rowPrices[r]! + columnPrices[c]!
      let at = count++
      while (at > 0 && pairs.gain[at - 1]! > gain) {
        pairs.gain[at] = pairs.gain[at - 1]!
        pairs.column[at] = pairs.column[at - 1]!
        pairs.row[at] = pairs.row[at - 1]!
        at -= 1
      }
      pairs.gain[at] = gain
      pairs.column[at] = c
      pairs.row[at] = r
    }
  }
  let open = amount
  for (let k = 0; k < count && open > 0; k += 1) {
    const c = pairs.column[k]!
    const r = pairs.row[k]!
    const flow = Math.min(open, left[c]!, due[r]!)
    if (flow === 0) continue
    left[c]! -= flow
    due[r]! -= flow
    open -= flow
    start.columns[start.count] = c
    start.rows[start.count] = r
    start.flows[start.count] = flow
    start.count += 1
  }
}
