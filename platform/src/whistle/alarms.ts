import { states } from './lifecycle.ts'
import type { AlarmShare } from './lists.ts'
import { isAwaited } from './standing.ts'
import type { Entry, Standing } from './standing.ts'

/** Which clock of a whistle rings next, and what it enters (RQ5, RQ18). Pure: the job brings the time. */

export type Alarm = {
  at: string
  clock: 'judge' | 'report' | 'rate'
  share: AlarmShare
  /** The department whose clock it is. */
  organisation?: string
  /** When that clock began: the same alarm of the same run is the same entry. */
  since: string
}

const shares = ['half', 'most', 'due'] as const

function nextOf(
  term: { startsAt: string; halfAt: string; mostAt: string; dueAt: string },
  told: readonly AlarmShare[],
): { at: string; share: AlarmShare } | null {
  const times = { half: term.halfAt, most: term.mostAt, due: term.dueAt }
  const share = shares.find((one) => !told.includes(one))
  return share ? { at: times[share], share } : null
}

/** The next alarm of all its clocks; of several at the same moment the one of the first department called. */
export function nextAlarm(standing: Standing): Alarm | null {
  const { term, told, parts } = standing
  const { clock } = states[standing.state]
  const alarms: Alarm[] = []
  if (clock === 'judge' && term) {
    const next = nextOf(term, told)
    if (next) alarms.push({ ...next, clock, since: term.startsAt })
  }
  if (clock === 'rate' && term) alarms.push({ at: term.dueAt, share: 'due', clock, since: term.startsAt })
  for (const part of parts) {
    const next = isAwaited(standing, part) && nextOf(part.term, part.told)
    if (next)
      alarms.push({
        ...next,
        clock: 'report',
        organisation: part.organisation,
        since: part.term.startsAt,
      })
  }
  return alarms.reduce<Alarm | null>(
    (first, one) => (first === null || Date.parse(one.at) < Date.parse(first.at) ? one : first),
    null,
  )
}

/**
 * What the clock enters now; null when nothing is due.
 *
 * @param id follows from the alarm, so that ringing it again after a crash makes the same entry.
 */
export function ring(standing: Standing, now: string, id: (alarm: Alarm) => string): Entry | null {
  const alarm = nextAlarm(standing)
  if (!alarm || Date.parse(alarm.at) > Date.parse(now)) return null
  const base = { id: id(alarm), at: now, by: { kind: 'system' as const }, words: null }
  const { clock, share, organisation } = alarm
  if (clock === 'rate') return { ...base, kind: 'unrated', data: {} }
  const whose = organisation === undefined ? {} : { organisation }
  if (share !== 'due') return { ...base, kind: 'remind', data: { clock, share, ...whose } }
  return { ...base, kind: 'supervise', data: { clock, ...whose } }
}

/** When what is waited for now is due: the town's word, the first department that is awaited, or the rating. */
export function dueOf(standing: Standing): string | null {
  const { clock } = states[standing.state]
  if (clock === 'judge' || clock === 'rate') return standing.term?.dueAt ?? null
  if (clock !== 'report') return null
  const due = standing.parts.flatMap((part) => (isAwaited(standing, part) ? [part.term.dueAt] : []))
  return due.toSorted()[0] ?? null
}

/** Something that is waited for was told as late. */
export function isLate(standing: Standing): boolean {
  if (states[standing.state].clock === 'judge') return standing.told.includes('due')
  return standing.parts.some((part) => isAwaited(standing, part) && part.told.includes('due'))
}
