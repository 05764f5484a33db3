/** What a row of the lifecycle table says, and the words it says it with; the table itself is `lifecycle.ts`. */

export type State =
  | 'submitted'
  | 'accepted'
  | 'assigned'
  | 'in_progress'
  | 'whistled'
  | 'suspended'
  | 'answered'
  | 'closed'
  | 'declined'
  | 'appealed'
  | 'merged'
  | 'withdrawn'

/**
 * Where a request climbs to when its level cannot solve it (R4), from the ground up: every kind of area that can have a
 * desk. Over a place there are as many as the organisation tree has desks; the others are passed over.
 */
export const levels = [
  'building',
  'compound',
  'grid',
  'village_group',
  'community',
  'subdistrict',
  'district',
] as const
export type Level = (typeof levels)[number]

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

/**
 * Who may make an entry, as seen from the request:
 * `reporter` said it; `follower` said the same and follows it (RQ13); `resident` is about to; `desk` serves at the desk
 * that holds it, or at a desk above it; `holder` serves in the organisation that holds it now; `reviewer` may agree to
 * what is proposed, because they are not who proposed it (`reviewing.ts`); `part` serves in an organisation that holds a
 * part of it (RQ12); `system` is the clock, or what follows by rule: from another capability, too, in the name of whoever
 * decided there (a town's judgement, a meeting).
 */
export type Party = 'reporter' | 'follower' | 'resident' | 'desk' | 'holder' | 'part' | 'reviewer' | 'system'

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
   * `others` is all of them but the one whose word it is; `assisting` whom the entry brings in beside the holder, `part`
   * whoever holds the part it is about.
   */
  tells: readonly ('reporter' | 'others' | 'holder' | 'above' | 'reviewer' | 'assisting' | 'part')[]
  /**
   * Whether the running clock goes on, ends, is set anew, stands still, goes on from there, gets longer, or is put back as
   * it was before a merge (RQ4).
   */
  clock: 'runs on' | 'starts' | 'ends' | 'stops' | 'goes on' | 'gets longer' | 'as before'
}
