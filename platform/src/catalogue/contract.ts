import { z } from 'zod'
import { limitSchema } from '#deadlines/contract.ts'

/** Categories of requests: two levels, a limit with one or several steps, the departments that lead. */

export const stepSchema = z.object({
  name: z.string().max(40).describe('What has to be done by then; empty for the matter itself'),
  ...limitSchema.shape,
})
export type Step = z.infer<typeof stepSchema>

/** A paper or a step; told all at once (one-time notice, Administrative Licensing Law art. 32). */
export const neededSchema = z.object({
  what: z.string().trim().min(1).max(120).describe('A paper or a step'),
  how: z.string().trim().max(200).default('').describe('Original or copy, where, when'),
})

export const categorySchema = z.object({
  code: z.string().describe('Code, a letter for the group and two digits'),
  name: z.string().describe('Name in the language of the caller'),
  group: z.string().describe('Name of its group'),
  groupCode: z.string().describe('Letter of its group'),
  steps: z.array(stepSchema).describe('The limit in force; the last step is when the matter is due'),
  leads: z.array(z.string()).describe('Short names of the departments of which one leads, in order'),
  helpers: z.array(z.string()).describe('Short names of those that help'),
  needed: z.array(neededSchema).describe('What the resident usually has to bring or do'),
  active: z.boolean().describe('Whether it can be chosen'),
  version: z.int().describe('Version, for If-Match'),
})
export type Category = z.infer<typeof categorySchema>
export const categoryListSchema = z.object({
  items: z.array(categorySchema).describe('All categories, by code'),
})

export const categoryChangeSchema = z.object({
  steps: z.array(stepSchema).min(1).max(5).optional().describe('The new limit'),
  validFrom: z.iso
    .datetime()
    .optional()
    .describe(
      'From when all of this holds, now or later; now unless told; requests accepted before keep theirs (RQ16)',
    ),
  leads: z.array(z.string().trim().min(1).max(40)).max(8).optional().describe('Departments that lead'),
  helpers: z.array(z.string().trim().min(1).max(40)).max(8).optional().describe('Those that help'),
  needed: z.array(neededSchema).max(20).optional().describe('What the resident usually has to bring or do'),
  active: z.boolean().optional().describe('Whether it can be chosen'),
})
export type CategoryChange = z.infer<typeof categoryChangeSchema>

const categoryChangedSchema = z.object({
  validFrom: z.iso.datetime().describe('From when it holds; later than now: it is still to come'),
  steps: z.array(stepSchema).nullable().describe('The limit'),
  leads: z.array(z.string()).nullable().describe('Departments that lead'),
  helpers: z.array(z.string()).nullable().describe('Those that help'),
  needed: z.array(neededSchema).nullable().describe('What to bring'),
  active: z.boolean().nullable().describe('Whether it can be chosen'),
  setAt: z.iso.datetime().describe('When it was set'),
  setBy: z.uuid().nullable().describe('Who set it; null for the installation'),
})
export type CategoryChanged = z.infer<typeof categoryChangedSchema>

export const categoryHistorySchema = z.object({
  items: z.array(categoryChangedSchema).describe('Newest first; null is what a change left as it was'),
})

export const categoryCodeSchema = z.object({
  code: z
    .string()
    .regex(/^[A-Z]\d{2}$/)
    .describe('Category'),
})
