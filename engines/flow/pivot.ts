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

  // Seen from the entering arc flow goes one way around: down on one side, up on the other.
  const by = isBehind ? least : -least
  const inner = isBehind ? second : first
  const outer = isBehind ? first : second
  if (out < 0) {
    // The arc itself is the tightest: it goes from empty to full or back.
    send(net, first, join, by)
    send(net, second, join, -by)
    state[entering] = isFilling ? -1 : 1
    return
  }
  // Each side is walked once, for flow and sizes: above the cut the branch is gone, on the other side it is new.
  const carried = isFilling ? least : limit[entering]! - least
  const moved = size[out]!
  const above = parent[out]!
  send(net, inner, above, by)
  for (let node = above; node !== join; node = parent[node]!) {
    flow[node]! += isUp[node] === 1 ? by : -by
    size[node]! -= moved
  }
  for (let node = outer; node !== join; node = parent[node]!) {
    flow[node]! += isUp[node] === 1 ? -by : by
    size[node]! += moved
  }
  state[arc[out]!] = flow[out] === 0 ? 1 : -1
  turn(net, inner, outer, out, entering, carried)
}

/** Adds to the flow towards the root from a node up to one above it. */
function send({ parent, isUp, flow }: Network, from: number, to: number, by: number): void {
  for (let node = from; node !== to; node = parent[node]!) flow[node]! += isUp[node] === 1 ? by : -by
}

function room(limit: number, flow: number): number {
  return limit === unlimited ? unlimited : limit - flow
}

/**
 * Hangs the branch that begins at `out` from `inner` below `outer`: the stem between them turns around. On the ring each stem node
 * takes along what hangs from it beside the stem, which stood before and behind the rest of the stem.
 */
function turn(
  net: Network,
  inner: number,
  outer: number,
  out: number,
  entering: number,
  carried: number,
): void {
  const { parent, next, before, last, size, arc, isUp, flow, cost, price, state } = net
  const all = size[out]!
  const ahead = before[out]!
  const oldLast = last[out]!
  const behind = next[oldLast]!
  const oldParent = parent[out]!

  let node = inner
  let above = outer
  let newArc = entering
  let newUp = net.tail[entering] === inner ? 1 : 0
  let newFlow = carried
  // What the stem node below ended at, what stood before it and behind it, and where the new stretch ends so far.
  let below = 0
  let lastBelow = -1
  let aheadBelow = -1
  let rest = -1
  let end = -1
  for (;;) {
    const formerAbove = parent[node]!
    const formerArc = arc[node]!
    const formerUp = isUp[node]!
    const formerFlow = flow[node]!
    const formerSize = size[node]!
    const formerLast = last[node]!
    const formerAhead = before[node]!
    if (end < 0) {
      end = formerLast
      rest = next[end]!
    } else {
      next[end] = node
      before[node] = end
      if (formerLast === lastBelow) {
        end = aheadBelow
      } else {
        next[aheadBelow] = rest
        before[rest] = aheadBelow
        end = formerLast
        rest = next[end]!
      }
    }
    parent[node] = above
    arc[node] = newArc
    isUp[node] = newUp
    flow[node] = newFlow
    size[node] = all - below
    if (node === out) break
    below = formerSize
    lastBelow = formerLast
    aheadBelow = formerAhead
    above = node
    node = formerAbove
    newArc = formerArc
    newUp = 1 - formerUp
    newFlow = formerFlow
  }
  state[entering] = 0

  next[ahead] = behind
  before[behind] = ahead
  for (let u = oldParent; u >= 0 && last[u] === oldLast; u = parent[u]!) last[u] = ahead
  const after = next[outer]!
  next[outer] = inner
  before[inner] = outer
  next[end] = after
  before[after] = end
  for (let u = outer; u >= 0 && last[u] === outer; u = parent[u]!) last[u] = end
  for (let u = out; u !== outer; u = parent[u]!) last[u] = end

  // Prices follow the entering arc: on the branch, or, if that is the larger part, everywhere else the other way.
  const due = isUp[inner] === 1 ? -cost[entering]! : cost[entering]!
  const by = price[outer]! + due - price[inner]!
  const others = size[net.root]! - all
  if (all <= others) shift(net, inner, end, all, by)
  else shift(net, after, outer, others, -by)
}

/**
 * Changes the prices of a stretch of the ring, from both its ends at once: reading `next` and `before` by turns, neither waits for
 * the other.
 */
function shift(
  { next, before, price }: Network,
  first: number,
  last: number,
  count: number,
  by: number,
): void {
  let ahead = first
  let behind = last
  for (let left = count; left > 1; left -= 2) {
    price[ahead]! += by
    price[behind]! += by
    ahead = next[ahead]!
    behind = before[behind]!
  }
  if (count % 2 === 1) price[ahead]! += by
}
