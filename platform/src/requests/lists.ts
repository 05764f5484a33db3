/** The lists and limits that the lifecycle names: grounds, outcomes, channels, and how long something may take. */

/** How long the desk has to say who will see to it: four working hours from submission. */
export const triageLimit = { unit: 'working_hours', amount: 4 } as const

/** RQ14: how long each level above has, once something is overdue, before the next one is told or gets it. */
export const rungLimits = {
  now: { unit: 'calendar_hours', amount: 2 },
  other: { unit: 'working_days', amount: 1 },
} as const

/** RQ7: how long the reporter's word is awaited after the answer was told, in calendar days. */
export const wordLimit = { unit: 'calendar_days', amount: 7 } as const

/** A reporter may reopen a closed request once, within this many days of its closing. */
export const reopenDays = 15

/** Calls without an answer after which a request may be closed as unreachable (boundary 18). */
export const triesUntilUnreachable = 3

/** RQ5: the shares of a clock at which the holder is warned, and the level above is told. */
export const alarmShares = { half: 50, most: 80, due: 100 } as const
export type AlarmShare = keyof typeof alarmShares

/** On what a unit may send a request back; the words that go with it say why in this case. */
export const returnBases = [
  'not_our_duty',
  'not_our_area',
  'other_unit_named_by_law',
  'facts_wrong',
  'needs_other_unit_first',
] as const

/** On what a desk may decline; each needs words and where to go instead. The first is what a hand-over usually rests on. */
export const declineReasons = [
  'other_units_duty',
  'in_court_or_arbitration',
  'not_public_service',
  'already_answered',
  'cannot_be_verified',
  'outside_district',
] as const

export const outcomes = ['satisfied', 'fair', 'dissatisfied', 'unreachable'] as const
export const satisfactions = ['satisfied', 'fair', 'dissatisfied'] as const
export const closeGrounds = ['followed_up', 'unreachable', 'silence'] as const
export const urgencies = ['now', 'by_date', 'explain'] as const
export const channels = [
  'phone_page',
  'phone_call',
  'visit',
  'patrol',
  'reception_room',
  'chat_group',
  'spot_code',
  'open311',
  'meeting',
  'clean_up',
] as const

/** Where an entry was made: a request's channels, the console of staff, or the clock. */
export const entryChannels = [...channels, 'console', 'clock'] as const

/** By when the level above has answered an appeal, or taken the request back up. */
export const appealLimit = { unit: 'working_days', amount: 5 } as const

/** An appeal is possible once, within this many days of the closing or the decline (as Administrative Reconsideration Law art. 20 has it). */
export const appealDays = 60

/**
 * What a second person has to agree to, in which states it may be proposed, and on which grounds. `mostDays` is how far
 * away its end may lie: a suspension has an end (RQ14), an extension is no second limit.
 */
export const proposals = {
  suspend: {
    from: ['in_progress'],
    reasons: ['season', 'procurement', 'expert_report', 'court', 'reporter_away'],
    mostDays: 90,
    evidence: false,
  },
  extend: {
    from: ['in_progress'],
    reasons: ['several_units', 'hidden_defects', 'material_missing', 'force_majeure'],
    mostDays: 60,
    evidence: false,
  },
  exclude: {
    from: ['answered', 'closed'],
    reasons: ['against_the_law', 'facts_disproved', 'in_court_or_arbitration', 'answered_by_law'],
    mostDays: null,
    evidence: true,
  },
} as const
export type Proposed = keyof typeof proposals
export const proposedKinds = Object.keys(proposals) as Proposed[]
export const proposalReasons = [
  ...new Set(Object.values(proposals).flatMap(({ reasons }) => [...reasons])),
] as const
export type ProposalReason = (typeof proposals)[Proposed]['reasons'][number]
