import { improve } from '#engines/flow/improve.ts'
import type { Network } from '#engines/flow/network.ts'
import { candidates } from './candidates.ts'
import type { Stats } from './contract.ts'
import { finestOf, levelsOf } from './levels.ts'
import type { Model } from './model.ts'
import { prove } from './prove.ts'
import { refine } from './refine.ts'
import { allPairs, build, corner } from './start.ts'
import { breakTies } from './ties.ts'
import { warmStart } from './warm.ts'
import type { Before } from './warm.ts'

/** From coarse to fine, or from an earlier plan, to the optimum of the full graph (LE8, LE9). */

export type Counts = Pick<Stats, 'pivots' | 'pricingRounds' | 'candidates' | 'levels'>

export type Watch = {
  onSteps(steps: number): void
  onStep(step: 'solving' | 'proving' | 'settling', share: number): void
}

export function optimum(
  model: Model,
  before: Before | undefined,
  watch: Watch,
): { net: Network; counts: Counts } {
  const warm = before && warmStart(model, finestOf(model), before)
  const levels = warm ? [warm.level] : levelsOf(model)
  const finest = levels.at(-1)!
  const counts: Counts = { pivots: 0, pricingRounds: 0, candidates: 0, levels: levels.length }
  let net: Network
  if (warm) {
    net = build(model, finest, warm.start, warm.pairs, true)
    watch.onStep('solving', 0.5)
    counts.pivots += improve(net, watch.onSteps)
  } else {
    net = build(model, levels[0]!, corner(levels[0]!), allPairs(levels[0]!))
    counts.pivots += improve(net, watch.onSteps)
    for (let at = 1; at < levels.length; at += 1) {
      const coarse = levels[at - 1]!
      const level = levels[at]!
      if (at > 1) counts.pivots += prove(net, model, coarse, watch.onSteps).pivots
      const start = refine(net, coarse, level)
      const pairs = candidates(net, coarse, level, start.rowPrices, start.columnPrices)
      net = build(model, level, start, pairs)
      // The work of a level is about four times that of the one before.
      watch.onStep('solving', 0.6 * 4 ** (at - levels.length + 1))
      counts.pivots += improve(net, watch.onSteps)
    }
  }
  watch.onStep('proving', 0.7)
  const { pivots, rounds, known } = prove(net, model, finest, watch.onSteps, warm?.since)
  counts.pivots += pivots
  counts.pricingRounds = rounds
  counts.candidates = net.arcs
  if (model.kept.length > 0) {
    watch.onStep('settling', 0.9)
    counts.pivots += breakTies(net, model, finest, known, watch.onSteps)
  }
  return { net, counts }
}
