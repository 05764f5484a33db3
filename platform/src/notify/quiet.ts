/** When a message may leave: quiet hours, and one message a day instead of many (NT15, NT16). Pure. */

/** Minutes of the wall clock's day; from and until the same: none. Over midnight when `from` is the later one. */
export type Quiet = { from: number; until: number }

/** Where a district has set none: ten in the evening to seven in the morning. */
export const usualQuiet: Quiet = { from: 22 * 60, until: 7 * 60 }

export type Wanted = {
  /** The district's own; null: the usual ones. */
  district: Quiet | null
  /** The person's own; null: those of the district. */
  own: Quiet | null
  /** Minute of the day's one message; null: each by itself. */
  digestAt: number | null
}

const day = 24 * 60
/** The whole country keeps one time, without summer time, since 1992. */
const zone = 'Asia/Shanghai'

const minuteAt = (at: Temporal.ZonedDateTime): number => at.hour * 60 + at.minute

function isQuiet({ from, until }: Quiet, minute: number): boolean {
  if (from === until) return false
  return from < until ? minute >= from && minute < until : minute >= from || minute < until
}

/** The next moment, this one included, at which the clock shows that minute. */
function nextAt(at: Temporal.ZonedDateTime, minute: number): Temporal.ZonedDateTime {
  const that = at.with({
    hour: Math.floor(minute / 60),
    minute: minute % 60,
    second: 0,
    millisecond: 0,
    microsecond: 0,
    nanosecond: 0,
  })
  return Temporal.ZonedDateTime.compare(that, at) < 0 ? that.add({ days: 1 }) : that
}

/**
 * The end of the quiet hours that hold at that moment, of all of them together; the moment itself when none does. Where
 * several leave no minute of the day, the first alone counts: nothing is held for ever.
 */
function afterQuiet(at: Temporal.ZonedDateTime, all: readonly Quiet[]): Temporal.ZonedDateTime {
  let next = at
  for (let passed = 0; passed <= all.length; passed += 1) {
    const holding = all.find((one) => isQuiet(one, minuteAt(next)))
    if (!holding) return next
    next = nextAt(next, holding.until)
  }
  return afterQuiet(at, all.slice(0, 1))
}

/**
 * When it leaves, and whether together with the others of the day. `patient` (a reminder) keeps the quiet hours of the
 * district beside the person's own, also of an urgent matter; whatever else is urgent leaves at once. `alone` (about a
 * deadline) keeps quiet hours but does not wait for the day's one message: it would come too late.
 */
export function leaving(
  at: string,
  { district, own, digestAt }: Wanted,
  { urgent, patient, alone }: { urgent: boolean; patient: boolean; alone: boolean },
): { notBefore: string | null; digest: boolean } {
  if (urgent && !patient) return { notBefore: null, digest: false }
  const usual = district ?? usualQuiet
  const quiet = patient ? [own ?? usual, usual] : [own ?? usual]
  const start = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const digest = digestAt !== null && !urgent && !alone
  const then = afterQuiet(digest ? nextAt(start, digestAt % day) : start, quiet)
  return {
    notBefore: Temporal.ZonedDateTime.compare(then, start) > 0 ? then.toInstant().toString() : null,
    digest,
  }
}

/** Quiet hours out of two columns. */
export function quietOf(from: number | null, until: number | null): Quiet | null {
  return from === null || until === null ? null : { from, until }
}

/** `07:00` for a minute of the day. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** The minute of the day for `07:00`. */
export function minuteOf(clock: string | null | undefined): number | null {
  const [hour, minute] = clock?.split(':').map(Number) ?? []
  return hour === undefined || minute === undefined ? null : hour * 60 + minute
}

export function quietHours({ from, until }: Quiet): { from: string; until: string } {
  return { from: clockOf(from), until: clockOf(until) }
}

export function shownQuiet(quiet: Quiet | null): { from: string; until: string } | null {
  return quiet && quietHours(quiet)
}
