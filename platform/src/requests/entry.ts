import type { Confidence } from './confidence/rules.ts'
import type { EntryKind } from './lifecycle.ts'
import type { Level } from './lifecycle-rule.ts'
import type { AlarmShare, Proposed, ProposalReason } from './lists.ts'

/** What an entry of a request's story carries, kind by kind (RQ2). Pure. */

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
  /** `binding`: the decision after a second return (RQ6), resting on `authority`; it cannot be sent back again. */
  assign: {
    holder: Holder
    assisting: string[]
    binding?: true | undefined
    authority?: string | undefined
  }
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
  /** `rung`: when it climbs on, moved like the due time by as long as the clock stood still. */
  resume: { term: Term; rung?: string | undefined }
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
  remind: {
    clock: 'triage' | 'solve' | 'word' | 'appeal' | 'part'
    share: AlarmShare
    /** The part whose clock it is. */
    part?: string | undefined
  }
  /**
   * By the clock when a time has run out (`clock`), else a demand with its due time. `level` is that of `above`, who is told
   * and supervises; `next` is when it climbs on, where there is a level to climb to; `of` is the part or the demand that is late.
   */
  supervise: {
    clock?: 'triage' | 'solve' | 'appeal' | 'part' | 'demand' | undefined
    above?: string | undefined
    level?: Level | undefined
    next?: string | undefined
    of?: string | undefined
    demand?: string | undefined
    due?: string | undefined
  }
  reply: { supervision: string }
  lift: { supervision: string }
  /** Nobody took it in time: the desk above holds it now. */
  climb: { holder: Holder; level: Level; next?: string | undefined }
  /** `whistle` and `meeting` name the record beside the story that has clocks and figures of its own. */
  whistle: { whistle: string; holder: Holder; level: Level }
  blow: { whistle: string; holder: Holder; assisting: string[] }
  join: { whistle: string; organisation: string; person?: string | undefined }
  report_in: { whistle: string; person?: string | undefined }
  send_back: { whistle: string; holder: Holder; level: Level }
  table: { meeting: string }
  /** `due` is the decision's own; the due time of the request stays where it is (RQ4). */
  decide: {
    meeting: string
    holder: Holder
    assisting: string[]
    level?: Level | undefined
    demand?: string | undefined
    due?: string | undefined
  }
  /** `matters[i]` is what `parts[i]` is about; apart from them, because it can be erased. `assisting`: whom the parts go to. */
  split: {
    holder: Holder
    level?: Level | undefined
    assisting: string[]
    parts: { id: string; holder: Holder; term: Term }[]
    matters: string[]
  }
  part_take: { part: string; person: string }
  part_return: { part: string; basis: string }
  part_answer: { part: string }
  part_take_back: { part: string }
}

/**
 * The keys of an entry's data under which somebody wrote freely. They are kept beside the hash chain with the words, so that
 * they can be erased (RQ15): whoever adds a text to `EntryData` names it here. `chain.test.ts` finds one that is forgotten.
 */
export const freeText: { readonly [K in EntryKind]?: readonly string[] } = {
  accept: ['points', 'needed'],
  decline: ['instead', 'phone', 'needed'],
  answer: ['needed'],
  assign: ['authority'],
  supervise: ['demand'],
  decide: ['demand'],
  split: ['matters'],
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
