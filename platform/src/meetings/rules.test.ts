import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agendaReasons, meetingStates } from './lists.ts'
import { abilitiesIn, fateOf, levelOf, propose, reasonsFor, weightOf } from './rules.ts'
import type { LeftOver, Stuck } from './rules.ts'

const now = '2026-11-20T02:00:00.000Z'
const stuck = (more: Partial<Stuck> = {}): Stuck => ({
  id: 'r',
  level: 'community',
  overdue: false,
  dueAt: '2026-12-20T02:00:00.000Z',
  returns: 0,
  whistleLateSince: null,
  unansweredSince: null,
  isTop: false,
  ...more,
})
const kinds = (one: Stuck, left: LeftOver[] = []) =>
  reasonsFor(one, 'community', left, now).map(({ kind }) => kind)

describe('MT1 a joint meeting is of the level of its area', () => {
  test('a compound, a grid and a village group have the lowest; a building has none', () => {
    expect(levelOf('district')).toBe('district')
    expect([levelOf('compound'), levelOf('grid'), levelOf('village_group')]).toEqual(['grid', 'grid', 'grid'])
    expect([levelOf('building'), levelOf('household_group')]).toEqual([null, null])
  })
})

describe('MT2 what is stuck is proposed, with why', () => {
  test('each way of being stuck is a reason of its own', () => {
    expect(kinds(stuck())).toEqual([])
    expect(kinds(stuck({ overdue: true }))).toEqual(['overdue'])
    expect(kinds(stuck({ returns: 1 }))).toEqual([])
    expect(kinds(stuck({ returns: 2 }))).toEqual(['returned_twice'])
    expect(kinds(stuck({ whistleLateSince: now }))).toEqual(['whistle_late'])
    expect(kinds(stuck({ unansweredSince: now }))).toEqual(['unanswered_supervision'])
  })

  test('being at the top is no reason alone: there it is only when nobody is left to send it up to in time', () => {
    expect(kinds(stuck({ isTop: true }))).toEqual([])
    expect(kinds(stuck({ isTop: true, overdue: true }))).toEqual(['overdue', 'top_of_ladder'])
  })

  test('a request is proposed to the level of the desk that answers for it; what a meeting left comes back to it', () => {
    const higher = stuck({ level: 'district', overdue: true, returns: 2 })
    expect(kinds(higher)).toEqual([])
    expect(kinds(higher, [{ request: 'r', kind: 'decision_late', since: now }])).toEqual(['decision_late'])
    expect(kinds(stuck(), [{ request: 'other', kind: 'put_off', since: now }])).toEqual([])
  })

  const anyStuck = fc.record({
    id: fc.uuid(),
    level: fc.constantFrom('community', 'subdistrict', 'district'),
    overdue: fc.boolean(),
    dueAt: fc.option(fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z')),
    returns: fc.nat(3),
    whistleLateSince: fc.option(fc.constant(now)),
    unansweredSince: fc.option(fc.constant(now)),
    isTop: fc.boolean(),
  }) satisfies fc.Arbitrary<Stuck>

  test('everything proposed has a reason, nothing is proposed twice, the heavier comes first, in any order of input', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyStuck, { selector: ({ id }) => id }), fc.nat(), (all, seed) => {
        const found = propose(all, 'community', [], now)
        expect(new Set(found.map((one) => one.stuck.id)).size).toBe(found.length)
        for (const { stuck: one, reasons } of found) {
          expect(reasons.length).toBeGreaterThan(0)
          expect(one.level).toBe('community')
        }
        const weights = found.map(({ reasons }) => weightOf(reasons))
        expect(weights).toEqual(weights.toSorted((a, b) => b - a))
        const turned = [...all.slice(seed % (all.length || 1)), ...all.slice(0, seed % (all.length || 1))]
        expect(propose(turned, 'community', [], now)).toEqual(found)
        const left = all.filter(({ id }) => !found.some((one) => one.stuck.id === id))
        for (const one of left) expect(kinds(one)).toEqual([])
      }),
    )
  })

  test('every reason weighs something', () => {
    for (const kind of agendaReasons)
      expect(weightOf([{ kind, since: null, count: null }])).toBeGreaterThan(0)
  })
})

test('MT4 nobody but whoever keeps it does anything with it, and a meeting that is over stays as it is', () => {
  for (const state of meetingStates) expect(abilitiesIn(state, false)).toEqual([])
  expect(abilitiesIn('held', true)).toEqual([])
  expect(abilitiesIn('cancelled', true)).toEqual([])
  expect(abilitiesIn('open', true)).toContain('decide')
  expect(abilitiesIn('called', true)).not.toContain('decide')
})

test('MT7 a decision runs until its request is answered, is late from its due time on, and done however late it was', () => {
  const entered = { effect: 'entered', dueAt: now, endedAt: null } as const
  expect(fateOf(entered, '2026-11-20T01:59:59.999Z')).toBe('running')
  expect(fateOf(entered, now)).toBe('late')
  expect(fateOf({ ...entered, endedAt: now }, '2027-01-01T00:00:00.000Z')).toBe('done')
  expect(fateOf({ effect: 'overtaken', dueAt: now, endedAt: null }, now)).toBe('moved_on')
  expect(fateOf({ effect: null, dueAt: now, endedAt: null }, now)).toBe('open')
})
