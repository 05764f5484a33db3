import { z } from 'zod'
import { mediationDeeds, mediationStates } from './rules.ts'

/** Contracts of mediation files (R10). */

const namedSchema = z.object({ id: z.uuid().describe('Id'), name: z.string().describe('Name') })
const day = (what: string) => z.iso.date().describe(what)
const text = (max: number) => z.string().trim().min(1).max(max)

const partySchema = z.object({
  id: z.uuid().describe('Party'),
  name: z.string().describe('Name'),
  resident: z.uuid().nullable().describe('The resident of the register; null for somebody named in words'),
})

const summary = {
  id: z.uuid().describe('File'),
  title: z.string().describe('What it is about'),
  state: z.enum(mediationStates).describe('How it stands'),
  organisation: namedSchema.describe('The desk that opened it'),
  parties: z.array(partySchema).describe('Who fell out'),
  mediators: z.array(namedSchema).describe('Who mediates now'),
  followUpOn: day('When to ask').nullable().describe('When to ask whether the agreement is kept'),
  openedAt: z.iso.datetime().describe('When it was opened'),
}
export const mediationSummarySchema = z.object(summary)
export type MediationSummary = z.infer<typeof mediationSummarySchema>

export const mediationSchema = z.object({
  ...summary,
  request: z
    .object({ id: z.uuid().describe('Request'), code: z.string().describe('Short code') })
    .nullable()
    .describe('The request it was formed from, where you may read that too'),
  entries: z
    .array(
      z.object({
        id: z.uuid().describe('Entry'),
        kind: z.enum(['open', 'mediators', ...mediationDeeds]).describe('What happened'),
        at: z.iso.datetime().describe('When it was written down'),
        on: day('On which day it was'),
        by: z.string().describe('Who wrote it down'),
        words: z.string().nullable().describe('What was said or agreed'),
      }),
    )
    .describe('What happened, newest first'),
  deeds: z.array(z.enum(mediationDeeds)).describe('What may be done now'),
  maySteer: z.boolean().describe('Whether you may say who mediates: the desk that opened it'),
  candidates: z.array(namedSchema).describe('Who serves at the desk and could mediate; empty for others'),
  version: z.int().describe('Version, for If-Match'),
})
export type Mediation = z.infer<typeof mediationSchema>

export const mediationListQuerySchema = z.object({
  over: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only those that are over (kept or ended), or only the others'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})
export type MediationListQuery = z.infer<typeof mediationListQuerySchema>

export const mediationListSchema = z.object({
  items: z.array(mediationSummarySchema).describe('One page, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
  /** For whoever may open a file: the people of the desk. */
  candidates: z.array(namedSchema).describe('Who serves at my desk and could mediate; empty for others'),
})
export type MediationList = z.infer<typeof mediationListSchema>

const newPartySchema = z
  .strictObject({
    id: z.uuid().describe('Made by the client'),
    name: text(40).optional().describe('Name, for somebody who is not in the register'),
    resident: z.uuid().optional().describe('A resident whom you may read'),
  })
  .refine(({ name, resident }) => (name === undefined) !== (resident === undefined), {
    path: ['name'],
    error: 'either a name or a resident',
  })

const mediatorsSchema = z
  .array(z.uuid())
  .min(1)
  .max(5)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'each once' })
  .describe('Who mediates; each holds a post')

export const newMediationSchema = z.strictObject({
  id: z.uuid().describe('Made by the client; the same id sent twice is one file'),
  title: text(60).describe('What it is about, without names'),
  request: z.uuid().optional().describe('The request it is formed from; it goes on by itself'),
  words: text(2000).describe('What they fell out about'),
  parties: z
    .array(newPartySchema)
    .min(2)
    .max(8)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, { error: 'each once' })
    .describe('Who fell out: two at least'),
  mediators: mediatorsSchema,
})
export type NewMediation = z.infer<typeof newMediationSchema>

export const mediationParamsSchema = z.object({ id: z.uuid().describe('File') })

export const mediationEntrySchema = z.strictObject({
  id: z.uuid().describe('Made by the client; the same id sent twice is one entry'),
  kind: z.enum(mediationDeeds).describe('What happened'),
  on: day('On which day; today or before'),
  words: text(4000).optional().describe('What was said, what was agreed, or why it ended'),
  followUpOn: day('When to ask whether it is kept').optional().describe('For an agreement: a day after it'),
})
export type NewMediationEntry = z.infer<typeof mediationEntrySchema>

export const mediatorsChangeSchema = z.strictObject({ mediators: mediatorsSchema })
