import { expect, test } from 'vitest'
import { generator } from '#engines/classify/random.ts'
import { check } from './check.ts'
import { Cancelled } from './contract.ts'
import type { Plan, Problem } from './contract.ts'
import { town } from './problem-fixture.ts'
import { solve, solver } from './solve.ts'

/** LE9: who remembers the last problem begins with it where people have left, and finds what would be found from nothing. */

const dense = town(3)
const crowd = { ...dense, people: dense.people.map((person) => ({ ...person, max: person.max + 1 })) }
const round = {
  ...crowd,
  distance: 'sphere' as const,
  units: crowd.units.map((unit) => ({ ...unit, x: 116.7 + unit.x / 1e5, y: 39.5 + unit.y / 1e5 })),
  people: crowd.people.map((person, index) => {
    const [x, y] = [116.7 + person.x / 1e5, 39.5 + person.y / 1e5]
    const paired = crowd.units[index]!
    return index % 3 === 0
      ? { ...person, x, y, anchors: [[116.7 + paired.x / 1e5, 39.5 + paired.y / 1e5]] as const }
      : { ...person, x, y }
  }),
}
const unbound = { ...crowd, people: crowd.people.map((person) => ({ ...person, min: 0 })) }

/** Without people here and there. */
const less = (problem: Problem, ...gone: number[]): Problem => ({
  ...problem,
  people: problem.people.filter((_, index) => !gone.includes(index)),
})
const expectAsFromNothing = (plan: Plan, problem: Problem) => {
  const fresh = solve(problem)
  expect(check(problem, plan)).toEqual([])
  expect([plan.status, plan.cost, plan.dualBound, plan.stats.changed]).toEqual([
    fresh.status,
    fresh.cost,
    fresh.dualBound,
    fresh.stats.changed,
  ])
}

test.for([
  ['in the plane', crowd],
  ['on the ball, with several places', round],
  ['without minimums', unbound],
  ['where staying is worth something', { ...crowd, stability: 50 }],
] as const)(
  'LE9 one after the other leaves %s: the same cost, as few changes, from what was there',
  ([, problem]) => {
    const { assignments } = solve(problem)
    for (const isPrepared of [true, false]) {
      const { solve: go, prepare } = solver()
      let next: Problem = { ...problem, current: assignments }
      expectAsFromNothing(go(next), next)
      for (const gone of [[0], [20], [7, 8], [100]]) {
        if (isPrepared) prepare()
        next = less(next, ...gone)
        const plan = go(next)
        expect(plan.stats.levels).toBe(1)
        expectAsFromNothing(plan, next)
      }
    }
  },
)

test('LE9 any few of them, whatever is in force', () => {
  const random = generator(17)
  const below = (count: number) => Math.floor(random() * count)
  const { assignments } = solve(crowd)
  for (let turn = 0; turn < 12; turn += 1) {
    const { solve: go } = solver()
    go(crowd)
    const shift = below(240)
    const current = assignments.map(({ person, ...rest }) => ({
      ...rest,
      person: crowd.people[(crowd.people.findIndex(({ id }) => id === person) + shift) % 240]!.id,
    }))
    const next = { ...less(crowd, below(240), below(240), below(240)), current }
    const plan = go(next)
    expect(plan.stats.levels).toBe(1)
    expectAsFromNothing(plan, next)
  }
})

test('LE9 small problems of every kind, three leaving one after the other', () => {
  const random = generator(29)
  const below = (count: number) => Math.floor(random() * count)
  for (let turn = 0; turn < 600; turn += 1) {
    const place = () => ({ x: below(5) * 10, y: below(5) * 10 })
    const base: Problem = {
      version: 1,
      distance: 'plane',
      stability: below(3) === 0 ? below(40) : 0,
      units: Array.from({ length: 1 + below(6) }, (_, index) => ({
        id: `u${index}`,
        ...place(),
        households: below(9),
      })),
      people: Array.from({ length: 2 + below(5) }, (_, index) => ({
        id: `p${index}`,
        ...place(),
        min: below(4),
        max: 4 + below(20),
      })),
    }
    let next: Problem = below(2) === 0 ? base : { ...base, current: solve(base).assignments }
    const { solve: go } = solver()
    go(next)
    for (let left = 0; left < 3 && next.people.length > 1; left += 1) {
      next = less(next, below(next.people.length))
      expectAsFromNothing(go(next), next)
    }
  }
})

test.for([
  ['nothing in force', crowd],
  ['a plan in force', { ...crowd, current: solve(crowd).assignments }],
  ['staying worth something', { ...crowd, stability: 50, current: solve(crowd).assignments }],
  ['three people', { ...crowd, people: crowd.people.slice(0, 3).map((one) => ({ ...one, max: 2000 })) }],
  ['too few places', { ...crowd, people: crowd.people.slice(0, 100) }],
] as const)('LE9 getting ready changes no plan: %s', ([, problem]) => {
  const next = less(problem, 1)
  const [ready, unready] = [true, false].map((isPrepared) => {
    const { solve: go, prepare } = solver()
    const first = go(problem)
    if (isPrepared) prepare()
    return [first, go(next)]
  })
  expectAsFromNothing(ready![1]!, next)
  expect(ready).toEqual(unready)
})

test('LE9 where more has changed, or many leave, it begins from nothing', () => {
  const many = Array.from({ length: 60 }, (_, index) => index * 2)
  const roomy = { ...crowd, people: crowd.people.map((person) => ({ ...person, max: person.max * 2 })) }
  for (const [first, next] of [
    [less(crowd, 5), crowd],
    [crowd, { ...crowd, units: crowd.units.toReversed() }],
    [crowd, { ...crowd, units: crowd.units.map((unit) => ({ ...unit, x: unit.x + 1 })) }],
    [crowd, { ...crowd, people: crowd.people.map((person) => ({ ...person, min: 4 })) }],
    [crowd, { ...crowd, stability: 10 }],
    [roomy, less(roomy, ...many)],
    [crowd, less(crowd, ...many)],
  ] as const) {
    const { solve: go } = solver()
    go(first)
    const plan = go(next)
    expect(plan.stats.levels).not.toBe(1)
    expectAsFromNothing(plan, next)
  }
})

test('LE9 after it was stopped it begins from nothing', () => {
  const { solve: go, prepare } = solver()
  go(crowd)
  expect(() => go(less(crowd, 3), { cancelled: () => true })).toThrow(Cancelled)
  prepare()
  expectAsFromNothing(go(less(crowd, 3)), less(crowd, 3))
})
