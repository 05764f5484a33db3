import { z } from 'zod'
import { editSchema } from '#households/contract.ts'
import type { TaskState } from './lifecycle.ts'
import { doorOutcomes, hows, visitors } from './lists.ts'

/** Contracts of visits, tasks and promises. Ids are UUIDv7 made by whoever made the record; days are civil days in Shanghai. */

const id = (what: string) => z.uuid().describe(what)
const day = (what: string) => z.iso.date().describe(what)
const line = (max: number) => z.string().trim().min(1).max(max)
const areaPath = z.string().regex(/^(\d+\/){1,8}$/)

const taskStates = [
  'scheduled',
  'open',
  'done',
  'missed',
  'excused',
  'cancelled',
] as const satisfies readonly TaskState[]

/** Something the household needs: it becomes a service request in the same step, in the household's own words. */
const needSchema = z.object({
  id: id('Made by the phone; becomes the id of the request. The same id sent twice is one request (RQ3)'),
  words: line(2000).describe('What is needed, in the household’s words'),
  title: line(60).optional().describe('A short name; taken from the words when left out'),
  category: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .optional()
    .describe('Category, when one was suggested and kept or chosen'),
  place: z.string().trim().max(120).default('').describe('Where exactly, in words; the door when left empty'),
  attachments: z
    .array(z.uuid())
    .max(9)
    .default([])
    .describe('Photos and voice notes that belong to the need'),
  agreed: z
    .literal(true)
    .describe('The resident agreed that it is passed on; without that it stays at the door'),
})

const promiseSchema = z.object({
  id: id('Made by the phone'),
  onDay: day('The day that was agreed'),
  atTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional()
    .describe('The hour, when one was agreed'),
  words: line(200).optional().describe('What for'),
})

/** One session at one door (L5). No photo, no position: there is no field for either (VR6). */
export const visitSchema = z.strictObject({
  id: id('Made by the phone; the same id sent twice is one visit'),
  household: id('Whose door'),
  outcome: z.enum(doorOutcomes).describe('Whether somebody was met'),
  how: z.enum(hows).optional().describe('How things are; only when somebody was met'),
  words: line(2000).optional().describe('What was heard, typed'),
  voices: z.array(z.uuid()).max(3).default([]).describe('Voice notes uploaded before, by id'),
  opinion: line(2000).optional().describe('What the household thinks of how things are done here'),
  resident: id('Whom one spoke with: told of what becomes of the needs').optional(),
  needs: z.array(needSchema).max(9).default([]).describe('What is needed; each becomes a request'),
  edits: z
    .array(editSchema)
    .max(5)
    .default([])
    .describe('What changed in the handbook; merged like any other edit (docs/adr/0024)'),
  promise: promiseSchema.optional().describe('When one said to come again'),
  deviceAt: z.iso.datetime({ offset: true }).describe('When, by the clock of the phone'),
  confirm: z
    .object({
      token: z
        .string()
        .regex(/^[\w-]{22,64}$/)
        .describe('Random, made by the phone; the server keeps its digest'),
    })
    .optional()
    .describe('The phone showed a code with the address /visit/TOKEN to the resident'),
})
export type VisitInput = z.output<typeof visitSchema>

/** A walk through a grid, without a door. */
export const walkSchema = z.strictObject({
  id: id('Made by the phone; the same id sent twice is one walk'),
  path: areaPath.describe('Area that was walked through'),
  words: line(2000).optional().describe('What was seen'),
  deviceAt: z.iso.datetime({ offset: true }).describe('When, by the clock of the phone'),
})
export type WalkInput = z.output<typeof walkSchema>

export const recordedSchema = z.object({
  id: id('Visit'),
  onDay: day('The day it counts for'),
  tasks: z.array(id('Task')).describe('Tasks that it answered (VR2)'),
  requests: z
    .array(z.object({ id: id('Request'), code: z.string().describe('Short code, GY-2611-004217') }))
    .describe('What the needs became'),
  edits: z
    .array(
      z.object({
        id: id('Edit'),
        fate: z.enum(['applied', 'merged', 'conflict', 'refused']).describe('What became of it'),
        problem: z.string().nullable().describe('Code of the refusal'),
        field: z.string().nullable().describe('The field it is about'),
      }),
    )
    .describe('What became of the changes to the handbook; a refused one never stops the visit'),
  nextTryOn: z.iso.date().nullable().describe('When to try again, after nobody was at home (VR5)'),
})
export type Recorded = z.infer<typeof recordedSchema>

const personRef = z.object({ id: id('Person'), name: z.string().describe('Name') }).nullable()

export const taskSchema = z.object({
  id: id('Task'),
  rule: z
    .object({ id: id('Rule'), name: z.string().describe('Its name') })
    .describe('Which rule asks for it'),
  household: z.uuid().nullable().describe('Whose door; null for a walk'),
  door: z.string().nullable().describe('Number on the door'),
  path: z.string().describe('Stairwell, or the area of a walk'),
  place: z.string().describe('Where that is, in words'),
  period: z.string().describe('Which period: 2026-11, 2026-W47, 2026-Q4, h2027-02-05'),
  state: z.enum(taskStates).describe('How it stands, see SPEC.md'),
  endedAs: z.string().nullable().describe('Why it ended so; not_reached: nobody at home on three days (VR5)'),
  opensOn: day('From when on'),
  dueOn: day('Last day in time'),
  closesOn: day('First day on which it is too late'),
  tries: z.int().describe('Days on which nobody was at home'),
  nextTryOn: z.iso.date().nullable().describe('When to try again'),
  visitor: z.enum(visitors).describe('Who is to go'),
  person: personRef.describe('Whose duty it is; null for a leader’s'),
  visit: z.uuid().nullable().describe('The visit that ended it'),
})
export type TaskView = z.infer<typeof taskSchema>

export const tasksQuerySchema = z.object({
  state: z.enum(taskStates).default('open').describe('How they stand'),
  due: z
    .enum(['overdue', 'soon'])
    .optional()
    .describe('Of the open ones: past their day, or due within three days'),
  endedAs: z
    .enum(['in_time', 'met_late', 'not_reached', 'declined', 'moved', 'excused'])
    .optional()
    .describe('Why they ended'),
  path: areaPath.optional().describe('Under this area'),
  person: z.uuid().optional().describe('Of one person'),
  rule: z.uuid().optional().describe('Of one rule'),
  from: z.iso.date().optional().describe('Due on this day or later'),
  until: z.iso.date().optional().describe('Due before this day'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('Rows in a page'),
})
export type TasksQuery = z.output<typeof tasksQuerySchema>

export const tasksSchema = z.object({
  items: z.array(taskSchema).describe('One page, soonest due first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

/** What a desk may enter about a task, with its reason. */
export const taskCommandSchema = z.object({
  id: id('Made by the client; the same id is one entry'),
  kind: z
    .enum(['excuse', 'cancel'])
    .describe('Whether it need not be made this time, or was asked for wrongly'),
  words: line(300).describe('Why'),
})
export type TaskCommand = z.output<typeof taskCommandSchema>

export const promiseViewSchema = z.object({
  id: id('Promise'),
  household: id('Whose door'),
  onDay: day('The day that was agreed'),
  atTime: z.string().nullable().describe('The hour, when one was agreed'),
  words: z.string().nullable().describe('What for'),
  state: z.enum(['open', 'kept', 'cancelled']).describe('How it stands'),
  person: z.uuid().nullable().describe('Who answers for it now'),
})
export type PromiseView = z.infer<typeof promiseViewSchema>

/** Something happened that calls for a visit within days (five must-visits). */
export const eventSchema = z.object({
  id: id('Made by the client; the same id is one event'),
  household: id('Whose door'),
  kind: z
    .enum(['on_request', 'urgent_difficulty', 'family_conflict'])
    .describe('The household asked; sudden hardship; a grave conflict in the family'),
  words: line(300).optional().describe('What the visitor should know'),
})
export type EventInput = z.output<typeof eventSchema>
export const eventDoneSchema = z.object({
  id: id('Event'),
  tasks: z.int().describe('Tasks that came of it'),
})
