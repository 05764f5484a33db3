import type { CalendarChange, CalendarYear, HoursOfDay, Limit } from './contract.ts'

/**
 * Business time, exact to the millisecond. A calendar is a value: which days are worked, as prefix sums, and the hours of
 * a working day. Shanghai has stood at UTC+8 without summer time since 1991, so a day is 24 hours and no zone is asked.
 */

export const dayMs = 86_400_000
const hourMs = 3_600_000
const shanghai = 8 * hourMs

/** Opening and closing within a day, in milliseconds after midnight, in order and without overlap. */
export type Hours = readonly (readonly [from: number, until: number])[]

/** 8:30 to 12:00 and 13:30 to 17:30, unless a district sets its own. */
export const defaultHours: Hours = [
  [8.5 * hourMs, 12 * hourMs],
  [13.5 * hourMs, 17.5 * hourMs],
]

export const isWeekend = (day: number): boolean => (day + 4) % 7 === 0 || (day + 4) % 7 === 6

/** Working hours out of clock times; `contract.ts` has seen to it that they are in order. */
export function hoursFrom(spans: HoursOfDay): Hours {
  const after = (clock: string) => Number(clock.slice(0, 2)) * hourMs + Number(clock.slice(3, 5)) * 60_000
  return spans.map(({ from, until }) => [after(from), after(until)])
}

export type Calendar = {
  /** Days since 1970-01-01 of the first day covered. */
  firstDay: number
  /** `before[i]` = working days before day i; one longer than the days covered. */
  before: Int32Array
  /** Years whose holidays are not published yet. */
  presumed: ReadonlySet<number>
  hours: Hours
}

/** A running clock: when it starts, when half and four fifths of it are gone, when it ends (RQ5). */
export type Term = {
  startsAt: string
  halfAt: string
  mostAt: string
  dueAt: string
  presumed: boolean
  /** Whether it is counted in working time. Left out by terms from before they could be moved; those were. */
  working?: boolean | undefined
}

/** @param working one flag for each day from `firstDay` on. */
export function makeCalendar(
  firstDay: number,
  working: Uint8Array,
  presumed: ReadonlySet<number>,
  hours: Hours = defaultHours,
): Calendar {
  const before = new Int32Array(working.length + 1)
  for (let day = 0; day < working.length; day += 1) before[day + 1] = before[day]! + working[day]!
  return { firstDay, before, presumed, hours }
}

const dayLength = (hours: Hours) => hours.reduce((sum, [from, until]) => sum + until - from, 0)
const local = (instant: string) => Date.parse(instant) + shanghai
const iso = (milliseconds: number) => new Date(milliseconds - shanghai).toISOString()

function covered(calendar: Calendar, day: number): number {
  const index = day - calendar.firstDay
  if (!(index >= 0 && index < calendar.before.length - 1))
    throw new RangeError(`day ${day} lies outside the calendar`)
  return index
}

/** Working time from the calendar's beginning to a moment. */
function workedUntil(calendar: Calendar, at: number): number {
  const day = Math.floor(at / dayMs)
  const index = covered(calendar, day)
  const whole = calendar.before[index]! * dayLength(calendar.hours)
  if (calendar.before[index + 1] === calendar.before[index]) return whole
  const clock = at - day * dayMs
  return (
    whole + calendar.hours.reduce((sum, [from, until]) => sum + Math.max(0, Math.min(clock, until) - from), 0)
  )
}

/** The day on which the n-th working day (from 0) falls: binary search over the prefix sums. */
function dayOf(calendar: Calendar, nth: number): number {
  let low = 0
  let high = calendar.before.length - 1
  if (nth >= calendar.before[high]! || nth < 0) throw new RangeError('the limit reaches beyond the calendar')
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (calendar.before[middle]! <= nth) low = middle
    else high = middle
  }
  return calendar.firstDay + low
}

/** The moment at which so much working time has passed: the earliest one (a closing time) or the latest (the next opening). */
function momentOf(calendar: Calendar, worked: number, end: 'earliest' | 'latest'): number {
  const length = dayLength(calendar.hours)
  const closes = end === 'earliest' && worked > 0 && worked % length === 0
  const nth = closes ? worked / length - 1 : Math.floor(worked / length)
  let rest = worked - nth * length
  const day = dayOf(calendar, nth)
  for (const [from, until] of calendar.hours) {
    const span = until - from
    if (rest < span || (rest === span && end === 'earliest')) return day * dayMs + from + rest
    rest -= span
  }
  throw new RangeError('more time than a working day has')
}

/** What a limit comes to, in milliseconds of its own kind of time; a working day is the hours it has. */
function lengthOf(limit: Limit, hours: Hours): { milliseconds: number; working: boolean } {
  switch (limit.unit) {
    case 'working_hours':
      return { milliseconds: limit.amount * hourMs, working: true }
    case 'working_days':
      return { milliseconds: limit.amount * dayLength(hours), working: true }
    case 'calendar_hours':
      return { milliseconds: limit.amount * hourMs, working: false }
    case 'calendar_days':
      return { milliseconds: limit.amount * dayMs, working: false }
  }
}

function add(calendar: Calendar, start: number, milliseconds: number, working: boolean): number {
  return working
    ? momentOf(calendar, workedUntil(calendar, start) + milliseconds, 'earliest')
    : start + milliseconds
}

/** The notice of a year has taken days from 29 December of the year before on (those of 2007, 2012, 2019). */
const reachesBack = 3 * dayMs

/** DL6 Whether a stretch of time leans on holidays that are not published yet. */
function isPresumed(calendar: Calendar, start: number, end: number, working: boolean): boolean {
  if (!working) return false
  const last = new Date(end + reachesBack).getUTCFullYear()
  for (let year = new Date(start).getUTCFullYear(); year <= last; year += 1)
    if (calendar.presumed.has(year)) return true
  return false
}

/**
 * DL1 A limit is counted from the moment itself: two working days from Tuesday 10:20 end on Thursday 10:20, and what
 * comes in after closing counts from the next opening. That is never later than the end by the Civil Code (arts. 200 to
 * 204: the first day is not counted, the last ends at closing or 24:00) or the Licensing Law (art. 82: holidays are not counted).
 */
export function addLimit(
  start: string,
  limit: Limit,
  calendar: Calendar,
): { due: string; presumed: boolean } {
  const from = local(start)
  const { milliseconds, working } = lengthOf(limit, calendar.hours)
  const due = add(calendar, from, milliseconds, working)
  return { due: iso(due), presumed: isPresumed(calendar, from, due, working) }
}

/** DL2 The latest moment from which the limit still ends at `due`. */
export function subtractLimit(due: string, limit: Limit, calendar: Calendar): string {
  const { milliseconds, working } = lengthOf(limit, calendar.hours)
  return iso(
    working
      ? momentOf(calendar, workedUntil(calendar, local(due)) - milliseconds, 'latest')
      : local(due) - milliseconds,
  )
}

/** DL3 Working time between two moments, in milliseconds; negative when the second comes first. */
export function workedBetween(start: string, end: string, calendar: Calendar): number {
  return workedUntil(calendar, local(end)) - workedUntil(calendar, local(start))
}

/** DL4 Half, four fifths and the end of a limit, each in the limit's own time (RQ5). */
export function termOf(start: string, limit: Limit, calendar: Calendar): Term {
  const from = local(start)
  const { milliseconds, working } = lengthOf(limit, calendar.hours)
  const after = (percent: number) => add(calendar, from, Math.round((milliseconds * percent) / 100), working)
  const due = after(100)
  return {
    startsAt: iso(from),
    halfAt: iso(after(50)),
    mostAt: iso(after(80)),
    dueAt: iso(due),
    presumed: isPresumed(calendar, from, due, working),
    working,
  }
}

/** The term of whichever limit ends first, where several bind. Shares are those of that limit. */
export function earliestTerm(start: string, limits: readonly Limit[], calendar: Calendar): Term {
  const [first, ...others] = limits.map((limit) => termOf(start, limit, calendar))
  if (!first) throw new RangeError('no limit')
  return others.reduce((earliest, term) => (term.dueAt < earliest.dueAt ? term : earliest), first)
}

/** DL5 A suspension moves a time still to come by exactly the time suspended, counted as the limit is; also a share of it. */
export function resume(
  due: string,
  suspended: { from: string; until: string },
  limit: Limit,
  calendar: Calendar,
): string {
  if (Date.parse(due) <= Date.parse(suspended.from)) return due
  const { working } = lengthOf(limit, calendar.hours)
  const lost = working
    ? workedBetween(suspended.from, suspended.until, calendar)
    : local(suspended.until) - local(suspended.from)
  return iso(add(calendar, local(due), lost, working))
}

const isWorking = (term: Term) => term.working ?? true

/** DL5 A term of which the clock stood still: each time of it that was still to come, by exactly the time suspended. */
export function movedTerm(term: Term, pause: { from: string; until: string }, calendar: Calendar): Term {
  const kind: Limit = { unit: isWorking(term) ? 'working_hours' : 'calendar_hours', amount: 1 }
  const move = (at: string) => resume(at, pause, kind, calendar)
  const dueAt = move(term.dueAt)
  const presumed = term.presumed || isPresumed(calendar, local(term.startsAt), local(dueAt), isWorking(term))
  return { ...term, halfAt: move(term.halfAt), mostAt: move(term.mostAt), dueAt, presumed }
}

/**
 * DL8 A term that ends later: half and four fifths move by half and four fifths of what was added, so that they stay
 * shares of the whole, pauses in it left out.
 */
export function extendedTerm(term: Term, dueAt: string, calendar: Calendar): Term {
  const working = isWorking(term)
  const added = working ? workedBetween(term.dueAt, dueAt, calendar) : local(dueAt) - local(term.dueAt)
  const move = (at: string, percent: number) =>
    iso(add(calendar, local(at), Math.round((added * percent) / 100), working))
  const presumed = term.presumed || isPresumed(calendar, local(term.startsAt), local(dueAt), working)
  return { ...term, halfAt: move(term.halfAt, 50), mostAt: move(term.mostAt, 80), dueAt, presumed }
}

/** DL10 A term between two moments, counted in working time; where none lies between them, its shares end with it. */
export function termBetween(start: string, dueAt: string, calendar: Calendar): Term {
  const from = local(start)
  const until = Math.max(from, local(dueAt))
  const length = workedUntil(calendar, until) - workedUntil(calendar, from)
  const after = (percent: number) =>
    length > 0 ? add(calendar, from, Math.round((length * percent) / 100), true) : local(dueAt)
  return {
    startsAt: iso(from),
    halfAt: iso(after(50)),
    mostAt: iso(after(80)),
    dueAt: iso(local(dueAt)),
    presumed: isPresumed(calendar, from, until, true),
    working: true,
  }
}

/** Whether the desks are open at a moment. */
export function isOpen(at: string, calendar: Calendar): boolean {
  const now = local(at)
  const day = Math.floor(now / dayMs)
  const index = covered(calendar, day)
  const clock = now - day * dayMs
  return (
    calendar.before[index + 1] !== calendar.before[index] &&
    calendar.hours.some(([from, until]) => clock >= from && clock < until)
  )
}

const clockFace = (milliseconds: number) => new Date(milliseconds).toISOString().slice(11, 16)

/** Days since 1970-01-01 of a date, and back. */
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)
const daysOfYear = (year: number) =>
  Array.from(
    { length: dayOfDate(`${year + 1}-01-01`) - dayOfDate(`${year}-01-01`) },
    (_, index) => dayOfDate(`${year}-01-01`) + index,
  )

/** DL9 The end of office hours on a civil day, whether it is worked or not. */
export function closingOf(date: string, { hours }: Calendar): string {
  return iso(dayOfDate(date) * dayMs + (hours.at(-1)?.[1] ?? dayMs))
}

/** Whether a day is worked, by its number. */
export function isWorked(calendar: Calendar, day: number): boolean {
  const index = covered(calendar, day)
  return calendar.before[index + 1] !== calendar.before[index]
}

/** A year as people check it: weekdays that are off, weekend days that are worked. */
export function describeYear(calendar: Calendar, year: number): Omit<CalendarYear, 'ahead' | 'version'> {
  const unusual = daysOfYear(year).filter((day) => isWorked(calendar, day) === isWeekend(day))
  return {
    year,
    presumed: calendar.presumed.has(year),
    hours: calendar.hours.map(([from, until]) => ({ from: clockFace(from), until: clockFace(until) })),
    off: unusual.filter((day) => !isWeekend(day)).map(dateOf),
    working: unusual.filter(isWeekend).map(dateOf),
  }
}

/**
 * DL7 The days on which a year as told differs from the country's calendar; what a district keeps of it.
 *
 * @param country the calendar without any district's exceptions.
 * @returns the days with whether they are worked, or the first date that has no place in the lists.
 */
export function exceptionsOf(
  year: number,
  told: Pick<CalendarChange, 'off' | 'working'>,
  country: Calendar,
): { days: Map<string, boolean> } | { misplaced: string } {
  const own = (date: string) => date.startsWith(`${year}-`)
  const misplaced =
    told.off.find((date) => !own(date) || isWeekend(dayOfDate(date))) ??
    told.working.find((date) => !own(date) || !isWeekend(dayOfDate(date)))
  if (misplaced !== undefined) return { misplaced }
  const unusual = new Set([...told.off, ...told.working])
  const days = new Map<string, boolean>()
  for (const day of daysOfYear(year)) {
    const works = unusual.has(dateOf(day)) === isWeekend(day)
    if (works !== isWorked(country, day)) days.set(dateOf(day), works)
  }
  return { days }
}
