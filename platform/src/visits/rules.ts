import { addDays } from './lifecycle.ts'
import type { TaskEntryKind } from './lifecycle.ts'
import type { Outcome, Visitor } from './lists.ts'

/** Which tasks a visit answers, which day it counts for, and how a door stands. Pure. */

/** A phone comes back at the latest so many days after it went; by then it has wiped itself (boundary 9). */
const mostDaysBack = 14
const shanghai = 8 * 3_600_000

/** The civil day of a moment. */
function dayOf(at: string): string {
  return new Date(Date.parse(at) + shanghai).toISOString().slice(0, 10)
}

/**
 * The day a visit counts for: that of the device's clock where that can be true, else the nearest that can. The server's
 * clock decides order; the device's decides the window, because work done in a stairwell in time is in time.
 */
export function countedDay(deviceAt: string, now: string): string {
  const day = dayOf(deviceAt)
  const today = dayOf(now)
  const earliest = addDays(today, -mostDaysBack)
  return day > today ? today : day < earliest ? earliest : day
}

/** VR2: whether a visit by one of these answers a task for the other. A leader's round is no substitute for one's own liaison, nor the reverse. */
const answering: Record<Visitor, readonly Visitor[]> = {
  liaison: ['liaison', 'backup'],
  backup: ['backup'],
  leader: ['leader'],
  grid: ['grid'],
}
export function answers(task: Visitor, visit: Visitor): boolean {
  return answering[task].includes(visit)
}

/** What a visit enters into each task that it answers. */
export const entryOf = {
  met: 'met',
  not_at_home: 'not_at_home',
  declined: 'declined',
  moved: 'moved',
  walked: 'walked',
} as const satisfies Record<Outcome, TaskEntryKind>

/** A door as it is drawn: the last visit and what is due. Overdue beats due beats seen. */
export type Due = 'overdue' | 'due' | 'seen' | 'unknown'
/** Amber from so many days before it is due. */
export const soonDays = 3
/** So long after somebody was met a door counts as seen. */
const seenDays = 92

export function dueOf(
  given: { dueOn: string | null; promisedOn: string | null; missedOn: string | null; metOn: string | null },
  today: string,
): Due {
  const { dueOn, promisedOn, missedOn, metOn } = given
  const next = [dueOn, promisedOn].filter((day) => day !== null).toSorted()[0]
  if (next !== undefined && next < today) return 'overdue'
  if (missedOn !== null && (metOn === null || metOn < missedOn)) return 'overdue'
  if (next !== undefined && next <= addDays(today, soonDays)) return 'due'
  return metOn !== null && metOn >= addDays(today, -seenDays) ? 'seen' : 'unknown'
}
