/**
 * What may happen to a visit task, by whom, and what it becomes. This is the only such table: the fold below, the console
 * and SPEC.md read it; a test walks every state with every entry.
 *
 * What the days say (`open`, and until then `scheduled`) is worked out from the days and never entered. Entries may arrive
 * in any order, because phones come back from stairwells days later: what a task becomes depends on which entries there
 * are, never on which came first.
 */

export type TaskState = 'scheduled' | 'open' | 'done' | 'missed' | 'excused' | 'cancelled'

export const states = {
  scheduled: { final: false },
  open: { final: false },
  done: { final: true },
  missed: { final: true },
  excused: { final: true },
  cancelled: { final: true },
} as const satisfies Record<TaskState, { final: boolean }>

/** Why a task ended. `not_reached` is an end of its own: three tries are no visit, and no fault either (VR5). */
export type EndedAs =
  | 'met'
  | 'met_late'
  | 'walked'
  | 'moved'
  | 'declined'
  | 'not_reached'
  | 'window'
  | 'excused'
  | 'cancelled'

/**
 * Who enters it: `visitor` by recording a visit, `clock` when a window ends or a duty moves, `desk` for a reason it gives.
 */
export type TaskParty = 'visitor' | 'clock' | 'desk'

export type TaskEntryRule = {
  /** States in which it changes something; in the others it is kept and changes nothing. */
  from: readonly TaskState[]
  to: TaskState | 'same'
  /** Of several entries that end a task the highest holds, whichever came first: somebody was met, whatever else happened. */
  rank: number
  by: readonly TaskParty[]
  /** A visit stands behind it. */
  visit: boolean
}

export const entries = {
  met: {
    from: ['open', 'missed', 'excused', 'cancelled'],
    to: 'done',
    rank: 7,
    by: ['visitor'],
    visit: true,
  },
  walked: {
    from: ['open', 'missed', 'excused', 'cancelled'],
    to: 'done',
    rank: 7,
    by: ['visitor'],
    visit: true,
  },
  moved: { from: ['open', 'missed', 'excused'], to: 'cancelled', rank: 6, by: ['visitor'], visit: true },
  cancel: {
    from: ['scheduled', 'open', 'missed', 'excused'],
    to: 'cancelled',
    rank: 5,
    by: ['desk'],
    visit: false,
  },
  excuse: { from: ['scheduled', 'open', 'missed'], to: 'excused', rank: 4, by: ['desk'], visit: false },
  declined: { from: ['open', 'missed'], to: 'excused', rank: 3, by: ['visitor'], visit: true },
  /** VR5: another try; the third day on which nobody was at home ends it as `not_reached`. */
  not_at_home: { from: ['open', 'missed'], to: 'same', rank: 2, by: ['visitor'], visit: true },
  miss: { from: ['open'], to: 'missed', rank: 1, by: ['clock'], visit: false },
  /** VR4: the duty moved, and the task with it. */
  hand_over: { from: ['scheduled', 'open'], to: 'same', rank: 0, by: ['clock', 'desk'], visit: false },
} as const satisfies Record<string, TaskEntryRule>

export type TaskEntryKind = keyof typeof entries

/** VR5: so many days without anybody at home are "could not be reached". */
const triesUntilNotReached = 3
/** VR5: days until another try. */
const daysUntilNextTry = 2

export type TaskDays = { opensOn: string; dueOn: string; closesOn: string }
export type TaskEntry = { kind: TaskEntryKind; onDay: string; visit: string | null }
export type TaskStanding = {
  state: TaskState
  tries: number
  nextTryOn: string | null
  endedAs: EndedAs | null
  endedOn: string | null
  visit: string | null
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

const endings: Record<TaskEntryKind, (entry: TaskEntry, days: TaskDays) => EndedAs> = {
  met: (entry, days) => (entry.onDay > days.dueOn ? 'met_late' : 'met'),
  walked: () => 'walked',
  moved: () => 'moved',
  cancel: () => 'cancelled',
  excuse: () => 'excused',
  declined: () => 'declined',
  not_at_home: () => 'not_reached',
  miss: () => 'window',
  hand_over: () => 'window',
}

const placeOf = ({ onDay, visit, kind }: TaskEntry) => `${onDay} ${visit ?? ''} ${kind}`

/** The days on which nobody was at home, each once and in order: three knocks in an hour are one try. */
function triesOf(list: readonly TaskEntry[]): TaskEntry[] {
  const byDay = new Map<string, TaskEntry>()
  for (const entry of list) {
    const known = byDay.get(entry.onDay)
    if (entry.kind === 'not_at_home' && (!known || (entry.visit ?? '') < (known.visit ?? '')))
      byDay.set(entry.onDay, entry)
  }
  return [...byDay.values()].toSorted((a, b) => (a.onDay < b.onDay ? -1 : 1))
}

/**
 * Which visits of a door count for a task: those in its window, and after a try without anybody at home those until the
 * day after the next one (VR5), so that a try on the last day is not in vain.
 */
export function countingFor<V extends { outcome: string; onDay: string }>(
  days: TaskDays,
  visits: readonly V[],
): V[] {
  let closesOn = days.closesOn
  const counted: V[] = []
  for (const visit of visits.toSorted((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : 0))) {
    if (visit.onDay < days.opensOn || visit.onDay >= closesOn) continue
    counted.push(visit)
    const again = addDays(visit.onDay, daysUntilNextTry + 1)
    if (visit.outcome === 'not_at_home' && again > closesOn) closesOn = again
  }
  return counted
}

/** A window may grow by so many days at most, one for each try but the last. */
export const mostGrowth = (triesUntilNotReached - 1) * (daysUntilNextTry + 1)

/**
 * How a task stands, from its days and everything entered about it. The order of the entries is of no consequence.
 *
 * @param today the civil day.
 */
export function standingOf(days: TaskDays, list: readonly TaskEntry[], today: string): TaskStanding {
  const tries = triesOf(list)
  const given = tries.length >= triesUntilNotReached
  const ending = list
    .filter(({ kind }) => entries[kind].to !== 'same' || (kind === 'not_at_home' && given))
    // The highest; of equals the earliest day, then the id, then the kind, so that every order gives the same.
    .toSorted((a, b) => entries[b.kind].rank - entries[a.kind].rank || (placeOf(a) < placeOf(b) ? -1 : 1))
  const [end] = ending
  const last = tries.at(-1)
  const nextTryOn = last && !given && !end ? addDays(last.onDay, daysUntilNextTry) : null
  const base = { tries: Math.min(tries.length, triesUntilNotReached) }
  if (!end) {
    const state = today < days.opensOn ? 'scheduled' : 'open'
    return { ...base, state, nextTryOn, endedAs: null, endedOn: null, visit: null }
  }
  const at = end.kind === 'not_at_home' ? (tries[triesUntilNotReached - 1] ?? end) : end
  const rule: TaskEntryRule = entries[end.kind]
  return {
    ...base,
    state: rule.to === 'same' ? 'excused' : rule.to,
    nextTryOn: null,
    endedAs: endings[end.kind](at, days),
    endedOn: at.onDay,
    visit: at.visit,
  }
}
