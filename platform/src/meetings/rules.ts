import type { AreaKind } from '#org/contract.ts'
import type { Level } from '#requests/lifecycle-rule.ts'
import type { Reason } from './contract.ts'
import { agendaReasons } from './lists.ts'
import type { AgendaReason, Fate, MeetingLevel, MeetingState } from './lists.ts'

/** What belongs on an agenda and why, what may be done with a meeting, and what became of a decision. Pure. */

/** MT1: the level of a joint meeting is that of its area; below the community it is the meeting of a compound or grid. */
export function levelOf(kind: AreaKind): MeetingLevel | null {
  if (kind === 'district' || kind === 'subdistrict' || kind === 'community') return kind
  return kind === 'compound' || kind === 'grid' || kind === 'village_group' ? 'grid' : null
}

/** What is known of a request that may be stuck. */
export type Stuck = {
  id: string
  level: Level
  /** Whether its limit has passed, and when. */
  overdue: boolean
  dueAt: string | null
  returns: number
  /** Since when a whistle, a report-in or a supervision waits for an answer that is late. */
  whistleLateSince: string | null
  unansweredSince: string | null
  /** No desk stands above the one that answers for it. */
  isTop: boolean
}

/** What the meetings before left of a request. */
export type LeftOver = { request: string; kind: 'decision_late' | 'put_off'; since: string }

/**
 * MT2: why a request belongs on the agenda of a meeting; nothing when it does not. A request is proposed to one level,
 * that of the desk that answers for it: the ladder brings it to the others.
 *
 * @param level of the nearest desk over the meeting's area.
 */
export function reasonsFor(stuck: Stuck, level: Level, left: readonly LeftOver[], now: string): Reason[] {
  const own = left.filter(({ request }) => request === stuck.id).map(({ kind, since }) => reason(kind, since))
  if (stuck.level !== level) return own
  const late = stuck.overdue || (stuck.dueAt !== null && stuck.dueAt <= now)
  return [
    ...own,
    ...(late ? [reason('overdue', stuck.dueAt)] : []),
    ...(stuck.returns >= 2 ? [{ ...reason('returned_twice', null), count: stuck.returns }] : []),
    ...(stuck.whistleLateSince ? [reason('whistle_late', stuck.whistleLateSince)] : []),
    ...(stuck.unansweredSince ? [reason('unanswered_supervision', stuck.unansweredSince)] : []),
    // Nobody is left to send it up to; that alone is no reason, together with another it is the strongest.
    ...(stuck.isTop && late ? [reason('top_of_ladder', null)] : []),
  ].toSorted((a, b) => weights[b.kind] - weights[a.kind] || rank(a.kind) - rank(b.kind))
}

const reason = (kind: AgendaReason, since: string | null): Reason => ({ kind, since, count: null })
const rank = (kind: AgendaReason) => agendaReasons.indexOf(kind)

/** What weighs how much on an agenda: what a meeting itself left undone comes first. */
const weights: Record<AgendaReason, number> = {
  decision_late: 8,
  put_off: 6,
  unanswered_supervision: 5,
  returned_twice: 4,
  whistle_late: 4,
  top_of_ladder: 2,
  overdue: 2,
}

export type Proposed = { stuck: Stuck; reasons: Reason[] }

/** MT2: the agenda that the rule proposes: whatever has a reason, the heaviest first, then what has waited longest. */
export function propose(
  candidates: readonly Stuck[],
  level: Level,
  left: readonly LeftOver[],
  now: string,
): Proposed[] {
  return candidates
    .map((stuck) => ({ stuck, reasons: reasonsFor(stuck, level, left, now) }))
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted(
      (a, b) =>
        weightOf(b.reasons) - weightOf(a.reasons) ||
        (a.stuck.dueAt ?? now).localeCompare(b.stuck.dueAt ?? now) ||
        a.stuck.id.localeCompare(b.stuck.id),
    )
}

export const weightOf = (reasons: readonly Reason[]) =>
  reasons.reduce((sum, { kind }) => sum + weights[kind], 0)

/** What may be done with a meeting in each state, by whoever keeps it. */
const steps = {
  preparing: ['change', 'call', 'cancel'],
  called: ['change', 'open', 'cancel'],
  open: ['change', 'attend', 'decide', 'close'],
  held: [],
  cancelled: [],
} as const satisfies Record<MeetingState, readonly string[]>

export type MeetingAbility = (typeof steps)[MeetingState][number]

/** MT4: what whoever keeps it may do now; nobody else may anything. */
export function abilitiesIn(state: MeetingState, keeps: boolean): MeetingAbility[] {
  return keeps ? [...steps[state]] : []
}

/** How a decision stands, as far as the meeting knows. */
export type Standing = {
  effect: 'entered' | 'kept' | 'put_off' | 'overtaken' | null
  dueAt: string | null
  endedAt: string | null
}

/** MT7: what became of it. A decision is over once the request is answered; only then does lateness no longer count. */
export function fateOf({ effect, dueAt, endedAt }: Standing, now: string): Fate {
  switch (effect) {
    case null:
      return 'open'
    case 'kept':
    case 'put_off':
      return effect
    case 'overtaken':
      return 'moved_on'
    case 'entered':
      if (endedAt !== null) return 'done'
      return dueAt !== null && dueAt <= now ? 'late' : 'running'
  }
}

/** MT5: a deadline lies ahead, and within half a year: a decision for later is a plan, not a task. */
export const farthestDays = 180
