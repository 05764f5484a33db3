import type { Call } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import { keeps, staffOf } from './joint.ts'
import { abilitiesIn } from './rules.ts'
import type { MeetingAbility } from './rules.ts'
import * as store from './store.ts'
import type { Meeting } from './store.ts'

/** A meeting as whoever keeps it gets hold of it. */

/** A meeting in reach. With `step` it is locked, and that step has to be possible now for whoever calls. */
export async function kept(call: Call, id: string, step?: MeetingAbility): Promise<Meeting> {
  const meeting = (await store.meeting(call.trx, id, step !== undefined)) ?? refuse('record.not_found')
  if (step !== undefined && !keeps(call.actor, meeting.path)) refuse('record.not_found')
  if (step !== undefined && !abilitiesIn(meeting.state, true).includes(step))
    refuse('meeting.not_in_this_state')
  return meeting
}

/** In whose name a meeting enters something: of whoever keeps it, for the desk that calls it. */
export async function makerOf(call: Call, meeting: Meeting) {
  const of = (await store.joint(call.trx, meeting.joint)) ?? refuse('record.not_found')
  return { kind: 'staff' as const, person: staffOf(call).id, organisation: of.organisation }
}
