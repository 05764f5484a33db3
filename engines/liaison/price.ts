import { middleOf } from './order.ts'

/**
 * Exact pricing over all pairs without looking at them (LE3): columns by small groups against a tree of boxes around the rows. A pair can only matter if its
 * distance is less than what the row pays beyond what the column asks; a box as a whole, if that holds for its nearest
 * point, its highest payer and the group's lowest asker. Squares are compared, so a pair that cannot matter costs no root.
 */

/** Points whose prices belong to owners; in the order of median splits. */
export type Sites = {
  count: number
  x: Float64Array
  y: Float64Array
  z: Float64Array
  owner: Int32Array
}

export type Boxes = {
  sites: Sites
  /** Node k has children 2k + 1 and 2k + 2; leaves stand on the last level. */
  leaves: number
  from: Int32Array
  to: Int32Array
  low: Float64Array
  high: Float64Array
  /** What the best of a box pays, and by how much the price of one has risen most. */
  pay: Float64Array
  rise: Float64Array
}

const leafSize = 4
const groupSize = 4

export function boxes(sites: Sites): Boxes {
  let depth = 0
  while (leafSize * 2 ** depth < sites.count) depth += 1
  const nodes = 2 ** (depth + 1) - 1
  const result: Boxes = {
    sites,
    leaves: 2 ** depth - 1,
    from: new Int32Array(nodes),
    to: new Int32Array(nodes),
    low: new Float64Array(nodes * 3).fill(Infinity),
    high: new Float64Array(nodes * 3).fill(-Infinity),
    pay: new Float64Array(nodes),
    rise: new Float64Array(nodes),
  }
  const { from, to, low, high, leaves } = result
  to[0] = sites.count
  for (let node = 0; node < leaves; node += 1) {
    const middle = middleOf(from[node]!, to[node]!)
    from[2 * node + 1] = from[node]!
    to[2 * node + 1] = middle
    from[2 * node + 2] = middle
    to[2 * node + 2] = to[node]!
  }
  const axes = [sites.x, sites.y, sites.z]
  for (let node = nodes - 1; node >= 0; node -= 1) {
    for (let axis = 0; axis < 3; axis += 1) {
      const at = node * 3 + axis
      if (node >= leaves) {
        for (let k = from[node]!; k < to[node]!; k += 1) {
          low[at] = Math.min(low[at]!, axes[axis]![k]!)
          high[at] = Math.max(high[at]!, axes[axis]![k]!)
        }
      } else {
        low[at] = Math.min(low[(2 * node + 1) * 3 + axis]!, low[(2 * node + 2) * 3 + axis]!)
        high[at] = Math.max(high[(2 * node + 1) * 3 + axis]!, high[(2 * node + 2) * 3 + axis]!)
      }
    }
  }
  return result
}

/**
 * What is known from an earlier round at other prices: every pair of a column that was not brought then lacked at least `margins` of being worth
 * entering. It can be worth it now only if what its row pays has risen by more than that beyond what the column asks.
 */
export type Since = { rows: Float64Array; columns: Float64Array; margins: Float64Array }

/**
 * Who is told of pairs. A class, so that the same code is called whatever is sought: compiled once, where a closure of every round would be
 * compiled anew.
 */
export type Finder = {
  /** Decides exactly, and gives the `less` for the rest of that column. */
  found(columnSite: number, rowSite: number): number
}

/** What one pass needs, by name. */
type Pass = {
  rows: Boxes
  columns: Sites
  columnPrices: Float64Array
  paid: Float64Array
  less: number
  finder: Finder
  since: Since | undefined
  stack: Int32Array
  /** What the sites of a group ask at present. */
  asked: Float64Array
}

/**
 * Tells `finder` of every pair of points whose distance is less than paid - asked - `less`. Distances are those through space, no more
 * than those over the ground.
 */
export function pricePairs(
  rows: Boxes,
  columns: Sites,
  rowPrices: Float64Array,
  columnPrices: Float64Array,
  less: number,
  finder: Finder,
  since?: Since,
): void {
  const { sites, pay, rise } = rows
  const paid = Float64Array.from(sites.owner, (owner) => rowPrices[owner]!)
  fill(rows, pay, paid)
  if (since) {
    const risen = Float64Array.from(sites.owner, (owner, k) => paid[k]! - since.rows[owner]!)
    fill(rows, rise, risen)
  }
  const pass: Pass = {
    rows,
    columns,
    columnPrices,
    paid,
    less,
    finder,
    since,
    stack: new Int32Array(128),
    asked: new Float64Array(groupSize),
  }
  for (let group = 0; group < columns.count; group += groupSize)
    look(pass, group, Math.min(group + groupSize, columns.count))
}

/** One group of columns against all boxes. */
function look(pass: Pass, group: number, end: number): void {
  const { columns, columnPrices, less, since, stack, asked } = pass
  let lowX = Infinity
  let highX = -Infinity
  let lowY = Infinity
  let highY = -Infinity
  let lowZ = Infinity
  let highZ = -Infinity
  let least = Infinity
  let leastRise = Infinity
  for (let k = group; k < end; k += 1) {
    const owner = columns.owner[k]!
    const price = columnPrices[owner]! + less
    asked[k - group] = price
    if (price < least) least = price
    const rises = since ? columnPrices[owner]! - since.columns[owner]! + since.margins[owner]! : -Infinity
    if (rises < leastRise) leastRise = rises
    if (columns.x[k]! < lowX) lowX = columns.x[k]!
    if (columns.x[k]! > highX) highX = columns.x[k]!
    if (columns.y[k]! < lowY) lowY = columns.y[k]!
    if (columns.y[k]! > highY) highY = columns.y[k]!
    if (columns.z[k]! < lowZ) lowZ = columns.z[k]!
    if (columns.z[k]! > highZ) highZ = columns.z[k]!
  }
  const isSure = leastRise > -Infinity
  const { leaves, low, high, pay, rise } = pass.rows
  let depth = 1
  stack[0] = 0
  while (depth > 0) {
    const node = stack[--depth]!
    const gap = pay[node]! - least
    if (gap <= 0 || (isSure && rise[node]! <= leastRise)) continue
    const at = node * 3
    const dx = Math.max(0, low[at]! - highX, lowX - high[at]!)
    const dy = Math.max(0, low[at + 1]! - highY, lowY - high[at + 1]!)
    const dz = Math.max(0, low[at + 2]! - highZ, lowZ - high[at + 2]!)
    if (dx * dx + dy * dy + dz * dz >= gap * gap) continue
    if (node < leaves) {
      // The better payer first, so that what is found early spares looking at the rest.
      const first = pay[2 * node + 1]! < pay[2 * node + 2]! ? 1 : 2
      stack[depth++] = 2 * node + first
      stack[depth++] = 2 * node + 3 - first
    } else {
      least = meet(pass, group, end, node)
    }
  }
}

/** One group against the rows of a box; gives what the group asks least then. */
function meet(pass: Pass, group: number, end: number, node: number): number {
  const { columns, columnPrices, paid, finder, asked } = pass
  const { sites, from, to, pay } = pass.rows
  const { x, y, z } = sites
  let least = Infinity
  for (let k = group; k < end; k += 1) {
    let mine = asked[k - group]!
    if (pay[node]! > mine) {
      const px = columns.x[k]!
      const py = columns.y[k]!
      const pz = columns.z[k]!
      for (let r = from[node]!; r < to[node]!; r += 1) {
        const own = paid[r]! - mine
        if (own <= 0) continue
        const ax = x[r]! - px
        const ay = y[r]! - py
        const az = z[r]! - pz
        if (ax * ax + ay * ay + az * az < own * own)
          mine = columnPrices[columns.owner[k]!]! + finder.found(k, r)
      }
      asked[k - group] = mine
    }
    if (mine < least) least = mine
  }
  return least
}

/** The most of each box. */
function fill({ leaves, from, to }: Boxes, most: Float64Array, values: Float64Array): void {
  for (let node = from.length - 1; node >= 0; node -= 1) {
    if (node < leaves) {
      most[node] = Math.max(most[2 * node + 1]!, most[2 * node + 2]!)
      continue
    }
    let best = -Infinity
    for (let k = from[node]!; k < to[node]!; k += 1) if (values[k]! > best) best = values[k]!
    most[node] = best
  }
}
