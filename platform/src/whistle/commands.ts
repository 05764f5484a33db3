import { z } from 'zod'
import { mostDepartments, mostRequests, objectionBases, ratings } from './lists.ts'

/** What a person may ask to be entered. Ids are UUIDv7 made by the client. */

const id = (what: string) => z.uuid().describe(what)
const kind = <K extends string>(name: K) => z.literal(name).describe('Which entry is made')
const words = (max = 500) => z.string().trim().min(1).max(max).describe('In plain words')
const maybe = (what: string) => z.string().trim().max(500).default('').describe(what)
const photos = z.array(z.uuid()).max(9).default([]).describe('Photos uploaded before')

/** A problem without a request: it is recorded as one in the same step. */
export const problemSchema = z.object({
  id: id('Made by the client: the request it becomes'),
  words: words(2000).describe('What the problem is'),
  path: z
    .string()
    .regex(/^(\d+\/){3,6}$/)
    .describe('Path of the area it is about, a community or below'),
  place: z.string().trim().max(120).default('').describe('Where exactly, in words'),
  category: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .describe('Category; gives the limit'),
})
export type Problem = z.infer<typeof problemSchema>

export const formSchema = z.object({
  id: id('Made by the client: the whistle; the same id sent twice is one whistle'),
  requests: z
    .array(z.uuid())
    .max(mostRequests)
    .default([])
    .describe('Requests it is about; each is in one open whistle at most'),
  problem: problemSchema.optional().describe('Instead: a problem that is no request yet'),
  urgent: z.boolean().default(false).describe('Departments then report in within two hours'),
  words: words().describe('Why it takes several, and what is needed; every department reads it'),
})
export type Form = z.infer<typeof formSchema>

const base = { id: id('Made by the client; the same id sent twice is one entry') }
const organisation = (what: string) => z.uuid().describe(what)

export const commandSchema = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: kind('here'), words: words().describe('What the town will do itself') }),
  z.object({ ...base, kind: kind('send_back'), words: words().describe('Advice: how to go on instead') }),
  z.object({
    ...base,
    kind: kind('blow'),
    lead: organisation('The department that answers for all'),
    assisting: z
      .array(z.uuid())
      .max(mostDepartments - 1)
      .default([])
      .describe('Departments that help'),
    urgent: z.boolean().optional().describe('As the town sees it; as it was formed when left out'),
    words: maybe('What to mind'),
  }),
  z.object({
    ...base,
    kind: kind('report_in'),
    organisation: organisation('For which department, where one serves in several').optional(),
    person: z.uuid().optional().describe('Who comes; oneself when left out'),
    words: maybe('When they come, and what they do first'),
  }),
  z.object({
    ...base,
    kind: kind('object'),
    organisation: organisation('For which department, where one serves in several').optional(),
    basis: z.enum(objectionBases).describe('Basis from the list'),
    words: words(),
  }),
  z.object({
    ...base,
    kind: kind('release'),
    organisation: organisation('The department whose objection holds'),
    instead: organisation('The department called in its place; the lead is always replaced').optional(),
    words: words(),
  }),
  z.object({
    ...base,
    kind: kind('insist'),
    organisation: organisation('The department whose objection does not hold'),
    words: words(),
  }),
  z.object({ ...base, kind: kind('note'), words: words(2000), attachments: photos }),
  z.object({
    ...base,
    kind: kind('done'),
    words: words(2000).describe('What was done; the answer to everybody who said it'),
    attachments: photos,
  }),
  z.object({
    ...base,
    kind: kind('rate'),
    ratings: z
      .array(
        z.object({
          organisation: organisation('Department'),
          rating: z.enum(ratings).describe('How it did'),
        }),
      )
      .min(1)
      .max(mostDepartments)
      .describe('Every department that was called and not let go, once each'),
    words: maybe('In the words of whoever blew it'),
  }),
])
export type Command = z.infer<typeof commandSchema>
