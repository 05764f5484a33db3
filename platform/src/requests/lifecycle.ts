/**
 * What may happen to a service request, by whom, with what, and what the resident sees of it.
 *
 * This is the only such table. The reducer (`rules.ts`), the routes, the console's buttons, the phone's
 * bottom bar and `docs/LIFECYCLE.md` all read it; a check at start-up (`lifecycle-check.ts`) proves RQ14.
 */

export type State =
  | 'submitted'
  | 'accepted'
  | 'assigned'
  | 'in_progress'
  | 'suspended'
  | 'answered'
  | 'closed'
  | 'declined'
  | 'appealed'
  | 'merged'
  | 'withdrawn'

export type Level = 'community' | 'subdistrict' | 'district'

/** Where a request climbs to when its level cannot solve it (R4). */
export const levels = ['community', 'subdistrict', 'district'] as const satisfies readonly Level[]

export type StateRule = {
  /** Nothing is owed any more; there is no holder (RQ1). */
  final: boolean
  /**
   * Which clock runs: `triage` until someone has taken it up, `solve` until it is answered, `pause` until work goes on,
   * `word` until the resident has spoken, `appeal` until the level above has.
   */
  clock: 'triage' | 'solve' | 'pause' | 'word' | 'appeal' | null
  /** Who answers for it: the desk of the level, whoever it was given to, or whoever gave the answer. */
  holder: 'desk' | 'lead' | 'answerer' | null
  /** An overdue request tells the level above (RQ5, RQ14). */
  climbs: boolean
}

export const states = {
  submitted: { final: false, clock: 'triage', holder: 'desk', climbs: true },
  accepted: { final: false, clock: 'solve', holder: 'desk', climbs: true },
  assigned: { final: false, clock: 'solve', holder: 'lead', climbs: true },
  in_progress: { final: false, clock: 'solve', holder: 'lead', climbs: true },
  suspended: { final: false, clock: 'pause', holder: 'lead', climbs: true },
  answered: { final: false, clock: 'word', holder: 'answerer', climbs: true },
  closed: { final: true, clock: null, holder: null, climbs: false },
  declined: { final: true, clock: null, holder: null, climbs: false },
  appealed: { final: false, clock: 'appeal', holder: 'desk', climbs: true },
  merged: { final: true, clock: null, holder: null, climbs: false },
  withdrawn: { final: true, clock: null, holder: null, climbs: false },
} as const satisfies Record<State, StateRule>

/**
 * Who may make an entry, as seen from the request:
 * `reporter` said it; `follower` said the same and follows it (RQ13); `resident` is about to; `desk` serves at the desk
 * that holds it, or at a desk above it; `holder` serves in the organisation that holds it now; `reviewer` may agree to
 * what is proposed, because they are not who proposed it (`reviewing.ts`); `system` is the clock, or what follows by rule.
 */
export type Party = 'reporter' | 'follower' | 'resident' | 'desk' | 'holder' | 'reviewer' | 'system'

export type EntryRule = {
  /** States it may follow; empty for the first entry. */
  from: readonly State[]
  /** The state afterwards; `same` leaves it, `before` puts back the one before it was merged. */
  to: State | 'same' | 'before'
  by: readonly Party[]
  /** Fields the entry cannot do without, by their names in `contract.ts`. */
  needs: readonly string[]
  /** Whether the reporter reads it in the timeline; `choice` lets the writer decide. */
  seen: boolean | 'choice'
  /**
   * What somebody who follows the request reads of it, having said the same (RQ13): that it happened, or the words too.
   * Left out: nothing. What is written to the one who said it first is not for the others (boundary 7).
   */
  shared?: 'fact' | 'words'
  /**
   * Who is told, in the app and by the channels they chose: `reporter` is everybody who said it, followers too (RQ13);
   * `others` is all of them but the one whose word it is.
   */
  tells: readonly ('reporter' | 'others' | 'holder' | 'above' | 'reviewer')[]
  /**
   * Whether the running clock goes on, ends, is set anew, stands still, goes on from there, gets longer, or is put back as
   * it was before a merge (RQ4).
   */
  clock: 'runs on' | 'starts' | 'ends' | 'stops' | 'goes on' | 'gets longer' | 'as before'
}

export const entries = {
  submit: {
    from: [],
    to: 'submitted',
    by: ['reporter', 'desk'],
    needs: ['title', 'words', 'path'],
    seen: true,
    shared: 'fact',
    tells: ['holder'],
    clock: 'starts',
  },
  accept: {
    from: ['submitted', 'appealed'],
    to: 'accepted',
    by: ['desk'],
    needs: ['category', 'urgency'],
    seen: true,
    shared: 'fact',
    tells: ['reporter'],
    clock: 'starts',
  },
  decline: {
    from: ['submitted'],
    to: 'declined',
    by: ['desk'],
    needs: ['reason', 'words', 'instead'],
    seen: true,
    shared: 'words',
    tells: ['reporter'],
    clock: 'ends',
  },
  hand_over: {
    from: ['declined'],
    to: 'assigned',
    by: ['desk', 'system'],
    needs: ['lead'],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'reporter'],
    clock: 'starts',
  },
  assign: {
    from: ['accepted'],
    to: 'assigned',
    by: ['desk'],
    needs: ['lead'],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'reporter'],
    clock: 'runs on',
  },
  take: {
    from: ['assigned'],
    to: 'in_progress',
    by: ['holder'],
    needs: [],
    seen: true,
    shared: 'fact',
    tells: [],
    clock: 'runs on',
  },
  return: {
    from: ['assigned'],
    to: 'accepted',
    by: ['holder'],
    needs: ['basis', 'words'],
    seen: true,
    shared: 'fact',
    tells: ['holder'],
    clock: 'runs on',
  },
  transfer: {
    from: ['assigned'],
    to: 'assigned',
    by: ['holder', 'desk'],
    needs: ['lead', 'words'],
    seen: true,
    shared: 'fact',
    tells: ['holder'],
    clock: 'runs on',
  },
  escalate: {
    from: ['accepted', 'assigned', 'in_progress'],
    to: 'accepted',
    by: ['holder', 'desk', 'system'],
    needs: ['words'],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'reporter'],
    clock: 'runs on',
  },
  note: {
    from: ['submitted', 'accepted', 'assigned', 'in_progress', 'suspended', 'answered', 'appealed'],
    to: 'same',
    by: ['reporter', 'follower', 'holder', 'desk'],
    needs: ['words'],
    seen: 'choice',
    tells: ['holder'],
    clock: 'runs on',
  },
  ask: {
    from: ['accepted', 'assigned', 'in_progress', 'appealed'],
    to: 'same',
    by: ['holder', 'desk'],
    needs: ['words'],
    seen: true,
    tells: ['reporter'],
    clock: 'runs on',
  },
  propose: {
    from: ['in_progress', 'answered', 'closed'],
    to: 'same',
    by: ['holder', 'desk'],
    needs: ['what', 'reason', 'words'],
    seen: true,
    tells: ['reviewer'],
    clock: 'runs on',
  },
  review: {
    from: ['in_progress', 'answered', 'closed'],
    to: 'same',
    by: ['reviewer'],
    needs: ['agree', 'words'],
    seen: true,
    tells: ['holder'],
    clock: 'runs on',
  },
  suspend: {
    from: ['in_progress'],
    to: 'suspended',
    by: ['system'],
    needs: ['reason', 'until', 'approved'],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'reporter'],
    clock: 'stops',
  },
  resume: {
    from: ['suspended'],
    to: 'in_progress',
    by: ['holder', 'desk', 'system'],
    needs: [],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'reporter'],
    clock: 'goes on',
  },
  extend: {
    from: ['in_progress'],
    to: 'same',
    by: ['system'],
    needs: ['reason', 'approved'],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'reporter'],
    clock: 'gets longer',
  },
  exclude: {
    from: ['answered', 'closed'],
    to: 'same',
    by: ['system'],
    needs: ['reason', 'approved'],
    seen: true,
    tells: ['reporter'],
    clock: 'runs on',
  },
  answer: {
    from: ['submitted', 'accepted', 'in_progress', 'appealed'],
    to: 'answered',
    by: ['holder', 'desk'],
    needs: ['words', 'points'],
    seen: true,
    shared: 'words',
    tells: ['reporter'],
    clock: 'starts',
  },
  confirm: {
    from: ['answered'],
    to: 'closed',
    by: ['reporter'],
    needs: [],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'others'],
    clock: 'ends',
  },
  follow_up: {
    from: ['answered', 'closed'],
    to: 'same',
    by: ['desk'],
    needs: ['outcome'],
    seen: true,
    tells: [],
    clock: 'runs on',
  },
  reopen: {
    from: ['answered', 'closed'],
    to: 'in_progress',
    by: ['reporter', 'follower', 'desk'],
    needs: ['words'],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'others'],
    clock: 'starts',
  },
  close: {
    from: ['answered'],
    to: 'closed',
    by: ['desk', 'system'],
    needs: ['grounds'],
    seen: true,
    shared: 'fact',
    tells: ['reporter'],
    clock: 'ends',
  },
  appeal: {
    from: ['declined', 'closed'],
    to: 'appealed',
    by: ['reporter'],
    needs: ['words'],
    seen: true,
    shared: 'fact',
    tells: ['holder'],
    clock: 'starts',
  },
  rate: {
    from: ['closed'],
    to: 'same',
    by: ['reporter'],
    needs: ['satisfaction'],
    seen: true,
    tells: [],
    clock: 'runs on',
  },
  withdraw: {
    from: ['submitted', 'accepted', 'assigned', 'in_progress', 'suspended', 'appealed'],
    to: 'withdrawn',
    by: ['reporter'],
    needs: [],
    seen: true,
    shared: 'fact',
    tells: ['holder'],
    clock: 'ends',
  },
  follow: {
    from: ['submitted', 'accepted', 'assigned', 'in_progress', 'suspended', 'answered', 'appealed'],
    to: 'same',
    by: ['resident'],
    needs: [],
    seen: true,
    shared: 'fact',
    tells: [],
    clock: 'runs on',
  },
  merge: {
    from: ['submitted', 'accepted'],
    to: 'merged',
    by: ['desk'],
    needs: ['into'],
    seen: true,
    tells: ['reporter'],
    clock: 'ends',
  },
  unmerge: {
    from: ['merged'],
    to: 'before',
    by: ['desk'],
    needs: ['words'],
    seen: true,
    tells: ['holder', 'reporter'],
    clock: 'as before',
  },
  // What a merge and its undoing leave in the story of the one that stays; entered by rule, in the name of the desk.
  absorb: {
    from: ['submitted', 'accepted', 'assigned', 'in_progress', 'suspended', 'answered', 'appealed'],
    to: 'same',
    by: ['system'],
    needs: ['from'],
    seen: true,
    tells: [],
    clock: 'runs on',
  },
  release: {
    from: [
      'submitted',
      'accepted',
      'assigned',
      'in_progress',
      'suspended',
      'answered',
      'closed',
      'declined',
      'appealed',
      'withdrawn',
    ],
    to: 'same',
    by: ['system'],
    needs: ['from'],
    seen: true,
    tells: [],
    clock: 'runs on',
  },
  remind: {
    from: ['submitted', 'accepted', 'assigned', 'in_progress', 'answered', 'appealed'],
    to: 'same',
    by: ['system'],
    needs: ['share'],
    seen: false,
    tells: ['holder'],
    clock: 'runs on',
  },
  supervise: {
    from: ['submitted', 'accepted', 'assigned', 'in_progress', 'suspended', 'appealed'],
    to: 'same',
    by: ['system', 'desk'],
    needs: [],
    seen: true,
    shared: 'fact',
    tells: ['holder', 'above'],
    clock: 'runs on',
  },
} as const satisfies Record<string, EntryRule>

export type EntryKind = keyof typeof entries
export const entryKinds = Object.keys(entries) as EntryKind[]
