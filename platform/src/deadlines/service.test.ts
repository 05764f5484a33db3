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
    .calendarOf(trx)
    .then((calendar) => addLimit('2026-12-31T09:30:00.000Z', { unit: 'working_days', amount: 1 }, calendar))

test('DL7 a year entered by hand holds for its district only, and is no longer presumed', async () => {
  expect(await within((trx) => deadlines.calendarYear(trx, 2027))).toMatchObject({
    presumed: true,
    version: 0,
    working: [],
  })
  const after = await within((trx) => deadlines.changeCalendarYear(trx, 2027, 0, notice, by))
  expect(after).toMatchObject({ presumed: false, version: 1, off: notice.off, working: notice.working })
  expect(await within((trx) => deadlines.calendarYear(trx, 2027))).toEqual(after)
  expect(await within((trx) => deadlines.calendarYear(trx, 2028))).toMatchObject({
    presumed: true,
    version: 1,
  })
  expect(await within((trx) => deadlines.calendarYear(trx, 2027), '130107')).toMatchObject({
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
  expect(await within((trx) => deadlines.changeHours(trx, 1, hours, by))).toEqual({ hours, version: 2 })
  expect(await within((trx) => deadlines.calendarYear(trx, 2027))).toMatchObject({
    hours,
    working: notice.working,
    presumed: false,
    version: 2,
  })
  expect((await within(afterNewYear)).due).toBe('2027-01-04T09:00:00.000Z')
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
        within((trx) => deadlines.changeHours(trx, version, [{ from: '09:00', until: '12:00' }], by)),
      ),
    ).toBe('changed_meanwhile')
  }
  expect(
    await refusal(
      within((trx) => deadlines.changeHours(trx, 3, [{ from: '09:00', until: '12:00' }], by), '130324'),
    ),
  ).toBe('changed_meanwhile')
  expect(await within((trx) => deadlines.calendarYear(trx, 2027))).toMatchObject({
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
  expect(await refusal(within((trx) => deadlines.calendarYear(trx, 2099)))).toBe('input.invalid')
})

test('a change that is rolled back leaves the calendar as it was', async () => {
  const undone = within(async (trx) => {
    await deadlines.changeCalendarYear(trx, 2027, 2, { ...notice, off: [] }, by)
    await deadlines.calendarOf(trx)
    throw new Error('undo')
  })
  await expect(undone).rejects.toThrow('undo')
  expect(await within((trx) => deadlines.calendarYear(trx, 2027))).toMatchObject({
    off: notice.off,
    version: 2,
  })
})
