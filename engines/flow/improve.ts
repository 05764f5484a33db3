import type { Network } from './network.ts'
import { pivot } from './pivot.ts'

/**
 * Steps until no known arc is worth entering (FL4). Arcs are looked at in blocks of about the square root of their number; the best of
 * a block enters, then others of the same block as long as they are nearly as good (multiple partial pricing).
 */

/** Costs are whole metres, or fractions of them between averages; less than this is rounding. */
const nothing = 1e-6
const mostMinor = 10
const nearlyAsGood = 0.3
const askedEvery = 512

export function improve(net: Network, onSteps: (steps: number) => void): number {
  const { tail, head, cost, state, price } = net
  const count = net.arcs
  const block = Math.max(32, Math.ceil(Math.sqrt(count)))
  const chosen = new Int32Array(block)
  let at = 0
  let idle = 0
  let pivots = 0
  while (idle < count) {
    let found = 0
    let best = -nothing
    let bestAt = -1
    let lastTail = -1
    let lastGain = 0
    for (let k = 0; k < block; k += 1) {
      const arc = at
      at += 1
      if (at === count) at = 0
      const from = tail[arc]!
      const gain = state[arc]! * (cost[arc]! + price[from]! - price[head[arc]!]!)
      if (gain >= -nothing) continue
      // Of arcs from one column only the best.
      if (from === lastTail) {
        if (gain >= lastGain) continue
        found -= 1
      }
      lastTail = from
      lastGain = gain
      chosen[found] = arc
      if (gain < best) {
        best = gain
        bestAt = found
      }
      found += 1
    }
    idle += block
    if (found === 0) continue
    idle = 0
    const enough = best * nearlyAsGood
    for (let minor = 0; ; minor += 1) {
      pivot(net, chosen[bestAt]!)
      pivots += 1
      if (pivots % askedEvery === 0) onSteps(askedEvery)
      if (minor === mostMinor) break
      found -= 1
      chosen[bestAt] = chosen[found]!
      best = enough
      bestAt = -1
      for (let k = 0; k < found; k += 1) {
        const arc = chosen[k]!
        const gain = state[arc]! * (cost[arc]! + price[tail[arc]!]! - price[head[arc]!]!)
        if (gain < best) {
          best = gain
          bestAt = k
        }
      }
      if (bestAt < 0) break
    }
  }
  onSteps(pivots % askedEvery)
  return pivots
}
