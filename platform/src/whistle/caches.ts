import { dueOf, isLate, nextAlarm } from './alarms.ts'
import { isAwaited, turnOf } from './standing.ts'
import type { Standing } from './standing.ts'

/** What stands in columns and rows beside the fold, worked out from it alone; the demo loader writes the same. */

/** The columns that lists and jobs search by, out of the standing. The demo loader writes the same. */
export function cacheOf(standing: Standing, requestsDue: string | null) {
  const { state, overAt, doneAt, judgedAt, parts } = standing
  return {
    state,
    urgent: standing.urgent,
    turn: turnOf(standing),
    dueAt: overAt ? null : (dueOf(standing) ?? requestsDue ?? standing.formedAt),
    nextAlarmAt: nextAlarm(standing)?.at ?? null,
    late: isLate(standing),
    blownAt: parts.length > 0 ? judgedAt : null,
    doneAt,
    overAt,
  }
}

/** Rows of `whistle_part`, out of the standing. */
export function partRows(whistle: string, standing: Standing) {
  return standing.parts.map((part) => ({
    whistle,
    organisation: part.organisation,
    role: part.role,
    awaited: isAwaited(standing, part),
    blownAt: part.blownAt,
    dueAt: part.term.dueAt,
    reportedAt: part.reported?.at ?? null,
    person: part.reported?.person ?? null,
    releasedAt: part.releasedAt,
    doneAt: part.releasedAt ? null : standing.doneAt,
    rating: part.rating,
  }))
}
