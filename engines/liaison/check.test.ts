import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import type { Finding } from './check.ts'
import type { Plan } from './contract.ts'
import { parse } from './parse.ts'
import { pair, town } from './problem-fixture.ts'
import { solve } from './solve.ts'

const problem = town(7, 90, 80)
const good = solve(problem)
const kinds = (plan: Plan): Finding['kind'][] => check(problem, plan).map(({ kind }) => kind)

describe('LE4 a tampered plan is found', () => {
  const [first, ...others] = good.assignments
  const tampered: [string, Partial<Plan>, Finding['kind']][] = [
    [
      'a household less',
      { assignments: [{ ...first!, households: first!.households - 1 }, ...others] },
      'coverage',
    ],
    ['an assignment lost', { assignments: others }, 'coverage'],
    ['the same twice', { assignments: [first!, ...good.assignments] }, 'twice'],
    ['half a household', { assignments: [{ ...first!, households: 0.5 }, ...others] }, 'not-whole'],
    ['somebody unknown', { assignments: [{ ...first!, person: 'nobody' }, ...others] }, 'unknown'],
    [
      'a person over the most',
      { assignments: good.assignments.map((one) => ({ ...one, person: 'p0' })) },
      'bounds',
    ],
    ['another cost', { cost: good.cost - 1 }, 'cost'],
    ['another bound', { dualBound: good.dualBound - 1 }, 'dual-bound'],
    ['another status', { status: 'infeasible' }, 'status'],
    ['unserved without need', { unserved: [{ unit: 'u0', households: 1 }] }, 'coverage'],
    [
      'an explanation of nothing',
      {
        explanation: [
          { kind: 'places-short', households: 1, places: 0, by: 1, units: [], people: [], words: '' },
        ],
      },
      'explanation',
    ],
    [
      'a unit that pays too much',
      {
        certificate: {
          ...good.certificate,
          units: good.certificate.units.map((price, index) => (index === 5 ? price + 1 : price)),
        },
      },
      'unfair-price',
    ],
    [
      'a unit that pays too little',
      {
        certificate: {
          ...good.certificate,
          units: good.certificate.units.map((price, index) => (index === 5 ? price - 1 : price)),
        },
      },
      'not-optimal',
    ],
    ['prices missing', { certificate: { units: [], people: [] } }, 'unfair-price'],
  ]
  for (const [what, change, kind] of tampered)
    test(`${what}`, () => expect(kinds({ ...good, ...change })).toContain(kind))

  test('a plan that keeps every bound but is not the best', () => {
    const swapped = {
      ...solve(pair),
      assignments: [
        { person: 'q', unit: 'a', households: 20 },
        { person: 'p', unit: 'b', households: 25 },
      ],
      cost: 45 * 90,
    }
    expect(check(pair, swapped).map(({ kind }) => kind)).toEqual(['not-optimal'])
  })
})

describe('LE1 what is wrong is named by its place', () => {
  const [unit, ...units] = pair.units
  const [person, ...people] = pair.people
  const wrong: [unknown, string][] = [
    [[], 'problem'],
    [{ ...pair, version: 2 }, 'version'],
    [{ ...pair, distance: 'road' }, 'distance'],
    [{ ...pair, stability: -1 }, 'stability'],
    [{ ...pair, stability: 0.5 }, 'stability'],
    [{ ...pair, units: {} }, 'units'],
    [{ ...pair, units: [unit, null] }, 'units[1]'],
    [{ ...pair, units: [{ ...unit, id: '' }, ...units] }, 'units[0].id'],
    [{ ...pair, units: [unit, unit] }, 'units[1].id'],
    [{ ...pair, units: [{ ...unit, x: '1' }, ...units] }, 'units[0].x'],
    [{ ...pair, units: [{ ...unit, y: NaN }, ...units] }, 'units[0].y'],
    [{ ...pair, units: [{ ...unit, households: 1.5 }, ...units] }, 'units[0].households'],
    [{ ...pair, units: [{ ...unit, households: -1 }, ...units] }, 'units[0].households'],
    [{ ...pair, people: [{ ...person, max: 9 }, ...people] }, 'people[0].max'],
    [{ ...pair, people: [{ ...person, anchors: [[1]] }, ...people] }, 'people[0].anchors[0]'],
    [{ ...pair, people: [{ ...person, anchors: [[1, 'x']] }, ...people] }, 'people[0].anchors[0][1]'],
    [{ ...pair, distance: 'sphere', units: [{ ...unit, y: 91 }, ...units] }, 'units[0].y'],
    [{ ...pair, current: [{ person: 'p', unit: 'x', households: 1 }] }, 'current[0].unit'],
    [{ ...pair, units: [{ ...unit, x: 1e9, households: 2e9 }] }, 'units'],
  ]
  for (const [input, at] of wrong) test(`${at}`, () => expect(parse(input)).toMatchObject({ ok: false, at }))

  test('what is right is taken as it is, what is left out is nought', () => {
    expect(parse(pair)).toEqual({ ok: true, problem: pair })
    const { stability, ...rest } = pair
    expect(parse({ ...rest, remark: 'not known' })).toEqual({ ok: true, problem: { ...rest, stability } })
  })
})
