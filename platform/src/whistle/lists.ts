/** The lists and limits that a whistle names. */

/** RQ18: the town judges within four working hours. */
export const judgeLimit = { unit: 'working_hours', amount: 4 } as const

/** RQ18: a department reports in within one working day, within two hours when it is urgent, whatever the hour. */
export const reportLimit = { unit: 'working_days', amount: 1 } as const
export const urgentReportLimit = { unit: 'calendar_hours', amount: 2 } as const

/** How long the word of whoever blew it is awaited; afterwards it ends without. */
export const rateLimit = { unit: 'working_days', amount: 5 } as const

/** On what a department may object to being called; the words that go with it say why in this case. */
export const objectionBases = [
  'not_our_duty',
  'not_our_area',
  'other_unit_named_by_law',
  'facts_wrong',
  'needs_other_unit_first',
] as const
export type ObjectionBasis = (typeof objectionBases)[number]

export const ratings = ['satisfied', 'fair', 'dissatisfied'] as const
export type Rating = (typeof ratings)[number]

/** At most so many requests and departments in one whistle. */
export const mostRequests = 20
export const mostDepartments = 9

/** How a department did with one call, as figures count it and lists find it. */
export const outcomes = ['in_time', 'late', 'waiting', 'released'] as const
export type PartOutcome = (typeof outcomes)[number]

/** Why a whistle ended without being done. */
export const lapseReasons = ['withdrawn', 'elsewhere'] as const
export type LapseReason = (typeof lapseReasons)[number]

export type AlarmShare = 'half' | 'most' | 'due'
