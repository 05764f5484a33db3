import { states } from './lifecycle.ts'
import type { AlarmShare } from './lists.ts'
import { isOpenPart } from './parts.ts'
import type { Standing } from './standing.ts'
import { demandEnds } from './supervision.ts'

/** What the clock waits for next. Pure: every time was worked out when its clock started, none is worked out here. */

/**
 * `clock` is the request's own, `rung` the next level of the ladder once it is overdue, `part` and `demand` are the
 * times of parts and of what was demanded, `of` says which.
 */
export type Alarm = { at: string; share: AlarmShare } & (
  | { what: 'clock' | 'rung' }
  | { what: 'part' | 'demand'; of: string }
)

const shares = ['half', 'most', 'due'] as const
const times = { half: 'halfAt', most: 'mostAt', due: 'dueAt' } as const

/**
 * RQ5: the earliest of all that is still to be told, each exactly once; a suspension rings once, at its end, and nothing
 * else meanwhile. Null when nothing is waited for. One moment for a request, however many clocks it has: so one index
 * finds whatever is due.
 */
export function nextAlarm(standing: Standing): Alarm | null {
  const { term, told, suspended, rung } = standing
  const { clock } = states[standing.state]
  if (!term || !clock) return null
  if (clock === 'pause') return suspended && { what: 'clock', at: suspended.until, share: 'due' }
  if (clock === 'word') return told.includes('due') ? null : { what: 'clock', at: term.dueAt, share: 'due' }
  const alarms: Alarm[] = []
  const share = shares.find((one) => !told.includes(one))
  if (share) alarms.push({ what: 'clock', at: term[times[share]], share })
  else if (rung) alarms.push({ what: 'rung', at: rung.at, share: 'due' })
  for (const part of standing.parts) {
    const next = isOpenPart(part) ? shares.find((one) => !part.told.includes(one)) : undefined
    if (next) alarms.push({ what: 'part', of: part.id, at: part.term[times[next]], share: next })
  }
  for (const one of standing.supervisions) {
    const at = demandEnds(one)
    if (at) alarms.push({ what: 'demand', of: one.id, at, share: 'due' })
  }
  return alarms.reduce<Alarm | null>((first, one) => (first && first.at <= one.at ? first : one), null)
}
