import { createHash } from 'node:crypto'
import { maskName } from '#access/mask.ts'
import { fingerprintOf, guessMapping, isSensitive } from './fields.ts'
import type { ImportKind } from './fields.ts'
import { rowsOf, shapeOf } from './file.ts'
import * as store from './import-store.ts'
import type { ImportRecord } from './import-store.ts'
import type { SheetRow } from './read/source.ts'
import { looksPrivate, masked } from './rules.ts'
import { instantText, scopeOf } from './work.ts'
import type { Work } from './work.ts'

/** The first look at a file: what it is, which row names the columns, what they hold, and a few rows to recognise it by. */

/** Above the header there may be a title, a date, a note. */
const headerWithin = 12
const sampleRows = 8

/** The row that names the columns: the one whose cells are known best; else the first with several cells. */
function headerOf(kind: ImportKind, rows: readonly SheetRow[]): SheetRow | undefined {
  const known = (row: SheetRow) => guessMapping(kind, row.cells).filter(({ field }) => field !== null).length
  const [best] = rows.toSorted((a, b) => known(b) - known(a))
  return best && known(best) >= 2
    ? best
    : rows.find(({ cells }) => cells.filter((cell) => cell !== '').length >= 2)
}

export const fingerprint = (kind: ImportKind, header: readonly string[]): string =>
  createHash('sha256').update(fingerprintOf(kind, header)).digest('base64url')

export async function inspect(work: Work, district: string, one: ImportRecord): Promise<void> {
  const { database, files, keys, now } = work
  const shape = one.shape ?? (await shapeOf(files, keys, one.id))
  const sheet = shape.format === 'xlsx' ? (one.sheet ?? shape.sheets?.[0] ?? null) : null
  const first: SheetRow[] = []
  for await (const rows of rowsOf(files, keys, { id: one.id, shape, sheet })) {
    first.push(...rows.slice(0, headerWithin + sampleRows - first.length))
    if (first.length >= headerWithin + sampleRows) break
  }
  const header = headerOf(one.kind, first.slice(0, headerWithin))
  const at = instantText(now())
  await database.within(scopeOf(district, one, now()), async (trx) => {
    if (!header) {
      const fault = { code: first.length === 0 ? 'no_rows' : 'no_header', params: {} }
      await store.patchImport(trx, one.id, { state: 'failed', shape, sheet, fault }, at)
      return
    }
    const remembered = await store.rememberedMapping(trx, one.kind, fingerprint(one.kind, header.cells))
    const guessed = guessMapping(one.kind, header.cells).map(({ field }) => field)
    const mapping = header.cells.map((_, at) => (remembered ? remembered[at] : guessed[at]) ?? null)
    const sample = first
      .filter(({ row }) => row > header.row)
      .slice(0, sampleRows)
      .map(({ cells }) =>
        header.cells.map((_, column) => {
          const cell = (cells[column] ?? '').slice(0, 60)
          const field = guessed[column]
          if (field === 'name') return cell === '' ? '' : maskName(cell)
          const closed =
            (field !== undefined && field !== null && isSensitive(one.kind, field)) || looksPrivate(cell)
          return closed ? masked(cell) : cell
        }),
      )
    await store.patchImport(
      trx,
      one.id,
      {
        state: 'mapping',
        shape,
        sheet,
        header_row: header.row,
        header: header.cells,
        sample,
        mapping,
        counts: { remembered: remembered !== undefined },
        fault: null,
      },
      at,
    )
  })
}
