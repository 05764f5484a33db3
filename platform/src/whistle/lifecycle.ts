/**
 * What may happen to a whistle, by whom, and what it becomes (RQ18). This is the only such table: the fold, the rules, the
 * console's loop and SPEC.md read it; a test walks every state with every entry.
 *
 * A whistle never carries a request away: who holds the request stands in the request's own ledger, entered in the same
 * transaction (docs/adr/0037). Here stands what the five steps add: who judged, who was called, who came, who rated.
 */

export type WhistleState =
  | 'formed'
  | 'blown'
  | 'handling'
  | 'done'
  | 'rated'
  | 'unrated'
  | 'sent_back'
  | 'lapsed'

export type StateRule = {
  /** Nothing is owed any more. */
  final: boolean
  /** Which of the five steps it is drawn in. */
  step: 1 | 2 | 3 | 4 | 5
  /**
   * Which clock runs: `judge` for the town, `report` for each department by itself, `request` where the due time of the
   * requests binds and their own clock rings (RQ4), `rate` until whoever blew it has spoken.
   */
  clock: 'judge' | 'report' | 'request' | 'rate' | null
  /** Whose turn it is. */
  turn: 'town' | 'departments' | 'lead' | 'blower' | null
}

export const states = {
  formed: { final: false, step: 2, clock: 'judge', turn: 'town' },
  blown: { final: false, step: 3, clock: 'report', turn: 'departments' },
  handling: { final: false, step: 4, clock: 'request', turn: 'lead' },
  done: { final: false, step: 5, clock: 'rate', turn: 'blower' },
  rated: { final: true, step: 5, clock: null, turn: null },
  unrated: { final: true, step: 5, clock: null, turn: null },
  sent_back: { final: true, step: 2, clock: null, turn: null },
  lapsed: { final: true, step: 4, clock: null, turn: null },
} as const satisfies Record<WhistleState, StateRule>

/**
 * Who makes an entry: `blower` serves in the organisation that blew it, `town` at the desk that judges or one above it,
 * `department` in one that was called and not let go, `lead` in the one that answers for all; `system` is the clock, or
 * what follows from what happened to the requests.
 */
export type WhistleParty = 'blower' | 'town' | 'department' | 'lead' | 'system'

/**
 * Who hears of it: `concerned` is the department that the entry is about, the town where it is about none. The level above
 * hears of what is late by the supervision that stands in the requests' own ledgers.
 */
export type WhistleEar = 'blower' | 'town' | 'lead' | 'departments' | 'concerned'

export type WhistleEntryRule = {
  /** States it may follow; empty for the first entry. */
  from: readonly WhistleState[]
  to: WhistleState | 'same'
  by: readonly WhistleParty[]
  tells: readonly WhistleEar[]
}

export const entries = {
  form: { from: [], to: 'formed', by: ['blower'], tells: ['town'] },
  /** The town solves it itself: it has reported in by saying so. */
  here: { from: ['formed'], to: 'handling', by: ['town'], tells: ['blower'] },
  send_back: { from: ['formed'], to: 'sent_back', by: ['town'], tells: ['blower'] },
  blow: { from: ['formed'], to: 'blown', by: ['town'], tells: ['blower', 'departments'] },
  /** The lead department comes, with a named person: work begins. */
  report_in: { from: ['blown'], to: 'handling', by: ['lead'], tells: ['blower', 'town'] },
  /** An assisting department comes. */
  join: { from: ['blown', 'handling'], to: 'same', by: ['department'], tells: ['blower', 'lead'] },
  object: { from: ['blown', 'handling'], to: 'same', by: ['department'], tells: ['town'] },
  /** The objection holds: the department is let go, and another may be called in its place. */
  release: { from: ['blown', 'handling'], to: 'same', by: ['town'], tells: ['concerned', 'departments'] },
  /** The objection does not hold; it was decided once. */
  insist: { from: ['blown', 'handling'], to: 'same', by: ['town'], tells: ['concerned'] },
  note: {
    from: ['formed', 'blown', 'handling', 'done'],
    to: 'same',
    by: ['blower', 'town', 'department'],
    tells: ['departments'],
  },
  done: { from: ['handling'], to: 'done', by: ['lead', 'system'], tells: ['blower', 'town'] },
  /** Somebody who said it says that it is not solved: the same departments go on. */
  again: { from: ['done'], to: 'handling', by: ['system'], tells: ['blower', 'departments'] },
  rate: { from: ['done'], to: 'rated', by: ['blower'], tells: ['departments', 'town'] },
  /** Silence is silence, not content. */
  unrated: { from: ['done'], to: 'unrated', by: ['system'], tells: ['blower'] },
  /** Every request went another way: taken back, or decided by a meeting. */
  lapse: {
    from: ['formed', 'blown', 'handling'],
    to: 'lapsed',
    by: ['system'],
    tells: ['blower', 'town', 'departments'],
  },
  remind: { from: ['formed', 'blown', 'handling'], to: 'same', by: ['system'], tells: ['concerned'] },
  supervise: {
    from: ['formed', 'blown', 'handling'],
    to: 'same',
    by: ['system'],
    tells: ['concerned', 'town'],
  },
} as const satisfies Record<string, WhistleEntryRule>

export type WhistleEntryKind = keyof typeof entries
export const entryKinds = Object.keys(entries) as WhistleEntryKind[]

/**
 * RQ14 for whistles: every state that is not final has a clock, somebody whose turn it is and a way out, and every state
 * is reached. Where the clock is the request's own, what happens there ends the state by rule.
 *
 * @returns one line for each hole; empty when the table is whole.
 */
export function checkWhistles(): string[] {
  const rules = Object.values(entries) as WhistleEntryRule[]
  return (Object.entries(states) as [WhistleState, StateRule][]).flatMap(([name, rule]) => {
    const holes: string[] = []
    const leaves = rules.filter(({ from, to }) => from.includes(name) && to !== 'same' && to !== name)
    if (!rules.some(({ to }) => to === name)) holes.push(`whistle ${name} is never reached`)
    if (rule.final && (rule.clock || rule.turn || leaves.length > 0))
      holes.push(`whistle ${name} is final yet owes something`)
    if (!rule.final && (!rule.clock || !rule.turn))
      holes.push(`whistle ${name} has no clock or nobody's turn`)
    if (!rule.final && leaves.length === 0) holes.push(`whistle ${name} cannot be left`)
    if (!rule.final && !leaves.some(({ by }) => by.includes('system')))
      holes.push(`whistle ${name} is left by people only, and could last for ever`)
    return holes
  })
}
