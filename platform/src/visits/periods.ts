import { addDays } from './lifecycle.ts'

/** When a rule asks for a visit: its periods and their windows, as civil days. Pure. */

export const rhythms = ['weekly', 'half_monthly', 'monthly', 'quarterly', 'event'] as const
export type Rhythm = (typeof rhythms)[number]

export const events = [
  'holiday',
  'on_request',
  'serious_illness',
  'urgent_difficulty',
  'family_conflict',
  'moved_in',
] as const
export type RuleEvent = (typeof events)[number]

/** One window. `dueOn` is the last day in time; from `closesOn` on it is too late. `key` names the period for ever (VR3). */
export type Period = { key: string; opensOn: string; dueOn: string; closesOn: string }

type Timing = { rhythm: Rhythm; event: RuleEvent | null; days: number | null }

/** So many days a visit upon an event can still be made after it was due. */
export const graceDays = 30

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const dateOf = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10)
const pad = (number: number) => String(number).padStart(2, '0')

/** Monday of the week in which a day lies. 1 January 1970 was a Thursday. */
export function mondayOf(day: string): string {
  const number = dayNumber(day)
  return dateOf(number - ((number + 3) % 7))
}

/** The week's number by ISO 8601: that of its Thursday. */
export function weekKey(monday: string): string {
  const thursday = addDays(monday, 3)
  const first = dayNumber(`${thursday.slice(0, 4)}-01-01`)
  return `${thursday.slice(0, 4)}-W${pad(Math.floor((dayNumber(thursday) - first) / 7) + 1)}`
}

const nextMonth = (year: number, month: number) =>
  month === 12 ? `${year + 1}-01-01` : `${year}-${pad(month + 1)}-01`

/** The span of the rhythm in which a day lies: its name, first day, and first day after it. */
function spanAt(rhythm: Exclude<Rhythm, 'event'>, day: string): { key: string; from: string; until: string } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  switch (rhythm) {
    case 'weekly': {
      const from = mondayOf(day)
      return { key: weekKey(from), from, until: addDays(from, 7) }
    }
    case 'half_monthly': {
      const first = date <= 15
      const begins = `${year}-${pad(month)}-`
      return first
        ? { key: `${begins}a`, from: `${begins}01`, until: `${begins}16` }
        : { key: `${begins}b`, from: `${begins}16`, until: nextMonth(year, month) }
    }
    case 'monthly':
      return {
        key: `${year}-${pad(month)}`,
        from: `${year}-${pad(month)}-01`,
        until: nextMonth(year, month),
      }
    case 'quarterly': {
      const quarter = Math.ceil(month / 3)
      return {
        key: `${year}-Q${quarter}`,
        from: `${year}-${pad(quarter * 3 - 2)}-01`,
        until: nextMonth(year, quarter * 3),
      }
    }
  }
}

/** First days of each run of holidays among days off. */
export function holidayStarts(holidays: readonly string[]): string[] {
  const known = new Set(holidays)
  return [...known].filter((day) => !known.has(addDays(day, -1))).toSorted()
}

/**
 * Periods of a rule whose window is open on some day from `from` up to but not including `until`. Events that the register
 * or somebody tells of are not among them: see `eventPeriod`.
 *
 * @param holidays statutory holidays, by date.
 */
export function periodsOf(
  timing: Timing,
  from: string,
  until: string,
  holidays: readonly string[] = [],
): Period[] {
  if (timing.rhythm === 'event') {
    if (timing.event !== 'holiday') return []
    // Before the holiday or on its first day; nobody is called upon in the middle of a family dinner.
    return holidayStarts(holidays)
      .map((first) => ({
        key: `h${first}`,
        opensOn: addDays(first, -(timing.days ?? 7)),
        dueOn: first,
        closesOn: addDays(first, 1),
      }))
      .filter(({ opensOn, closesOn }) => opensOn < until && closesOn > from)
  }
  const found: Period[] = []
  for (let day = from; day < until;) {
    const span = spanAt(timing.rhythm, day)
    const last = addDays(span.until, -1)
    const due = timing.days === null ? last : addDays(span.from, timing.days - 1)
    found.push({ key: span.key, opensOn: span.from, dueOn: due < last ? due : last, closesOn: span.until })
    day = span.until
  }
  return found
}

/** The window that opens with an event. */
export function eventWindow(days: number, onDay: string): Omit<Period, 'key'> {
  const dueOn = addDays(onDay, days)
  return { opensOn: onDay, dueOn, closesOn: addDays(dueOn, graceDays) }
}
