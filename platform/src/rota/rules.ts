import { dateOf, dayMs, dayOfDate, isWorked } from '#deadlines/rules.ts'
import type { Calendar } from '#deadlines/rules.ts'

/** Who is on duty when: lines, swaps and absences made into turns, and the hours in which nobody is (RT1 to RT6). Pure. */

export const dayKinds = ['every', 'working', 'off'] as const
export type DayKind = (typeof dayKinds)[number]

/** One line of a rota. `validUntil` is the first day without it; null while it stays. */
export type Line = {
  id: string
  name: string
  /** 1 Monday to 7 Sunday. */
  weekdays: readonly number[]
  days: DayKind
  fromMinute: number
  minutes: number
  person: string
  backup: string | null
  validFrom: string
  validUntil: string | null
  /** RT3: on its days the other lines are suspended. */
  instead: boolean
}

/** A turn given to somebody else; of several for one turn the last in the list counts. */
export type Swap = { line: string; on: string; person: string; backup: string | null }
/** Days on which somebody is away, half-open, and who stands in. */
export type Away = { person: string; backup: string; from: string; until: string | null }

export type Turn = {
  line: string
  name: string
  /** The day it begins on, and to which it belongs as a whole. */
  on: string
  startsAt: string
  endsAt: string
  /** A and B as the rota or the last swap has them. */
  person: string
  backup: string | null
  swapped: boolean
  /** Who is there; null where everybody named is away. */
  who: string | null
  /** Whom that person stands in for; null where it is A. */
  standsInFor: string | null
}

export type Span = { from: string; until: string }

const minuteMs = 60_000
const shanghai = 8 * 3_600_000

/** 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (on: string): number => ((dayOfDate(on) + 3) % 7) + 1

/** The Monday of the week a day lies in. */
export const mondayOf = (on: string): string => dateOf(dayOfDate(on) - weekdayOf(on) + 1)

export const dayAfter = (on: string, days = 1): string => dateOf(dayOfDate(on) + days)

const instantOf = (day: number, minute: number) =>
  new Date(day * dayMs - shanghai + minute * minuteMs).toISOString()

/** RT1, RT2: whether a line has a turn that begins on this day. */
function falls(line: Line, on: string, calendar: Calendar): boolean {
  if (on < line.validFrom || (line.validUntil !== null && on >= line.validUntil)) return false
  if (!line.weekdays.includes(weekdayOf(on))) return false
  return line.days === 'every' || isWorked(calendar, dayOfDate(on)) === (line.days === 'working')
}

/** The lines that have a turn on this day: where one stands instead of the others, only such ones (RT3). */
export function linesOn(lines: readonly Line[], on: string, calendar: Calendar): Line[] {
  const all = lines.filter((line) => falls(line, on, calendar))
  const instead = all.filter((line) => line.instead)
  return instead.length > 0 ? instead : all
}

/** RT5: A; where A is away B; where both are whoever A named for these days, then whom B named. */
export function standIn(
  { person, backup }: { person: string; backup: string | null },
  on: string,
  away: readonly Away[],
): { who: string | null; standsInFor: string | null } {
  const absence = (one: string) =>
    away.find(({ person: gone, from, until }) => gone === one && from <= on && (until === null || until > on))
  if (!absence(person)) return { who: person, standsInFor: null }
  const named = [backup, absence(person)?.backup ?? null, backup && (absence(backup)?.backup ?? null)]
  const who = named.find((one) => one !== null && one !== '' && !absence(one)) ?? null
  return { who, standsInFor: who === null ? null : person }
}

/** The turns that begin on the days from `from` on until before `until`, in order. */
export function turnsOf(
  { lines, swaps, away }: { lines: readonly Line[]; swaps: readonly Swap[]; away: readonly Away[] },
  { from, until }: Span,
  calendar: Calendar,
): Turn[] {
  const turns: Turn[] = []
  for (let on = from; on < until; on = dayAfter(on)) {
    for (const line of linesOn(lines, on, calendar)) {
      const swap = swaps.findLast((one) => one.line === line.id && one.on === on)
      const { person, backup } = swap ?? line
      const day = dayOfDate(on)
      turns.push({
        line: line.id,
        name: line.name,
        on,
        startsAt: instantOf(day, line.fromMinute),
        endsAt: instantOf(day, line.fromMinute + line.minutes),
        person,
        backup,
        swapped: swap !== undefined,
        ...standIn({ person, backup }, on, away),
      })
    }
  }
  return turns.toSorted(inOrder)
}

const inOrder = (a: Turn, b: Turn) =>
  a.startsAt < b.startsAt || (a.startsAt === b.startsAt && a.line < b.line) ? -1 : 1

/** When the desk itself answers: from the day's first opening to its last closing, on working days (PE6). */
export function deskHours({ from, until }: Span, calendar: Calendar): Span[] {
  const opens = (calendar.hours[0]?.[0] ?? 0) / minuteMs
  const closes = (calendar.hours.at(-1)?.[1] ?? 0) / minuteMs
  const spans: Span[] = []
  for (let day = dayOfDate(from); day < dayOfDate(until); day += 1)
    if (isWorked(calendar, day)) spans.push({ from: instantOf(day, opens), until: instantOf(day, closes) })
  return spans
}

/** RT6: the stretches of the days `from` until before `until` in which neither anybody of the rota is there nor the desk is open. */
export function holesOf(turns: readonly Turn[], days: Span, calendar: Calendar): Span[] {
  const begins = instantOf(dayOfDate(days.from), 0)
  const ends = instantOf(dayOfDate(days.until), 0)
  const covered = [
    ...turns.flatMap(({ who, startsAt, endsAt }) => (who ? [{ from: startsAt, until: endsAt }] : [])),
    ...deskHours(days, calendar),
  ].toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const holes: Span[] = []
  let at = begins
  for (const { from, until } of covered) {
    if (until <= at) continue
    if (from >= ends) break
    if (from > at) holes.push({ from: at, until: from })
    at = until
  }
  if (at < ends) holes.push({ from: at, until: ends })
  return holes
}

/** Minutes from one clock time to the next such, a night being one that ends on the day after; the same twice is a whole day. */
export function minutesBetween(from: string, until: string): { fromMinute: number; minutes: number } {
  const minute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
  const span = minute(until) - minute(from)
  return { fromMinute: minute(from), minutes: span > 0 ? span : span + 1440 }
}

/** A clock time, `HH:MM`. */
export function clockOf(minute: number): string {
  const within = minute % 1440
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}
