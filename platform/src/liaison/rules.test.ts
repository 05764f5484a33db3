import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparisonOf, figuresOf, worldOf } from './compare.ts'
import type { Piece } from './compare.ts'
import { boundsOf, dealDoors, placesToWalkFrom, problemOf, sharesNow } from './problem.ts'
import type { Door, Liaison } from './problem.ts'
import { abilitiesOf, doorsToMove, heldIn, needsWords, priceOf } from './rules.ts'

const settings = { least: 10, most: 30, ruralLeast: 10, ruralMost: 15, stability: 0, leaving: [] as string[] }
const liaison = (id: string, more: Partial<Liaison> = {}): Liaison => ({
  id,
  rural: false,
  mostHouseholds: null,
  anchors: [{ kind: 'home', lon: 116.7, lat: 39.5 }],
  elsewhere: 0,
  ...more,
})
const door = (id: string, floor: number, person: string | null, livedIn = true): Door => ({
  id,
  unit: 'u/',
  floor,
  number: `${floor}01`,
  livedIn,
  person,
})

describe('LP2 what a plan is made of', () => {
  test('ten to thirty households in town, ten to fifteen in a village, less what somebody has elsewhere', () => {
    expect(boundsOf(liaison('a'), settings)).toEqual({ min: 10, max: 30 })
    expect(boundsOf(liaison('a', { rural: true }), settings)).toEqual({ min: 10, max: 15 })
    expect(boundsOf(liaison('a', { elsewhere: 12 }), settings)).toEqual({ min: 0, max: 18 })
    expect(boundsOf(liaison('a', { mostHouseholds: 6 }), settings)).toEqual({ min: 6, max: 6 })
  })

  test('people walk from home or what their employer is paired with; from their post only when they have neither', () => {
    const post = { kind: 'post', lon: 1, lat: 1 } as const
    const paired = { kind: 'paired', lon: 2, lat: 2 } as const
    expect(placesToWalkFrom([post, paired])).toEqual([paired])
    expect(placesToWalkFrom([post])).toEqual([post])
  })

  test('who leaves takes no part, and what they have is still known; an empty door counts for nobody', () => {
    const doors = [door('1', 1, 'a'), door('2', 2, 'b'), door('3', 3, 'a', false)]
    const { problem, beside } = problemOf(
      [{ path: 'u/', lon: 116.7, lat: 39.5 }],
      doors,
      [liaison('b'), liaison('a')],
      { ...settings, leaving: ['b'] },
    )
    expect(problem.people.map(({ id }) => id)).toEqual(['a'])
    expect(beside.outside.map(({ id }) => id)).toEqual(['b'])
    expect(problem.units).toEqual([{ id: 'u/', x: 116.7, y: 39.5, households: 2 }])
    expect(problem.current).toEqual([
      { person: 'a', unit: 'u/', households: 1 },
      { person: 'b', unit: 'u/', households: 1 },
    ])
  })
})

describe('LP3 which doors of a stairwell go to whom', () => {
  test('everybody keeps what they have; the rest is dealt from the ground up', () => {
    const doors = [door('1', 1, 'gone'), door('2', 2, 'a'), door('3', 3, 'gone'), door('4', 4, 'b')]
    const dealt = dealDoors(doors, [
      { person: 'a', households: 2 },
      { person: 'b', households: 2 },
    ])
    expect(Object.fromEntries(dealt)).toEqual({ 1: 'a', 2: 'a', 3: 'b', 4: 'b' })
  })

  test('an empty door stays with whom it is, else goes with the door before it', () => {
    const doors = [
      door('1', 1, 'a'),
      door('2', 2, 'gone', false),
      door('3', 3, 'b'),
      door('4', 4, 'b', false),
    ]
    const dealt = dealDoors(doors, [
      { person: 'a', households: 1 },
      { person: 'b', households: 1 },
    ])
    expect(dealt.get('2')).toBe('a')
    expect(dealt.get('4')).toBe('b')
  })

  test('every share is met to the household, nobody loses a door without need, in whatever order the doors come', () => {
    const person = fc.constantFrom('a', 'b', 'c', null)
    const house = fc.record({ person, livedIn: fc.boolean() })
    fc.assert(
      fc.property(
        fc.array(house, { minLength: 1, maxLength: 14 }),
        fc.array(fc.nat(6), { maxLength: 3 }),
        (houses, wanted) => {
          const doors = houses.map((one, at) => door(String(at), at, one.person, one.livedIn))
          let left = doors.filter(({ livedIn }) => livedIn).length
          const shares = wanted.flatMap((want, at) => {
            const households = Math.min(want, left)
            left -= households
            return households > 0 ? [{ person: ['a', 'b', 'c'][at]!, households }] : []
          })
          const dealt = dealDoors(doors, shares)
          expect(dealDoors(doors.toReversed(), shares)).toEqual(dealt)
          const lived = doors.filter(({ livedIn }) => livedIn)
          for (const { person: who, households } of shares) {
            expect(lived.filter(({ id }) => dealt.get(id) === who)).toHaveLength(households)
            const had = lived.filter((one) => one.person === who).length
            const kept = lived.filter((one) => one.person === who && dealt.get(one.id) === who).length
            expect(kept).toBe(Math.min(had, households))
          }
          expect(lived.filter(({ id }) => dealt.get(id) === null)).toHaveLength(left)
        },
      ),
    )
  })
})

describe('LP4 figures', () => {
  const metre = 1 / 111_195
  const { problem, beside } = problemOf(
    [
      { path: 'x/', lon: 116.7, lat: 39.5 },
      { path: 'y/', lon: 116.7, lat: 39.5 + 100 * metre },
    ],
    [
      ...Array.from({ length: 4 }, (_, n) => ({ ...door(`x${n}`, n, 'a'), unit: 'x/' })),
      ...Array.from({ length: 2 }, (_, n) => ({ ...door(`y${n}`, n, 'gone'), unit: 'y/' })),
    ],
    [
      liaison('a'),
      liaison('b', { anchors: [{ kind: 'home', lon: 116.7, lat: 39.5 + 100 * metre }] }),
      liaison('gone'),
    ],
    { ...settings, least: 1, most: 3, leaving: ['gone'] },
  )
  const world = worldOf(problem, beside)
  const pieces: Piece[] = [
    { unit: 'x/', was: 'a', solved: 'a', planned: 'a', households: 3 },
    { unit: 'x/', was: 'a', solved: 'b', planned: 'b', households: 1 },
    { unit: 'y/', was: 'gone', solved: 'b', planned: 'b', households: 2 },
  ]

  test('as it is now: what somebody has who takes no part is nobody’s', () => {
    expect(figuresOf(pieces, 'now', world)).toEqual({
      households: 6,
      people: 1,
      unserved: 2,
      over: 1,
      under: 1,
      meanMetres: 0,
      farthestMetres: 0,
      shared: 0,
      changed: 0,
      totalMetres: 0,
    })
  })

  test('with the plan: one shared stairwell, three households change hands, a hundred metres for one of them', () => {
    expect(figuresOf(pieces, 'planned', world)).toEqual({
      households: 6,
      people: 2,
      unserved: 0,
      over: 0,
      under: 0,
      meanMetres: 17,
      farthestMetres: 100,
      shared: 1,
      changed: 3,
      totalMetres: 100,
    })
  })

  test('how evenly it lies: every person and every served household is in one bar', () => {
    const { byHouseholds, byMetres } = comparisonOf(pieces, world, true)
    const total = (bars: typeof byMetres, side: 'now' | 'planned') =>
      bars.reduce((sum, bar) => sum + bar[side], 0)
    expect([total(byHouseholds, 'now'), total(byHouseholds, 'planned')]).toEqual([2, 2])
    expect([total(byMetres, 'now'), total(byMetres, 'planned')]).toEqual([4, 6])
  })

  test('LP5 the price of a move is known before it is made, and bounds are told', () => {
    const price = priceOf(pieces, { unit: 'y/', from: 'b', to: 'a', households: 2 }, world, (id) => id)
    expect(price).toMatchObject({
      metresEach: 100,
      metresMore: 200,
      from: { before: 3, after: 1 },
      to: { before: 3, after: 5, most: 3 },
      holds: false,
    })
    expect(heldIn(pieces, 'x/', 'b', world)).toBe(1)
  })

  test('LP5 first the doors that the taker has had, then from the top down', () => {
    const doors = [
      { ...door('1', 1, 'a'), was: 'b', solved: 'a' },
      { ...door('2', 2, 'a'), was: 'a', solved: 'a' },
      { ...door('3', 3, 'a'), was: 'gone', solved: 'a' },
      { ...door('4', 4, 'c'), was: 'a', solved: 'c' },
    ]
    const move = { unit: 'u/', from: 'a', to: 'b' }
    expect(doorsToMove(doors, { ...move, households: 1 })).toEqual(['1'])
    expect(doorsToMove(doors, { ...move, households: 2 })).toEqual(['1', '3'])
    expect(doorsToMove(doors, { ...move, households: 9 })).toEqual(['1', '3', '2'])
  })
})

describe('LP6 two people', () => {
  const both = { plans: true, approves: true }

  test('whoever drafted a plan does not approve it; somebody else who may, does', () => {
    const solved = { state: 'solved', draftedBy: 'me' } as const
    expect(abilitiesOf(solved, { id: 'me', ...both })).toEqual(['change', 'solve', 'adjust', 'cancel'])
    expect(abilitiesOf(solved, { id: 'she', ...both })).toContain('approve')
    expect(abilitiesOf(solved, { id: 'she', plans: false, approves: false })).toEqual([])
  })

  test('a published plan is history: nothing can be done with it', () => {
    expect(abilitiesOf({ state: 'published', draftedBy: 'me' }, { id: 'she', ...both })).toEqual([])
  })

  test('a word is asked for when somebody is left without a liaison or a bound does not hold', () => {
    expect(needsWords({ unserved: 0, over: 0, under: 0 })).toBe(false)
    expect(needsWords({ unserved: 1, over: 0, under: 0 })).toBe(true)
    expect(needsWords({ unserved: 0, over: 0, under: 1 })).toBe(true)
  })
})

test('shares as the doors stand are those of lived-in doors', () => {
  expect(sharesNow([door('1', 1, 'a'), door('2', 2, 'a', false), door('3', 3, null)])).toEqual([
    { person: 'a', unit: 'u/', households: 1 },
  ])
})
