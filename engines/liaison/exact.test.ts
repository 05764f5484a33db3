import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import type { Plan, Problem } from './contract.ts'
import { exact, kinds, small } from './exact-fixture.ts'
import { solve } from './solve.ts'

const seeds = [1, 2, 3, 4, 5, 6]

function missing(problem: Problem, plan: Plan): number {
  return problem.people.reduce((sum, { id, min }) => {
    const has = plan.assignments.reduce((all, one) => all + (one.person === id ? one.households : 0), 0)
    return sum + Math.max(0, min - has)
  }, 0)
}

describe('LE3 LE6 LE7 the optimum is that of HiGHS', () => {
  for (const kind of kinds) {
    for (const seed of seeds) {
      test(`${kind} ${seed}`, async () => {
        const problem = small(kind, seed)
        const plan = solve(problem)
        expect(check(problem, plan)).toEqual([])
        const optimum = await exact(problem)
        expect({
          cost: plan.cost,
          unserved: plan.unserved.reduce((sum, { households }) => sum + households, 0),
          missing: missing(problem, plan),
          changed: plan.stats.changed,
        }).toEqual(optimum)
        expect(plan.status).toBe(optimum.unserved + optimum.missing > 0 ? 'infeasible' : 'optimal')
      })
    }
  }
})
