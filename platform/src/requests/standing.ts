import type { Confidence } from './confidence/rules.ts'
import { entries, states } from './lifecycle.ts'
import type { Level, State } from './lifecycle-rule.ts'
import { proposals, triesUntilUnreachable } from './lists.ts'
import type { AlarmShare, Proposed, ProposalReason } from './lists.ts'
import type { Approved, Entry, EntryOf, Holder, Satisfaction, Step, Term } from './entry.ts'
import { afterPart, dropped, split } from './parts.ts'
import type { Part } from './parts.ts'
import { afterSupervision, demanded } from './supervision.ts'
import type { Supervision } from './supervision.ts'

/** How a request stands: a fold over its entries, and the only writer of the status columns (RQ2). */

export type Standing = Confidence & {
  state: State
  level: Level
  holder: Holder | null
  /** The desk that gave it out, and to which it returns. */
  desk: string
  category: string | null
  urgency: 'now' | 'by_date' | 'explain' | null
  term: Term | null
  /** RQ5: the shares of the running clock already told; each exactly once. */
  told: AlarmShare[]
  steps: Step[]
  points: string[]
  returns: number
  reopens: number
  unreached: number
  followedUp: Satisfaction | 'unreachable' | null
  /** Who gave the last answer, to whom a first "not solved" goes back (RQ8). */
  answerer: Holder | null
  satisfaction: Satisfaction | 'silent' | 'unreachable' | null
  /** When it was closed or declined. */
  closedAt: string | null
  /** What waits for the word of a second person. */
  proposal: Proposal | null
  /** While the clock stands still: `term` is the one that was running (RQ4). */
  suspended: { since: string; until: string; reason: ProposalReason; term: Term } | null
  /** The running limit was extended; once a run. */
  extended: boolean
  /** Since when the reporter is asked something and has not replied. */
  asked: string | null
  /** RQ9: why it counts in no figure of satisfaction. */
  excluded: ProposalReason | null
  appealed: boolean
  /** R9: who of those who serve heard it first; stays answerable until somebody takes it or answers. */
  heardBy?: { person: string; organisation?: string | undefined } | undefined
  /** RQ13: how many others said the same and follow. */
  followers: number
  /** Requests merged into this one. */
  absorbed: string[]
  /** RQ12: its parts, also those that are over. */
  parts: Part[]
  /** Supervisions that stand, oldest first. */
  supervisions: Supervision[]
  /** RQ14: overdue, and when it climbs on from the level that was told last. */
  rung: { at: string; level: Level } | null
  /** RQ18: while a town judges it, or a department has not reported in yet: how it stood until then. */
  whistled: { whistle: string; desk: string; level: Level } | null
  /** RQ6: given by a binding decision; it is not sent back again. */
  bound: boolean
  /** Into which request it was merged, and how it stood until then. */
  merged: { into: string; state: State; holder: Holder | null; term: Term | null } | null
}

export type Proposal = {
  /** The entry that proposed it. */
  id: string
  what: Proposed
  reason: ProposalReason
  until?: string | undefined
  by: Approved
}

/** What nothing has happened of yet; also what is missing in requests from before these could happen. */
export const untouched = {
  proposal: null,
  suspended: null,
  extended: false,
  asked: null,
  excluded: null,
  appealed: false,
} as const satisfies Partial<Standing>

/** RQ13: nobody else said it, as far as is known; also of requests from before that could be known. */
export const alone = { followers: 0, absorbed: [], merged: null } satisfies Partial<Standing>

/** Neither split, supervised, whistled for nor decided; also what is missing in requests from before these could happen. */
export const undivided = {
  parts: [],
  supervisions: [],
  rung: null,
  whistled: null,
  bound: false,
} satisfies Partial<Standing>

/** A clock that starts anew: nothing of it is told yet, and nobody above was told of the one before. */
function anew({ supervisions }: Standing) {
  return {
    told: [] as AlarmShare[],
    rung: null,
    supervisions: supervisions.filter(({ demanded: isDemand }) => isDemand),
  }
}

function start(entry: EntryOf<'submit'>): Standing {
  const { holder, level, term, category, confidential, complainedOf } = entry.data
  const { kind, person, organisation } = entry.by
  return {
    ...(kind === 'staff' && person && { heardBy: { person, organisation } }),
    ...(confidential && { confidential }),
    ...(complainedOf && { complainedOf }),
    state: 'submitted',
    level,
    holder,
    desk: holder.organisation,
    category: category ?? null,
    urgency: null,
    term,
    told: [],
    steps: [],
    points: [],
    returns: 0,
    reopens: 0,
    unreached: 0,
    followedUp: null,
    answerer: null,
    satisfaction: null,
    closedAt: null,
    ...untouched,
    ...alone,
    ...undivided,
  }
}

/** What the entry changes beyond the state that the lifecycle table gives. */
function change(standing: Standing, entry: Entry): Partial<Standing> {
  switch (entry.kind) {
    case 'accept': {
      const { category, urgency, points, term, steps } = entry.data
      return { ...anew(standing), category, urgency, points, term, steps, extended: false }
    }
    case 'decline':
      return { closedAt: entry.at }
    case 'hand_over': {
      const { holder, term, steps } = entry.data
      return { ...anew(standing), holder, term, steps, extended: false, closedAt: null }
    }
    case 'assign':
      return { holder: entry.data.holder, bound: entry.data.binding ?? false }
    case 'transfer':
    case 'take_up':
    case 'give_back':
      return { holder: entry.data.holder }
    case 'take':
      return standing.holder ? { holder: { ...standing.holder, person: entry.data.person } } : {}
    case 'return':
      return {
        holder: entry.data.holder,
        level: entry.data.level,
        desk: entry.data.holder.organisation,
        returns: standing.returns + 1,
      }
    case 'escalate':
      return { ...upTo(entry.data), bound: false }
    case 'climb': {
      const { holder, level, next } = entry.data
      // Whoever supervised it has it now.
      const supervisions = standing.supervisions.filter((one) => one.organisation !== holder.organisation)
      return { ...upTo(entry.data), supervisions, rung: next ? { at: next, level } : null }
    }
    case 'whistle': {
      const { desk, level } = standing
      return { ...upTo(entry.data), whistled: { whistle: entry.data.whistle, desk, level } }
    }
    case 'blow':
      return { holder: entry.data.holder }
    case 'report_in': {
      const { holder } = standing
      const { person } = entry.data
      return holder && person ? { holder: { ...holder, person } } : {}
    }
    case 'send_back':
      return upTo(entry.data)
    case 'decide': {
      const { holder, level } = entry.data
      const isDemand = entry.data.demand !== undefined || entry.data.due !== undefined
      const supervisions = isDemand
        ? [...standing.supervisions, demanded(entry, level ?? standing.level)]
        : standing.supervisions
      return { holder, bound: true, supervisions }
    }
    case 'split': {
      const { holder, level } = entry.data
      const at = level ? { level, desk: holder.organisation } : {}
      return { ...at, holder, parts: split(standing.parts, entry) }
    }
    case 'part_take':
    case 'part_return':
    case 'part_answer':
    case 'part_take_back':
      return { parts: afterPart(standing.parts, entry) }
    case 'reply':
    case 'lift':
      return { supervisions: afterSupervision(standing.supervisions, entry) }
    case 'note':
      return entry.by.kind === 'reporter' && !entry.by.follower ? { asked: null } : {}
    case 'ask':
      return { asked: entry.at }
    case 'propose': {
      const { person, organisation } = entry.by
      return { proposal: { id: entry.id, ...entry.data, by: { person, organisation } } }
    }
    case 'review':
      return { proposal: null }
    case 'suspend': {
      const { until, reason, term } = entry.data
      return standing.term ? { term, suspended: { since: entry.at, until, reason, term: standing.term } } : {}
    }
    case 'resume': {
      const { term, rung } = entry.data
      return {
        term,
        suspended: null,
        rung: standing.rung && rung ? { ...standing.rung, at: rung } : standing.rung,
      }
    }
    case 'extend':
      return { term: entry.data.term, extended: true }
    case 'exclude':
      return { excluded: entry.data.reason }
    case 'appeal': {
      const { holder, level, term } = entry.data
      return {
        ...untouched,
        ...undivided,
        parts: standing.parts,
        holder,
        level,
        desk: holder.organisation,
        term,
        told: [],
        followedUp: null,
        unreached: 0,
        satisfaction: standing.state === 'closed' ? 'dissatisfied' : null,
        closedAt: null,
        appealed: true,
      }
    }
    case 'answer':
      return {
        ...undivided,
        parts: standing.parts,
        term: entry.data.term,
        told: [],
        answerer: standing.holder,
        followedUp: null,
        unreached: 0,
      }
    case 'confirm':
      // "It is solved" is not yet "I am content"; whoever does not say is not counted as satisfied.
      return { satisfaction: entry.data.satisfaction ?? null, closedAt: entry.at }
    case 'follow_up': {
      const { outcome } = entry.data
      if (outcome !== 'unreachable') return { followedUp: outcome, satisfaction: outcome }
      const unreached = standing.unreached + 1
      // Silence that three calls could not break is no longer merely silence; a word that was given stays.
      const given = standing.satisfaction !== null && standing.satisfaction !== 'silent'
      const isOver = standing.state === 'closed' && unreached >= triesUntilUnreachable && !given
      return {
        followedUp: outcome,
        unreached,
        satisfaction: isOver ? 'unreachable' : standing.satisfaction,
      }
    }
    case 'reopen':
      return {
        holder: standing.answerer,
        term: entry.data.term,
        told: [],
        reopens: standing.reopens + 1,
        followedUp: null,
        satisfaction: 'dissatisfied',
        closedAt: null,
        excluded: null,
        extended: false,
      }
    case 'close': {
      const { grounds } = entry.data
      const word =
        grounds === 'silence' ? 'silent' : grounds === 'unreachable' ? 'unreachable' : standing.satisfaction
      return { satisfaction: word, closedAt: entry.at }
    }
    case 'rate':
      return { satisfaction: entry.data.satisfaction }
    case 'follow':
      return { followers: standing.followers + 1 }
    case 'merge': {
      const { state, holder, term } = standing
      return { merged: { into: entry.data.into, state, holder, term } }
    }
    case 'unmerge':
      // RQ4: with the due time it had, and the shares of it that were already told.
      return { merged: null, holder: standing.merged?.holder ?? null, term: standing.merged?.term ?? null }
    case 'absorb':
      return {
        absorbed: [...standing.absorbed, entry.data.from],
        followers: standing.followers + entry.data.followers,
      }
    case 'release':
      return {
        absorbed: standing.absorbed.filter((one) => one !== entry.data.from),
        followers: standing.followers - entry.data.followers,
      }
    case 'remind':
      return entry.data.part
        ? { parts: afterPart(standing.parts, entry) }
        : { told: [...standing.told, entry.data.share] }
    case 'supervise':
      return supervise(standing, entry)
    default:
      return {}
  }
}

/** Up or down the ladder: the desk of that level has it. */
function upTo({ holder, level }: { holder: Holder; level: Level }) {
  return { holder, level, desk: holder.organisation }
}

function supervise(standing: Standing, entry: EntryOf<'supervise'>): Partial<Standing> {
  const { clock, level = standing.level, next } = entry.data
  const { supervisions, told } = standing
  if (clock === 'part') return { parts: afterPart(standing.parts, entry) }
  if (clock === 'demand') return { supervisions: afterSupervision(supervisions, entry) }
  const all = [...supervisions, demanded(entry, level)]
  if (!clock) return { supervisions: all }
  return {
    supervisions: all,
    told: told.includes('due') ? told : [...told, 'due'],
    rung: next ? { at: next, level } : null,
  }
}

function stateAfter(standing: Standing, to: State | 'same' | 'before'): State {
  if (to === 'same') return standing.state
  if (to !== 'before') return to
  if (!standing.merged) throw new Error('it was not merged')
  return standing.merged.state
}

/**
 * One step of the fold. Total over every entry the rules let through; it does not judge, `rules.ts` does.
 * A final state has neither holder nor clock (RQ1).
 */
export function apply(standing: Standing | null, entry: Entry): Standing {
  if (entry.kind === 'submit') return start(entry)
  if (!standing) throw new Error(`entry ${entry.kind} before submit`)
  const rule = entries[entry.kind]
  const state = stateAfter(standing, rule.to)
  const after = { ...standing, ...change(standing, entry), state }
  const { proposal } = after
  // What was proposed lapses where it could no longer be proposed; whoever was asked need not reply to what is over.
  if (proposal && !proposals[proposal.what].from.some((one) => one === state)) after.proposal = null
  if (after.asked && (state === 'answered' || states[state].final)) after.asked = null
  if (state !== 'suspended') after.suspended = null
  if (entry.kind === 'take' || state === 'answered' || states[state].final) delete after.heardBy
  if (state !== 'whistled') after.whistled = null
  return states[state].final ? ended(after) : after
}

/** Nothing is owed any more (RQ1). What was merged may be parted again, and then stands as it stood. */
function ended(standing: Standing): Standing {
  const over = { ...standing, holder: null, term: null }
  if (standing.state === 'merged') return over
  return { ...over, parts: dropped(standing.parts), supervisions: [], rung: null }
}

/** The standing after all entries, oldest first. */
export function fold(story: readonly Entry[]): Standing {
  let standing: Standing | null = null
  for (const entry of story) standing = apply(standing, entry)
  if (!standing) throw new Error('a request without entries')
  return standing
}

/** True once the running clock has ended and the level above was told. */
export function isOverdue(standing: Standing): boolean {
  return states[standing.state].clock !== 'word' && standing.term !== null && standing.told.includes('due')
}
