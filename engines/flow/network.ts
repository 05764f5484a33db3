/**
 * A network for the transportation problem and its spanning tree (FL1). Nodes 0 to rows - 1 take what they need exactly (rows),
 * the next `columns` give (columns), the last one is the root, which takes what the columns keep back.
 *
 * An arc leads from a column to a row, or from a column to the root. Arcs are appended as they are found to matter; those
 * outside the tree carry nothing (`state` 1) or all they can (`state` -1). A tree arc belongs to the node below it.
 * The tree stands in a ring through all nodes, each followed by all that hangs from it, so that a branch is one stretch of the
 * ring (Ahuja, Magnanti, Orlin, Network Flows, 1993, section 11.3; Barr, Glover, Klingman 1979).
 */

/** More than any flow: an arc without a limit. */
export const unlimited = 0x7fff_ffff

export type Network = {
  rows: number
  columns: number
  root: number

  arcs: number
  tail: Int32Array
  head: Int32Array
  cost: Float64Array
  limit: Int32Array
  /** 1: carries nothing, -1: carries its limit, 0: in the tree. */
  state: Int8Array

  parent: Int32Array
  /** The ring, forwards and backwards, and the last node of each branch. */
  next: Int32Array
  before: Int32Array
  last: Int32Array
  /** How many nodes hang from here, itself included. */
  size: Int32Array
  /** The arc to the parent, whether it leads there, and what it carries. */
  arc: Int32Array
  isUp: Uint8Array
  flow: Int32Array
  /** Prices: a tree arc costs exactly what its head's price exceeds its tail's. */
  price: Float64Array
}

export function network(rows: number, columns: number, room: number): Network {
  const nodes = rows + columns + 1
  return {
    rows,
    columns,
    root: rows + columns,
    arcs: 0,
    tail: new Int32Array(room),
    head: new Int32Array(room),
    cost: new Float64Array(room),
    limit: new Int32Array(room),
    state: new Int8Array(room),
    parent: new Int32Array(nodes).fill(-1),
    next: new Int32Array(nodes).fill(-1),
    before: new Int32Array(nodes).fill(-1),
    last: new Int32Array(nodes),
    size: new Int32Array(nodes).fill(1),
    arc: new Int32Array(nodes).fill(-1),
    isUp: new Uint8Array(nodes),
    flow: new Int32Array(nodes),
    price: new Float64Array(nodes),
  }
}

/** The same network again, with room for so many arcs more. */
export function copyOf(net: Network, more: number): Network {
  const copy = network(net.rows, net.columns, net.arcs + more)
  copy.arcs = net.arcs
  for (const key of ['tail', 'head', 'cost', 'limit', 'state'] as const)
    copy[key].set(net[key].subarray(0, net.arcs))
  for (const key of ['parent', 'next', 'before', 'last', 'size', 'arc', 'isUp', 'flow', 'price'] as const)
    copy[key].set(net[key])
  return copy
}

/** Appends an arc that carries nothing; gives its number. */
export function addArc(net: Network, tail: number, head: number, cost: number, limit = unlimited): number {
  if (net.arcs === net.tail.length) grow(net)
  const arc = net.arcs
  net.arcs += 1
  net.tail[arc] = tail
  net.head[arc] = head
  net.cost[arc] = cost
  net.limit[arc] = limit
  net.state[arc] = 1
  return arc
}

function grow(net: Network): void {
  const room = Math.max(1024, Math.ceil(net.tail.length * 1.5))
  const wider = <T extends Int32Array | Float64Array | Int8Array>(wide: T, narrow: T): T => {
    wide.set(narrow)
    return wide
  }
  net.tail = wider(new Int32Array(room), net.tail)
  net.head = wider(new Int32Array(room), net.head)
  net.cost = wider(new Float64Array(room), net.cost)
  net.limit = wider(new Int32Array(room), net.limit)
  net.state = wider(new Int8Array(room), net.state)
}

/** Ring, sizes and prices of the whole tree from its parents and arcs; the root keeps its price. */
export function settle(net: Network): void {
  const { root, parent, next, before, last, size, arc, isUp, cost, price } = net
  const nodes = root + 1
  // Children of each node in a list, then a walk from the root that comes to every node before what hangs from it.
  const child = new Int32Array(nodes).fill(-1)
  const sibling = new Int32Array(nodes)
  for (let node = 0; node < root; node += 1) {
    sibling[node] = child[parent[node]!]!
    child[parent[node]!] = node
  }
  const stack = new Int32Array(nodes)
  let depth = 0
  let at = root
  for (let below = child[root]!; below >= 0; below = sibling[below]!) stack[depth++] = below
  while (depth > 0) {
    const node = stack[--depth]!
    next[at] = node
    before[node] = at
    at = node
    const over = price[parent[node]!]!
    price[node] = isUp[node] === 1 ? over - cost[arc[node]!]! : over + cost[arc[node]!]!
    for (let below = child[node]!; below >= 0; below = sibling[below]!) stack[depth++] = below
  }
  next[at] = root
  before[root] = at
  size.fill(1)
  last.fill(-1)
  for (let node = at; ; node = before[node]!) {
    if (last[node]! < 0) last[node] = node
    if (node === root) return
    const above = parent[node]!
    size[above]! += size[node]!
    if (last[above]! < 0) last[above] = last[node]!
  }
}
