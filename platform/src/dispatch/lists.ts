/** Limits of the steps of order, dispatch and take, and the lists the pages show. */

/**
 * How long each step may take before somebody is told, beside the request's own limit, which they never move (RQ4): the
 * desk that accepted has this long to dispatch it, whoever it was dispatched to this long to take it or send it back.
 */
export const stepLimits = {
  dispatch: {
    usual: { unit: 'working_hours', amount: 4 },
    urgent: { unit: 'calendar_hours', amount: 1 },
  },
  take: {
    usual: { unit: 'working_days', amount: 1 },
    urgent: { unit: 'calendar_hours', amount: 2 },
  },
} as const

export const steps = ['dispatch', 'take'] as const
export type DispatchStep = (typeof steps)[number]

/** Why somebody is proposed, the strongest ground first; `nobody` leaves it to the desk. */
export const whys = [
  'precedent',
  'rule',
  'answered_here',
  'answered_near',
  'named_by_category',
  'nobody',
] as const
export type Why = (typeof whys)[number]

/** The columns of the board: where the organisation that holds a request stands. */
export const boardLevels = ['community', 'subdistrict', 'district'] as const
export type BoardLevel = (typeof boardLevels)[number]

/** What a list on the board may be narrowed to by its time. */
export const dues = ['overdue', 'today', 'later', 'paused'] as const
export type Due = (typeof dues)[number]

/** Figures that open onto their requests (boundary 19). */
export const figureKinds = [
  'dispatched',
  'wrong',
  'returned',
  'returned_twice',
  'unfollowed',
  'unproposed',
] as const
export type FigureKind = (typeof figureKinds)[number]
