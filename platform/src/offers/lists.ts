/** Lists that pages show too; contracts and pages take them from here. */

/** On what somebody gives back what they took; what of it says that it is no small want ends the offer. */
export const backBases = ['no_time', 'cannot', 'tools_missing', 'not_reached', 'unsafe', 'not_small'] as const
export type BackBasis = (typeof backBases)[number]

/** Most people asked at once, and how many are when the desk does not choose. */
export const mostAtOnce = 5
export const usuallyAtOnce = 3

/** Hours to answer that a desk may choose from. */
export const answerHours = [2, 4, 12, 24, 48] as const
