import { createReadStream } from 'node:fs'
import { csvParser, FieldTooLong } from '#kernel/csv.ts'
import { FileRefused, longestCell, mostColumns, mostRows } from './source.ts'
import type { Bytes } from '#kernel/parts.ts'
import type { Rows, SheetRow } from './source.ts'

/** CSV as offices make it: UTF-8 with or without its mark, GB18030 (what a Chinese Excel saves), UTF-16; `,` `;` or tab. */

const encodings = ['utf-8', 'gb18030', 'utf-16le'] as const
export type CsvEncoding = (typeof encodings)[number]
export type CsvShape = { encoding: CsvEncoding; delimiter: string }

const delimiters = [',', ';', '\t'] as const

/** Texts of a stream in an encoding. @throws FileRefused `encoding` for bytes that mean nothing in it. */
async function* texts(bytes: AsyncIterable<Uint8Array>, encoding: CsvEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw new FileRefused('encoding')
    throw error
  }
}

async function fits(file: Bytes, encoding: CsvEncoding): Promise<boolean> {
  try {
    for await (const text of texts(file.range(0, file.size), encoding)) if (text.includes('\0')) return false
    return true
  } catch (error) {
    if (error instanceof FileRefused) return false
    throw error
  }
}

async function encodingOf(file: Bytes): Promise<CsvEncoding> {
  for await (const piece of file.range(0, Math.min(2, file.size))) {
    if (piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le'
  }
  // To the last byte: a file that begins with digits only shows what it is where the first name stands.
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await fits(file, encoding)) return encoding
  throw new FileRefused('encoding')
}

/** What the file is written in, and what parts its fields: the mark that stands most often in the first line. */
export async function csvShape(file: Bytes): Promise<CsvShape> {
  const encoding = await encodingOf(file)
  let head = ''
  for await (const text of texts(file.range(0, Math.min(file.size, 65_536)), encoding)) {
    head += text
    // The end of the piece may lie in the middle of a character; the first line is long over by then.
    if (head.length > 8_192) break
  }
  const line = (head.split(/\r?\n/).find((one) => one.trim() !== '') ?? '').replaceAll(/"[^"]*"/g, '')
  const count = (mark: string) => line.split(mark).length - 1
  const delimiter = delimiters.toSorted((a, b) => count(b) - count(a))[0] ?? ','
  return { encoding, delimiter }
}

/** The rows of a CSV file. */
export async function* csvSource(
  file: Bytes,
  { encoding, delimiter }: CsvShape,
): Rows & AsyncGenerator<SheetRow[]> {
  const parser = csvParser({ delimiter, mostField: longestCell })
  let count = 0
  const shaped = (records: { row: number; fields: string[] }[]): SheetRow[] => {
    count += records.length
    if (count > mostRows) throw new FileRefused('too_many_rows', { most: mostRows })
    return records.map(({ row, fields }) => ({ row, cells: fields.slice(0, mostColumns).map(tidy) }))
  }
  try {
    for await (const text of texts(file.range(0, file.size), encoding)) {
      const rows = parser.feed(text)
      if (rows.length > 0) yield shaped(rows)
    }
    const rest = parser.end()
    if (rest.length > 0) yield shaped(rest)
  } catch (error) {
    if (error instanceof FieldTooLong) throw new FileRefused('quote_open', { row: error.row })
    throw error
  }
}

/** Without the blanks around it, also the wide one, and without the apostrophe or tab that keeps digits from being a number. */
function tidy(field: string): string {
  const text = field.trim()
  return /^'\d+$/.test(text) ? text.slice(1) : text
}

/** Records of a CSV file in UTF-8 on this machine, however large. */
export async function* csvRecords(path: string): AsyncGenerator<string[]> {
  const parser = csvParser()
  const decoder = new TextDecoder()
  for await (const piece of createReadStream(path)) {
    for (const { fields } of parser.feed(decoder.decode(piece as Buffer, { stream: true }))) yield fields
  }
  for (const { fields } of [...parser.feed(decoder.decode()), ...parser.end()]) yield fields
}
