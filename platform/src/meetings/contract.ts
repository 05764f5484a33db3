import { z } from 'zod'
import { stateSchema } from '#requests/contract.ts'
import { agendaReasons, attendances, fates, meetingLevels, meetingStates, outcomes } from './lists.ts'

/** Contracts of joint meetings (R6). Ids are UUIDv7 made by the page; times ISO 8601 in UTC, days civil days of Shanghai. */

const id = (what: string) => z.uuid().describe(what)
const instant = (what: string) => z.iso.datetime().describe(what)
const line = (max: number) => z.string().trim().min(1).max(max)
const areaPath = z.string().regex(/^(\d+\/){1,6}$/)
const named = (what: string) =>
  z.object({ id: id('Organisation'), name: z.string().describe('Its short name') }).describe(what)

const seat = {
  organisation: id('Organisation that sits in it'),
  post: line(40).describe('The post that speaks for it'),
}

export const jointChangeSchema = z.strictObject({
  path: areaPath.describe('Area it is for; one meeting stands for an area'),
  name: z.string().trim().min(2).max(40).describe('What it is called'),
  mark: z.string().trim().max(8).default('').describe('Characters before the number of its papers'),
  chair: line(40).describe('The post of whoever presides'),
  seats: z.array(z.strictObject(seat)).min(1).max(40).describe('Standing members, in their order'),
})
export type JointChange = z.output<typeof jointChangeSchema>

export const jointSchema = z.object({
  id: id('Joint meeting'),
  name: z.string().describe('What it is called'),
  path: z.string().describe('Area it is for'),
  place: z.string().describe('That area in words'),
  level: z.enum(meetingLevels).describe('Level; `grid` is a compound, grid or village group'),
  organisation: named('The desk that calls it and keeps its minutes'),
  mark: z.string().describe('Characters before the number of its papers'),
  chair: z.string().describe('The post of whoever presides'),
  seats: z
    .array(
      z.object({
        organisation: named('Organisation that sits in it'),
        post: z.string().describe('The post that speaks for it'),
      }),
    )
    .describe('Standing members'),
  keeps: z.boolean().describe('Whether you call it and write its decisions down'),
  version: z.int().describe('Version, for If-Match'),
})
export type JointView = z.infer<typeof jointSchema>
export const jointListSchema = z.object({
  items: z.array(jointSchema).describe('Those of your area, and those you sit in'),
})

export const meetingsQuerySchema = z.object({
  when: z.enum(['coming', 'past']).default('coming').describe('Still to be held, or over'),
  joint: z.uuid().optional().describe('Of one joint meeting'),
  after: z.string().max(300).optional().describe('Cursor of the next page'),
  limit: z.coerce.number().int().min(1).max(50).default(20).describe('Rows of a page'),
})
export type MeetingsQuery = z.output<typeof meetingsQuerySchema>

const about = {
  id: id('Meeting'),
  joint: z
    .object({ id: id('Joint meeting'), name: z.string().describe('What it is called') })
    .describe('Which meeting'),
  level: z.enum(meetingLevels).describe('Level'),
  path: z.string().describe('Area it is for'),
  at: instant('When it begins'),
  place: z.string().describe('Which room'),
  state: z.enum(meetingStates).describe('How far it is'),
  year: z.int().nullable().describe('Year it is numbered in; null until it was held'),
  number: z.int().nullable().describe('Number within the year; null until it was held'),
}
const figures = {
  items: z.int().describe('Items on the agenda'),
  decided: z.int().describe('Of them decided as a task'),
  running: z.int().describe('Decisions that run'),
  late: z.int().describe('Decisions that are late'),
  done: z.int().describe('Decisions that are done'),
}
export const meetingRowSchema = z.object({ ...about, ...figures })
export type MeetingRow = z.infer<typeof meetingRowSchema>
export const meetingListSchema = z.object({
  items: z.array(meetingRowSchema).describe('The next one first; of those over, the newest'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const newMeetingSchema = z.strictObject({
  id: id('Made by the page; the same id sent twice is one meeting'),
  joint: id('Which joint meeting'),
  at: instant('When it begins'),
  place: line(60).describe('Which room'),
})
export type NewMeeting = z.output<typeof newMeetingSchema>

export const meetingChangeSchema = z.strictObject({
  at: instant('When it begins').optional(),
  place: line(60).optional().describe('Which room'),
  invited: z
    .array(z.strictObject(seat))
    .max(40)
    .optional()
    .describe('Who is invited beside the standing members; replaces those invited so far'),
  order: z.array(z.uuid()).max(100).optional().describe('Items in their order, all of them'),
})
export type MeetingChange = z.output<typeof meetingChangeSchema>

export const newItemSchema = z.union([
  z.strictObject({
    id: id('Made by the page'),
    request: id('Request to put on the agenda'),
  }),
  z.strictObject({
    id: id('Made by the page'),
    code: z
      .string()
      .trim()
      .regex(/^[A-Z]{2,4}-\d{4}-\d{6}$/)
      .describe('Code of the request to put on the agenda'),
  }),
  z.strictObject({
    id: id('Made by the page'),
    title: line(60).describe('A matter that nobody has said yet: what it is'),
    words: line(2000).describe('What is known of it'),
    path: areaPath.optional().describe('Where; the area of the meeting when left out'),
  }),
])
export type NewItem = z.output<typeof newItemSchema>

export const decisionSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('task').describe('Somebody does something by a day'),
    lead: id('Who answers for it'),
    assisting: z.array(z.uuid()).max(10).default([]).describe('Who helps'),
    demand: line(500).describe('What is to be done'),
    dueOn: z.iso.date().describe('By which day; the end of office hours'),
    precedent: z.boolean().default(false).describe('Whether such matters go the same way from now on'),
    category: z
      .string()
      .regex(/^[A-Z]\d{2}$/)
      .optional()
      .describe('Kind of matter, where the request has none yet'),
  }),
  z.strictObject({
    outcome: z
      .literal('precedent')
      .describe('No task, but a rule: such matters are given out so from now on'),
    lead: id('Who answers for such matters'),
    category: z
      .string()
      .regex(/^[A-Z]\d{2}$/)
      .describe('Kind of matter'),
    demand: line(500).describe('The rule in words'),
  }),
  z.strictObject({
    outcome: z.literal('next_time').describe('Put off to the next meeting'),
    demand: z.string().trim().max(500).default('').describe('What is to be found out until then'),
  }),
])
export type Decision = z.output<typeof decisionSchema>

export const attendanceSchema = z.strictObject({
  attendance: z.enum(attendances).describe('Whether somebody came for it'),
  person: line(40).optional().describe('Who, as the minutes name them'),
})
export type Attendance = z.output<typeof attendanceSchema>

const reasonSchema = z.object({
  kind: z.enum(agendaReasons).describe('Why it belongs on the agenda'),
  since: z.iso.datetime().nullable().describe('Since when that is so'),
  count: z.int().nullable().describe('How often, where it is counted'),
})
export type Reason = z.infer<typeof reasonSchema>

/** What travels with a request (RQ11): no reporter is in it. */
const paperSchema = z.object({
  id: id('Request'),
  code: z.string().describe('Short code'),
  title: z.string().describe('What it is called, to whoever reads this'),
  words: z.string().describe('What was said; empty for whoever may not know (RQ10)'),
  state: stateSchema,
  place: z.string().describe('Where, in words'),
  category: z
    .object({ code: z.string().describe('Code'), name: z.string().describe('Name') })
    .nullable()
    .describe('Kind'),
  submittedAt: instant('When it was said'),
  dueAt: z.iso.datetime().nullable().describe('When it is due; no meeting moves it (RQ4)'),
  overdue: z.boolean().describe('Whether that has passed'),
  holder: named('Who holds it now').nullable().describe('Who holds it now'),
  returns: z.int().describe('How often it was sent back'),
  opens: z.boolean().describe('Whether you may open the whole case'),
  story: z
    .array(
      z.object({
        kind: z.string().describe('What happened'),
        at: instant('When'),
        by: z.string().nullable().describe('Which organisation'),
        words: z.string().nullable().describe('In their words'),
      }),
    )
    .describe('What happened, newest first'),
})
export type Paper = z.infer<typeof paperSchema>

const decidedSchema = z.object({
  outcome: z.enum(outcomes).describe('What was decided'),
  lead: named('Who answers for it').nullable().describe('Who answers for it'),
  assisting: z.array(named('Who helps')).describe('Who helps'),
  demand: z.string().describe('What is to be done, or the rule in words'),
  dueAt: z.iso.datetime().nullable().describe('By when'),
  category: z
    .object({ code: z.string().describe('Code'), name: z.string().describe('Name') })
    .nullable()
    .describe('Kind of matter that goes the same way from now on'),
  precedent: z.boolean().describe('Whether such matters go the same way from now on'),
})

export const itemSchema = z.object({
  id: id('Item'),
  seq: z.int().describe('Position on the agenda, from 1'),
  title: z.string().describe('What it is about, to whoever reads this'),
  words: z.string().describe('In the secretary’s words, of a matter nobody had said'),
  withheld: z.boolean().describe('True when it lies in confidence and is not for you (RQ10)'),
  paper: paperSchema.nullable().describe('The request; null without one, or when it is withheld'),
  reasons: z.array(reasonSchema).describe('Why it was proposed; empty when the secretary chose it'),
  decision: decidedSchema.nullable().describe('What was decided'),
  fate: z.enum(fates).describe('What became of it'),
  holder: named('Who holds it now').nullable().describe('Who holds it now'),
  endedAt: z.iso.datetime().nullable().describe('When it was done'),
  supervisedAt: z.iso.datetime().nullable().describe('When it was supervised because it was late'),
})
export type ItemView = z.infer<typeof itemSchema>

const meetingAbilities = ['change', 'call', 'open', 'attend', 'decide', 'close', 'cancel'] as const
export const meetingSchema = z.object({
  ...about,
  organisation: named('The desk that calls it'),
  chair: z.string().describe('The post of whoever presides'),
  mark: z.string().describe('Characters before the number of its papers'),
  heldAt: z.iso.datetime().nullable().describe('When it ended'),
  members: z
    .array(
      z.object({
        organisation: named('Who is called'),
        kind: z.enum(['standing', 'invited']).describe('Always, or this once'),
        post: z.string().describe('The post that speaks for it'),
        attendance: z.enum(attendances).nullable().describe('Whether somebody came'),
        person: z.string().nullable().describe('Who, as the minutes name them'),
      }),
    )
    .describe('Who sits in it'),
  items: z.array(itemSchema).describe('The agenda'),
  before: z
    .object({
      id: id('The meeting before'),
      at: instant('When it was'),
      number: z.int().describe('Its number'),
      year: z.int().describe('In its year'),
      items: z.array(itemSchema).describe('What it decided, and what became of it'),
    })
    .nullable()
    .describe('What became of the last meeting’s decisions; every meeting opens with it'),
  abilities: z.array(z.enum(meetingAbilities)).describe('What you may do with it now'),
  version: z.int().describe('Version, for If-Match'),
})
export type MeetingView = z.infer<typeof meetingSchema>

export const proposalsSchema = z.object({
  items: z
    .array(
      z.object({
        paper: paperSchema.describe('The request'),
        reasons: z.array(reasonSchema).min(1).describe('Why'),
      }),
    )
    .describe('What the rule proposes, the most stuck first'),
  more: z.boolean().describe('Whether there is more than is shown'),
})
export type Proposals = z.infer<typeof proposalsSchema>

export const meetingIdSchema = z.object({ id: id('Meeting') })
export const jointIdSchema = z.object({ id: id('Joint meeting') })
export const itemIdSchema = meetingIdSchema.extend({ item: id('Item') })
export const memberIdSchema = meetingIdSchema.extend({ organisation: id('Organisation') })
