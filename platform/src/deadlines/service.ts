import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { buildCalendar, firstYear, lastYear } from './calendar.ts'
import type { CalendarChange, CalendarYear, HoursChange, HoursOfDay } from './contract.ts'
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

/**
 * The calendar by which terms are counted that start at a moment. Built once for each state of the district's settings;
 * asking costs one small query.
 */
export async function calendarOf(trx: Trx, at: string): Promise<Calendar> {
  return calendarFrom(await store.readSettings(trx, at))
}

/** A year as people check it. Refuses years that neither the package nor the regulation reaches. */
export async function calendarYear(trx: Trx, year: number, at: string): Promise<CalendarYear> {
  if (year < firstYear || year > lastYear)
    refuse('input.invalid', {
      field: 'query.year',
      expected: `${firstYear}-${lastYear}`,
      params: { count: 1 },
    })
  const row = await store.readSettings(trx, at)
  return {
    ...describeYear(calendarFrom(row), year),
    ahead: await store.hoursAhead(trx, at),
    version: row.version,
  }
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
  const { published } = await store.readSettings(trx, by.now)
  const days = daysOf(year, change)
  const others = published.filter((one) => one !== year)
  const years = change.published ? [...others, year].toSorted((a, b) => a - b) : others
  if (!(await store.writeSettings(trx, version, years, by))) refuse('changed_meanwhile')
  await store.replaceHolidays(trx, year, days, change.notice)
  return calendarYear(trx, year, by.now)
}

/** What differs from the country's calendar. Refuses days of another year, and years nobody can know. */
function daysOf(year: number, change: Pick<CalendarChange, 'off' | 'working'>): ReadonlyMap<string, boolean> {
  const exceptions =
    year < firstYear || year > lastYear ? { misplaced: String(year) } : exceptionsOf(year, change, plain)
  return 'misplaced' in exceptions
    ? refuse('input.invalid', { field: 'body', expected: exceptions.misplaced, params: { count: 1 } })
    : exceptions.days
}

/** The calendar as it would be after a change of a year, without making it. */
export async function calendarIf(
  trx: Trx,
  year: number,
  change: Pick<CalendarChange, 'off' | 'working' | 'published'>,
  at: string,
): Promise<Calendar> {
  const row = await store.readSettings(trx, at)
  const others = Object.entries(row.days ?? {}).filter(([day]) => !day.startsWith(`${year}-`))
  return buildCalendar(
    new Map([...others, ...daysOf(year, change)]),
    row.hours ? hoursFrom(row.hours) : undefined,
    change.published ? [...row.published, year] : row.published,
  )
}

/** DL7 Sets the hours of a working day from a day on, today at the earliest. */
export async function changeHours(
  trx: Trx,
  version: number,
  { hours, validFrom }: HoursChange,
  by: By,
): Promise<{ hours: HoursOfDay; validFrom: string; version: number }> {
  const today = Temporal.Instant.from(by.now).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const from = validFrom ?? today
  if (from < today)
    refuse('input.invalid', { field: 'body.validFrom', expected: today, params: { count: 1 } })
  const { published } = await store.readSettings(trx, by.now)
  if (!(await store.writeSettings(trx, version, published, by))) refuse('changed_meanwhile')
  const now = (await store.readSettings(trx, by.now)).version
  await store.addHours(trx, { validFrom: from, hours }, now, by)
  return { hours, validFrom: from, version: now }
}
