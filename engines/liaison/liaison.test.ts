import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import { Cancelled } from './contract.ts'
import type { Problem } from './contract.ts'
import { explain, extraOf, reading } from './explain.ts'
import { pair, town } from './problem-fixture.ts'
import { solve } from './solve.ts'

const people = (...list: [string, number, number, number, number][]): Problem['people'] =>
  list.map(([id, x, y, min, max]) => ({ id, x, y, min, max }))
const units = (...list: [string, number, number, number][]): Problem['units'] =>
  list.map(([id, x, y, households]) => ({ id, x, y, households }))

describe('LE3 small plans that anybody can follow', () => {
  test('two units and two people: each the nearest', () => {
    const plan = solve(pair)
    expect(plan.assignments).toEqual([
      { person: 'p', unit: 'a', households: 20 },
      { person: 'q', unit: 'b', households: 25 },
    ])
    expect([plan.status, plan.cost, plan.dualBound]).toEqual(['optimal', 450, 450])
    expect(check(pair, plan)).toEqual([])
  })

  test('a minimum draws households away from the nearer person', () => {
    const problem = { ...pair, people: people(['p', 0, 0, 0, 45], ['q', 1000, 0, 10, 45]) }
    const plan = solve(problem)
    // Ten of unit b, which is nearer to q, go the long way.
    expect(plan.assignments).toContainEqual({ person: 'q', unit: 'b', households: 10 })
    expect(plan.cost).toBe(15 * 100 + 10 * 900)
    // One place that q need not have would save 800 m.
    expect(plan.certificate.people[1]).toBe(-800)
    expect(check(problem, plan)).toEqual([])
  })

  test('one person, everything at one place, nobody at all, nothing at all', () => {
    const one = { ...pair, people: people(['p', 0, 0, 0, 45]) }
    const here = {
      ...pair,
      units: units(['a', 5, 5, 7], ['b', 5, 5, 9]),
      people: people(['p', 5, 5, 8, 8], ['q', 5, 5, 8, 8]),
    }
    const nothing = { ...pair, units: [], people: [] }
    const nobody = { ...pair, people: [] }
    const idle = { ...pair, units: [] }
    expect([one, here, nothing, nobody, idle].map((problem) => solve(problem).cost)).toEqual([
      2500, 0, 0, 0, 0,
    ])
    expect([one, here, nothing, nobody, idle].map((problem) => solve(problem).status)).toEqual([
      'optimal',
      'optimal',
      'optimal',
      'infeasible',
      'infeasible',
    ])
    for (const problem of [one, here, nothing, nobody, idle])
      expect(check(problem, solve(problem))).toEqual([])
  })

  test('units without households and people without places take no part', () => {
    const problem = {
      ...pair,
      units: [...pair.units, ...units(['c', 50, 0, 0])],
      people: [...pair.people, ...people(['r', 0, 0, 0, 0])],
    }
    const plan = solve(problem)
    expect(plan.cost).toBe(450)
    expect(check(problem, plan)).toEqual([])
  })

  test('LE2 the nearest anchor counts, and so does the ball', () => {
    const anchored = {
      ...pair,
      people: pair.people.map((one) => ({
        ...one,
        anchors: [
          [0, 0],
          [100, 0],
        ] as const,
      })),
    }
    expect(solve(anchored).cost).toBe(0)
    const degree: Problem = {
      ...pair,
      distance: 'sphere',
      units: units(['a', 116, 39, 1]),
      people: people(['p', 116, 40, 0, 1]),
    }
    // One degree of a great circle of radius 6371008.8 m.
    expect(solve(degree).cost).toBe(111_195)
    expect(check(degree, solve(degree))).toEqual([])
  })

  test('ids may be whole numbers', () => {
    const numbered: Problem<number> = {
      version: 1,
      distance: 'plane',
      stability: 0,
      units: pair.units.map((unit, index) => ({ ...unit, id: index })),
      people: pair.people.map((person, index) => ({ ...person, id: index })),
    }
    expect(solve(numbered).assignments[1]).toEqual({ person: 1, unit: 1, households: 25 })
  })
})

describe('LE8 towns of several levels', () => {
  const problem = town(1)
  const plan = solve(problem)

  test('proven over all pairs, the same every time', () => {
    expect(plan.stats.levels).toBeGreaterThan(1)
    expect(check(problem, plan)).toEqual([])
    expect(solve(problem)).toEqual(plan)
  })

  test('turned, moved, mirrored or in another order it costs the same', () => {
    const moved = (to: (x: number, y: number) => [number, number]): Problem => {
      const at = <T extends { x: number; y: number }>(one: T): T => {
        const [x, y] = to(one.x, one.y)
        return { ...one, x, y }
      }
      return { ...problem, units: problem.units.map(at), people: problem.people.map(at) }
    }
    const others = [
      moved((x, y) => [-y, x]),
      moved((x, y) => [x + 1e6, y - 2e6]),
      moved((x, y) => [y, x]),
      { ...problem, units: problem.units.toReversed(), people: problem.people.toReversed() },
    ]
    for (const other of others) {
      const again = solve(other)
      expect(again.cost).toBe(plan.cost)
      expect(check(other, again)).toEqual([])
    }
  })

  test('twice the households and places cost twice', () => {
    const twice = {
      ...problem,
      units: problem.units.map((unit) => ({ ...unit, households: unit.households * 2 })),
      people: problem.people.map((person) => ({ ...person, min: person.min * 2, max: person.max * 2 })),
    }
    expect(solve(twice).cost).toBe(plan.cost * 2)
  })

  test('a unit cut in two, or a person whose places are halved between twins, changes nothing', () => {
    const cut = {
      ...problem,
      units: problem.units.flatMap((unit) => [
        { ...unit, households: 3 },
        { ...unit, id: `${unit.id}'`, households: unit.households - 3 },
      ]),
      people: problem.people.map((person) => ({ ...person, min: 0 })),
    }
    const whole = { ...problem, people: cut.people }
    expect(solve(cut).cost).toBe(solve(whole).cost)
    const even = { ...whole, people: whole.people.map((person) => ({ ...person, max: 30 })) }
    const twins = {
      ...even,
      people: even.people.flatMap((person) => [
        { ...person, max: 15 },
        { ...person, id: `${person.id}'`, max: 15 },
      ]),
    }
    expect(solve(twins).cost).toBe(solve(even).cost)
  })

  test('one more person never costs more, one fewer never less', () => {
    const more = { ...problem, people: [...problem.people, { id: 'new', x: 2000, y: 1500, min: 0, max: 30 }] }
    expect(solve(more).cost).toBeLessThanOrEqual(plan.cost)
  })

  test('coordinates of a million metres, and all on one line', () => {
    const far = {
      ...problem,
      units: problem.units.map((unit) => ({ ...unit, x: unit.x * 250, y: unit.y * 330 })),
    }
    const line = {
      ...problem,
      units: problem.units.map((unit) => ({ ...unit, y: 0 })),
      people: problem.people.map((one) => ({ ...one, y: 0 })),
    }
    for (const other of [far, line]) expect(check(other, solve(other))).toEqual([])
  })

  test('clusters far apart, anchors, and far more units than people', () => {
    const apart = {
      ...problem,
      units: problem.units.map((unit, index) => ({ ...unit, x: unit.x + (index % 2) * 900_000 })),
    }
    const anchored = {
      ...problem,
      people: problem.people.map((one, index) =>
        index % 3 ? one : { ...one, anchors: [[one.y, one.x]] as const },
      ),
    }
    const few = { ...problem, people: problem.people.slice(0, 20).map((one) => ({ ...one, max: 2000 })) }
    for (const other of [apart, anchored, few]) expect(check(other, solve(other))).toEqual([])
  })
})

describe('LE6 infeasible is an answer', () => {
  test('too few places: how many, where, and the fewest go unserved', () => {
    const problem = town(2)
    const short = { ...problem, people: problem.people.filter(({ x }) => x > 1000) }
    const plan = solve(short)
    const [whole, ...areas] = plan.explanation
    const unserved = plan.unserved.reduce((sum, { households }) => sum + households, 0)
    expect(plan.status).toBe('infeasible')
    expect(whole).toMatchObject({ kind: 'places-short', by: unserved })
    expect(areas.reduce((sum, { by }) => sum + by, 0)).toBe(unserved)
    // Each area is a cut: its people serve only its units, and are full.
    for (const { units: inside, people: theirs } of areas)
      for (const { person, unit } of plan.assignments)
        expect(inside.includes(unit)).toBe(theirs.includes(person))
    expect(check(short, plan)).toEqual([])
  })

  test('minimums too high: nobody is above the minimum while another is below', () => {
    const problem = { ...pair, people: people(['p', 10, 0, 30, 40], ['q', 90, 0, 30, 40]) }
    const plan = solve(problem)
    expect(plan.status).toBe('infeasible')
    expect(plan.unserved).toEqual([])
    expect(plan.explanation[0]).toMatchObject({ kind: 'minimum-too-high', by: 15 })
    expect(check(problem, plan)).toEqual([])
  })
})

describe('LE7 present liaisons', () => {
  const problem = town(3)
  const plan = solve(problem)
  test('solved again with its own plan nothing changes', () => {
    const again = solve({ ...problem, current: plan.assignments })
    expect(again.stats.changed).toBe(0)
    expect(again.assignments).toEqual(plan.assignments)
  })

  test('the dearer a move, the fewer move', () => {
    const next = { ...problem, people: problem.people.slice(1), current: plan.assignments }
    const changed = [0, 20, 300, 5000].map((stability) => {
      const again = solve({ ...next, stability })
      expect(check({ ...next, stability }, again)).toEqual([])
      return again.stats.changed
    })
    expect(changed).toEqual(changed.toSorted((a, b) => b - a))
  })
})

test('LE10 why: a household with somebody else costs the whole so much more', () => {
  const plan = solve(pair)
  const why = explain(pair, plan, 'p')
  expect(why).toMatchObject({ person: 'p', households: 20, cost: 200, units: [{ unit: 'a', metres: 10 }] })
  expect(why?.units[0]?.alternatives).toEqual([{ person: 'q', metres: 90, extra: 80 }])
  expect(extraOf(reading(pair, plan), 'p', 'b')).toBe(80)
  expect(explain(pair, plan, 'nobody')).toBeUndefined()
})

test('LE11 progress never falls and ends at one; cancelled is obeyed', () => {
  const shares: number[] = []
  solve(town(4), { onProgress: ({ share }) => shares.push(share) })
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
  expect(() => solve(town(4), { cancelled: () => true })).toThrow(Cancelled)
})
