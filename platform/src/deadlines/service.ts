import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { buildCalendar, firstYear, lastYear } from './calendar.ts'
import type { CalendarChange, CalendarYear, HoursOfDay } from './contract.ts'
import { describeYear, exceptionsOf, hoursFrom } from './rules.ts'
import type { Calendar } from './rules.ts'
import * as store from './store.ts'

/** The calendar of the transaction's district. A change holds for terms that start afterwards; none is moved (RQ4). */

const cache = new Map<string, { settings: string; calendar: Calendar }>()
const plain = buildCalendar()

function calendarFrom(row: store.SettingsRow): Calendar {
  if (!row.days && !row.hours && row.published.length === 0) return plain
  // The settings themselves are the key: a transaction that is rolled back leaves nothing wrong behind.
  const settings = JSON.stringify([row.hours, row.published, row.days])
  const known = cache.get(row.district)
  if (known?.settings === settings) return known.calendar
  const calendar = buildCalendar(
    new Map(Object.entries(row.days ?? {})),
    row.hours ? hoursFrom(row.hours) : undefined,
    row.published,
  )
  cache.set(row.district, { settings, calendar })
  return calendar
}

/** Built once for each state of the district's settings; asking costs one small query. */
export async function calendarOf(trx: Trx): Promise<Calendar> {
  return calendarFrom(await store.readSettings(trx))
}

/** A year as people check it. Refuses years that neither the package nor the regulation reaches. */
export async function calendarYear(trx: Trx, year: number): Promise<CalendarYear> {
  if (year < firstYear || year > lastYear)
    refuse('input.invalid', {
      field: 'query.year',
      expected: `${firstYear}-${lastYear}`,
      params: { count: 1 },
    })
  const row = await store.readSettings(trx)
  return { ...describeYear(calendarFrom(row), year), version: row.version }
}

type By = { person: string | null; now: string }

/** DL7 Enters a year as a notice tells it; only what differs from the country's calendar is kept. */
export async function changeCalendarYear(
  trx: Trx,
  year: number,
  version: number,
  change: CalendarChange,
  by: By,
): Promise<CalendarYear> {
  const { hours, published } = await store.readSettings(trx)
  const exceptions =
    year < firstYear || year > lastYear ? { misplaced: String(year) } : exceptionsOf(year, change, plain)
  if ('misplaced' in exceptions)
    refuse('input.invalid', { field: 'body', expected: exceptions.misplaced, params: { count: 1 } })
  const others = published.filter((one) => one !== year)
  const years = change.published ? [...others, year].toSorted((a, b) => a - b) : others
  if (!(await store.writeSettings(trx, version, { hours, published: years }, by))) refuse('changed_meanwhile')
  await store.replaceHolidays(trx, year, exceptions.days, change.notice)
  return calendarYear(trx, year)
}

/** DL7 Sets the hours of a working day. */
export async function changeHours(
  trx: Trx,
  version: number,
  hours: HoursOfDay,
  by: By,
): Promise<{ hours: HoursOfDay; version: number }> {
  const { published } = await store.readSettings(trx)
  if (!(await store.writeSettings(trx, version, { hours, published }, by))) refuse('changed_meanwhile')
  return { hours, version: (await store.readSettings(trx)).version }
}
