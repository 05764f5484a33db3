import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holidaysAround } from './holidays.ts'
import { addDays } from './lifecycle.ts'
import { holidayStarts, periodsOf, weekKey } from './periods.ts'
import { answers, countedDay, dueOf } from './rules.ts'

/** Windows of rules, by the civil calendar (L4). */

const timing = (rhythm: 'weekly' | 'half_monthly' | 'monthly' | 'quarterly', days: number | null = null) => ({
  rhythm,
  event: null,
  days,
})

describe('periods', () => {
  test('monthly by the 10th: due on the 10th, can be done late until the month ends', () => {
    expect(periodsOf(timing('monthly', 10), '2026-11-20', '2026-12-02')).toEqual([
      { key: '2026-11', opensOn: '2026-11-01', dueOn: '2026-11-10', closesOn: '2026-12-01' },
      { key: '2026-12', opensOn: '2026-12-01', dueOn: '2026-12-10', closesOn: '2027-01-01' },
    ])
  })

  test('weekly is Monday to Sunday, numbered by ISO 8601 across the year', () => {
    expect(periodsOf(timing('weekly'), '2027-01-01', '2027-01-02')).toEqual([
      { key: '2026-W53', opensOn: '2026-12-28', dueOn: '2027-01-03', closesOn: '2027-01-04' },
    ])
    expect(weekKey('2026-11-16')).toBe('2026-W47')
  })

  test('half a month, a quarter', () => {
    expect(periodsOf(timing('half_monthly'), '2027-02-16', '2027-02-17')).toEqual([
      { key: '2027-02-b', opensOn: '2027-02-16', dueOn: '2027-02-28', closesOn: '2027-03-01' },
    ])
    expect(periodsOf(timing('quarterly'), '2026-11-20', '2026-11-21')).toEqual([
      { key: '2026-Q4', opensOn: '2026-10-01', dueOn: '2026-12-31', closesOn: '2027-01-01' },
    ])
  })

  test('a holiday is visited before it: from days ahead until its first day', () => {
    const rule = { rhythm: 'event', event: 'holiday', days: 7 } as const
    const found = periodsOf(rule, '2026-09-20', '2026-10-10', holidaysAround('2026-09-20'))
    expect(found.map(({ key }) => key)).toEqual(['h2026-09-25', 'h2026-10-01'])
    expect(found[1]).toMatchObject({ opensOn: '2026-09-24', dueOn: '2026-10-01', closesOn: '2026-10-02' })
    expect(holidayStarts(['2026-10-01', '2026-10-02', '2026-10-05'])).toEqual(['2026-10-01', '2026-10-05'])
  })

  test('cover every day once, whatever the rhythm, and have one name each', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('weekly', 'half_monthly', 'monthly', 'quarterly' as const),
        fc.integer({ min: 0, max: 2000 }).map((n) => addDays('2024-01-01', n)),
        fc.option(fc.integer({ min: 1, max: 92 })),
        (rhythm, day, days) => {
          const found = periodsOf(timing(rhythm as 'weekly', days), day, addDays(day, 400))
          expect(new Set(found.map(({ key }) => key)).size).toBe(found.length)
          expect(found[0]!.opensOn <= day && found[0]!.closesOn > day).toBe(true)
          for (const [index, one] of found.entries()) {
            expect(one.dueOn >= one.opensOn && one.dueOn < one.closesOn).toBe(true)
            if (index > 0) expect(one.opensOn).toBe(found[index - 1]!.closesOn)
          }
        },
      ),
    )
  })
})

describe('the day a visit counts for', () => {
  const now = '2026-11-20T02:20:00.000Z'
  test('is that of the phone, as far as it can be true', () => {
    expect(countedDay('2026-11-18T15:59:00+08:00', now)).toBe('2026-11-18')
    expect(countedDay('2027-11-18T15:59:00+08:00', now)).toBe('2026-11-20')
    expect(countedDay('1999-01-01T00:00:00Z', now)).toBe('2026-11-06')
  })
})

describe('a door', () => {
  const given = { dueOn: null, promisedOn: null, missedOn: null, metOn: null }
  const today = '2026-11-20'
  test('overdue beats due beats seen', () => {
    expect(dueOf(given, today)).toBe('unknown')
    expect(dueOf({ ...given, metOn: '2026-11-01' }, today)).toBe('seen')
    expect(dueOf({ ...given, metOn: '2026-11-01', dueOn: '2026-11-23' }, today)).toBe('due')
    expect(dueOf({ ...given, metOn: '2026-11-01', dueOn: '2026-11-24' }, today)).toBe('seen')
    expect(dueOf({ ...given, metOn: '2026-11-01', promisedOn: '2026-11-19' }, today)).toBe('overdue')
    expect(dueOf({ ...given, missedOn: '2026-11-10' }, today)).toBe('overdue')
    expect(dueOf({ ...given, missedOn: '2026-11-10', metOn: '2026-11-12' }, today)).toBe('seen')
  })
})

test('VR1 a leader’s round is no substitute for one’s own liaison, nor the reverse', () => {
  expect(answers('liaison', 'backup')).toBe(true)
  expect(answers('liaison', 'leader')).toBe(false)
  expect(answers('leader', 'liaison')).toBe(false)
})
