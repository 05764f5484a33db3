import { z } from 'zod'
import { stateSchema as requestStateSchema } from '#requests/contract.ts'
import { entryKinds } from './lifecycle.ts'
import { lapseReasons, outcomes, objectionBases, ratings } from './lists.ts'

/** Contracts of whistles: what goes out, and what a list is asked by. Times are ISO 8601 in UTC. */

const instant = (what: string) => z.iso.datetime().describe(what)
const count = (what: string) => z.int().describe(what)

const named = (what: string) =>
  z.object({ id: z.uuid().describe(what), name: z.string().describe('Its name') }).describe(what)

const stateSchema = z
  .enum(['formed', 'blown', 'handling', 'done', 'rated', 'unrated', 'sent_back', 'lapsed'])
  .describe('How it stands, see whistle/SPEC.md')

const termSchema = z.object({
  startsAt: instant('From when it counts'),
  halfAt: instant('Half of it (RQ5)'),
  mostAt: instant('Four fifths of it (RQ5)'),
  dueAt: instant('When it ends'),
  presumed: z.boolean().describe('True when a holiday in it is not yet published'),
})

const partSchema = z.object({
  organisation: named('Department'),
  phone: z.string().nullable().describe('Its public phone'),
  role: z.enum(['lead', 'assist']).describe('Answers for all, or helps'),
  blownAt: instant('When it was called'),
  term: termSchema.describe('Its time to report in'),
  awaited: z.boolean().describe('Still to come'),
  outcome: z.enum(outcomes).describe('How it came: in time, late (also while it is late), awaited, let go'),
  reported: z
    .object({
      at: instant('When it came'),
      person: named('Who came'),
      phone: z.string().nullable().describe('Work phone'),
    })
    .nullable()
    .describe('Null until it has come'),
  objection: z
    .object({ at: instant('When'), basis: z.enum(objectionBases).describe('On what basis') })
    .nullable()
    .describe('What the town has to decide on'),
  decided: z.boolean().describe('The town has decided about its objection; there is no second one'),
  releasedAt: instant('When it was let go').nullable().describe('Null while it is called'),
  rating: z.enum(ratings).nullable().describe('How it did, in the eyes of whoever blew the whistle'),
})
export type PartView = z.infer<typeof partSchema>

const requestSchema = z.object({
  id: z.uuid().describe('Request'),
  code: z.string().describe('Short code'),
  title: z.string().describe('Short name'),
  state: requestStateSchema,
  place: z.string().describe('Where, in words'),
  dueAt: instant('When its running clock ends').nullable().describe('Null when none runs'),
  overdue: z.boolean().describe('Its own time is over'),
  holder: z.string().nullable().describe('Name of whoever holds it now (RQ1); null once nobody does'),
  points: z.array(z.string()).describe('What was asked, point by point; an answer covers each'),
  people: count('How many said it'),
})

const summary = {
  id: z.uuid().describe('Whistle'),
  code: z.string().describe('Code of its first request'),
  title: z.string().describe('What its first request is called'),
  requests: count('How many requests it is about'),
  place: z.string().describe('Where, in words'),
  state: stateSchema,
  step: z.int().min(1).max(5).describe('Which of the five steps it stands in'),
  urgent: z.boolean().describe('Departments report in within two hours'),
  blower: named('Who blew it'),
  town: named('Who judges'),
  turn: named('Whose turn it is').nullable().describe('Null once nothing is owed'),
  mine: z.boolean().describe('It waits for one of my organisations'),
  dueAt: instant('When what is waited for is due').nullable().describe('Null once nothing is'),
  late: z.boolean().describe('What is waited for was not done in time, and is supervised'),
  parts: z
    .array(
      z.object({
        organisation: named('Department'),
        role: z.enum(['lead', 'assist']).describe('Answers for all, or helps'),
        outcome: z.enum(outcomes).describe('How it came'),
      }),
    )
    .describe('Departments that were called'),
  formedAt: instant('When it was blown'),
}
export const whistleSummarySchema = z.object(summary)
export type WhistleSummary = z.infer<typeof whistleSummarySchema>

const attachmentSchema = z.object({
  id: z.uuid().describe('Photo'),
  kind: z.enum(['photo', 'voice']).describe('What it is'),
  mediaType: z.string().describe('Media type'),
  width: z.int().nullable().describe('Pixels'),
  height: z.int().nullable().describe('Pixels'),
  seconds: z.int().nullable().describe('Length, voice notes only'),
})

export const whistleSchema = z.object({
  ...summary,
  parts: z.array(partSchema).describe('Departments that were called, the lead first'),
  items: z.array(requestSchema).describe('The requests it is about'),
  blowerPerson: named('Who blew it, by name').nullable().describe('Null where it is not known'),
  term: termSchema.nullable().describe('The clock of the town, or of the rating; null while neither runs'),
  judgedAt: instant('When the town had judged').nullable().describe('Null until then'),
  doneAt: instant('When it was done').nullable().describe('Null until then'),
  overAt: instant('When it was over').nullable().describe('Null until then'),
  lapsed: z.enum(lapseReasons).nullable().describe('Why it ended without being done'),
  advice: z.string().nullable().describe('With what the town sent it back'),
  words: z.string().nullable().describe('Why it was blown, in the words of whoever did'),
  entries: z
    .array(
      z.object({
        id: z.uuid().describe('Entry'),
        kind: z.enum(entryKinds).describe('What happened'),
        at: instant('When'),
        by: z
          .object({
            person: z.string().nullable().describe('Name'),
            organisation: z.string().nullable().describe('Name'),
          })
          .describe('Who made it; both null: the clock'),
        words: z.string().nullable().describe('In their words'),
        data: z.record(z.string(), z.unknown()).describe('What else the kind carries'),
        names: z.record(z.string(), z.string()).describe('Names that `data` mentions, by id'),
        attachments: z.array(attachmentSchema).describe('Photos'),
      }),
    )
    .describe('The shared page: everything that happened, newest first'),
  abilities: z
    .array(
      z.enum([
        'here',
        'send_back',
        'blow',
        'report_in',
        'object',
        'release',
        'insist',
        'note',
        'done',
        'rate',
      ]),
    )
    .describe('What you may enter now'),
  own: z.array(z.uuid()).describe('My departments in it that are still to come'),
  version: z.int().describe('Number of entries; also the ETag'),
})
export type WhistleView = z.infer<typeof whistleSchema>

const queues = ['mine', 'open', 'over', 'called'] as const
const partFilters = [...outcomes, 'done', ...ratings] as const

export const listQuerySchema = z.object({
  queue: z
    .enum(queues)
    .default('mine')
    .describe(
      'mine: it waits for my organisations; open: not over; over; called: by department, what figures count',
    ),
  late: z.enum(['true']).optional().describe('Only what is late'),
  department: z.uuid().optional().describe('called: this department'),
  role: z.enum(['lead', 'assist']).optional().describe('called: in this role'),
  part: z.enum(partFilters).optional().describe('called: how it came, how it did, or that it was done'),
  from: z.iso.date().optional().describe('called: on this day or later'),
  until: z.iso.date().optional().describe('called: before this day'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})
export type ListQuery = z.output<typeof listQuerySchema>

export const whistleListSchema = z.object({
  items: z.array(whistleSummarySchema).describe('One page; what is open by due time, the rest newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
  counts: z
    .object({
      mine: count('What waits for my organisations'),
      late: count('Of these, late'),
    })
    .describe('What waits for me'),
})
export type WhistleList = z.infer<typeof whistleListSchema>
