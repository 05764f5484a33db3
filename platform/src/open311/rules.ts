import { entries, states } from '#requests/lifecycle.ts'
import type { EntryKind } from '#requests/lifecycle.ts'
import type { UpdateStatus } from './contract.ts'

/** What Open311 asks that has nothing to do with tables: windows of time, what a state is called there. Pure. */

/** OP3: longest window of one question, and the window when none is given. */
const mostDays = 90
const day = 86_400_000
/** Nothing was said to this product before. */
const beginning = '2000-01-01T00:00:00.000Z'

/** The instant a W3C date and time stands for, or null. A `+` that lost its escape arrives as a space. */
export function instantOf(text: string): number | null {
  const time = Date.parse(text.replace(' ', '+').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(time) ? null : time
}

/** From `since` to before `until`. */
export type Window = { since: string; until: string }

const iso = (time: number) => new Date(time).toISOString()

/**
 * OP3: the window that a question means: the last 90 days when nothing is said, 90 days before an end or after a start
 * alone, and of a longer one its newest 90 days. Times are told by the second, so the last second is inside.
 *
 * @returns null when a date cannot be read.
 */
export function windowOf(
  { start_date: from, end_date: to }: { start_date?: string | undefined; end_date?: string | undefined },
  now: number,
  days: number = mostDays,
): Window | null {
  const first = from === undefined ? undefined : instantOf(from)
  const last = to === undefined ? undefined : instantOf(to)
  if (first === null || last === null) return null
  const clamp = (time: number) => Math.min(Math.max(time, Date.parse(beginning)), now + day)
  const end = last ?? (first === undefined ? now : Math.min(first + days * day, now))
  const start = Math.max(first ?? end - days * day, end - days * day)
  return { since: iso(clamp(start)), until: iso(clamp(end) + 1000) }
}

/** OP3: the window of a bulk download: all there is, unless told. */
export function bulkWindowOf(query: Parameters<typeof windowOf>[0], now: number): Window | null {
  return windowOf(
    { start_date: query.start_date ?? beginning, end_date: query.end_date ?? iso(now) },
    now,
    36_500,
  )
}

/** A time as the specification writes it: to the second, in UTC. */
export function dateTime(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}

/** OP7: kinds of entries that everybody may know of, with words of ours; what people wrote in them is not among it. */
export const publicKinds = [
  'accept',
  'decline',
  'hand_over',
  'assign',
  'take',
  'escalate',
  'suspend',
  'resume',
  'answer',
  'confirm',
  'reopen',
  'close',
  'appeal',
  'merge',
  'unmerge',
  'withdraw',
] as const satisfies readonly EntryKind[]
type PublicKind = (typeof publicKinds)[number]

/** OP7: what a state is called in updates. A declined request is not "fixed", whatever a client makes of "closed". */
const statusOfState: Readonly<Record<string, UpdateStatus>> = {
  submitted: 'open',
  accepted: 'investigating',
  assigned: 'investigating',
  in_progress: 'in_progress',
  whistled: 'investigating',
  suspended: 'in_progress',
  appealed: 'open',
  answered: 'in_progress',
  closed: 'closed',
  declined: 'not_councils_responsibility',
  merged: 'duplicate',
  withdrawn: 'cancelled',
}

/** The state after an update, in the words of the lifecycle. @param state of the request now, for what names none. */
export function stateAfter(kind: string, state: string): string {
  // Once merged it stands as the one it follows.
  if (kind === 'merge' || !isPublicKind(kind)) return state
  const { to }: { to: string } = entries[kind]
  return to in states ? to : state
}

/**
 * OP7: the status that goes with an update. "Fixed" takes the reporter's own word (boundary 18): silence or three calls
 * without an answer close a request and say no more than that.
 */
export function updateStatusOf(kind: string, state: string): UpdateStatus {
  if (kind === 'confirm') return 'fixed'
  const after = stateAfter(kind, state)
  return statusOfState[after] ?? (isFinal(after) ? 'closed' : 'open')
}

function isPublicKind(kind: string): kind is PublicKind {
  return (publicKinds as readonly string[]).includes(kind)
}

function isFinal(state: string): boolean {
  return Object.hasOwn(states, state) && states[state as keyof typeof states].final
}
