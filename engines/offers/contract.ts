/**
 * Who is offered a small want: plain objects at the door. Nothing here is about the person who wants something, and nothing
 * judges those who help: no answer rate, no speed, no score is an input (boundaries 1, 11, 14). Who said "not now" is asked
 * the next time like everybody else.
 */

/** When somebody has time. A coarse grid on purpose: any finer and it would be a timetable, which nobody keeps. */
export type Slot = string

export type Point = { lon: number; lat: number }

/** What is wanted, as far as finding people for it goes. */
export type Want = {
  /** Where it is. */
  at: Point
  /** Any one of these is enough; none means that everybody can. */
  skills: readonly string[]
  /** Any one of these will do; none means that any time will. */
  slots: readonly Slot[]
}

/** Somebody who could be asked. */
export type Helper = {
  id: string
  skills: readonly string[]
  /** From where the person comes: home, work, the own stairwell. None: nobody knows, and nobody is asked across the district. */
  from: readonly Point[]
  /** When the person said to have time; none: has not said. */
  slots: readonly Slot[]
  away: boolean
  /** Wants taken and not yet done. */
  holds: number
  /** Wants asked of the person that wait for a word now. */
  waiting: number
  /** How often the person was asked in the last thirty days. */
  asked: number
  /** Milliseconds; null when never. Breaks ties: whoever was asked longest ago comes first. */
  lastAsked: number | null
  /** Whether the person had this very want before them: asked, or took it and gave it back. */
  before: boolean
}

/** Everything that weighs, in metres of walk, so that the reasons add up. */
export type Weights = {
  /** Farther away nobody is asked. */
  farthest: number
  /** Who holds so many is not asked. */
  mostHeld: number
  /** With so many questions open nobody is asked another. */
  mostWaiting: number
  perHeld: number
  perAsked: number
  slotsUnsaid: number
}

export const usualWeights: Weights = {
  farthest: 3_000,
  mostHeld: 2,
  mostWaiting: 2,
  perHeld: 600,
  perAsked: 250,
  slotsUnsaid: 300,
}

export type Problem = {
  want: Want
  helpers: readonly Helper[]
  /** How many are asked at once. */
  many: number
  weights: Weights
}

/** Why somebody is not asked; the first that holds. */
export const refusals = [
  'before',
  'away',
  'no_skill',
  'not_free',
  'holds_enough',
  'asked_enough',
  'too_far',
] as const
export type Refusal = (typeof refusals)[number]

/** What makes up the place in the row, all in metres. */
export type Parts = {
  walk: number
  held: number
  asked: number
  slotsUnsaid: number
}

export type Ranked = {
  id: string
  /** The sum of the parts; less is better. */
  cost: number
  parts: Parts
  /** Which of the skills asked for the person has. */
  skills: string[]
}

export type Answer = {
  /** Whom to ask now, best first; at most `many`. */
  chosen: Ranked[]
  /** Who would be next, best first. */
  next: Ranked[]
  left: { id: string; why: Refusal }[]
}
