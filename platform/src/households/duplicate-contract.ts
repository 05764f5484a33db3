import { z } from 'zod'
import { areaPath } from '#org/contract.ts'
import { dwellingSchema } from './contract.ts'
import { duplicateRules } from './duplicate-rules.ts'
import { relations } from './fields.ts'

/** Contracts of what was entered twice. */

const names = duplicateRules.map(({ name }) => name) as [string, ...string[]]

export const duplicatesQuerySchema = z.object({
  rule: z.enum(names).describe('By which rule they look alike'),
  path: areaPath.optional().describe('Area; left out: everything within reach'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})
export type DuplicatesQuery = z.infer<typeof duplicatesQuerySchema>

const sideSchema = z.object({
  id: z.uuid().describe('Resident or household'),
  household: z.uuid().describe('Household'),
  place: z.string().describe('The stairwell in plain words'),
  dwelling: dwellingSchema.describe('The door'),
  name: z.string().describe('Name; of a household that of its head'),
  relation: z.enum(relations).nullable().describe('Related to the head; null for a household'),
  birthYear: z.int().nullable().describe('Year of birth'),
  phone: z.string().nullable().describe('Phone, masked'),
  hasIdentity: z.boolean().describe('Whether an identity number is kept'),
  members: z.int().describe('How many live in the household'),
  since: z.iso.date().nullable().describe('Lives there since'),
})
export type DuplicateSide = z.infer<typeof sideSchema>

export const duplicatesSchema = z.object({
  items: z
    .array(
      z.object({
        kind: z.enum(['resident', 'household']).describe('What was entered twice'),
        one: sideSchema.describe('One of the two'),
        other: sideSchema.describe('The other'),
      }),
    )
    .describe('Pairs that look alike, by place; nobody decided about them yet'),
  next: z.string().nullable().describe('Cursor of the next page'),
})
export type DuplicatePair = z.infer<typeof duplicatesSchema>['items'][number]

export const duplicateDecisionSchema = z
  .object({
    id: z.uuid().describe('Made by the client; the same id sent twice is one decision'),
    kind: z.enum(['resident', 'household']).describe('What was entered twice'),
    decision: z.enum(['same', 'different']).describe('One and the same, or two'),
    keep: z.uuid().describe('Which of the two stays; with `different` either'),
    other: z.uuid().describe('The other; it is read under the one that stays'),
  })
  .refine(({ keep, other }) => keep !== other)
export type DuplicateDecision = z.infer<typeof duplicateDecisionSchema>

export const duplicateDecidedSchema = z.object({
  household: z
    .uuid()
    .nullable()
    .describe('Household in whose history the entry stands that can be taken back; null for `different`'),
  entry: z.uuid().nullable().describe('That entry'),
})
