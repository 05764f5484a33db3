import { generator } from '#engines/classify/random.ts'
import { check } from '#engines/liaison/check.ts'
import type { Plan, Problem } from '#engines/liaison/contract.ts'
import { solve, solver } from '#engines/liaison/solve.ts'
import { instance } from './liaison-instances.ts'
import type { Shape } from './liaison-instances.ts'

/**
 * Solving again after people have left, in a process of its own: SHAPE TIMES LEAVING HOW. Prints one JSON object.
 *
 * `turns`: over and over, from nothing and from the problem before by turns, as in a thread that has been at work for a while; the best of each.
 * `fresh` and `again`: once, in a process that has solved nothing but the problem before, and then has got ready where it solves again.
 */

const [shape, times, leaving, how] = process.argv.slice(2) as [
  Shape,
  string,
  string,
  'turns' | 'fresh' | 'again',
]
/** The first ones are over before Node has compiled what is used most. */
const turns = 6
const options = { now: () => performance.now() }

const before = instance(shape, 1, Number(times))
const random = generator(Number(leaving))
const gone = new Set<string>()
while (gone.size < Number(leaving)) gone.add(before.people[Math.floor(random() * before.people.length)]!.id)
const afterwards = ({ assignments }: Plan): Problem => ({
  ...before,
  people: before.people.filter(({ id }) => !gone.has(id)),
  current: assignments,
})

/** Seconds of one solution either way. */
function turn(isAgain: boolean): { plan: Plan; problem: Problem; prepares: number } {
  const remembers = solver()
  const problem = afterwards(remembers.solve(before))
  const from = performance.now()
  if (isAgain) remembers.prepare()
  const prepares = (performance.now() - from) / 1000
  return { plan: isAgain ? remembers.solve(problem, options) : solve(problem, options), problem, prepares }
}

function proven({ plan, problem }: { plan: Plan; problem: Problem }): Plan {
  const findings = check(problem, plan)
  if (findings.length > 0 || plan.cost !== plan.dualBound)
    throw new Error(`not proven: ${JSON.stringify(findings.slice(0, 3))}`)
  return plan
}

if (how === 'turns') {
  const both = Array.from({ length: turns }, () => ({ fresh: turn(false), again: turn(true) }))
  const [fresh, again] = [proven(both[0]!.fresh), proven(both[0]!.again)]
  if (fresh.cost !== again.cost || fresh.stats.changed !== again.stats.changed || again.stats.levels !== 1)
    throw new Error(
      `${again.cost} and ${again.stats.changed}, not ${fresh.cost} and ${fresh.stats.changed}; ${again.stats.levels} levels`,
    )
  const least = (of: 'fresh' | 'again') => Math.min(...both.map((one) => one[of].plan.stats.seconds))
  process.stdout.write(
    JSON.stringify({
      cost: again.cost,
      changed: again.stats.changed,
      fresh: least('fresh'),
      again: least('again'),
      freshPivots: fresh.stats.pivots,
      againPivots: again.stats.pivots,
    }),
  )
} else {
  const { plan, prepares } = turn(how === 'again')
  process.stdout.write(JSON.stringify({ seconds: plan.stats.seconds, prepares }))
}
