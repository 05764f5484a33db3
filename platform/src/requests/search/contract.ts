import { z } from 'zod'
import { listQuerySchema, requestSummarySchema } from '../contract.ts'

/** Contracts of searching requests and of saved views. */

/** What a list and a search may be narrowed by. */
const narrowed = listQuerySchema.omit({ code: true, after: true, limit: true })
export type Narrowed = z.infer<typeof narrowed>

const sought = z.string().trim().min(1).max(100)

export const searchQuerySchema = narrowed.extend({
  q: sought.describe(
    'Words, place, code or its beginning, or who; several, separated by spaces, must all be found',
  ),
  queue: listQuerySchema.shape.queue.unwrap().default('all').describe('In which queue; all unless told'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})
export type SearchQuery = z.infer<typeof searchQuerySchema>

const ranges = z
  .array(z.tuple([z.int(), z.int()]))
  .describe('Where it was found, as positions [from, to) in UTF-16')

export const hitSchema = z.object({
  title: ranges,
  place: ranges,
  excerpt: z
    .object({
      of: z.enum(['words', 'entry']).describe("The reporter's own words, or what was entered later"),
      text: z.string().describe('A piece of it'),
      ranges,
    })
    .describe('Where else it says so, or how it begins'),
  by: z
    .array(z.enum(['text', 'code', 'person', 'reporter']))
    .describe('What was found: its text, its code, somebody who works on it, who said it'),
})
export type Hit = z.infer<typeof hitSchema>

export const searchPageSchema = z.object({
  items: z
    .array(requestSummarySchema.extend({ hit: hitSchema.describe('Why it was found') }))
    .describe('The best first, among the newest that were found'),
  next: z.string().nullable().describe('Cursor of the next page; the ones after it are older'),
  found: z
    .object({
      count: z.int().describe('How many were found so far'),
      more: z.boolean().describe('Whether there are more than were looked at: narrow the search'),
    })
    .describe('How many'),
  tooShort: z.boolean().describe('True when there is nothing to search for: one character is too short'),
})
export type SearchPage = z.infer<typeof searchPageSchema>

const viewQuery = narrowed
  .extend({
    // A number in full belongs to somebody and is kept nowhere in clear.
    q: sought
      .refine((q) => !/\d{11}/.test(q.normalize('NFKC')))
      .optional()
      .describe('What is searched for; a mere list without. No phone number'),
  })
  .describe('What it shows')

export const viewSchema = z.object({
  name: z.string().trim().min(1).max(20).describe('Its name in the list'),
  query: viewQuery,
  organisation: z
    .uuid()
    .nullable()
    .default(null)
    .describe('Organisation of mine that sees it too; null is only me'),
})
export type NewView = z.infer<typeof viewSchema>

export const savedViewSchema = viewSchema.extend({
  id: z.uuid().describe('View'),
  mine: z.boolean().describe('Whether I made it; only then I may change it'),
  by: z.string().nullable().describe('Who shares it; null when it is mine'),
})
export type SavedView = z.infer<typeof savedViewSchema>

export const viewListSchema = z.object({ items: z.array(savedViewSchema).describe('By name, mine first') })

export const viewCountsSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.uuid().describe('View'),
        count: z.int().describe('How many requests it shows now, at most a hundred'),
        more: z.boolean().describe('True when there are more than that'),
      }),
    )
    .describe('One for each view'),
})
