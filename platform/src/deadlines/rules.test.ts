import chineseDays from 'chinese-days'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { buildCalendar, statutoryHolidays } from './calendar.ts'
import type { Limit } from './contract.ts'
import {
  addLimit,
  dayMs,
  defaultHours,
  describeYear,
  earliestTerm,
  exceptionsOf,
  hoursFrom,
  isOpen,
  isWeekend,
  makeCalendar,
  resume,
  subtractLimit,
  termOf,
  workedBetween,
} from './rules.ts'
import type { Calendar } from './rules.ts'

const calendar = buildCalendar()
const minute = 60_000
const at = (text: string) => new Date(`${text}+08:00`).toISOString()
const limit = (amount: number, unit: Limit['unit']): Limit => ({ amount, unit })
const due = (start: string, amount: number, unit: Limit['unit']) =>
  addLimit(at(start), limit(amount, unit), calendar).due

const first = Date.parse('2025-01-01T00:00:00Z')
const instants = fc
  .integer({ min: 0, max: 2 * 365 * 24 * 60 })
  .map((minutes) => new Date(first + minutes * minute).toISOString())
const limits = fc.record({
  unit: fc.constantFrom<Limit['unit']>('working_hours', 'working_days', 'calendar_hours', 'calendar_days'),
  amount: fc.integer({ min: 1, max: 45 }),
})
const workingLimits = limits.filter(({ unit }) => unit.startsWith('working'))

/** The same question asked minute by minute. */
function naiveDue(start: string, length: number, of: Calendar): number {
  let left = length
  let now = Date.parse(start)
  for (;;) {
    if (isOpen(new Date(now).toISOString(), of)) left -= minute
    now += minute
    if (left <= 0) return now
  }
}

/**
 * When a period of days ends at the latest. Civil Code, art. 201: the first day is not counted; art. 203: it ends when
 * business ends on its last day (working days) or at 24:00 (calendar days), and if that is a day off, on the day after.
 * Licensing Law, art. 82: working days.
 */
function lastMomentByLaw(start: string, { unit, amount }: Limit): number | null {
  if (unit !== 'working_days' && unit !== 'calendar_days') return null
  const worked = (day: number) =>
    calendar.before[day - calendar.firstDay + 1] !== calendar.before[day - calendar.firstDay]
  let day = Math.floor((Date.parse(start) + 8 * 3_600_000) / dayMs)
  for (let left = amount; left > 0; left -= unit === 'calendar_days' || worked(day) ? 1 : 0) day += 1
  while (!worked(day)) day += 1
  const closing = unit === 'working_days' ? 17.5 : 24
  return day * dayMs + (closing - 8) * 3_600_000
}

describe('DL1 limits', () => {
  test('the examples of the pictures: four working hours from 10:20 are 15:50, twenty-four hours are tomorrow 10:20', () => {
    expect(due('2026-11-20T10:20:00', 4, 'working_hours')).toBe(at('2026-11-20T15:50:00'))
    expect(due('2026-11-20T10:20:00', 24, 'calendar_hours')).toBe(at('2026-11-21T10:20:00'))
    expect(due('2026-11-20T10:20:00', 7, 'calendar_days')).toBe(at('2026-11-27T10:20:00'))
  })

  test('what comes in after closing counts from the next opening and ends at a closing time, not at the next opening', () => {
    expect(due('2026-11-20T20:00:00', 1, 'working_days')).toBe(at('2026-11-23T17:30:00'))
    expect(due('2026-11-20T17:30:00', 1, 'working_hours')).toBe(at('2026-11-23T09:30:00'))
  })

  test('the Spring Festival of 2026 is skipped, its make-up Saturdays are worked', () => {
    expect(due('2026-02-13T10:00:00', 1, 'working_days')).toBe(at('2026-02-14T10:00:00'))
    expect(due('2026-02-14T10:00:00', 1, 'working_days')).toBe(at('2026-02-24T10:00:00'))
    expect(due('2026-02-27T10:00:00', 1, 'working_days')).toBe(at('2026-02-28T10:00:00'))
  })

  test('agrees with counting minute by minute', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 40 }), (start, hours) => {
        expect(Date.parse(addLimit(start, limit(hours, 'working_hours'), calendar).due)).toBe(
          naiveDue(start, hours * 3_600_000, calendar),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('a working limit ends within working hours and never before it began', () => {
    fc.assert(
      fc.property(instants, workingLimits, (start, one) => {
        const end = addLimit(start, one, calendar).due
        expect(end >= start).toBe(true)
        expect(isOpen(new Date(Date.parse(end) - 1).toISOString(), calendar)).toBe(true)
      }),
    )
  })

  test('a limit never ends later than the Civil Code and the Licensing Law let it', () => {
    fc.assert(
      fc.property(instants, limits, (start, one) => {
        const due = Date.parse(addLimit(start, one, calendar).due)
        expect(due).toBeLessThanOrEqual(lastMomentByLaw(start, one) ?? due)
      }),
    )
  })

  test('a working day has the hours of the district, to the second', () => {
    const short = buildCalendar(
      new Map(),
      hoursFrom([
        { from: '09:00', until: '11:30' },
        { from: '14:00', until: '16:00' },
      ]),
    )
    expect(addLimit(at('2026-11-20T11:29:59'), limit(1, 'working_hours'), short).due).toBe(
      at('2026-11-20T14:59:59'),
    )
    expect(addLimit(at('2026-11-20T15:00:01'), limit(2, 'working_days'), short).due).toBe(
      at('2026-11-24T15:00:01'),
    )
    expect(subtractLimit(at('2026-11-20T14:59:59'), limit(1, 'working_hours'), short)).toBe(
      at('2026-11-20T11:29:59'),
    )
  })

  test('days are those of Shanghai', () => {
    fc.assert(
      fc.property(instants, (start) => {
        const { hour, minute: past } = Temporal.Instant.from(start).toZonedDateTimeISO('Asia/Shanghai')
        const clock = hour * 60 + past
        const open = (clock >= 510 && clock < 720) || (clock >= 810 && clock < 1050)
        expect(open || !isOpen(start, calendar)).toBe(true)
      }),
    )
  })

  test('later starts never end sooner, and longer limits never end sooner', () => {
    fc.assert(
      fc.property(instants, instants, limits, (a, b, one) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        expect(addLimit(early, one, calendar).due <= addLimit(late, one, calendar).due).toBe(true)
        expect(
          addLimit(early, one, calendar).due <
            addLimit(early, { ...one, amount: one.amount + 1 }, calendar).due,
        ).toBe(true)
      }),
    )
  })
})

test('DL2 subtracting undoes adding, exactly', () => {
  fc.assert(
    fc.property(instants, limits, (start, one) => {
      const end = addLimit(start, one, calendar).due
      const back = subtractLimit(end, one, calendar)
      expect(addLimit(back, one, calendar).due).toBe(end)
      expect(back >= start).toBe(true)
      if (one.unit.startsWith('working')) expect(workedBetween(start, back, calendar)).toBe(0)
      else expect(back).toBe(start)
    }),
  )
})

test('DL3 time between adds up', () => {
  fc.assert(
    fc.property(instants, instants, instants, (a, b, c) => {
      expect(workedBetween(a, b, calendar) + workedBetween(b, c, calendar)).toBe(
        workedBetween(a, c, calendar),
      )
    }),
  )
})

test('DL4 half, four fifths and the end come in this order, each in the limit’s own time (RQ5)', () => {
  fc.assert(
    fc.property(instants, workingLimits, (start, one) => {
      const term = termOf(start, one, calendar)
      expect(term.startsAt <= term.halfAt && term.halfAt < term.mostAt && term.mostAt < term.dueAt).toBe(true)
      const whole = workedBetween(start, term.dueAt, calendar)
      expect(workedBetween(start, term.halfAt, calendar)).toBe(whole * 0.5)
      expect(workedBetween(start, term.mostAt, calendar)).toBeCloseTo(whole * 0.8, 0)
    }),
  )
})

test('DL4 where several limits bind, the one that ends first counts, with its own shares', () => {
  const both = [limit(4, 'working_hours'), limit(24, 'calendar_hours')]
  expect(earliestTerm(at('2026-11-23T09:00:00'), both, calendar)).toMatchObject({
    halfAt: at('2026-11-23T11:00:00'),
    dueAt: at('2026-11-23T14:30:00'),
  })
  expect(earliestTerm(at('2026-11-20T17:00:00'), both, calendar)).toMatchObject({
    halfAt: at('2026-11-21T05:00:00'),
    dueAt: at('2026-11-21T17:00:00'),
  })
  expect(() => earliestTerm(at('2026-11-20T17:00:00'), [], calendar)).toThrow(/no limit/)
})

test('DL5 what was due before the suspension stays due', () => {
  const pause = { from: at('2026-11-20T10:00:00'), until: at('2026-11-25T10:00:00') }
  expect(resume(at('2026-11-20T09:59:59'), pause, limit(1, 'working_days'), calendar)).toBe(
    at('2026-11-20T09:59:59'),
  )
  expect(resume(at('2026-11-20T10:30:00'), pause, limit(1, 'working_days'), calendar)).toBe(
    at('2026-11-25T10:30:00'),
  )
})

test('DL5 a suspension moves the due time by exactly the time suspended', () => {
  fc.assert(
    fc.property(instants, limits, fc.integer({ min: 0, max: 30 * 24 * 60 }), (start, one, minutes) => {
      const end = addLimit(start, one, calendar).due
      const until = new Date(Date.parse(start) + minutes * minute).toISOString()
      const later = resume(end, { from: start, until }, one, calendar)
      if (one.unit.startsWith('working'))
        expect(workedBetween(end, later, calendar)).toBe(workedBetween(start, until, calendar))
      else expect(Date.parse(later) - Date.parse(end)).toBe(minutes * minute)
    }),
  )
})

describe('DL6 years', () => {
  afterEach(() => {
    delete process.env['TZ']
  })

  test.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'])(
    'do not depend on the zone of the machine: %s',
    (zone) => {
      const here = [statutoryHolidays(2027), statutoryHolidays(2033)]
      process.env['TZ'] = zone
      expect([statutoryHolidays(2027), statutoryHolidays(2033)]).toEqual(here)
    },
  )

  test('lunar dates and Qingming are those of the package, where it stands in its own zone', () => {
    process.env['TZ'] = 'UTC'
    for (let year = 2020; year <= 2050; year += 1) {
      const lunar = (monthDay: string) => chineseDays.getSolarDateFromLunar(`${year}-${monthDay}`).date
      const expected = [
        lunar('01-01'),
        lunar('05-05'),
        lunar('08-15'),
        chineseDays.getSolarTermDate(year, 4, 'pure_brightness'),
      ]
      expect(statutoryHolidays(year), String(year)).toEqual(expect.arrayContaining(expected))
    }
  })

  test('the regulation gives as many working days as the State Council published for 2025 and 2026, without moving weekends', () => {
    const workingDays = (year: number) => {
      const day = (of: number) => Date.parse(`${of}-01-01T00:00:00Z`) / dayMs - calendar.firstDay
      return calendar.before[day(year + 1)]! - calendar.before[day(year)]!
    }
    for (const year of [2025, 2026]) {
      const first_ = Date.parse(`${year}-01-01T00:00:00Z`) / dayMs
      const weekdays = Array.from({ length: 365 }, (_, index) => first_ + index).filter(
        (day) => !isWeekend(day),
      ).length
      expect(workingDays(year), String(year)).toBe(weekdays - statutoryHolidays(year).length)
    }
    expect(describeYear(calendar, 2027).off).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-08',
      '2027-02-09',
      '2027-02-10',
      '2027-04-05',
      '2027-05-03',
      '2027-05-04',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-04',
      '2027-10-05',
    ])
    expect(describeYear(calendar, 2027).working).toEqual([])
  })

  test('two holidays on one day are made up for: Mid-Autumn on 3 October 2028', () => {
    expect(describeYear(calendar, 2028).off.filter((date) => date.startsWith('2028-10'))).toEqual([
      '2028-10-02',
      '2028-10-03',
      '2028-10-04',
      '2028-10-05',
    ])
  })

  test('the last three days of a published year lean on the notice of the next', () => {
    expect(addLimit(at('2026-12-28T09:00:00'), limit(4, 'working_hours'), calendar).presumed).toBe(false)
    expect(addLimit(at('2026-12-29T09:00:00'), limit(4, 'working_hours'), calendar).presumed).toBe(true)
    expect(addLimit(at('2025-12-30T09:00:00'), limit(4, 'working_hours'), calendar).presumed).toBe(false)
  })

  test('DL7 a year told in full is kept as what differs, and told again the same', () => {
    const told = { off: ['2027-01-01', '2027-02-05', '2027-02-08', '2027-02-09'], working: ['2027-01-30'] }
    const kept = exceptionsOf(2027, told, calendar)
    if ('misplaced' in kept) throw new Error(kept.misplaced)
    expect(kept.days.get('2027-01-01')).toBeUndefined()
    expect(kept.days.get('2027-01-30')).toBe(true)
    expect(kept.days.get('2027-02-10')).toBe(true)
    const own = buildCalendar(kept.days, undefined, [2027])
    expect(describeYear(own, 2027)).toMatchObject({ ...told, presumed: false })
    expect(describeYear(own, 2028)).toEqual(describeYear(calendar, 2028))
    expect(exceptionsOf(2027, { off: ['2027-01-02'], working: [] }, calendar)).toEqual({
      misplaced: '2027-01-02',
    })
    expect(exceptionsOf(2027, { off: [], working: ['2026-10-10'] }, calendar)).toEqual({
      misplaced: '2026-10-10',
    })
  })

  test('what the State Council has published is not presumed, later years are', () => {
    expect(describeYear(calendar, 2026)).toMatchObject({
      presumed: false,
      working: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    })
    expect(describeYear(calendar, 2027).presumed).toBe(true)
    expect(addLimit(at('2026-12-31T10:00:00'), limit(3, 'working_days'), calendar).presumed).toBe(true)
    expect(addLimit(at('2026-12-31T10:00:00'), limit(3, 'calendar_days'), calendar).presumed).toBe(false)
  })

  test('statutory holidays of 2027 by the regulation of 2025: thirteen days', () => {
    expect(statutoryHolidays(2027).toSorted()).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ])
  })

  test('the district’s own exceptions win', () => {
    const own = buildCalendar(
      new Map([
        ['2026-11-23', false],
        ['2026-11-22', true],
      ]),
    )
    expect(addLimit(at('2026-11-20T17:30:00'), limit(1, 'working_days'), own).due).toBe(
      at('2026-11-22T17:30:00'),
    )
    expect(addLimit(at('2026-11-22T17:30:00'), limit(1, 'working_days'), own).due).toBe(
      at('2026-11-24T17:30:00'),
    )
  })

  test('a day outside the calendar is an error, not a guess', () => {
    const short = makeCalendar(
      Date.parse('2026-01-05T00:00:00Z') / dayMs,
      new Uint8Array([1, 1]),
      new Set(),
      defaultHours,
    )
    expect(() => addLimit(at('2026-01-05T09:00:00'), limit(9, 'working_days'), short)).toThrow(
      /beyond the calendar/,
    )
    expect(() => addLimit(at('2026-02-05T09:00:00'), limit(1, 'working_hours'), short)).toThrow(
      /outside the calendar/,
    )
  })
})
