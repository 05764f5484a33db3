import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** A value of one column; an object goes into a jsonb column, bytes into a bytea column. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | readonly unknown[]
  | Record<string, unknown>

/** One row, in the order of the columns. */
export type Row = readonly Value[]

/** What goes into one table: its columns, and the rows as they are drawn. */
export type Filling = { table: string; columns: readonly string[]; rows: Iterable<Row> }

/**
 * Writes rows with COPY, the fastest way into PostgreSQL; rows are taken from the iterable only as fast as the server
 * takes them. Runs in the client's transaction.
 *
 * @returns how many rows were written.
 */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<Row>,
): Promise<number> {
  let written = 0
  function* chunks(): Generator<string> {
    let text = ''
    for (const row of rows) {
      for (let i = 0; i < row.length; i++) text += (i > 0 ? '\t' : '') + cell(row[i] ?? null)
      text += '\n'
      written += 1
      if (text.length > 65_536) {
        yield text
        text = ''
      }
    }
    if (text) yield text
  }
  const names = columns.join(', ')
  await pipeline(
    Readable.from(chunks(), { objectMode: true }),
    client.query(copyFrom(`copy ${table} (${names}) from stdin`)),
  )
  return written
}

/** The text format of COPY: tab between columns, `\\N` for null, backslash, tab and line ends escaped. */
function cell(value: Value): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Uint8Array) return `\\\\x${value.toHex()}`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => escapes[char] ?? char) : text
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
