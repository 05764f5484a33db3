import type { Call } from '#access/route.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import { oneAtATime } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import { table } from './agenda.ts'
import type { Attendance, MeetingChange, MeetingsQuery, MeetingView, NewMeeting } from './contract.ts'
import { close } from './deciding.ts'
import * as items from './item-store.ts'
import { activeOnes, keeps, staffOf, text } from './joint.ts'
import { kept } from './kept.ts'
import * as store from './store.ts'
import type { Meeting } from './store.ts'
import { meetingRows, meetingView } from './view.ts'

/** Meetings: called, prepared, held. Whoever sits in one reads it; the desk over its area keeps it. */

export async function listed(call: Call, query: MeetingsQuery) {
  const after = query.after ? readCursor(query.after, isInstant) : null
  const { rows, next } = pageOf(
    await store.meetings(
      call.trx,
      {
        isPast: query.when === 'past',
        joint: query.joint ?? null,
        after: after && { at: after.key, id: after.id },
        limit: query.limit,
      },
      call.scope,
    ),
    query.limit,
    ({ at, id }) => ({ key: at, id }),
  )
  return { items: await meetingRows(call, rows), next }
}

export async function one(call: Call, id: string): Promise<MeetingView> {
  return meetingView(call, await kept(call, id))
}

/** Calls a meeting together, with the standing members as they are now; the same id twice is one meeting. */
export async function convene(call: Call, given: NewMeeting): Promise<MeetingView> {
  const { trx, now } = call
  const of = await store.joint(trx, given.joint)
  if (!of || !keeps(call.actor, of.path)) refuse('record.invalid_reference', { field: 'body.joint' })
  await oneAtATime(trx, given.id)
  const before = await store.meeting(trx, given.id)
  if (before) {
    const isSame = before.joint === given.joint && before.madeBy === staffOf(call).id
    return isSame ? meetingView(call, before) : refuse('id_taken', { field: 'body.id' })
  }
  ahead(call, given.at)
  const made = { ...given, path: of.path, madeBy: staffOf(call).id }
  if (!(await store.addMeeting(trx, made, text(now)))) refuse('id_taken', { field: 'body.id' })
  await store.callSeats(trx, given.id, of.id)
  return one(call, given.id)
}

/** A meeting is called for a time to come. */
function ahead({ now }: Call, at: string): void {
  if (Date.parse(at) < now.epochMilliseconds)
    refuse('input.invalid', { field: 'body.at', expected: text(now), params: { count: 1 } })
}

/** Changes what was read: when, where, who is invited, in which order. */
export async function changeMeeting(
  call: Call,
  id: string,
  change: MeetingChange,
  version: number,
): Promise<MeetingView> {
  const { trx } = call
  const meeting = await kept(call, id, 'change')
  if (meeting.version !== version) refuse('changed_meanwhile')
  if (change.at !== undefined && change.at !== meeting.at) {
    if (meeting.state === 'open') refuse('meeting.not_in_this_state')
    ahead(call, change.at)
  }
  if (change.invited) {
    await activeOnes(
      trx,
      change.invited.map(({ organisation }) => organisation),
      'body.invited',
    )
    await store.replaceInvited(trx, id, change.invited)
  }
  if (change.order) await items.orderItems(trx, id, change.order)
  await store.changeMeeting(trx, id, change)
  return one(call, id)
}

export const meetingSteps = ['call', 'open', 'close', 'cancel'] as const
const reached: Record<(typeof meetingSteps)[number], readonly Meeting['state'][]> = {
  call: ['called', 'open', 'held'],
  open: ['open', 'held'],
  close: ['held'],
  cancel: ['cancelled'],
}

/** MT4: papers out, in the room, over, given up. A step that was taken before changes nothing. */
export async function takeStep(
  call: Call,
  id: string,
  step: (typeof meetingSteps)[number],
  { keys }: { keys: Keys },
): Promise<MeetingView> {
  const { trx, now } = call
  const seen = await kept(call, id)
  if (keeps(call.actor, seen.path) && reached[step].includes(seen.state)) return one(call, id)
  const meeting = await kept(call, id, step)
  switch (step) {
    case 'call':
      await store.step(trx, id, 'called', text(now))
      await table(call, meeting)
      await tellMembers(call, meeting, 'meeting.called')
      break
    case 'open':
      await store.step(trx, id, 'open', text(now))
      break
    case 'cancel':
      await store.step(trx, id, 'cancelled', text(now))
      if (meeting.state === 'called') await tellMembers(call, meeting, 'meeting.cancelled')
      break
    case 'close':
      await close(call, meeting, keys)
      await tellMembers(call, meeting, 'meeting.held')
  }
  return one(call, id)
}

/** Everybody who sits in it is told once; that names the meeting and its time, and nothing of what is on its agenda (RQ10). */
async function tellMembers(call: Call, meeting: Meeting, template: string): Promise<void> {
  const { trx, now } = call
  const of = (await store.joint(trx, meeting.joint)) ?? refuse('record.not_found')
  const at = Temporal.Instant.from(meeting.at).toZonedDateTimeISO('Asia/Shanghai')
  const params = {
    name: of.name,
    day: at.toPlainDate().toString(),
    clock: at.toPlainTime().toString({ smallestUnit: 'minute' }),
    place: meeting.place,
  }
  await tellAll(
    trx,
    (await store.members(trx, meeting.id))
      .filter(({ organisation }) => organisation !== of.organisation)
      .map(({ organisation }) => ({
        id: derivedId(template, meeting.id, organisation),
        to: { organisation },
        template,
        params,
        at: text(now),
      })),
  )
}

export async function attend(
  call: Call,
  id: string,
  organisation: string,
  { attendance, person }: Attendance,
): Promise<MeetingView> {
  await kept(call, id, 'attend')
  const said = { attendance, person: attendance === 'here' ? (person ?? null) : null }
  if (!(await store.attend(call.trx, id, organisation, said))) refuse('record.not_found')
  await store.touch(call.trx, id)
  return one(call, id)
}
