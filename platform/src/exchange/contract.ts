import { z } from 'zod'
import { areaPath } from '#org/contract.ts'
import { cellFaults } from './check.ts'
import { importKinds } from './fields.ts'
import { fileFaults } from './read/source.ts'

/** Contracts of bringing registers in as files. Values that are sensitive come out masked, always. */

/** The longest file that is taken in, and the longest part of it. */
const mostFileBytes = 400_000_000
export const mostPartBytes = 4_000_000

export const importStates = [
  'uploading',
  'reading',
  'mapping',
  'checking',
  'checked',
  'applying',
  'applied',
  'undoing',
  'undone',
  'failed',
  'cancelled',
] as const
export type ImportState = (typeof importStates)[number]

const faultCodes = [...fileFaults, 'changed_meanwhile', 'no_header', 'no_rows'] as const

export const newImportSchema = z.object({
  id: z.uuid().describe('Made by the client; the same id sent twice is one import'),
  kind: z.literal('households').describe('What the rows are: residents by household'),
  path: areaPath.describe('Area it is brought for; every row lies in it'),
  fileName: z.string().trim().min(1).max(200).describe('Name of the file, as people call it'),
  bytes: z.int().min(1).max(mostFileBytes).describe('Length of the file in bytes'),
})
export type NewImport = z.infer<typeof newImportSchema>

export const importParams = z.object({ id: z.uuid().describe('Import') })

export const partSchema = z.object({
  at: z.coerce.number().int().min(0).max(mostFileBytes).describe('Where the part begins, in bytes'),
})

const counts = (what: string) =>
  z.object({
    added: z.int().describe(`${what} that are new`),
    changed: z.int().describe(`${what} that change`),
    same: z.int().describe(`${what} that are as the register has them`),
  })

const columnSchema = z.object({
  header: z.string().describe('Name of the column in the file'),
  field: z.string().nullable().describe('What it holds; null for one that is left out'),
  forbidden: z
    .string()
    .nullable()
    .describe('Why this product never takes it; null when nothing speaks against it'),
  samples: z.array(z.string()).describe('Its first cells, sensitive ones masked'),
})

export const importSchema = z.object({
  id: z.uuid().describe('Import'),
  kind: z.enum(importKinds).describe('What the rows are'),
  path: areaPath.describe('Area it is brought for'),
  place: z.string().describe('The area in plain words'),
  by: z.string().describe('Who brought it'),
  fileName: z.string().describe('Name of the file'),
  bytes: z.int().describe('Its length'),
  received: z.int().describe('How much of it has arrived'),
  state: z.enum(importStates).describe('How far it got'),
  sheets: z.array(z.string()).describe('Sheets of a workbook; none for CSV'),
  sheet: z.string().nullable().describe('The sheet that is read'),
  columns: z.array(columnSchema).describe('Columns, and what each is taken for'),
  remembered: z.boolean().describe('The columns were told before, for the same form'),
  mode: z.enum(['all', 'good']).nullable().describe('Everything or nothing, or the good rows only'),
  rowsDone: z.int().describe('Rows gone through in the present step'),
  rowsTotal: z.int().nullable().describe('Rows there are, once they were counted'),
  households: counts('Households').describe('What it does to households'),
  residents: counts('Residents').describe('What it does to residents'),
  care: z.int().describe('Entries of the care list that are added'),
  badRows: z.int().describe('Rows with an error'),
  errors: z.int().describe('Errors in all'),
  errorKinds: z
    .array(z.object({ code: z.enum(cellFaults).describe('Kind'), count: z.int().describe('How many') }))
    .describe('Errors by kind, the most frequent first'),
  fault: z
    .object({
      code: z.enum(faultCodes).describe('Why the file as a whole could not be taken'),
      params: z.record(z.string(), z.union([z.string(), z.number()])).describe('What it names'),
    })
    .nullable()
    .describe('What keeps it from going on'),
  kept: z.int().describe('After an undo: records that were changed since and therefore stay'),
  createdAt: z.iso.datetime().describe('Begun'),
  appliedAt: z.iso.datetime().nullable().describe('Written'),
  undoneAt: z.iso.datetime().nullable().describe('Taken back'),
  purged: z.boolean().describe('The file is gone; what was done stays'),
  version: z.int().describe('Version, for If-Match'),
})
export type ImportView = z.infer<typeof importSchema>

export const importListSchema = z.object({
  items: z.array(importSchema).describe('One page, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const pageQuerySchema = z.object({
  after: z.string().max(300).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Rows in a page'),
})

export const mappingSchema = z.object({
  sheet: z
    .string()
    .max(100)
    .nullable()
    .default(null)
    .describe('Another sheet of the workbook; its columns are read anew'),
  mapping: z
    .array(z.string().max(30).nullable())
    .max(200)
    .nullable()
    .default(null)
    .describe('By column: the field it holds, null to leave it out; goes on to the check'),
})
export type MappingInput = z.infer<typeof mappingSchema>

export const applySchema = z.object({
  mode: z.enum(['all', 'good']).describe('Everything or nothing, or the good rows only'),
})

export const errorsQuerySchema = z.object({
  code: z.enum(cellFaults).optional().describe('Only errors of this kind'),
  after: z
    .string()
    .regex(/^\d{1,7}\.-?\d{1,3}\.[a-z_.]{1,40}$/)
    .optional()
    .describe('Position from the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Rows in a page'),
})
export type ErrorsQuery = z.infer<typeof errorsQuerySchema>

export const errorsSchema = z.object({
  items: z
    .array(
      z.object({
        row: z.int().describe('Row, as the spreadsheet numbers it'),
        cell: z.string().describe('Cell, as the spreadsheet calls it: F17'),
        header: z.string().describe('Name of its column'),
        shown: z.string().describe('What stands there, masked where it is sensitive'),
        code: z.enum(cellFaults).describe('Kind of error'),
        reason: z.string().describe('What is wrong and what was expected, in the language of the reader'),
      }),
    )
    .describe('One page, by row and column'),
  next: z.string().nullable().describe('Position of the next page'),
})

export const keptSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.uuid().describe('Household or person'),
        place: z.string().describe('Where it is'),
      }),
    )
    .describe('Records that stay because somebody changed them since'),
})
