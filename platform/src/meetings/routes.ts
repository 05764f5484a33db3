import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { addItem, proposals, removeItem } from './agenda.ts'
import type { LateWhistles } from './agenda.ts'
import {
  attendanceSchema,
  decisionSchema,
  itemIdSchema,
  jointChangeSchema,
  jointIdSchema,
  jointListSchema,
  jointSchema,
  meetingChangeSchema,
  meetingIdSchema,
  meetingListSchema,
  meetingSchema,
  meetingsQuerySchema,
  memberIdSchema,
  newItemSchema,
  newMeetingSchema,
  proposalsSchema,
} from './contract.ts'
import type { MeetingView } from './contract.ts'
import { decideItem, undecide } from './deciding.ts'
import { listJoints, setJoint } from './joint.ts'
import { minutesFile, noticeFile } from './printing.ts'
import { attend, changeMeeting, convene, listed, meetingSteps, one, takeStep } from './service.ts'

export type MeetingDeps = { keys: Keys; lateWhistles: LateWhistles }

const etag = ({ version }: { version: number }) => version
const about = { params: meetingIdSchema, output: meetingSchema, etag } as const
/** What the ledger keeps of a meeting that was read or changed; which requests were on it tells the subject. */
const noted =
  (did: string) =>
  (_: unknown, { id, path, state, items }: MeetingView) => ({
    subjectKind: 'meeting',
    subject: id,
    path,
    detail: { did, state, items: items.length },
  })

export function meetingRoutes(deps: MeetingDeps): Route[] {
  return [...jointRoutes(), ...prepareRoutes(deps), ...dayRoutes(deps), ...paperRoutes()]
}

function jointRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/joint-meetings',
      allow: 'meeting.read',
      summary: 'Joint meetings of my area and those I sit in, with their standing members',
      output: jointListSchema,
      run: listJoints,
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/joint-meetings/:id',
      allow: 'meeting.keep',
      summary:
        'Sets up the joint meeting of an area (If-Match "0"), or changes its name, chair and standing members',
      params: jointIdSchema,
      body: jointChangeSchema,
      output: jointSchema,
      ifMatch: true,
      etag,
      run: (call, { params, body }) => setJoint(call, params.id, body, call.version ?? 0),
      audit: ({ params, body }) => ({
        subjectKind: 'joint_meeting',
        subject: params.id,
        path: body.path,
        detail: { seats: body.seats.length },
      }),
    }),
  ]
}

function prepareRoutes({ lateWhistles }: MeetingDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/meetings',
      allow: 'meeting.read',
      summary: 'Meetings ahead, the next one first; or those over, the newest first',
      query: meetingsQuerySchema,
      output: meetingListSchema,
      run: (call, { query }) => listed(call, query),
      audit: (_, output) => ({ subjectKind: 'meeting', detail: { rows: output.items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/meetings',
      allow: 'meeting.keep',
      summary: 'Calls a meeting together; the same id twice is one meeting',
      body: newMeetingSchema,
      output: meetingSchema,
      status: 201,
      etag,
      run: (call, { body }) => convene(call, body),
      audit: noted('convene'),
    }),
    route({
      ...about,
      method: 'GET',
      path: '/api/meetings/:id',
      allow: 'meeting.read',
      summary:
        'The meeting: who sits in it, the agenda with its papers, decisions, and what became of the last ones',
      run: (call, { params }) => one(call, params.id),
      audit: noted('read'),
    }),
    route({
      ...about,
      method: 'PATCH',
      path: '/api/meetings/:id',
      allow: 'meeting.keep',
      summary: 'Changes when and where, who is invited, and the order of the agenda',
      body: meetingChangeSchema,
      ifMatch: true,
      run: (call, { params, body }) => changeMeeting(call, params.id, body, call.version ?? 0),
      audit: noted('change'),
    }),
    route({
      method: 'GET',
      path: '/api/meetings/:id/proposals',
      allow: 'meeting.keep',
      summary: 'What the rule proposes for the agenda, from what is stuck, each with why',
      params: meetingIdSchema,
      output: proposalsSchema,
      run: (call, { params }) => proposals(call, params.id, lateWhistles),
      audit: ({ params }, { items }) => ({
        subjectKind: 'meeting',
        subject: params.id,
        detail: { did: 'propose', requests: items.map(({ paper }) => paper.id) },
      }),
    }),
    route({
      ...about,
      method: 'POST',
      path: '/api/meetings/:id/items',
      allow: 'meeting.keep',
      summary:
        'Puts a request, or a matter that nobody has said, on the agenda; the same id twice is one item',
      body: newItemSchema,
      status: 201,
      run: (call, { params, body }) => addItem(call, params.id, body, lateWhistles),
      audit: noted('add'),
    }),
    route({
      ...about,
      method: 'DELETE',
      path: '/api/meetings/:id/items/:item',
      allow: 'meeting.keep',
      summary: 'Takes an item off the agenda, as long as the papers are not out',
      params: itemIdSchema,
      run: (call, { params }) => removeItem(call, params.id, params.item),
      audit: noted('remove'),
    }),
  ]
}

function dayRoutes({ keys }: MeetingDeps): Route[] {
  return [
    route({
      ...about,
      method: 'POST',
      path: '/api/meetings/:id/steps/:step',
      allow: 'meeting.keep',
      summary:
        'Sends the papers out, opens the meeting, closes it so that its decisions count, or gives it up',
      params: meetingIdSchema.extend({ step: z.enum(meetingSteps).describe('Which step') }),
      run: (call, { params }) => takeStep(call, params.id, params.step, { keys }),
      audit: ({ params }, output) => noted(params.step)(null, output),
    }),
    route({
      ...about,
      method: 'PUT',
      path: '/api/meetings/:id/attendance/:organisation',
      allow: 'meeting.keep',
      summary: 'Who came',
      params: memberIdSchema,
      body: attendanceSchema,
      run: (call, { params, body }) => attend(call, params.id, params.organisation, body),
      audit: noted('attend'),
    }),
    route({
      ...about,
      method: 'PUT',
      path: '/api/meetings/:id/items/:item/decision',
      allow: 'meeting.keep',
      summary: 'Writes down what was decided about an item; it counts when the meeting is closed',
      params: itemIdSchema,
      body: decisionSchema,
      run: (call, { params, body }) => decideItem(call, params.id, params.item, body),
      audit: noted('decide'),
    }),
    route({
      ...about,
      method: 'DELETE',
      path: '/api/meetings/:id/items/:item/decision',
      allow: 'meeting.keep',
      summary: 'Takes a decision back while the meeting lasts',
      params: itemIdSchema,
      run: (call, { params }) => undecide(call, params.id, params.item),
      audit: noted('undecide'),
    }),
  ]
}

/** Papers that leave the product: each print is in the ledger (boundary 4). */
function paperRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/meetings/:id/minutes',
      allow: 'meeting.read',
      summary: 'The minutes as .docx in the official layout (GB/T 9704-2012); confidential matters withheld',
      params: meetingIdSchema,
      perMinute: 60,
      run: (call, { params }) => minutesFile(call, params.id),
      audit: ({ params }) => ({
        subjectKind: 'meeting',
        subject: params.id,
        detail: { did: 'print', what: 'minutes' },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/meetings/:id/items/:item/notice',
      allow: 'meeting.keep',
      summary: 'The supervision notice of a decision as .docx in the official layout (GB/T 9704-2012)',
      params: itemIdSchema,
      perMinute: 60,
      run: (call, { params }) => noticeFile(call, params.id, params.item),
      audit: ({ params }) => ({
        subjectKind: 'meeting',
        subject: params.id,
        detail: { did: 'print', what: 'notice', item: params.item },
      }),
    }),
  ]
}
