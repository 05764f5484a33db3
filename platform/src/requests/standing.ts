import type { Confidence } from './confidence.ts'
import { entries, states } from './lifecycle.ts'
import type { AlarmShare, EntryKind, Level, State } from './lifecycle.ts'

/** How a request stands: a fold over its entries, and the only writer of the status columns (RQ2). */

/** Who answers for it now (RQ1). */
export type Holder = { organisation: string; person?: string | undefined }

/** One run of a clock; every time in it was computed once, when it started, and is never moved by return, transfer or escalation (RQ4). */
export type Term = { startsAt: string; halfAt: string; mostAt: string; dueAt: string; presumed: boolean }

/** A step inside the limit ("2 hours: warning signs"), with its own time. */
export type Step = { name: string; dueAt: string }

export type Satisfaction = 'satisfied' | 'fair' | 'dissatisfied'

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
  }
  decline: { reason: string; instead: string }
  assign: { holder: Holder; assisting: string[] }
  take: { person: string }
  return: { basis: string; holder: Holder; level: Level }
  transfer: { holder: Holder }
  escalate: { holder: Holder; level: Level }
  note: Record<string, never>
  answer: { points: { index: number; open: boolean }[]; term: Term }
  confirm: { satisfaction?: Satisfaction | undefined }
  follow_up: { outcome: 'satisfied' | 'dissatisfied' | 'unreachable' }
  reopen: { term: Term }
  close: { grounds: 'followed_up' | 'unreachable' | 'silence' }
  rate: { satisfaction: Satisfaction }
  withdraw: Record<string, never>
  remind: { clock: 'triage' | 'solve' | 'word'; share: AlarmShare }
  supervise: {
    clock?: 'triage' | 'solve' | undefined
    above?: string | undefined
    demand?: string | undefined
  }
}

/**
 * The keys of an entry's data under which somebody wrote freely. They are kept beside the hash chain with the words, so that
 * they can be erased (RQ15): whoever adds a text to `EntryData` names it here. `chain.test.ts` finds one that is forgotten.
 */
export const freeText: { readonly [K in EntryKind]?: readonly string[] } = {
  accept: ['points'],
  decline: ['instead'],
  supervise: ['demand'],
} satisfies { [K in EntryKind]?: readonly (keyof EntryData[K])[] }

/** Who made an entry: `organisation` is the one the person acted for. */
export type Maker = {
  kind: 'reporter' | 'staff' | 'system'
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
  followedUp: 'satisfied' | 'dissatisfied' | 'unreachable' | null
  /** Who gave the last answer, to whom a first "not solved" goes back (RQ8). */
  answerer: Holder | null
  satisfaction: Satisfaction | 'silent' | 'unreachable' | null
  closedAt: string | null
}

function start(entry: EntryOf<'submit'>): Standing {
  const { holder, level, term, category, confidential, complainedOf } = entry.data
  return {
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
  }
}

/** What the entry changes beyond the state that the lifecycle table gives. */
function change(standing: Standing, entry: Entry): Partial<Standing> {
  switch (entry.kind) {
    case 'accept': {
      const { category, urgency, points, term, steps } = entry.data
      return { category, urgency, points, term, steps, told: [] }
    }
    case 'assign':
    case 'transfer':
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
    case 'answer':
      return { term: entry.data.term, told: [], answerer: standing.holder, followedUp: null, unreached: 0 }
    case 'confirm':
      // "It is solved" is not yet "I am content"; whoever does not say is not counted as satisfied.
      return { satisfaction: entry.data.satisfaction ?? null, closedAt: entry.at }
    case 'follow_up': {
      const { outcome } = entry.data
      const unreached = standing.unreached + (outcome === 'unreachable' ? 1 : 0)
      return {
        followedUp: outcome,
        unreached,
        satisfaction: outcome === 'unreachable' ? standing.satisfaction : outcome,
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
      }
    case 'close': {
      const { grounds } = entry.data
      const word =
        grounds === 'silence' ? 'silent' : grounds === 'unreachable' ? 'unreachable' : standing.satisfaction
      return { satisfaction: word, closedAt: entry.at }
    }
    case 'rate':
      return { satisfaction: entry.data.satisfaction }
    case 'remind':
      return { told: [...standing.told, entry.data.share] }
    case 'supervise':
      return entry.data.clock ? { told: [...standing.told, 'due'] } : {}
    default:
      return {}
  }
}

/**
 * One step of the fold. Total over every entry the rules let through; it does not judge, `rules.ts` does.
 * A final state has neither holder nor clock (RQ1).
 */
export function apply(standing: Standing | null, entry: Entry): Standing {
  if (entry.kind === 'submit') return start(entry)
  if (!standing) throw new Error(`entry ${entry.kind} before submit`)
  const rule = entries[entry.kind]
  const state = rule.to === 'same' ? standing.state : rule.to
  const after = { ...standing, ...change(standing, entry), state }
  return states[state].final ? { ...after, holder: null, term: null } : after
}

/** The standing after all entries, oldest first. */
export function fold(story: readonly Entry[]): Standing {
  let standing: Standing | null = null
  for (const entry of story) standing = apply(standing, entry)
  if (!standing) throw new Error('a request without entries')
  return standing
}

/** RQ5: which share of the running clock is told next, and when; null when nothing is waited for. */
export function nextAlarm(standing: Standing): { at: string; share: AlarmShare } | null {
  const { term, told } = standing
  const { clock } = states[standing.state]
  if (!term || !clock) return null
  if (clock === 'word') return told.includes('due') ? null : { at: term.dueAt, share: 'due' }
  const times = { half: term.halfAt, most: term.mostAt, due: term.dueAt } as const
  const share = (['half', 'most', 'due'] as const).find((one) => !told.includes(one))
  return share ? { at: times[share], share } : null
}

/** True once the running clock has ended and the level above was told. */
export function isOverdue(standing: Standing): boolean {
  return states[standing.state].clock !== 'word' && standing.term !== null && standing.told.includes('due')
}
