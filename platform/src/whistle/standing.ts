import type { Term } from '#deadlines/rules.ts'
import { entries, states } from './lifecycle.ts'
import type { WhistleEntryKind, WhistleState } from './lifecycle.ts'
import type { AlarmShare, LapseReason, ObjectionBasis, Rating } from './lists.ts'

/** How a whistle stands: a fold over its entries, and the only writer of its status columns. */

export type Role = 'lead' | 'assist'

/** A department that is called. */
export type Called = { organisation: string; role: Role }

/** What each kind of entry carries besides words: facts, with times already worked out. */
export type EntryData = {
  form: { requests: string[]; urgent: boolean; town: string; term: Term }
  here: { person: string }
  send_back: Record<string, never>
  blow: { parts: Called[]; urgent: boolean; term: Term }
  report_in: { organisation: string; person: string }
  join: { organisation: string; person: string }
  object: { organisation: string; basis: ObjectionBasis }
  release: { organisation: string; instead?: Called | undefined; term?: Term | undefined }
  insist: { organisation: string }
  note: Record<string, never>
  done: { term: Term }
  again: Record<string, never>
  rate: { ratings: { organisation: string; rating: Rating }[] }
  unrated: Record<string, never>
  lapse: { reason: LapseReason }
  /** `organisation`: the department whose clock it is; the town's where it is left out. */
  remind: { clock: 'judge' | 'report'; share: AlarmShare; organisation?: string | undefined }
  supervise: {
    clock: 'judge' | 'report'
    organisation?: string | undefined
  }
}

export type Maker = {
  kind: 'staff' | 'system'
  person?: string | undefined
  organisation?: string | undefined
}

export type EntryOf<K extends WhistleEntryKind> = {
  id: string
  kind: K
  at: string
  by: Maker
  words: string | null
  data: EntryData[K]
}
export type Entry = { [K in WhistleEntryKind]: EntryOf<K> }[WhistleEntryKind]

/** A department and how it stands to the call. */
export type Part = Called & {
  blownAt: string
  term: Term
  /** RQ5: shares of its clock already told; each exactly once. */
  told: AlarmShare[]
  reported: { at: string; person: string } | null
  objection: { at: string; basis: ObjectionBasis } | null
  /** The town has decided about its objection; there is no second one. */
  decided: boolean
  releasedAt: string | null
  rating: Rating | null
}

export type Standing = {
  state: WhistleState
  requests: string[]
  urgent: boolean
  blower: string
  blowerPerson: string | null
  town: string
  /** The town's clock, or the one until it is rated. */
  term: Term | null
  told: AlarmShare[]
  parts: Part[]
  formedAt: string
  judgedAt: string | null
  doneAt: string | null
  overAt: string | null
  lapsed: LapseReason | null
}

export function partOf(standing: Standing, organisation: string): Part | undefined {
  return standing.parts.find((part) => part.organisation === organisation && part.releasedAt === null)
}

export function leadOf(standing: Standing): Part | undefined {
  return standing.parts.find(({ role, releasedAt }) => role === 'lead' && releasedAt === null)
}

/** Whether its clock of reporting in runs. */
export function isAwaited(standing: Standing, part: Part): boolean {
  return (
    (standing.state === 'blown' || standing.state === 'handling') &&
    part.reported === null &&
    part.releasedAt === null
  )
}

function called({ organisation, role }: Called, at: string, term: Term): Part {
  return {
    organisation,
    role,
    blownAt: at,
    term,
    told: [],
    reported: null,
    objection: null,
    decided: false,
    releasedAt: null,
    rating: null,
  }
}

function start(entry: EntryOf<'form'>): Standing {
  const { requests, urgent, town, term } = entry.data
  return {
    state: 'formed',
    requests,
    urgent,
    blower: entry.by.organisation ?? town,
    blowerPerson: entry.by.person ?? null,
    town,
    term,
    told: [],
    parts: [],
    formedAt: entry.at,
    judgedAt: null,
    doneAt: null,
    overAt: null,
    lapsed: null,
  }
}

const changed = (standing: Standing, organisation: string, change: Partial<Part>): Part[] => {
  const of = partOf(standing, organisation)
  return standing.parts.map((part) => (part === of ? { ...part, ...change } : part))
}

/** What the entry changes beyond the state that the lifecycle table gives. */
function change(standing: Standing, entry: Entry): Partial<Standing> {
  switch (entry.kind) {
    case 'here': {
      const at = entry.at
      const own = called({ organisation: standing.town, role: 'lead' }, at, atOnce(at))
      return {
        judgedAt: at,
        term: null,
        told: [],
        parts: [{ ...own, reported: { at, person: entry.data.person } }],
      }
    }
    case 'send_back':
      return { judgedAt: entry.at, overAt: entry.at, term: null }
    case 'blow': {
      const { parts, urgent, term } = entry.data
      return {
        judgedAt: entry.at,
        urgent,
        term: null,
        told: [],
        parts: parts.map((part) => called(part, entry.at, term)),
      }
    }
    case 'report_in':
    case 'join': {
      const { organisation, person } = entry.data
      return {
        parts: changed(standing, organisation, { reported: { at: entry.at, person }, objection: null }),
      }
    }
    case 'object': {
      const { organisation, basis } = entry.data
      return { parts: changed(standing, organisation, { objection: { at: entry.at, basis } }) }
    }
    case 'release': {
      const { organisation, instead, term } = entry.data
      const left = changed(standing, organisation, { releasedAt: entry.at, objection: null, decided: true })
      return { parts: instead && term ? [...left, called(instead, entry.at, term)] : left }
    }
    case 'insist':
      return { parts: changed(standing, entry.data.organisation, { objection: null, decided: true }) }
    case 'done':
      return { doneAt: entry.at, term: entry.data.term, told: [] }
    case 'again':
      return { doneAt: null, term: null, told: [] }
    case 'rate': {
      const given = new Map(entry.data.ratings.map(({ organisation, rating }) => [organisation, rating]))
      return {
        overAt: entry.at,
        term: null,
        parts: standing.parts.map((part) =>
          part.releasedAt === null ? { ...part, rating: given.get(part.organisation) ?? null } : part,
        ),
      }
    }
    case 'unrated':
      return { overAt: entry.at, term: null }
    case 'lapse':
      return { overAt: entry.at, term: null, lapsed: entry.data.reason }
    case 'remind':
      return told(standing, entry.data.organisation, entry.data.share)
    case 'supervise':
      return told(standing, entry.data.organisation, 'due')
    default:
      return {}
  }
}

function told(standing: Standing, organisation: string | undefined, share: AlarmShare): Partial<Standing> {
  if (organisation === undefined) return { told: [...standing.told, share] }
  const part = partOf(standing, organisation)
  return part ? { parts: changed(standing, organisation, { told: [...part.told, share] }) } : {}
}

/** The town that solves it itself owes no report: it has come by saying so. */
function atOnce(at: string): Term {
  return { startsAt: at, halfAt: at, mostAt: at, dueAt: at, presumed: false }
}

/** One step of the fold. Total over every entry the rules let through; it does not judge, `rules.ts` does. */
export function apply(standing: Standing | null, entry: Entry): Standing {
  if (entry.kind === 'form') return start(entry)
  if (!standing) throw new Error(`entry ${entry.kind} before form`)
  const { to } = entries[entry.kind]
  return { ...standing, ...change(standing, entry), state: to === 'same' ? standing.state : to }
}

/** The standing after all entries, oldest first. */
export function fold(story: readonly Entry[]): Standing {
  let standing: Standing | null = null
  for (const entry of story) standing = apply(standing, entry)
  if (!standing) throw new Error('a whistle without entries')
  return standing
}

/** A department says that it is not for it, and the town has not decided yet. */
function isObjectedTo({ state, parts }: Standing): boolean {
  return (state === 'blown' || state === 'handling') && parts.some(({ objection }) => objection !== null)
}

/** Whose turn it is, where it is one organisation's; departments that are awaited stand in the parts. */
export function turnOf(standing: Standing): string | null {
  // An objection waits for the town, whatever else goes on meanwhile (WH1).
  if (isObjectedTo(standing)) return standing.town
  switch (states[standing.state].turn) {
    case 'town':
      return standing.town
    case 'lead':
    case 'departments':
      return leadOf(standing)?.organisation ?? standing.town
    case 'blower':
      return standing.blower
    default:
      return null
  }
}
