import chineseDays from 'chinese-days'
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { dayMs, makeCalendar } from './rules.ts'
import type { Calendar, Hours } from './rules.ts'

/** Builds the calendar of a district: published holidays, presumed ones for years to come, and the district's own exceptions. */

const firstYear = 2020
const lastYear = 2040

const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs
const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

/** Years for which the State Council's notice is in the package: all that hold a National Day. */
function isPublished(year: number): boolean {
  return Object.hasOwn(published.holidays, `${year}-10-01`)
}

/**
 * DL6 Statutory holidays of a year not yet published, by the Regulation on Public Holidays for National Annual Festivals
 * (State Council Order No. 795, in force since 2025): New Year 1, Spring Festival 4 from its eve, Qingming 1, Labour Day 2,
 * Dragon Boat 1, Mid-Autumn 1, National Day 3. Moved weekends are decided each autumn and are not guessed.
 */
export function statutoryHolidays(year: number): string[] {
  const { getSolarDateFromLunar, getSolarTermDate } = chineseDays
  const from = (date: string, days: number, offset = 0) => Array.from({ length: days }, (_, index) => dateOf(dayNumber(date) + index + offset))
  const lunar = (monthDay: string) => getSolarDateFromLunar(`${year}-${monthDay}`).date
  return [
    `${year}-01-01`,
    ...from(lunar('01-01'), 4, -1),
    getSolarTermDate(year, 4, 'pure_brightness'),
    ...from(`${year}-05-01`, 2),
    lunar('05-05'),
    lunar('08-15'),
    ...from(`${year}-10-01`, 3),
  ]
}

/** @param overrides days a district works or rests otherwise, by date. */
export function buildCalendar(overrides: ReadonlyMap<string, boolean> = new Map(), hours?: Hours): Calendar {
  const first = dayNumber(`${firstYear}-01-01`)
  const days = dayNumber(`${lastYear + 1}-01-01`) - first
  const working = new Uint8Array(days)
  const presumed = new Set<number>()
  const off = new Set<string>(Object.keys(published.holidays))
  const moved = new Set<string>(Object.keys(published.workdays))
  for (let year = firstYear; year <= lastYear; year += 1) {
    if (isPublished(year)) continue
    presumed.add(year)
    for (const date of statutoryHolidays(year)) off.add(date)
  }
  for (let index = 0; index < days; index += 1) {
    const date = dateOf(first + index)
    const weekday = (first + index + 4) % 7
    const usual = moved.has(date) || (weekday !== 0 && weekday !== 6 && !off.has(date))
    working[index] = (overrides.get(date) ?? usual) ? 1 : 0
  }
  return makeCalendar(first, working, presumed, hours)
}
