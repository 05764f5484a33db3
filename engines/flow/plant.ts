import { addArc, settle, unlimited } from './network.ts'
import type { Network } from './network.ts'

/** Ways that the prices call no dearer than this, metres, are looked at first. */
const short = 0.5

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
  const isPlanted = new Uint8Array(nodes)
  const stack = new Int32Array(nodes)
  const open = heap(1024)
  // Partly filled arcs by both their ends, half-arcs 2a (at the tail) and 2a + 1 (at the head); empty ones by their row.
  const forest = new Int32Array(nodes).fill(-1)
  const beside = new Int32Array(net.arcs * 2)
  const ways = new Int32Array(rows).fill(-1)
  const otherWay = new Int32Array(net.arcs)
  const isShort = (arc: number): boolean => cost[arc]! - price[head[arc]!]! + price[tail[arc]!]! <= short
  for (let arc = 0; arc < net.arcs; arc += 1) {
    const amount = carried[arc]!
    state[arc] = amount === 0 ? 1 : -1
    const row = head[arc]!
    if (amount === 0) {
      if (row === root || !isShort(arc)) continue
      otherWay[arc] = ways[row]!
      ways[row] = arc
    } else if (amount < limit[arc]!) {
      beside[2 * arc] = forest[tail[arc]!]!
      forest[tail[arc]!] = 2 * arc
      beside[2 * arc + 1] = forest[row]!
      forest[row] = 2 * arc + 1
    }
  }

  // Ways from parts outside to the rows inside.
  const take = (start: number): void => {
    let depth = 0
    stack[depth++] = start
    isPlanted[start] = 1
    while (depth > 0) {
      const node = stack[--depth]!
      for (let half = forest[node]!; half >= 0; half = beside[half]!) {
        const arc = half >> 1
        const isUp = half % 2 === 1
        const other = isUp ? tail[arc]! : head[arc]!
        if (isPlanted[other] === 1) continue
        isPlanted[other] = 1
        hang(other, node, arc, isUp, carried[arc]!)
        stack[depth++] = other
      }
      if (node < rows) look(node)
    }
  }
  const look = (row: number): void => {
    for (let arc = ways[row]!; arc >= 0; arc = otherWay[arc]!)
      if (isPlanted[tail[arc]!] === 0) open.push(cost[arc]! - price[row]! + price[tail[arc]!]!, arc)
  }
  const join = (arc: number): void => {
    hang(tail[arc]!, head[arc]!, arc, true, 0)
    take(tail[arc]!)
  }

  const joinAll = (): void => {
    for (let arc = open.pop(); arc >= 0; arc = open.pop()) if (isPlanted[tail[arc]!] === 0) join(arc)
  }

  take(root)
  if (isBare) join(gate(net, carried))
  joinAll()
  // Mostly that was all. If not, every way is looked at.
  if (isPlanted.includes(0)) {
    for (let arc = 0; arc < net.arcs; arc += 1) {
      if (carried[arc] !== 0 || head[arc] === root || isPlanted[tail[arc]!] === 1 || isShort(arc)) continue
      otherWay[arc] = ways[head[arc]!]!
      ways[head[arc]!] = arc
    }
    for (let row = 0; row < rows; row += 1) if (isPlanted[row] === 1) look(row)
  }
  for (let left = rows; ;) {
    joinAll()
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
