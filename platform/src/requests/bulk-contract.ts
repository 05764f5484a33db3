import { z } from 'zod'

/** Bulk dispatch: what comes in, what goes out. */

export const bulkAssignSchema = z.object({
  requests: z
    .array(
      z.object({
        id: z.uuid().describe('Request'),
        entry: z.uuid().describe('Made by the client; the same id sent twice is one entry (RQ3)'),
      }),
    )
    .min(1)
    .max(50)
    .describe('What goes to the same unit in one step'),
  lead: z
    .object({
      organisation: z.uuid().describe('Organisation that answers for them'),
      person: z.uuid().optional().describe('Person in it, when named'),
    })
    .describe('Who is to solve them'),
  assisting: z.array(z.uuid()).max(8).default([]).describe('Organisations that help'),
  words: z.string().trim().max(500).default('').describe('What to mind'),
})
export type BulkAssign = z.infer<typeof bulkAssignSchema>

export const bulkFatesSchema = z.object({
  items: z
    .array(
      z.object({
        entry: z.uuid().describe('The entry that was asked for'),
        code: z.string().nullable().describe('Its short code; null where you do not reach it'),
        refused: z
          .string()
          .nullable()
          .describe('Code of the problem that stood against it; null when it was assigned'),
      }),
    )
    .describe('What became of each, in the order given'),
})
