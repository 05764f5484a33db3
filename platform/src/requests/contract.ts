import { z } from 'zod'
import { entryKinds } from './lifecycle.ts'
import { levels } from './lifecycle-rule.ts'
import { channels, entryChannels, proposedKinds, urgencies } from './lists.ts'

/** Contracts of service requests: what comes in, what goes out. Times are ISO 8601 in UTC; ids are UUIDv7 made by the client. */

const id = (what: string) => z.uuid().describe(what)
const instant = (what: string) => z.iso.datetime().describe(what)
const line = (max: number) => z.string().trim().min(1).max(max)

export const stateSchema = z
  .enum([
    'submitted',
    'accepted',
    'assigned',
    'in_progress',
    'whistled',
    'suspended',
    'answered',
    'closed',
    'declined',
    'appealed',
    'merged',
    'withdrawn',
  ])
  .describe('State of the request, see docs/LIFECYCLE.md')
const levelSchema = z.enum(levels).describe('Level whose desk answers for it')
export const categoryCode = z.string().regex(/^[A-Z]\d{2}$/)

export const submitSchema = z.object({
  id: id('Made by the client; the same id sent twice is one request (RQ3)'),
  title: line(60).optional().describe('A short name; taken from the words when left out'),
  words: line(2000).describe("The reporter's own words"),
  path: z
    .string()
    .regex(/^(\d+\/){3,6}$/)
    .describe('Path of the area it is about, a community or below'),
  place: z.string().trim().max(120).default('').describe('Where exactly, in words'),
  lon: z.number().min(-180).max(180).optional().describe('Longitude the reporter attached, WGS-84'),
  lat: z.number().min(-90).max(90).optional().describe('Latitude the reporter attached, WGS-84'),
  channel: z.enum(channels).default('phone_page').describe('By which way it came'),
  category: categoryCode.optional().describe('Category, when the reporter or the recorder chose one'),
  attachments: z.array(z.uuid()).max(9).default([]).describe('Photos and voice notes uploaded before, by id'),
  confidential: z
    .boolean()
    .optional()
    .describe('Hides who says it from those it is about (RQ10); with nobody named, from all but the desks'),
  complainedOf: z
    .array(z.uuid())
    .max(5)
    .optional()
    .describe('Organisations it is about: they do not see it unless they are to answer it'),
  reporter: z
    .object({
      id: id('Made by the client, for a reporter not known yet'),
      name: z.string().trim().max(40).optional().describe('How to address the reporter'),
      phone: z
        .string()
        .regex(/^1\d{10}$/)
        .optional()
        .describe('Mobile number, 11 digits; its last four open the request later'),
    })
    .optional()
    .describe('Who says it, when not logged in, or for whom staff records it'),
})
export type Submit = z.infer<typeof submitSchema>

export const complaintSchema = z.object({
  id: id('Made by the client; the same id sent twice is one request (RQ3)'),
  words: line(2000).describe('What was not right about the handling'),
  organisation: id('Whose handling; whoever has it or answered it last when left out').optional(),
  confidential: z.boolean().optional().describe('Hides who says it; a confidential request stays so'),
})
export type Complaint = z.infer<typeof complaintSchema>

export const holderSchema = z.object({
  organisation: z
    .object({
      id: id('Organisation'),
      name: z.string().describe('Its name'),
      phone: z.string().nullable().describe('Its public phone'),
    })
    .describe('Who answers for it now'),
  person: z
    .object({
      id: id('Person'),
      name: z.string().describe('Name'),
      phone: z.string().nullable().describe('Work phone'),
    })
    .nullable()
    .describe('The person in it, when named'),
})

export const attachmentSchema = z.object({
  id: id('Attachment'),
  kind: z.enum(['photo', 'voice']).describe('What it is'),
  mediaType: z.string().describe('Media type after checking'),
  width: z.int().nullable().describe('Pixels, photos only'),
  height: z.int().nullable().describe('Pixels, photos only'),
  seconds: z.int().nullable().describe('Length, voice notes only'),
})

export const entrySchema = z.object({
  id: id('Entry'),
  seq: z.int().describe('Position in the story, from 1'),
  kind: z.enum(entryKinds).describe('What happened'),
  at: instant('When'),
  channel: z.enum(entryChannels).describe('From which channel'),
  by: z
    .object({
      kind: z
        .enum(['reporter', 'follower', 'staff', 'system'])
        .describe(
          'Who; `follower` is another resident who said the same (RQ13), for a follower everybody but themselves',
        ),
      person: z.string().nullable().describe('Name of the person'),
      organisation: z.string().nullable().describe('Name of the organisation'),
    })
    .describe('Who made it'),
  visible: z.boolean().describe('Whether the reporter reads it'),
  words: z.string().nullable().describe('In their words'),
  data: z.record(z.string(), z.unknown()).describe('What else the kind carries, see the lifecycle'),
  names: z
    .record(z.string(), z.string())
    .describe('Names of organisations and persons that `data` mentions, by id'),
  attachments: z.array(attachmentSchema).describe('Photos and voice notes'),
})
export type EntryView = z.infer<typeof entrySchema>

/** What stands in a list, and at the head of the page of one (`view-contract.ts`). */
export const summary = {
  id: id('Request'),
  code: z.string().describe('Short code people see, GY-2611-004217'),
  title: z.string().describe('Short name'),
  state: stateSchema,
  level: levelSchema,
  category: z
    .object({
      code: z.string().describe('Code'),
      name: z.string().describe('Name'),
      group: z.string().describe('Name of its group'),
    })
    .nullable()
    .describe('Kind of request'),
  urgency: z.enum(urgencies).nullable().describe('How soon'),
  channel: z.enum(channels).describe('How it came'),
  path: z.string().describe('Area path'),
  place: z.string().describe('Where, in words: compound, building, unit, then what the reporter added'),
  submittedAt: instant('When it was said'),
  dueAt: instant('When the running clock ends')
    .nullable()
    .describe('When the running clock ends; null when none runs'),
  overdue: z.boolean().describe('True once the running clock has ended unanswered'),
  holder: holderSchema.nullable().describe('Null once nobody owes anything'),
  lastEntry: z
    .object({
      kind: z.enum(entryKinds).describe('Kind'),
      at: instant('When'),
      by: z.string().nullable().describe('Name of who made it'),
      words: z.string().nullable().describe('First 80 characters'),
    })
    .describe('What happened last'),
  satisfaction: z
    .enum(['satisfied', 'fair', 'dissatisfied', 'silent', 'unreachable'])
    .nullable()
    .describe('The word of the reporter, or its absence'),
  asked: z.boolean().describe('True while the reporter is asked something and has not replied'),
  proposed: z
    .enum(proposedKinds)
    .nullable()
    .describe('What waits for the word of a second person; null when nothing does'),
  excluded: z.boolean().describe('True when it counts in no figure of satisfaction (RQ9)'),
  confidential: z.boolean().describe('Whether the reporter is hidden from those it is about (RQ10)'),
  people: z.int().describe('How many said it: the reporter and whoever follows it (RQ13)'),
  follows: z
    .boolean()
    .describe(
      'True when it is followed: code and name are the follower’s own, how it stands is that of what they follow',
    ),
  erased: z
    .object({
      what: z.enum(['person', 'all']).describe('Who said it, or everything that was said'),
      at: instant('When'),
    })
    .nullable()
    .describe('What was erased of it at the reporter’s wish (RQ15)'),
}
export const requestSummarySchema = z.object(summary)
export type RequestSummary = z.infer<typeof requestSummarySchema>

export const listQuerySchema = z.object({
  queue: z
    .enum(['mine', 'review', 'watching', 'heard', 'all', 'reported'])
    .default('mine')
    .describe(
      'mine: held by my organisations; review: something waits for a second person; watching: I had a hand in it; heard: what I heard first and nobody has taken yet (R9); all: all I may read; reported: what I said',
    ),
  state: z
    .string()
    .regex(/^[a-z_]+(,[a-z_]+)*$/)
    .optional()
    .describe('States, comma-separated'),
  group: z
    .string()
    .regex(/^[A-Z]$/)
    .optional()
    .describe('Category group'),
  category: categoryCode.optional().describe('Category'),
  channel: z.enum(channels).optional().describe('Channel'),
  overdue: z.enum(['true', 'false']).optional().describe('Only overdue ones, or only others'),
  path: z
    .string()
    .regex(/^(\d+\/)+$/)
    .optional()
    .describe('Only under this area'),
  code: z
    .string()
    .trim()
    .max(20)
    .optional()
    .describe('Code, or its beginning; everything is then listed by code, newest first'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})
export type ListQuery = z.infer<typeof listQuerySchema>

export const requestListSchema = z.object({
  items: z
    .array(requestSummarySchema)
    .describe('One page; mine and watching by due time, others newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
  counts: z
    .object({
      mine: z.int().describe('Held by my organisations'),
      overdue: z.int().describe('Of these, overdue'),
    })
    .describe('What waits for me'),
})

export const receiptSchema = z.object({
  id: id('Request'),
  code: z.string().describe('Short code'),
  holder: holderSchema.describe('Who has it now'),
  triageDueAt: instant('By when the reporter hears who will see to it'),
  followToken: z.boolean().describe('True when this browser may now follow the request without an account'),
})
export type Receipt = z.infer<typeof receiptSchema>

export const handlerSchema = z.object({
  id: id('Organisation'),
  name: z.string().describe('Name'),
  kind: z.string().describe('Kind of organisation'),
  held: z.int().describe('Open requests it holds now'),
  recent: z.int().describe('Answered by it in this category in the last 90 days'),
  recentOnTime: z.int().describe('Of these, within the limit'),
  why: z.enum(['named_by_category', 'serves_this_place', 'level_above']).describe('Why it is proposed'),
  complainedOf: z.boolean().describe('It is about them: giving it to them takes a second yes'),
  mayKnow: z.boolean().describe('Whether they may know who said it (RQ10)'),
})

export const handlerListSchema = z.object({ items: z.array(handlerSchema).describe('Best fit first') })

export const revealSchema = z.object({
  reason: line(200).min(2).describe('Why the number is needed; the reporter reads it'),
})
export const revealedSchema = z.object({
  phone: z.string().nullable().describe('The number in full; null when none was given'),
})

export const followSchema = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2,4}-\d{4}-\d{6}$/)
    .describe('Short code of the request'),
  phoneTail: z
    .string()
    .regex(/^\d{4}$/)
    .describe('Last four digits of the phone given with it'),
})

export const uploadSchema = z.object({
  id: id('Made by the client; named by the entry afterwards'),
  kind: z.enum(['photo', 'voice']).describe('What the file is'),
  seconds: z.coerce.number().int().min(0).max(600).optional().describe('Length of a voice note'),
  at: z.coerce.number().int().min(0).default(0).describe('Where this part begins, in bytes'),
  bytes: z.coerce
    .number()
    .int()
    .min(1)
    .max(12_000_000)
    .optional()
    .describe('Length of the whole file; left out when it comes in one part'),
})

export const uploadedSchema = z.object({
  received: z.int().describe('Bytes that have arrived from the beginning on; the next part begins here'),
  attachment: attachmentSchema.nullable().describe('Null until the last part is there'),
})
