import type { Network } from './network.ts'

/**
 * Takes the circles out of flows (FL5): along each circle of partly filled arcs flow is pushed the way that does not
 * cost more, until an arc is empty or full. Afterwards the partly filled arcs form a forest, and nothing became dearer.
 */
export function purify(net: Network, carried: Int32Array): void {
  const { tail, head, cost, limit, root } = net
  // Arcs of the forest by their two ends: half-arcs 2a (at the tail) and 2a + 1 (at the head) in lists.
  const first = new Int32Array(root + 1).fill(-1)
  const next = new Int32Array(net.arcs * 2).fill(-1)
  const before = new Int32Array(net.arcs * 2).fill(-1)
  const ends = (half: number): number => (half % 2 === 0 ? tail[half >> 1]! : head[half >> 1]!)
  const link = (half: number): void => {
    const node = ends(half)
    next[half] = first[node]!
    before[half] = -1
    if (first[node]! >= 0) before[first[node]!] = half
    first[node] = half
  }
  const unlink = (half: number): void => {
    if (before[half]! >= 0) next[before[half]!] = next[half]!
    else first[ends(half)] = next[half]!
    if (next[half]! >= 0) before[next[half]!] = before[half]!
  }
  const leader = Int32Array.from({ length: root + 1 }, (_, node) => node)
  const find = (node: number): number => {
    let at = node
    while (leader[at] !== at) at = leader[at] = leader[leader[at]!]!
    return at
  }
  const reached = new Int32Array(root + 1)
  const stack = new Int32Array(root + 1)
  const seen = new Int32Array(root + 1).fill(-1)
  /** Half-arcs by which the nodes on the way from `from` to `to` were reached, from the end. */
  const way = (from: number, to: number, mark: number): number[] => {
    let depth = 1
    stack[0] = from
    seen[from] = mark
    while (depth > 0) {
      const node = stack[--depth]!
      for (let half = first[node]!; half >= 0; half = next[half]!) {
        const other = ends(half ^ 1)
        if (seen[other] === mark) continue
        seen[other] = mark
        reached[other] = half
        stack[depth++] = other
      }
      if (seen[to] === mark) break
    }
    if (seen[to] !== mark) return []
    const halves: number[] = []
    for (let node = to; node !== from; node = ends(reached[node]!)) halves.push(reached[node]!)
    return halves
  }
  for (let arc = 0; arc < net.arcs; arc += 1) {
    if (carried[arc] === 0 || carried[arc] === limit[arc]) continue
    const isApart = find(tail[arc]!) !== find(head[arc]!)
    const halves = isApart ? [] : way(head[arc]!, tail[arc]!, arc)
    if (halves.length > 0) {
      // Around: with this arc, then from its head back to its tail; a half at the tail is passed forwards.
      const around = [2 * arc, ...halves]
      const dear = around.reduce(
        (sum, half) => sum + (half % 2 === 0 ? cost[half >> 1]! : -cost[half >> 1]!),
        0,
      )
      const isForward = dear <= 0
      const room = (half: number): number =>
        (half % 2 === 0) === isForward ? limit[half >> 1]! - carried[half >> 1]! : carried[half >> 1]!
      const by = around.reduce((least, half) => Math.min(least, room(half)), Infinity)
      for (const half of around) {
        const one = half >> 1
        carried[one]! += (half % 2 === 0) === isForward ? by : -by
        if (one === arc || (carried[one] !== 0 && carried[one] !== limit[one])) continue
        unlink(2 * one)
        unlink(2 * one + 1)
      }
    }
    if (carried[arc] === 0 || carried[arc] === limit[arc]) continue
    link(2 * arc)
    link(2 * arc + 1)
    leader[find(tail[arc]!)] = find(head[arc]!)
  }
}
