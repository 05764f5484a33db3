import { improve } from '#engines/flow/improve.ts'
import type { Network } from '#engines/flow/network.ts'
import { candidates } from './candidates.ts'
import type { Stats } from './contract.ts'
import { levelsOf } from './levels.ts'
import type { Model } from './model.ts'
import { groundOf, prove } from './prove.ts'
import type { Ground } from './prove.ts'
import { refine } from './refine.ts'
import { allPairs, build, corner } from './start.ts'
import type { Since } from './price.ts'

/** From coarse to fine, to the optimum of the full graph (LE8). */

export type Counts = Pick<Stats, 'pivots' | 'pricingRounds' | 'candidates' | 'levels'>

export type Watch = {
  onSteps(steps: number): void
  onStep(step: 'solving' | 'proving' | 'settling', share: number): void
}

/** A network whose flows are proven to cost least, and what the proof knew of pairs that are not in it. */
export type Optimum = { net: Network; ground: Ground; known: Since; counts: Counts }

export function optimum(model: Model, watch: Watch): Optimum {
  const levels = levelsOf(model)
  const grounds = levels.map((level) => groundOf(model, level))
  const counts: Counts = { pivots: 0, pricingRounds: 0, candidates: 0, levels: levels.length }
  let net = build(model, levels[0]!, corner(levels[0]!), allPairs(levels[0]!))
  counts.pivots += improve(net, watch.onSteps)
  for (let at = 1; at < levels.length; at += 1) {
    const coarse = levels[at - 1]!
    const level = levels[at]!
    if (at > 1) counts.pivots += prove(net, grounds[at - 1]!, watch.onSteps).pivots
    const start = refine(net, coarse, level)
    const pairs = candidates(net, coarse, level, start.rowPrices, start.columnPrices)
    net = build(model, level, start, pairs)
    // The work of a level is about four times that of the one before.
    watch.onStep('solving', 0.6 * 4 ** (at - levels.length + 1))
    counts.pivots += improve(net, watch.onSteps)
  }
  watch.onStep('proving', 0.7)
  const ground = grounds.at(-1)!
  const { pivots, rounds, known } = prove(net, ground, watch.onSteps)
  counts.pivots += pivots
  counts.pricingRounds = rounds
  counts.candidates = net.arcs
  return { net, ground, known, counts }
}
