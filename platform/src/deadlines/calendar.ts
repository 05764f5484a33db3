import chineseDays from 'chinese-days'
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { dayMs, isWeekend, makeCalendar } from './rules.ts'
import type { Calendar, Hours } from './rules.ts'

/**
 * Builds the calendar of a district: published holidays, presumed ones for years to come, and the district's own exceptions.
 *
 * Of `chinese-days` only tables and whole-number functions are used: those of its functions that take or give dates go
 * through the time zone of the process and are a day off west of Greenwich, and for a year that is not in its tables
 * they answer from the weekday without saying so.
 */

/** Years for which the State Council's notice is in the package: all that hold a National Day. */
const publishedYears = Object.keys(published.holidays)
  .filter((date) => date.endsWith('-10-01'))
  .map((date) => Number(date.slice(0, 4)))

export const firstYear = Math.min(...publishedYears)
/** Far enough for any limit that a category may have from any year on that the product will see with this package. */
export const lastYear = Math.max(...publishedYears) + 24

const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs
const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

/** Days of a lunar year, or of its months before `month`; a leap month follows the one whose number it bears. */
function lunarDays(year: number, month = 13): number {
  const leap = chineseDays.getYearLeapMonth(year)
  let days = leap.leapMonth !== undefined && leap.leapMonth < month ? leap.days : 0
  for (let before = 1; before < month; before += 1) days += chineseDays.monthDays(year, before)
  return days
}

/** Day number of a lunar date; the lunar year 1900 began on 31 January 1900. */
function lunarDay(year: number, month: number, day: number): number {
  let start = dayNumber('1900-01-31')
  for (let before = 1900; before < year; before += 1) start += lunarDays(before)
  return start + lunarDays(year, month) + day - 1
}

/** Day of April on which Qingming falls, by the usual formula; it is that of `chinese-days`, and holds from 2000 to 2099. */
function qingming(year: number): number {
  const inCentury = year - 2000
  return Math.floor(inCentury * 0.2422 + 4.81) - Math.floor(inCentury / 4)
}

const run = (first: number, days: number) => Array.from({ length: days }, (_, index) => first + index)

/**
 * DL6 Statutory holidays of a year not yet published, by art. 2 of the Regulation on Public Holidays for National Annual
 * Festivals and Memorial Days (as revised on 10 November 2024, in force since 2025): New Year 1, Spring Festival 4 from
 * its eve, Qingming 1, Labour Day 2, Dragon Boat 1, Mid-Autumn 1, National Day 3. Two may fall on the same day.
 */
function holidaysOf(year: number): number[] {
  return [
    ...run(dayNumber(`${year}-01-01`), 1),
    ...run(lunarDay(year, 1, 1) - 1, 4),
    ...run(dayNumber(`${year}-04-01`) + qingming(year) - 1, 1),
    ...run(dayNumber(`${year}-05-01`), 2),
    ...run(lunarDay(year, 5, 5), 1),
    ...run(lunarDay(year, 8, 15), 1),
    ...run(dayNumber(`${year}-10-01`), 3),
  ].toSorted((a, b) => a - b)
}

export const statutoryHolidays = (year: number): string[] => holidaysOf(year).map(dateOf)

/**
 * DL6 Days off of a year not yet published. A holiday on a weekend, or on a day that is a holiday already, is made up for
 * on a working day (art. 6), presumed to be the next one. Weekends that are moved to join days off are decided each
 * autumn and are not guessed; they change which days are worked, not how many.
 */
function presumedOff(year: number): Set<number> {
  const off = new Set<number>()
  const owed: number[] = []
  for (const day of holidaysOf(year)) {
    if (off.has(day) || isWeekend(day)) owed.push(day)
    off.add(day)
  }
  for (const day of owed) {
    let instead = day + 1
    while (off.has(instead) || isWeekend(instead)) instead += 1
    off.add(instead)
  }
  return off
}

/** One flag for each day: the country's calendar. */
function countryDays(first: number): Uint8Array {
  const working = new Uint8Array(dayNumber(`${lastYear + 1}-01-01`) - first)
  for (const index of working.keys()) working[index] = isWeekend(first + index) ? 0 : 1
  const set = (day: number, flag: number) => {
    if (day >= first) working[day - first] = flag
  }
  for (let year = firstYear; year <= lastYear; year += 1) {
    if (!publishedYears.includes(year)) for (const day of presumedOff(year)) set(day, 0)
  }
  for (const date of Object.keys(published.holidays)) set(dayNumber(date), 0)
  for (const date of Object.keys(published.workdays)) set(dayNumber(date), 1)
  return working
}

const first = dayNumber(`${firstYear}-01-01`)
let country: Uint8Array | undefined

/**
 * @param overrides days a district works or rests otherwise, by date.
 * @param declared years whose notice the district has entered among them.
 */
export function buildCalendar(
  overrides: ReadonlyMap<string, boolean> = new Map(),
  hours?: Hours,
  declared: readonly number[] = [],
): Calendar {
  country ??= countryDays(first)
  const working = Uint8Array.from(country)
  for (const [date, works] of overrides) {
    const index = dayNumber(date) - first
    if (index >= 0 && index < working.length) working[index] = works ? 1 : 0
  }
  const known = new Set([...publishedYears, ...declared])
  const presumed = new Set<number>()
  for (let year = firstYear; year <= lastYear; year += 1) if (!known.has(year)) presumed.add(year)
  return makeCalendar(first, working, presumed, hours)
}
