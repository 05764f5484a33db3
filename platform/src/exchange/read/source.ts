/** What a file of rows is, however it is packed: rows in batches, as they come, and no more of them in memory than a batch. */

/**
 * One row as the sheet shows it. `row` is the number a spreadsheet gives it; cells are trimmed texts, numbers and dates
 * written out (`2020-05-01`). `rounded` names cells whose number has more digits than a spreadsheet keeps.
 */
export type SheetRow = { row: number; cells: string[]; rounded?: readonly number[] }
export type Rows = AsyncIterable<SheetRow[]>

/** Why a file as a whole cannot be read; the words stand in the message catalogues. */
export const fileFaults = [
  'empty',
  'encoding',
  'quote_open',
  'old_format',
  'not_a_workbook',
  'damaged',
  'doctype',
  'too_packed',
  'too_large',
  'too_many_rows',
  'no_such_sheet',
] as const
export type FileFault = (typeof fileFaults)[number]

export class FileRefused extends Error {
  readonly fault: FileFault
  readonly params: Record<string, string | number>
  constructor(fault: FileFault, params: Record<string, string | number> = {}) {
    super(fault)
    this.name = 'FileRefused'
    this.fault = fault
    this.params = params
  }
}

/** As many rows as a sheet of a workbook can have. */
export const mostRows = 1_048_576
/** Columns beyond are not read: no register has so many. */
export const mostColumns = 200
/** Longest cell of a workbook; a longer field of CSV is a quote that was never closed. */
export const longestCell = 32_767

export type FileFormat = 'csv' | 'xlsx'

/** By its first bytes, not by its name: a zip is a workbook, an OLE file an old or locked one, anything else text. */
export function formatOf(head: Uint8Array): FileFormat {
  if (head.length === 0) throw new FileRefused('empty')
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return 'xlsx'
  if (head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0)
    throw new FileRefused('old_format')
  return 'csv'
}
