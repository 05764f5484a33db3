import { unlimited } from './network.ts'
import type { Network } from './network.ts'

/**
 * One step of the network simplex method: an arc enters the tree, flow goes around the cycle it closes, an arc leaves.
 *
 * The tree is kept strongly feasible (FL2): from every node some flow could be sent to the root. Of the arcs that
 * block, the last one along the cycle leaves, beginning where the cycle is nearest the root; then half of all steps may carry nothing and the
 * method still ends (Cunningham 1976; Ahuja, Magnanti, Orlin, Network Flows, 1993, section 11.6).
 */
export function pivot(net: Network, entering: number): void {
  const { parent, size, arc, isUp, flow, limit, state } = net
  const isFilling = state[entering] === 1
  const first = isFilling ? net.tail[entering]! : net.head[entering]!
  const second = isFilling ? net.head[entering]! : net.tail[entering]!

  // Where the ways to the root meet, and the tightest arc on each: on the first the one nearest to where it starts, on the second the
  // one nearest to the meeting point.
  let least = limit[entering]!
  let leastBehind = unlimited
  let out = -1
  let outBehind = -1
  let a = first
  let b = second
  while (a !== b) {
    if (size[a]! < size[b]!) {
      const left = isUp[a] === 1 ? flow[a]! : room(limit[arc[a]!]!, flow[a]!)
      if (left < least) {
        least = left
        out = a
      }
      a = parent[a]!
    } else {
      const left = isUp[b] === 1 ? room(limit[arc[b]!]!, flow[b]!) : flow[b]!
      if (left <= leastBehind) {
        leastBehind = left
        outBehind = b
      }
      b = parent[b]!
    }
  }
  const join = a
  const isBehind = outBehind >= 0 && leastBehind <= least
  if (isBehind) {
    least = leastBehind
    out = outBehind
  }

  if (least > 0) {
    for (let node = first; node !== join; node = parent[node]!)
      flow[node]! += isUp[node] === 1 ? -least : least
    for (let node = second; node !== join; node = parent[node]!)
      flow[node]! += isUp[node] === 1 ? least : -least
  }
  if (out < 0) {
    // The arc itself is the tightest: it goes from empty to full or back.
    state[entering] = isFilling ? -1 : 1
    return
  }
  const inner = isBehind ? second : first
  const outer = isBehind ? first : second
  state[arc[out]!] = flow[out] === 0 ? 1 : -1
  const carried = isFilling ? least : limit[entering]! - least
  const moved = size[out]!
  for (let node = parent[out]!; node !== join; node = parent[node]!) size[node]! -= moved
  for (let node = outer; node !== join; node = parent[node]!) size[node]! += moved
  turn(net, inner, outer, out, entering, carried)
  shift(net, inner)
}

function room(limit: number, flow: number): number {
  return limit === unlimited ? unlimited : limit - flow
}

/** Hangs the branch that begins at `out` from `inner` below `outer`: the stem between them turns around. */
function turn(
  net: Network,
  inner: number,
  outer: number,
  out: number,
  entering: number,
  carried: number,
): void {
  const { parent, child, next, before, size, arc, isUp, flow } = net
  const all = size[out]!
  let node = inner
  let above = outer
  let newArc = entering
  let newUp = net.tail[entering] === inner ? 1 : 0
  let newFlow = carried
  let below = 0
  for (;;) {
    const oldAbove = parent[node]!
    const oldArc = arc[node]!
    const oldUp = isUp[node]!
    const oldFlow = flow[node]!
    const after = next[node]!
    const ahead = before[node]!
    if (ahead >= 0) next[ahead] = after
    else child[oldAbove] = after
    if (after >= 0) before[after] = ahead
    const sibling = child[above]!
    next[node] = sibling
    before[node] = -1
    if (sibling >= 0) before[sibling] = node
    child[above] = node
    parent[node] = above
    arc[node] = newArc
    isUp[node] = newUp
    flow[node] = newFlow
    const oldSize = size[node]!
    size[node] = all - below
    below = oldSize
    if (node === out) break
    above = node
    node = oldAbove
    newArc = oldArc
    newUp = 1 - oldUp
    newFlow = oldFlow
  }
  net.state[entering] = 0
}

/** Prices follow the entering arc: on the branch, or, if that is the larger part, everywhere else the other way. */
function shift(net: Network, top: number): void {
  const { parent, child, next, size, arc, isUp, cost, price, root } = net
  const due = isUp[top] === 1 ? -cost[arc[top]!]! : cost[arc[top]!]!
  let by = price[parent[top]!]! + due - price[top]!
  const isBranch = size[top]! * 2 <= size[root]!
  const start = isBranch ? top : root
  const skip = isBranch ? -1 : top
  if (!isBranch) by = -by
  let node = start
  price[node]! += by
  for (;;) {
    let below = child[node]!
    if (below === skip && below >= 0) below = next[below]!
    if (below < 0) {
      for (;;) {
        if (node === start) return
        below = next[node]!
        if (below === skip && below >= 0) below = next[below]!
        if (below >= 0) break
        node = parent[node]!
      }
    }
    node = below
    price[node]! += by
  }
}
