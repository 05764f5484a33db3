import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildCalendar } from '#deadlines/calendar.ts'
import {
  deskHours,
  holesOf,
  linesOn,
  minutesBetween,
  mondayOf,
  standIn,
  turnsOf,
  weekdayOf,
} from './rules.ts'
import type { Away, Line, Swap } from './rules.ts'

const calendar = buildCalendar()
const week = { from: '2026-11-16', until: '2026-11-23' }
const at = (local: string) => new Date(`${local}+08:00`).toISOString()

const night: Line = {
  id: 'night',
  name: '夜班',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  days: 'every',
  ...minutesBetween('17:30', '08:30'),
  person: 'a',
  backup: 'b',
  validFrom: '2026-01-01',
  validUntil: null,
  instead: false,
}
const freeDay: Line = { ...night, id: 'free', name: '白班', days: 'off', ...minutesBetween('08:30', '17:30') }

describe('turns', () => {
  test('RT1 a night begins on its day and ends on the next; the same hour twice is a whole day', () => {
    expect(minutesBetween('17:30', '08:30')).toEqual({ fromMinute: 1050, minutes: 900 })
    expect(minutesBetween('08:00', '08:00')).toEqual({ fromMinute: 480, minutes: 1440 })
    const [turn] = turnsOf({ lines: [night], swaps: [], away: [] }, week, calendar)
    expect(turn).toMatchObject({
      on: '2026-11-16',
      startsAt: at('2026-11-16T17:30'),
      endsAt: at('2026-11-17T08:30'),
      who: 'a',
      standsInFor: null,
    })
    expect([weekdayOf('2026-11-16'), mondayOf('2026-11-22')]).toEqual([1, '2026-11-16'])
  })

  test('RT2 a line for days off follows the calendar: holidays on weekdays, and not weekends that are worked', () => {
    const days = (from: string, until: string) =>
      turnsOf({ lines: [freeDay], swaps: [], away: [] }, { from, until }, calendar).map(({ on }) => on)
    expect(days('2026-11-16', '2026-11-23')).toEqual(['2026-11-21', '2026-11-22'])
    // National Day 2026: 1 to 7 October off, Saturday the 10th worked.
    expect(days('2026-10-01', '2026-10-12')).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`),
      '2026-10-11',
    ])
  })

  test('RT3 a line instead of the others suspends them on its days', () => {
    const feast = { ...night, id: 'feast', validFrom: '2026-11-18', validUntil: '2026-11-20', instead: true }
    const on = (day: string) => linesOn([night, freeDay, feast], day, calendar).map(({ id }) => id)
    expect(['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'].map(on)).toEqual([
      ['night'],
      ['feast'],
      ['feast'],
      ['night'],
    ])
  })

  test('RT4 the newest swap of a turn counts, and of that turn alone', () => {
    const swaps: Swap[] = [
      { line: 'night', on: '2026-11-18', person: 'c', backup: 'b' },
      { line: 'night', on: '2026-11-18', person: 'd', backup: 'b' },
    ]
    const who = turnsOf({ lines: [night], swaps, away: [] }, week, calendar).map((turn) => turn.who)
    expect(who).toEqual(['a', 'a', 'd', 'a', 'a', 'a', 'a'])
  })

  test('RT5 while A is away B is there, then whoever A named for these days, then whom B named; else nobody', () => {
    const gone = (person: string, backup: string): Away => ({
      person,
      backup,
      from: '2026-11-16',
      until: '2026-11-18',
    })
    const one = { person: 'a', backup: 'b' }
    const day = '2026-11-17'
    expect(standIn(one, day, [])).toEqual({ who: 'a', standsInFor: null })
    expect(standIn(one, day, [gone('a', 'c')])).toEqual({ who: 'b', standsInFor: 'a' })
    expect(standIn(one, day, [gone('a', 'c'), gone('b', 'd')])).toEqual({ who: 'c', standsInFor: 'a' })
    expect(standIn(one, day, [gone('a', 'b'), gone('b', 'd')])).toEqual({ who: 'd', standsInFor: 'a' })
    expect(standIn(one, day, [gone('a', 'b'), gone('b', 'a')])).toEqual({ who: null, standsInFor: null })
    expect(standIn(one, '2026-11-18', [gone('a', 'c')]).who).toBe('a')
  })
})

describe('RT6 holes', () => {
  test('are what neither the rota nor the desk in its hours covers', () => {
    const turns = turnsOf(
      { lines: [night, freeDay], swaps: [], away: [] },
      { from: '2026-11-15', until: week.until },
      calendar,
    )
    expect(holesOf(turns, week, calendar)).toEqual([])
    expect(
      holesOf(
        turns.filter(({ on, line }) => on !== '2026-11-21' || line !== 'free'),
        week,
        calendar,
      ),
    ).toEqual([{ from: at('2026-11-21T08:30'), until: at('2026-11-21T17:30') }])
    const away = [{ person: 'a', backup: 'b', from: '2026-11-18', until: '2026-11-19' }]
    const alone = turnsOf(
      {
        lines: [{ ...night, backup: null }, freeDay],
        swaps: [],
        away: [...away, { ...away[0]!, person: 'b', backup: 'a' }],
      },
      { from: '2026-11-15', until: week.until },
      calendar,
    )
    expect(holesOf(alone, week, calendar)).toEqual([
      { from: at('2026-11-18T17:30'), until: at('2026-11-19T08:30') },
    ])
  })

  test('every moment of a week is either in somebody’s turn, in the hours of the desk, or in one hole', () => {
    const people = ['a', 'b', 'c', 'd'] as const
    const line = fc.record({
      id: fc.constantFrom('1', '2', '3'),
      name: fc.constant('班'),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      days: fc.constantFrom('every' as const, 'working' as const, 'off' as const),
      fromMinute: fc.integer({ min: 0, max: 1439 }),
      minutes: fc.integer({ min: 15, max: 1440 }),
      person: fc.constantFrom(...people),
      backup: fc.option(fc.constantFrom(...people)),
      validFrom: fc.constantFrom('2026-11-01', '2026-11-18'),
      validUntil: fc.constantFrom(null, '2026-11-20'),
      instead: fc.boolean(),
    })
    const gone = fc.record({
      person: fc.constantFrom(...people),
      backup: fc.constantFrom(...people),
      from: fc.constantFrom('2026-11-15', '2026-11-17'),
      until: fc.constantFrom(null, '2026-11-19'),
    })
    const moments = Array.from({ length: 7 * 24 * 4 }, (_, n) =>
      new Date(Date.parse(at('2026-11-16T00:07')) + n * 15 * 60_000).toISOString(),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.array(gone, { maxLength: 4 }), (lines, away) => {
        const turns = turnsOf({ lines, swaps: [], away }, { from: '2026-11-15', until: week.until }, calendar)
        const holes = holesOf(turns, week, calendar)
        const open = deskHours(week, calendar)
        for (const moment of moments) {
          const inside = ({ from, until }: { from: string; until: string }) =>
            from <= moment && moment < until
          const served =
            open.some(inside) ||
            turns.some(({ who, startsAt: from, endsAt: until }) => who !== null && inside({ from, until }))
          if (holes.filter(inside).length !== (served ? 0 : 1)) return false
        }
        // Nobody is named who is away on the day the turn begins.
        return turns.every(
          ({ who, on }) =>
            who === null ||
            !away.some(
              ({ person, from, until }) => person === who && from <= on && (until === null || until > on),
            ),
        )
      }),
      { numRuns: 60 },
    )
  })
})
