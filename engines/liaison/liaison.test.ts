import { expect, test } from 'vitest'
import { check } from './check.ts'
import type { Problem } from './contract.ts'
import { explain, extraOf, reading } from './explain.ts'
import { parse } from './parse.ts'
import { solve } from './solve.ts'

const problem: Problem = {
  version: 1,
  distance: 'plane',
  stability: 0,
  units: [
    { id: 'a', x: 0, y: 0, households: 20 },
    { id: 'b', x: 100, y: 0, households: 25 },
  ],
  people: [
    { id: 'p', x: 10, y: 0, min: 10, max: 30 },
    { id: 'q', x: 90, y: 0, min: 10, max: 30 },
  ],
}

test('LE3 two units and two people: each the nearest', () => {
  const plan = solve(problem)
  expect(plan.assignments).toEqual([
    { person: 'p', unit: 'a', households: 20 },
    { person: 'q', unit: 'b', households: 25 },
  ])
  expect([plan.status, plan.cost, plan.dualBound]).toEqual(['optimal', 450, 450])
  expect(check(problem, plan)).toEqual([])
})

test('LE10 why: a household with somebody else costs the whole so much more', () => {
  const plan = solve(problem)
  const why = explain(problem, plan, 'p')
  expect(why).toMatchObject({ person: 'p', households: 20, cost: 200, units: [{ unit: 'a', metres: 10 }] })
  expect(why?.units[0]?.alternatives).toEqual([{ person: 'q', metres: 90, extra: 80 }])
  expect(extraOf(reading(problem, plan), 'p', 'b')).toBe(80)
  expect(explain(problem, plan, 'nobody')).toBeUndefined()
})

test('LE1 what is wrong is named by its place', () => {
  expect(parse(problem)).toEqual({ ok: true, problem })
  const people = [{ ...problem.people[0], max: 9 }]
  expect(parse({ ...problem, people })).toEqual({
    ok: false,
    at: 'people[0].max',
    expected: 'expected at least min (10), found 9',
  })
})
