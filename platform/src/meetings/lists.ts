/** The lists that meetings choose from; the pages read them as well. */

export const meetingLevels = ['grid', 'community', 'subdistrict', 'district'] as const
export type MeetingLevel = (typeof meetingLevels)[number]
export const meetingStates = ['preparing', 'called', 'open', 'held', 'cancelled'] as const
export type MeetingState = (typeof meetingStates)[number]
/** Why something belongs on the agenda. The first four are what is stuck, the last two what the meeting before left. */
export const agendaReasons = [
  'overdue',
  'returned_twice',
  'whistle_late',
  'unanswered_supervision',
  'top_of_ladder',
  'decision_late',
  'put_off',
] as const
export type AgendaReason = (typeof agendaReasons)[number]
export const outcomes = ['task', 'precedent', 'next_time'] as const
export const attendances = ['here', 'excused', 'absent'] as const
/** What became of a decision: `open` until the meeting is over; `moved_on` when the request was settled before. */
export const fates = ['open', 'running', 'late', 'done', 'kept', 'put_off', 'moved_on'] as const
export type Fate = (typeof fates)[number]
