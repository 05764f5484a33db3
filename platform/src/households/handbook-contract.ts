import { z } from 'zod'
import { areaPath } from '#org/contract.ts'
import { careSchema, dwellingSchema } from './contract.ts'
import { careKinds } from './lists.ts'

/** Contracts of the care list, and of opening what is kept closed. */

export const careQuerySchema = z.object({
  path: areaPath.optional().describe('Area; left out: everything within reach, for a liaison the own doors'),
  kind: z.enum(careKinds).optional().describe('Only this kind'),
  due: z.iso.date().optional().describe('Only what is to be looked at anew by this day'),
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(60).describe('Rows in a page'),
})
export type CareQuery = z.infer<typeof careQuerySchema>

export const careRowSchema = careSchema.extend({
  household: z.uuid().describe('Household'),
  path: areaPath.describe('Stairwell'),
  place: z.string().describe('The stairwell in plain words'),
  dwelling: dwellingSchema.describe('The door'),
  name: z.string().describe('Who needs it; masked unless head of the household or known to the own liaison'),
})
export type CareRow = z.infer<typeof careRowSchema>

export const careListSchema = z.object({
  items: z
    .array(careRowSchema)
    .describe('One page of open entries, those first that are to be looked at anew'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const revealFields = ['name', 'phone', 'identity'] as const
export type RevealField = (typeof revealFields)[number]

export const residentRevealSchema = z.object({
  field: z.enum(revealFields).describe('What is to be opened'),
  reason: z.string().trim().min(2).max(200).describe('Why; the resident can read it'),
})

export const residentRevealedSchema = z.object({
  value: z.string().nullable().describe('In full; null when nothing is kept'),
  household: z.uuid().describe('Household of the resident'),
})
