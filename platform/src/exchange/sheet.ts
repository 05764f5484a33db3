import { writeXlsxStream } from 'hucre/xlsx'
import { Readable } from 'node:stream'
import { fill } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import type { Files } from '#kernel/files.ts'
import type { Keys } from '#kernel/keys.ts'
import { headerIn } from './fields.ts'
import type { ImportKind } from './fields.ts'
import { rowsOf } from './file.ts'
import type { ErrorRow, ImportRecord } from './import-store.ts'
import { reasonOf, wordsIn } from './words.ts'

/**
 * Workbooks that are filled in and brought in again: an empty form, and the rows that have to be mended with what is wrong in
 * front. Cells are texts, never formulas.
 */

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Given = { files: Files; keys: Keys; one: ImportRecord; language: Language }

/** @param errors of the import, by row. */
async function* rows(
  { files, keys, one, language }: Given,
  errors: AsyncIterator<ErrorRow>,
): AsyncGenerator<string[]> {
  const words = wordsIn(language).sheet
  const header = one.header ?? []
  yield [words.problem, words.row, ...header]
  let next = await errors.next()
  for await (const batch of rowsOf(files, keys, one)) {
    for (const { row, cells } of batch) {
      if (next.done) return
      const here: string[] = []
      while (!next.done && next.value.row <= row) {
        const { col, code, params } = next.value
        const reason = reasonOf(language, code, params)
        here.push(col < 0 ? reason : fill(words.in, { header: header[col] ?? '', reason }))
        next = await errors.next()
      }
      if (here.length > 0) yield [here.join('\n'), String(row), ...header.map((_, at) => cells[at] ?? '')]
    }
  }
}

export function errorSheet(given: Given, errors: AsyncIterator<ErrorRow>): Readable {
  const columns = [{ width: 48 }, { width: 8 }, ...(given.one.header ?? []).map(() => ({ width: 16 }))]
  return workbook(wordsIn(given.language).sheet.name, columns, rows(given, errors))
}

/** An empty form: one column for each field, called so that nothing has to be told when it comes back filled in. */
export function emptySheet(kind: ImportKind, language: Language): Readable {
  const header = headerIn(kind, language)
  const columns = header.map(() => ({ width: 16 }))
  return workbook(wordsIn(language).sheet.form, columns, [header])
}

function workbook(
  name: string,
  columns: { width: number }[],
  lines: AsyncIterable<string[]> | Iterable<string[]>,
): Readable {
  const stream = writeXlsxStream(lines, { name, columns, freezePane: { rows: 1 } })
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}
