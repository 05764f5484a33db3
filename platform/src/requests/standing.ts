import type { Confidence } from './confidence/rules.ts'
import { entries, states } from './lifecycle.ts'
import type { EntryKind } from './lifecycle.ts'
import type { Level, State } from './lifecycle-rule.ts'
import { proposals, triesUntilUnreachable } from './lists.ts'
import type { AlarmShare, Proposed, ProposalReason } from './lists.ts'

/** How a request stands: a fold over its entries, and the only writer of the status columns (RQ2). */

/** Who answers for it now (RQ1). */
export type Holder = { organisation: string; person?: string | undefined }

/** One run of a clock; every time in it was computed once, when it started, and is never moved by return, transfer or escalation (RQ4). */
export type Term = {
  startsAt: string
  halfAt: string
  mostAt: string
  dueAt: string
  presumed: boolean
  /** Whether it is counted in working time; entries from before suspensions do not say, and theirs were. */
  working?: boolean | undefined
}

/** A step inside the limit ("2 hours: warning signs"), with its own time. */
export type Step = { name: string; dueAt: string }

export type Satisfaction = 'satisfied' | 'fair' | 'dissatisfied'

/** Who agreed as the second person. */
export type Approved = { person?: string | undefined; organisation?: string | undefined }

/** What the resident has to bring or do, told all at once. */
export type Needed = { what: string; how: string }

/** What each kind of entry carries besides the writer's words. Facts, with times and holders already worked out. */
export type EntryData = {
  submit: {
    holder: Holder
    level: Level
    term: Term
    category?: string | undefined
    /** The request whose handling this one complains about. */
    about?: string | undefined
  } & Confidence
  accept: {
    category: string
    urgency: 'now' | 'by_date' | 'explain'
    points: string[]
    term: Term
    steps: Step[]
    needed?: Needed[] | undefined
  }
  /** `instead` is the name of where to go; of an organisation known here also its id, and its phone as it was told. */
  decline: {
    reason: string
    instead: string
    organisation?: string | undefined
    phone?: string | undefined
    needed?: Needed[] | undefined
  }
  hand_over: { holder: Holder; term: Term; steps: Step[] }
  assign: { holder: Holder; assisting: string[] }
  /** Before how many people it is put. */
  offer: { people: number }
  take_up: { holder: Holder }
  give_back: { basis: string; holder: Holder }
  unoffer: { reason: string; asked: number }
  take: { person: string }
  return: { basis: string; holder: Holder; level: Level }
  transfer: { holder: Holder }
  escalate: { holder: Holder; level: Level }
  note: Record<string, never>
  ask: Record<string, never>
  propose: { what: Proposed; reason: ProposalReason; until?: string | undefined }
  review: { proposal: string; what: Proposed; agree: boolean }
  suspend: { reason: ProposalReason; until: string; term: Term; approved: Approved }
  resume: { term: Term }
  extend: { reason: ProposalReason; term: Term; approved: Approved }
  exclude: { reason: ProposalReason; approved: Approved }
  answer: {
    points: { index: number; open: boolean }[]
    term: Term
    needed?: Needed[] | undefined
  }
  confirm: { satisfaction?: Satisfaction | undefined }
  follow_up: { outcome: Satisfaction | 'unreachable' }
  reopen: { term: Term }
  close: { grounds: 'followed_up' | 'unreachable' | 'silence' | 'erased' }
  appeal: { holder: Holder; level: Level; term: Term }
  rate: { satisfaction: Satisfaction }
  withdraw: Record<string, never>
  follow: Record<string, never>
  merge: { into: string }
  unmerge: { from: string }
  absorb: { from: string; followers: number }
  release: { from: string; followers: number }
  remind: { clock: 'triage' | 'solve' | 'word' | 'appeal'; share: AlarmShare }
  supervise: {
    clock?: 'triage' | 'solve' | 'appeal' | undefined
    above?: string | undefined
    demand?: string | undefined
  }
}

/**
 * The keys of an entry's data under which somebody wrote freely. They are kept beside the hash chain with the words, so that
 * they can be erased (RQ15): whoever adds a text to `EntryData` names it here. `chain.test.ts` finds one that is forgotten.
 */
export const freeText: { readonly [K in EntryKind]?: readonly string[] } = {
  accept: ['points', 'needed'],
  decline: ['instead', 'phone', 'needed'],
  answer: ['needed'],
  supervise: ['demand'],
} satisfies { [K in EntryKind]?: readonly (keyof EntryData[K])[] }

/** Who made an entry: `organisation` is the one the person acted for, `follower` the following of a resident (RQ13). */
export type Maker = {
  kind: 'reporter' | 'staff' | 'system'
  follower?: string | undefined
  person?: string | undefined
  organisation?: string | undefined
}

/** An entry of one kind, as it is kept. `words` and the `freeText` of `data` can be erased (RQ15), the rest cannot. */
export type EntryOf<K extends EntryKind> = {
  id: string
  kind: K
  at: string
  channel: string
  by: Maker
  visible: boolean
  words: string | null
  data: EntryData[K]
}
export type Entry = { [K in EntryKind]: EntryOf<K> }[EntryKind]

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
  }
}

/** What the entry changes beyond the state that the lifecycle table gives. */
function change(standing: Standing, entry: Entry): Partial<Standing> {
  switch (entry.kind) {
    case 'accept': {
      const { category, urgency, points, term, steps } = entry.data
      return { category, urgency, points, term, steps, told: [], extended: false }
    }
    case 'decline':
      return { closedAt: entry.at }
    case 'hand_over': {
      const { holder, term, steps } = entry.data
      return { holder, term, steps, told: [], extended: false, closedAt: null }
    }
    case 'assign':
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
      return { holder: entry.data.holder, level: entry.data.level, desk: entry.data.holder.organisation }
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
    case 'resume':
      return { term: entry.data.term, suspended: null }
    case 'extend':
      return { term: entry.data.term, extended: true }
    case 'exclude':
      return { excluded: entry.data.reason }
    case 'appeal': {
      const { holder, level, term } = entry.data
      return {
        ...untouched,
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
      return { term: entry.data.term, told: [], answerer: standing.holder, followedUp: null, unreached: 0 }
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
      return { told: [...standing.told, entry.data.share] }
    case 'supervise':
      return entry.data.clock ? { told: [...standing.told, 'due'] } : {}
    default:
      return {}
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
  return states[state].final ? { ...after, holder: null, term: null } : after
}

/** The standing after all entries, oldest first. */
export function fold(story: readonly Entry[]): Standing {
  let standing: Standing | null = null
  for (const entry of story) standing = apply(standing, entry)
  if (!standing) throw new Error('a request without entries')
  return standing
}

/** RQ5: which share of the running clock is told next, and when; a suspension rings once, at its end. Null when nothing is waited for. */
export function nextAlarm(standing: Standing): { at: string; share: AlarmShare } | null {
  const { term, told, suspended } = standing
  const { clock } = states[standing.state]
  if (!term || !clock) return null
  if (clock === 'pause') return suspended && { at: suspended.until, share: 'due' }
  if (clock === 'word') return told.includes('due') ? null : { at: term.dueAt, share: 'due' }
  const times = { half: term.halfAt, most: term.mostAt, due: term.dueAt } as const
  const share = (['half', 'most', 'due'] as const).find((one) => !told.includes(one))
  return share ? { at: times[share], share } : null
}

/** True once the running clock has ended and the level above was told. */
export function isOverdue(standing: Standing): boolean {
  return states[standing.state].clock !== 'word' && standing.term !== null && standing.told.includes('due')
}
