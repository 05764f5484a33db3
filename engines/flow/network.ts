/**
 * A network for the transportation problem and its spanning tree (FL1). Nodes 0 to rows - 1 take what they need exactly (rows),
 * the next `columns` give (columns), the last one is the root, which takes what the columns keep back.
 *
 * An arc leads from a column to a row, or from a column to the root. Arcs are appended as they are found to matter; those
 * outside the tree carry nothing (`state` 1) or all they can (`state` -1). A tree arc belongs to the node below it.
 * Children of a node are a list through `next` and `before`, so that hanging a branch elsewhere touches only the
 * nodes on its stem.
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
  /** First child, next and previous child of the same parent; -1: none. */
  child: Int32Array
  next: Int32Array
  before: Int32Array
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
    child: new Int32Array(nodes).fill(-1),
    next: new Int32Array(nodes).fill(-1),
    before: new Int32Array(nodes).fill(-1),
    size: new Int32Array(nodes).fill(1),
    arc: new Int32Array(nodes).fill(-1),
    isUp: new Uint8Array(nodes),
    flow: new Int32Array(nodes),
    price: new Float64Array(nodes),
  }
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

/** Hangs `node` below `parent` by `arc`. Sizes are the caller's. */
export function hang(
  net: Network,
  node: number,
  parent: number,
  arc: number,
  isUp: boolean,
  flow: number,
): void {
  const sibling = net.child[parent]!
  net.parent[node] = parent
  net.next[node] = sibling
  net.before[node] = -1
  if (sibling >= 0) net.before[sibling] = node
  net.child[parent] = node
  net.arc[node] = arc
  net.isUp[node] = isUp ? 1 : 0
  net.flow[node] = flow
  net.state[arc] = 0
}

/** Sizes and prices of the whole tree from its parents and arcs; the root keeps its price. */
export function settle(net: Network): void {
  const { root, parent, child, next, size, arc, isUp, cost, price } = net
  let node = root
  size[root] = 1
  for (;;) {
    const below = child[node]!
    if (below >= 0) {
      node = below
    } else {
      while (node !== root && next[node]! < 0) {
        size[parent[node]!]! += size[node]!
        node = parent[node]!
      }
      if (node === root) return
      size[parent[node]!]! += size[node]!
      node = next[node]!
    }
    size[node] = 1
    const over = price[parent[node]!]!
    price[node] = isUp[node] === 1 ? over - cost[arc[node]!]! : over + cost[arc[node]!]!
  }
}
