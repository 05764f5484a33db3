import { addArc, settle, unlimited } from './network.ts'
import type { Network } from './network.ts'

/**
 * From flows to a strongly feasible tree (FL3), without artificial arcs and their great costs. Arcs that carry something, but not all they
 * can, form a forest. Its parts are hung together by arcs that carry nothing, from a column of the part to a row nearer the
 * root, so that every empty arc of the tree leads towards the root. Of these the cheapest are taken, as the prices that
 * stand in the network see it.
 *
 * @param carried what each arc carries; its partly filled arcs must be free of cycles.
 */
export function plant(
  net: Network,
  carried: Int32Array,
  costOf: (column: number, row: number) => number,
): void {
  const { rows, root, tail, head, cost, limit, state, price } = net
  const nodes = root + 1
  net.parent.fill(-1)
  const hang = (node: number, above: number, arc: number, isUp: boolean, flow: number): void => {
    net.parent[node] = above
    net.arc[node] = arc
    net.isUp[node] = isUp ? 1 : 0
    net.flow[node] = flow
    state[arc] = 0
    if (above === root) isBare = false
  }
  let isBare = true
  const forest = incidence(net, nodes, (arc) => carried[arc]! > 0 && carried[arc]! < limit[arc]!)
  const isPlanted = new Uint8Array(nodes)
  const stack = new Int32Array(nodes)
  const open = heap(Math.max(64, net.arcs >> 3))
  for (let arc = 0; arc < net.arcs; arc += 1) state[arc] = carried[arc] === 0 ? 1 : -1

  // Ways from parts outside to the rows inside.
  const ways = incidence(net, nodes, (arc) => carried[arc] === 0 && head[arc] !== root)
  const take = (start: number): void => {
    let depth = 0
    stack[depth++] = start
    isPlanted[start] = 1
    while (depth > 0) {
      const node = stack[--depth]!
      for (let k = forest.starts[node]!; k < forest.starts[node + 1]!; k += 1) {
        const arc = forest.arcs[k]!
        const isUp = head[arc] === node
        const other = isUp ? tail[arc]! : head[arc]!
        if (isPlanted[other] === 1) continue
        isPlanted[other] = 1
        hang(other, node, arc, isUp, carried[arc]!)
        stack[depth++] = other
      }
      if (node >= rows) continue
      for (let k = ways.starts[node]!; k < ways.starts[node + 1]!; k += 1) {
        const arc = ways.arcs[k]!
        if (isPlanted[tail[arc]!] === 0) open.push(cost[arc]! - price[node]! + price[tail[arc]!]!, arc)
      }
    }
  }
  const join = (arc: number): void => {
    hang(tail[arc]!, head[arc]!, arc, true, 0)
    take(tail[arc]!)
  }

  take(root)
  if (isBare) join(gate(net, carried))
  for (let left = rows; ;) {
    for (let arc = open.pop(); arc >= 0; arc = open.pop()) if (isPlanted[tail[arc]!] === 0) join(arc)
    // Whatever no candidate reaches hangs from any row; the simplex method finds it a better place.
    while (left < root && isPlanted[left] === 1) left += 1
    if (left === root) break
    join(addFallback(net, left, isPlanted, costOf))
  }
  settle(net)
}

/** The empty arc to the root by which a tree without a partly filled one hangs: that of the column priced nearest nought. */
function gate(net: Network, carried: Int32Array): number {
  let best = -1
  for (let arc = 0; arc < net.arcs; arc += 1) {
    if (net.head[arc] !== net.root || carried[arc] !== 0) continue
    if (best < 0 || Math.abs(net.price[net.tail[arc]!]!) < Math.abs(net.price[net.tail[best]!]!)) best = arc
  }
  return best
}

/** Arcs by node: those at both ends for the forest, and the same serves to find ways by their row. */
function incidence(
  net: Network,
  nodes: number,
  isWanted: (arc: number) => boolean,
): { starts: Int32Array; arcs: Int32Array } {
  const { tail, head } = net
  const starts = new Int32Array(nodes + 2)
  for (let arc = 0; arc < net.arcs; arc += 1) {
    if (!isWanted(arc)) continue
    starts[tail[arc]! + 2]! += 1
    starts[head[arc]! + 2]! += 1
  }
  for (let node = 0; node < nodes; node += 1) starts[node + 2]! += starts[node + 1]!
  const arcs = new Int32Array(starts[nodes + 1]!)
  for (let arc = 0; arc < net.arcs; arc += 1) {
    if (!isWanted(arc)) continue
    arcs[starts[tail[arc]! + 1]!++] = arc
    arcs[starts[head[arc]! + 1]!++] = arc
  }
  return { starts, arcs }
}

function addFallback(
  net: Network,
  column: number,
  isPlanted: Uint8Array,
  costOf: (column: number, row: number) => number,
): number {
  for (let row = 0; row < net.rows; row += 1)
    if (isPlanted[row] === 1) return addArc(net, column, row, costOf(column, row), unlimited)
  throw new Error('a tree without a row')
}

/** A binary heap of arcs, the cheapest first. */
function heap(room: number): { push(key: number, arc: number): void; pop(): number } {
  let keys = new Float64Array(room)
  let arcs = new Int32Array(room)
  let count = 0
  return {
    push(key, arc) {
      if (count === keys.length) {
        const widerKeys = new Float64Array(count * 2)
        const widerArcs = new Int32Array(count * 2)
        widerKeys.set(keys)
        widerArcs.set(arcs)
        keys = widerKeys
        arcs = widerArcs
      }
      let at = count++
      while (at > 0) {
        const above = (at - 1) >> 1
        if (keys[above]! <= key) break
        keys[at] = keys[above]!
        arcs[at] = arcs[above]!
        at = above
      }
      keys[at] = key
      arcs[at] = arc
    },
    pop() {
      if (count === 0) return -1
      const top = arcs[0]!
      count -= 1
      const key = keys[count]!
      const arc = arcs[count]!
      let at = 0
      for (;;) {
        let below = at * 2 + 1
        if (below >= count) break
        if (below + 1 < count && keys[below + 1]! < keys[below]!) below += 1
        if (keys[below]! >= key) break
        keys[at] = keys[below]!
        arcs[at] = arcs[below]!
        at = below
      }
      keys[at] = key
      arcs[at] = arc
      return top
    },
  }
}
