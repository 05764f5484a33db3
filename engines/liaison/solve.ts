import { network } from '#engines/flow/network.ts'
import { planOf } from './answer.ts'
import { Cancelled } from './contract.ts'
import type { Id, Plan, Problem, Progress, SolveOptions } from './contract.ts'
import { keptOf, modelOf } from './model.ts'
import type { Model } from './model.ts'
import { optimum } from './optimum.ts'
import type { Before } from './warm.ts'

/** Solves the problem to the proven optimum (LE3). Throws `Cancelled` and nothing else. */
export function solve<I extends Id>(problem: Problem<I>, options: SolveOptions = {}): Plan<I> {
  const { now, cancelled, onProgress } = options
  const from = now?.() ?? 0
  let pivots = 0
  const tell = (step: Progress['step'], share: number): void => onProgress?.({ step, share, pivots })
  tell('preparing', 0)
  const model = modelOf(problem)
  const isNothing = model.needs.length === 0
  const { net, counts } = isNothing
    ? {
        net: network(0, model.most.length, 0),
        counts: { pivots: 0, pricingRounds: 0, candidates: 0, levels: 0 },
      }
    : optimum(model, beforeOf(problem, model, options.before), {
        onSteps(steps) {
          pivots += steps
          if (cancelled?.()) throw new Cancelled('cancelled')
        },
        onStep: tell,
      })
  const plan = planOf(problem, model, net, { ...counts, seconds: 0 })
  plan.stats.seconds = ((now?.() ?? 0) - from) / 1000
  tell('settling', 1)
  return plan
}

/** The plan before by row and column. Whoever is new is given the middle of what is known. */
function beforeOf<I extends Id>(
  problem: Problem<I>,
  model: Model,
  before: SolveOptions['before'],
): Before | undefined {
  if (before === undefined || model.kind !== 'fits') return undefined
  const { units, people } = problem
  const { rowOf, columnOf } = model
  const prices = (indices: Int32Array, things: readonly { id: I }[], known: ReadonlyMap<Id, number>) => {
    const found = Float64Array.from(indices, (index) => known.get(things[index]!.id) ?? NaN)
    if (!found.some(Number.isNaN)) return found
    const sorted = [...known.values()].toSorted((a, b) => a - b)
    const middle = sorted[sorted.length >> 1] ?? 0
    return found.map((price) => (Number.isNaN(price) ? middle : price))
  }
  return {
    rows: prices(rowOf, units, before.units),
    columns: prices(columnOf, people, before.people),
    kept: before.assignments ? keptOf(problem, before.assignments, rowOf, columnOf, false) : model.kept,
  }
}
