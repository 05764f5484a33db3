import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Trx } from '#kernel/db.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { addLimit } from './rules.ts'
import * as deadlines from './service.ts'

let it: TestDatabase
beforeAll(async () => {
  it = await createTestDatabase()
})
afterAll(() => it.drop())

const within = <T>(work: (trx: Trx) => Promise<T>, district = '131003') =>
  it.database.within({ district, reach: 'district', paths: [], organisations: [] }, work)

const by = { person: null, now: '2026-11-20T02:20:00.000Z' }
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

const notice = {
  off: ['2027-01-01', '2027-02-05', '2027-02-08'],
  working: ['2027-02-20'],
  published: true,
  notice: '国办发明电〔2026〕9号',
}
const afterNewYear = (trx: Trx) =>
  deadlines
    .calendarOf(trx, by.now)
    .then((calendar) => addLimit('2026-12-31T09:30:00.000Z', { unit: 'working_days', amount: 1 }, calendar))

test('DL7 a year entered by hand holds for its district only, and is no longer presumed', async () => {
  expect(await within((trx) => deadlines.calendarYear(trx, 2027, by.now))).toMatchObject({
    presumed: true,
    version: 0,
    working: [],
  })
  const after = await within((trx) => deadlines.changeCalendarYear(trx, 2027, 0, notice, by))
  expect(after).toMatchObject({ presumed: false, version: 1, off: notice.off, working: notice.working })
  expect(await within((trx) => deadlines.calendarYear(trx, 2027, by.now))).toEqual(after)
  expect(await within((trx) => deadlines.calendarYear(trx, 2028, by.now))).toMatchObject({
    presumed: true,
    version: 1,
  })
  expect(await within((trx) => deadlines.calendarYear(trx, 2027, by.now), '130107')).toMatchObject({
    presumed: true,
    version: 0,
  })
  expect(await within(afterNewYear)).toEqual({ due: '2027-01-04T09:30:00.000Z', presumed: false })
  expect((await within(afterNewYear, '130107')).presumed).toBe(true)
})

test('DL7 hours are set on top, and leave the days alone', async () => {
  const hours = [
    { from: '09:00', until: '12:00' },
    { from: '13:00', until: '17:00' },
  ]
  expect(await within((trx) => deadlines.changeHours(trx, 1, { hours }, by))).toEqual({
    hours,
    validFrom: '2026-11-20',
    version: 2,
  })
  expect(await within((trx) => deadlines.calendarYear(trx, 2027, by.now))).toMatchObject({
    hours,
    working: notice.working,
    presumed: false,
    version: 2,
  })
  expect((await within(afterNewYear)).due).toBe('2027-01-04T09:00:00.000Z')
})

test('DL7 hours entered for a later day begin on that day; a term counts by those of the day it starts on', async () => {
  const summer = [
    { from: '08:30', until: '12:00' },
    { from: '15:00', until: '18:30' },
  ]
  const district = '130608'
  const at = (instant: string) => within((trx) => deadlines.calendarOf(trx, instant), district)
  expect(
    await refusal(
      within(
        (trx) => deadlines.changeHours(trx, 0, { hours: summer, validFrom: '2026-11-19' }, by),
        district,
      ),
    ),
  ).toBe('input.invalid')
  await within(
    (trx) => deadlines.changeHours(trx, 0, { hours: summer, validFrom: '2027-06-01' }, by),
    district,
  )
  expect(await within((trx) => deadlines.calendarYear(trx, 2027, by.now), district)).toMatchObject({
    hours: [
      { from: '08:30', until: '12:00' },
      { from: '13:30', until: '17:30' },
    ],
    ahead: [{ validFrom: '2027-06-01', hours: summer }],
    version: 1,
  })
  const noon = '2027-06-01T04:30:00.000Z'
  const due = async (from: string) => addLimit(from, { unit: 'working_hours', amount: 1 }, await at(from)).due
  expect(await due('2027-05-31T04:30:00.000Z')).toBe('2027-05-31T06:30:00.000Z')
  expect(await due(noon)).toBe('2027-06-01T08:00:00.000Z')
})

test('DL7 who has not seen the latest changes nothing', async () => {
  for (const version of [0, 1, 9]) {
    expect(
      await refusal(
        within((trx) => deadlines.changeCalendarYear(trx, 2027, version, { ...notice, off: [] }, by)),
      ),
    ).toBe('changed_meanwhile')
    expect(
      await refusal(
        within((trx) =>
          deadlines.changeHours(trx, version, { hours: [{ from: '09:00', until: '12:00' }] }, by),
        ),
      ),
    ).toBe('changed_meanwhile')
  }
  expect(
    await refusal(
      within(
        (trx) => deadlines.changeHours(trx, 3, { hours: [{ from: '09:00', until: '12:00' }] }, by),
        '130324',
      ),
    ),
  ).toBe('changed_meanwhile')
  expect(await within((trx) => deadlines.calendarYear(trx, 2027, by.now))).toMatchObject({
    off: notice.off,
    version: 2,
  })
})

test('DL7 a day that has no place in the year is refused, and so is a year out of reach', async () => {
  const misplaced = { ...notice, off: ['2027-01-02'] }
  expect(await refusal(within((trx) => deadlines.changeCalendarYear(trx, 2027, 2, misplaced, by)))).toBe(
    'input.invalid',
  )
  expect(await refusal(within((trx) => deadlines.changeCalendarYear(trx, 2099, 2, notice, by)))).toBe(
    'input.invalid',
  )
  expect(await refusal(within((trx) => deadlines.calendarYear(trx, 2099, by.now)))).toBe('input.invalid')
})

test('a change that is rolled back leaves the calendar as it was', async () => {
  const undone = within(async (trx) => {
    await deadlines.changeCalendarYear(trx, 2027, 2, { ...notice, off: [] }, by)
    await deadlines.calendarOf(trx, by.now)
    throw new Error('undo')
  })
  await expect(undone).rejects.toThrow('undo')
  expect(await within((trx) => deadlines.calendarYear(trx, 2027, by.now))).toMatchObject({
    off: notice.off,
    version: 2,
  })
})
