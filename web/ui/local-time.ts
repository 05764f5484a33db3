/**
 * Times of day as people here say them. The zone is Asia/Shanghai, which has kept UTC+8 without summer time since 1991,
 * so a fixed offset is exact for every time the product shows; phones have no `Temporal` yet and a polyfill weighs more
 * than a page.
 */
const offset = 8 * 3600_000
const dayLength = 86_400_000

export type LocalTime = {
  year: number
  month: number
  day: number
  /** 1 Monday to 7 Sunday */
  weekday: number
  hour: number
  minute: number
  /** days since 1 January 1970, local */
  serial: number
}

/** Breaks an ISO time into its local parts. */
export function localTime(iso: string): LocalTime {
  const shifted = Date.parse(iso) + offset
  const date = new Date(shifted)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() || 7,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    serial: Math.floor(shifted / dayLength),
  }
}

/** `18:20`, on the 24-hour clock. */
export function clockTime(time: LocalTime): string {
  return `${time.hour}:${String(time.minute).padStart(2, '0')}`
}

/** How a day is called from where one stands; the words are in the catalogue under `day.*`. */
export type DayPhrase =
  | { kind: 'today' | 'tomorrow' | 'yesterday' }
  | { kind: 'this_week' | 'next_week' | 'last_week'; weekday: number }
  | { kind: 'date'; month: number; day: number; weekday: number }
  | { kind: 'date_year'; year: number; month: number; day: number }

/** Calls a day by the name that leaves nothing to work out: today, Friday, next Friday, 28 November Saturday. */
export function dayPhrase(iso: string, nowIso: string): DayPhrase {
  const then = localTime(iso)
  const now = localTime(nowIso)
  const away = then.serial - now.serial
  if (away === 0) return { kind: 'today' }
  if (away === 1) return { kind: 'tomorrow' }
  if (away === -1) return { kind: 'yesterday' }
  const weeks = Math.round((then.serial - then.weekday - (now.serial - now.weekday)) / 7)
  if (weeks === 0) return { kind: 'this_week', weekday: then.weekday }
  if (weeks === 1) return { kind: 'next_week', weekday: then.weekday }
  if (weeks === -1) return { kind: 'last_week', weekday: then.weekday }
  if (then.year === now.year) return { kind: 'date', month: then.month, day: then.day, weekday: then.weekday }
  return { kind: 'date_year', year: then.year, month: then.month, day: then.day }
}

export type TimeLeft = {
  /** soon: due today; late: past due */
  tone: 'calm' | 'soon' | 'late'
  unit: 'minutes' | 'hours' | 'days'
  /** whole units left, or past due; at least 1 */
  count: number
  day: DayPhrase
  /** `18:20` */
  clock: string
}

/**
 * How long is left, then the date: never a date to subtract, never a percentage. Within a day in hours, else in
 * calendar days as people count them (on a Friday, next Friday is 7 days away at any hour).
 */
export function timeLeft(dueIso: string, nowIso: string): TimeLeft {
  const ms = Date.parse(dueIso) - Date.parse(nowIso)
  const day = dayPhrase(dueIso, nowIso)
  const clock = clockTime(localTime(dueIso))
  const tone = ms < 0 ? 'late' : day.kind === 'today' ? 'soon' : 'calm'
  const size = Math.abs(ms)
  // What is left is rounded, what is past due is counted in full units: nothing is called later than it is.
  const whole = tone === 'late' ? Math.floor : Math.round
  if (size < 3570_000) return { tone, unit: 'minutes', count: Math.max(1, whole(size / 60_000)), day, clock }
  if (size < dayLength) return { tone, unit: 'hours', count: Math.max(1, whole(size / 3600_000)), day, clock }
  const days = Math.abs(localTime(dueIso).serial - localTime(nowIso).serial)
  return { tone, unit: 'days', count: Math.max(1, days), day, clock }
}
