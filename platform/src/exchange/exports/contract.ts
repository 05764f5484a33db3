import { z } from 'zod'
import { listQuerySchema } from '#requests/contract.ts'

/** Contracts of lists that leave the product (boundary 8). */

export const newExportSchema = z.object({
  id: z.uuid().describe('Made by the client; the same id sent twice is one export'),
  query: listQuerySchema.omit({ after: true, limit: true }).describe('The list, as it was filtered'),
  format: z.enum(['csv', 'xlsx']).describe('CSV or a workbook'),
  reason: z
    .string()
    .trim()
    .min(4)
    .max(200)
    .describe('What it is needed for; it stands in the file and in the ledger'),
})
export type NewExport = z.infer<typeof newExportSchema>

export const exportParams = z.object({ id: z.uuid().describe('Export') })

export const exportSchema = z.object({
  id: z.uuid().describe('Export'),
  format: z.enum(['csv', 'xlsx']).describe('CSV or a workbook'),
  reason: z.string().describe('What it is needed for'),
  by: z.string().describe('Who asked'),
  own: z.boolean().describe('Whether that is you'),
  place: z.string().describe('Area of whoever asked, in plain words'),
  rows: z.int().describe('How many rows it was when it was asked for; more never leave'),
  state: z
    .enum(['waiting', 'ready', 'refused', 'expired'])
    .describe('Waits for somebody else to agree, can be fetched, was refused, or is over'),
  decidedBy: z.string().nullable().describe('Who agreed or refused'),
  fetched: z.int().describe('How often it was fetched'),
  createdAt: z.iso.datetime().describe('Asked for'),
  expiresAt: z.iso.datetime().describe('Until when it can be fetched'),
})
export type ExportView = z.infer<typeof exportSchema>

export const exportListSchema = z.object({
  items: z.array(exportSchema).describe('One’s own, and what waits in one’s area; newest first'),
})

export const decideExportSchema = z.object({ agree: z.boolean().describe('Whether it may leave') })
