import type { Files } from '#kernel/files.ts'
import { openBytes, sealBytes } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { dropParts, partsAsBytes } from '#kernel/parts.ts'
import type { Bytes, Cover } from '#kernel/parts.ts'
import type { ImportRecord, Shape } from './import-store.ts'
import { csvShape, csvSource } from './read/csv-source.ts'
import type { CsvEncoding } from './read/csv-source.ts'
import { FileRefused, formatOf } from './read/source.ts'
import type { SheetRow } from './read/source.ts'
import { openWorkbook } from './read/xlsx-source.ts'

/** The file of an import at rest: in sealed parts, since a register holds identity numbers, and read where it lies. */

export const folderOf = (id: string): string => `imports/${id}`

export const coverOf = (keys: Keys): Cover => ({
  close: (bytes, where) => sealBytes(keys, bytes, `import.part:${where}`),
  open: (bytes, where) => openBytes(keys, bytes, `import.part:${where}`),
})

const bytesOf = (files: Files, keys: Keys, id: string): Promise<Bytes> =>
  partsAsBytes(files, folderOf(id), coverOf(keys))

export const dropFile = (files: Files, id: string): Promise<void> => dropParts(files, folderOf(id))

/** What the file is, told by its bytes. */
export async function shapeOf(files: Files, keys: Keys, id: string): Promise<Shape> {
  const file = await bytesOf(files, keys, id)
  let head: Uint8Array = new Uint8Array()
  for await (const piece of file.range(0, Math.min(8, file.size))) head = Buffer.concat([head, piece])
  if (formatOf(head) === 'csv') return { format: 'csv', ...(await csvShape(file)) }
  const book = await openWorkbook(file)
  book.close()
  return { format: 'xlsx', sheets: book.sheets }
}

/** Every row of the file, or of one sheet of it, in batches. */
export async function* rowsOf(
  files: Files,
  keys: Keys,
  { id, shape, sheet }: Pick<ImportRecord, 'id' | 'shape' | 'sheet'>,
): AsyncGenerator<SheetRow[]> {
  const file = await bytesOf(files, keys, id)
  if (shape?.format !== 'xlsx') {
    yield* csvSource(file, {
      encoding: (shape?.encoding ?? 'utf-8') as CsvEncoding,
      delimiter: shape?.delimiter ?? ',',
    })
    return
  }
  const book = await openWorkbook(file)
  try {
    const name = sheet ?? book.sheets[0]
    if (name === undefined) throw new FileRefused('no_such_sheet')
    yield* book.rows(name)
  } finally {
    book.close()
  }
}
