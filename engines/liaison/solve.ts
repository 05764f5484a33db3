import { network } from '#engines/flow/network.ts'
import { copyOfFooting, footingOf, modelAfter, optimumAgain, prepare } from './again.ts'
import type { Footing } from './again.ts'
import { planOf } from './answer.ts'
import { Cancelled } from './contract.ts'
import type { Id, Plan, Problem, Progress, SolveOptions, Solver } from './contract.ts'
import { modelOf } from './model.ts'
import { optimum } from './optimum.ts'
import type { Counts } from './optimum.ts'
import { breakTies } from './ties.ts'

/** Solves the problem to the proven optimum (LE3). Throws `Cancelled` and nothing else. */
export function solve<I extends Id>(problem: Problem<I>, options: SolveOptions = {}): Plan<I> {
  return solved(problem, options)
}

/** Somebody who solves one problem after the other and remembers the last (LE9). */
export function solver<I extends Id = string>(): Solver<I> {
  let footing: Footing<I> | undefined
  let hasRehearsed = false
  return {
    solve(problem, options = {}) {
      const before = footing
      footing = undefined
      return solved(problem, options, before, (after) => (footing = after))
    },
    prepare() {
      if (!footing) return
      prepare(footing)
      if (!hasRehearsed) rehearse(footing)
      hasRehearsed = true
    },
  }
}

/** What is called twice before it is needed has mostly been compiled; a third time hardly saves anything more. */
const rehearsals = 2
/** So many leave in a rehearsal, spread over the people. */
const leaving = 10
const nothingYet = { pivots: 0, pricingRounds: 0, candidates: 0, levels: 0 }

/** Solves problems that might come next, for nothing but their way: the first time Node's compiling takes as long as the work itself. */
function rehearse<I extends Id>(footing: Footing<I>): void {
  const { problem, model, net } = footing
  const current = problem.current?.length
    ? problem.current
    : planOf(problem, model, net, { ...nothingYet, seconds: 0 }).assignments
  const every = Math.ceil(problem.people.length / leaving)
  for (let turn = 0; turn < rehearsals; turn += 1) {
    const people = problem.people.filter((_, index) => index % every !== turn)
    const next = { ...problem, people, current }
    if (modelAfter(footing, next)) solved(next, {}, copyOfFooting(footing))
  }
}

function solved<I extends Id>(
  problem: Problem<I>,
  { now, cancelled, onProgress }: SolveOptions,
  before?: Footing<I>,
  remember?: (after: Footing<I>) => void,
): Plan<I> {
  const from = now?.() ?? 0
  let pivots = 0
  const tell = (step: Progress['step'], share: number): void => onProgress?.({ step, share, pivots })
  const watch = {
    onSteps(steps: number) {
      pivots += steps
      if (cancelled?.()) throw new Cancelled('cancelled')
    },
    onStep: tell,
  }
  tell('preparing', 0)
  const after = before && modelAfter(before, problem)
  const model = after ?? modelOf(problem)
  let net = network(0, model.most.length, 0)
  let counts: Counts = { ...nothingYet }
  if (model.needs.length > 0) {
    const best = before && after ? optimumAgain(before, after, watch) : optimum(model, watch)
    remember?.(footingOf(problem, model, best))
    ;({ net, counts } = best)
    if (model.kept.length > 0) {
      tell('settling', 0.9)
      counts.pivots += breakTies(net, model, best.ground, best.known, watch.onSteps)
    }
  }
  const plan = planOf(problem, model, net, { ...counts, seconds: 0 })
  plan.stats.seconds = ((now?.() ?? 0) - from) / 1000
  tell('settling', 1)
  return plan
}
