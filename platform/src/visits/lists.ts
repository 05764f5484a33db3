/** The lists that visits and their rules choose from. */

/** At the door of a household. */
export const doorOutcomes = ['met', 'not_at_home', 'declined', 'moved'] as const
export const outcomes = [...doorOutcomes, 'walked'] as const
export type Outcome = (typeof outcomes)[number]

/** How things are, when somebody was met. */
export const hows = ['fine', 'difficulty', 'come_more_often'] as const

export const visitors = ['liaison', 'backup', 'leader', 'grid'] as const
export type Visitor = (typeof visitors)[number]

/** Whose door a rule asks for. */
export const whos = ['all', 'care', 'list', 'event', 'walk'] as const
export type Who = (typeof whos)[number]

/** What a household says when it is asked about a visit (L9). */
export const spotResults = ['visited', 'not_visited', 'not_reached'] as const
