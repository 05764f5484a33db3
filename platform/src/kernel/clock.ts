/** Where "now" comes from. Injected everywhere, so that a test can stand at any moment of the calendar. */
export type Clock = { now(): Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** Days, weeks and months are counted on the wall clock of the installation's country. */
const civilZone = 'Asia/Shanghai'

/** The day on the wall calendar at that moment, as `YYYY-MM-DD`. */
export function civilDay(now: Temporal.Instant): string {
  return now.toZonedDateTimeISO(civilZone).toPlainDate().toString()
}

/**
 * A clock that moves only when told.
 * @param start ISO instant such as `2026-11-21T08:30:00+08:00`
 */
export function manualClock(
  start: string,
): Clock & { set(at: string): void; advance(duration: Temporal.DurationLike): void } {
  let instant = Temporal.Instant.from(start)
  return {
    now: () => instant,
    set(at) {
      instant = Temporal.Instant.from(at)
    },
    advance(duration) {
      instant = instant.toZonedDateTimeISO(civilZone).add(duration).toInstant()
    },
  }
}
