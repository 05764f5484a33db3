import { readFile } from 'node:fs/promises'
import type { AdminAction, AdminCall } from '#kernel/admin.ts'
import { civilDay } from '#kernel/clock.ts'
import { csvRows } from '#kernel/csv.ts'
import type { CsvRow } from '#kernel/csv.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { Refusal } from '#kernel/problem.ts'
import { addAreasBelow, giveParts } from './grids.ts'
import { areasAtCodes } from './service.ts'

/** `areas below` and `areas parts`: levels below the official list, and the buildings that make up a grid (O1, O2). */

const columns = {
  below: 'kind,code,name,parent_code,grid_kind',
  parts: 'part_code,grid_code,from',
} as const
const mostErrorsShown = 50

/** Rows behind the right header, by district; null when the file cannot be read or is another one. */
async function rowsOf(call: AdminCall, kind: keyof typeof columns): Promise<Map<string, CsvRow[]> | null> {
  const [file] = call.words
  const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined)
  const [header, ...rows] = text === undefined ? [] : csvRows(text)
  if (header?.fields.map((field) => field.trim()).join() !== columns[kind]) {
    call.print(`areas ${kind} FILE: CSV in UTF-8, ${columns[kind]}; nothing was written`)
    return null
  }
  const code = kind === 'below' ? 1 : 0
  return Map.groupBy(rows, ({ fields }) => (fields[code] ?? '').slice(0, 6))
}

/** Takes one file over, a district after the other, each all or nothing. */
async function takeOver(
  call: AdminCall,
  kind: keyof typeof columns,
  write: (trx: Trx, rows: readonly CsvRow[]) => Promise<string[]>,
): Promise<number> {
  const districts = await rowsOf(call, kind)
  if (!districts) return 2
  let code = 0
  for (const [district, rows] of districts) {
    const scope = { ...wholeOf(district), today: civilDay(call.clock.now()) }
    try {
      const errors = await call.database.within(scope, async (trx) => {
        const found = await write(trx, rows)
        if (found.length > 0) throw new RowsRefused(found)
        return found
      })
      call.print(`${district}: ${rows.length} rows taken over${errors.join('')}`)
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error
      for (const one of error.errors.slice(0, mostErrorsShown)) call.print(one)
      call.print(`${district}: ${error.errors.length} errors; nothing was written`)
      code = 1
    }
  }
  return code
}

class RowsRefused extends Error {
  readonly errors: readonly string[]
  constructor(errors: readonly string[]) {
    super('rows refused')
    this.errors = errors
  }
}

export const importBelow: AdminAction = (call) =>
  takeOver(call, 'below', async (trx, rows) => {
    const named = rows.map(({ fields }) => {
      const [kind = '', code = '', name = '', parent = '', gridKind = ''] = fields.map((field) =>
        field.trim(),
      )
      return { kind, code, name, parent, gridKind: gridKind || null }
    })
    const { errors } = await addAreasBelow(trx, named, (codes) => areasAtCodes(trx, codes))
    return errors.map(({ row, field }) => `line ${rows[row]?.line ?? 0}: ${field} does not fit`)
  })

export const importParts: AdminAction = (call) =>
  takeOver(call, 'parts', async (trx, rows) => {
    const errors: string[] = []
    const known = await areasAtCodes(trx, [...new Set(rows.flatMap(({ fields }) => fields.slice(0, 2)))])
    const gifts = Map.groupBy(rows, ({ fields }) => `${fields[1] ?? ''} ${fields[2] ?? ''}`)
    for (const [key, group] of gifts) {
      const [grid = '', from = ''] = key.split(' ')
      const line = group[0]?.line ?? 0
      const paths = group.map(({ fields }) => known.get(fields[0] ?? '')?.path)
      const gridPath = known.get(grid)?.path
      if (gridPath === undefined || paths.includes(undefined) || !/^\d{4}-\d\d-\d\d$/.test(from)) {
        errors.push(`line ${line}: no such area, or no day such as 2026-01-01`)
        continue
      }
      await giveParts(
        trx,
        gridPath,
        paths.flatMap((one) => one ?? []),
        from,
      ).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error
        errors.push(`line ${line}: ${error.code}`)
      })
    }
    return errors
  })
