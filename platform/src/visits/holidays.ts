import { statutoryHolidays } from '#deadlines/calendar.ts'

/** Statutory holidays around a day: those of the year, and of the next when it is near. */
export function holidaysAround(day: string): string[] {
  const year = Number(day.slice(0, 4))
  return [...statutoryHolidays(year), ...statutoryHolidays(year + 1)]
}
