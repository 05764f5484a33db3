import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { usualWeights } from './contract.ts'
import type { Helper, Problem } from './contract.ts'
import { metresBetween, rank } from './rank.ts'

/** OE1 to OE6 on whatever people and wants. */

const slots = ['workday_day', 'workday_evening', 'weekend_day', 'weekend_evening']
const skills = ['plumbing', 'nursing', 'law', 'haircut']
const point = fc.record({
  lon: fc.double({ min: 115.9, max: 115.96, noNaN: true }),
  lat: fc.double({ min: 39.3, max: 39.34, noNaN: true }),
})
const helper: fc.Arbitrary<Omit<Helper, 'id'>> = fc.record({
  skills: fc.subarray(skills),
  from: fc.array(point, { maxLength: 2 }),
  slots: fc.subarray(slots),
  away: fc.boolean().map((away) => away),
  holds: fc.nat(3),
  waiting: fc.nat(2),
  asked: fc.nat(6),
  lastAsked: fc.option(fc.nat(1_000_000)),
  before: fc.constantFrom(false, false, false, true),
})
const problem: fc.Arbitrary<Problem> = fc.record({
  want: fc.record({ at: point, skills: fc.subarray(skills), slots: fc.subarray(slots) }),
  helpers: fc
    .array(helper, { maxLength: 30 })
    .map((all) => all.map((one, index) => ({ ...one, id: `p${index}` }))),
  many: fc.integer({ min: 1, max: 4 }),
  weights: fc.constant(usualWeights),
})

test('OE1 OE2 the independent check finds nothing wrong with any answer', () => {
  fc.assert(
    fc.property(problem, (one) => {
      expect(check(one, rank(one))).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})

test('the check sees an answer that asks the wrong one, leaves somebody out, or adds up wrongly', () => {
  const at = { lon: 115.93, lat: 39.32 }
  const some = (id: string, walk: number): Helper => ({
    ...{ id, skills: [], slots, away: false, holds: 0, waiting: 0, asked: 0, lastAsked: null, before: false },
    from: [{ lon: at.lon, lat: at.lat + walk / 111_320 }],
  })
  const one: Problem = {
    want: { at, skills: [], slots: [] },
    helpers: [some('near', 100), some('far', 900), some('beyond', 9_000)],
    many: 1,
    weights: usualWeights,
  }
  const { chosen, next, left } = rank(one)
  const [near] = chosen
  const [far] = next
  expect([near?.id, far?.id, left]).toEqual(['near', 'far', [{ id: 'beyond', why: 'too_far' }]])
  expect(check(one, { chosen: [far!], next: [near!], left })).not.toEqual([])
  expect(check(one, { chosen, next, left: [] })).not.toEqual([])
  expect(check(one, { chosen: [{ ...near!, cost: 1 }], next, left })).not.toEqual([])
  expect(check(one, { chosen, next, left: [{ id: 'beyond', why: 'away' }] })).not.toEqual([])
  expect(check(one, { chosen: [], next: [near!, far!], left })).not.toEqual([])
})

test('OE5 the order of the people changes nothing', () => {
  fc.assert(
    fc.property(problem, fc.infiniteStream(fc.nat()), (one, keys) => {
      const shuffled = one.helpers
        .map((each) => ({ each, key: keys.next().value ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ each }) => each)
      expect(rank({ ...one, helpers: shuffled })).toEqual(rank(one))
    }),
  )
})

test('OE4 nearer, less burdened, asked less often never comes later', () => {
  const place = ({ chosen, next }: ReturnType<typeof rank>, id: string) =>
    [...chosen, ...next].findIndex((each) => each.id === id)
  fc.assert(
    fc.property(
      problem,
      fc.nat(),
      fc.constantFrom('nearer', 'holds', 'asked', 'slots' as const),
      (one, pick, how) => {
        const chosen = one.helpers[pick % Math.max(1, one.helpers.length)]
        fc.pre(chosen !== undefined)
        const before = rank(one)
        fc.pre(place(before, chosen!.id) >= 0)
        const better: Helper = {
          ...chosen!,
          ...(how === 'nearer' && { from: [...chosen!.from, one.want.at] }),
          ...(how === 'holds' && { holds: 0 }),
          ...(how === 'asked' && { asked: 0 }),
          ...(how === 'slots' && { slots }),
        }
        const after = rank({ ...one, helpers: one.helpers.map((each) => (each === chosen ? better : each)) })
        expect(place(after, chosen!.id)).toBeGreaterThanOrEqual(0)
        expect(place(after, chosen!.id)).toBeLessThanOrEqual(place(before, chosen!.id))
      },
    ),
    { numRuns: 500 },
  )
})

test('OE3 asked one after the other, equals have been asked equally often, give or take one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 40 }),
      (people, many, wants) => {
        const at = { lon: 115.93, lat: 39.32 }
        const times = new Map<string, number>()
        let helpers: Helper[] = Array.from({ length: people }, (_, index) => ({
          id: `p${index}`,
          skills: [],
          from: [at],
          slots,
          away: false,
          holds: 0,
          waiting: 0,
          asked: 0,
          lastAsked: null,
          before: false,
        }))
        for (let turn = 1; turn <= wants; turn += 1) {
          const asked = new Set(
            rank({ want: { at, skills: [], slots: [] }, helpers, many, weights: usualWeights }).chosen.map(
              ({ id }) => id,
            ),
          )
          helpers = helpers.map((each) =>
            asked.has(each.id) ? { ...each, asked: each.asked + 1, lastAsked: turn } : each,
          )
          for (const id of asked) times.set(id, (times.get(id) ?? 0) + 1)
        }
        const counts = helpers.map(({ id }) => times.get(id) ?? 0)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('the walk is in metres', () => {
  expect(metresBetween({ lon: 115.93, lat: 39.32 }, { lon: 115.93, lat: 39.33 })).toBe(1113)
  expect(metresBetween({ lon: 115.93, lat: 39.32 }, { lon: 115.94, lat: 39.32 })).toBeCloseTo(861, -1)
})
