import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of import, import_error and import_mapping. Private to this folder. */

export type Shape = { format: 'csv' | 'xlsx'; encoding?: string; delimiter?: string; sheets?: string[] }
export type Tally = { added: number; changed: number; same: number }
export type Counts = {
  households: Tally
  residents: Tally
  care: number
  badRows: number
  /** The columns were told before, for the same form. */
  remembered: boolean
}
export type Fault = { code: string; params: Record<string, string | number> }

export type ImportRecord = {
  id: string
  kind: 'households'
  path: string
  by: string
  fileName: string
  bytes: number
  state: string
  shape: Shape | null
  sheet: string | null
  headerRow: number | null
  header: string[] | null
  sample: string[][] | null
  mapping: (string | null)[] | null
  mode: 'all' | 'good' | null
  rowsDone: number
  rowsTotal: number | null
  counts: Partial<Counts>
  errorKinds: Record<string, number>
  fault: Fault | null
  createdAt: string
  appliedAt: string | null
  undoneAt: string | null
  undoneBy: string | null
  purgedAt: string | null
  version: number
}

const columns =
  sql.raw(`id, kind, path, by_person_id as by, file_name as "fileName", bytes, state, shape, sheet, header_row as "headerRow",
  header, sample, mapping, mode, rows_done as "rowsDone", rows_total as "rowsTotal", counts, error_kinds as "errorKinds", fault,
  created_at as "createdAt", applied_at as "appliedAt", undone_at as "undoneAt", undone_by_person_id as "undoneBy", purged_at as "purgedAt", version`)

/** @returns false when the id was there already. */
export async function addImport(
  trx: Trx,
  one: Pick<ImportRecord, 'id' | 'kind' | 'path' | 'by' | 'fileName' | 'bytes'>,
  at: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into import (district_code, id, kind, path, by_person_id, file_name, bytes, state, created_at, changed_at)
    values (app.district(), ${one.id}, ${one.kind}, ${one.path}, ${one.by}, ${one.fileName}, ${one.bytes}, 'uploading', ${at}, ${at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function importById(trx: Trx, id: string): Promise<ImportRecord | undefined> {
  const { rows } = await sql<ImportRecord>`
    select ${columns} from import where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

/** One import, held until the transaction ends. */
export async function lockImport(trx: Trx, id: string): Promise<ImportRecord | undefined> {
  const { rows } = await sql<ImportRecord>`
    select ${columns} from import where district_code = app.district() and id = ${id} for update`.execute(trx)
  return rows[0]
}

/** Newest first, and one more than asked for. */
export async function importPage(
  trx: Trx,
  after: { key: string; id: string } | null,
  limit: number,
): Promise<ImportRecord[]> {
  const before = after ? sql`and (created_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<ImportRecord>`
    select ${columns} from import where district_code = app.district() ${before}
    order by created_at desc, id desc limit ${limit + 1}`.execute(trx)
  return rows
}

type Patch = Partial<{
  state: string
  shape: Shape
  sheet: string | null
  header_row: number | null
  header: string[]
  sample: string[][]
  mapping: (string | null)[] | null
  mode: string | null
  rows_done: number
  rows_total: number | null
  counts: Partial<Counts>
  error_kinds: Record<string, number>
  fault: Fault | null
  applied_at: string
  undone_at: string
  undone_by_person_id: string
  purged_at: string
}>

const asJson = new Set(['shape', 'sample', 'counts', 'error_kinds', 'fault'])
const asTexts = new Set(['header', 'mapping'])

function assigned([column, value]: [string, unknown]): RawBuilder<unknown> {
  const name = sql.ref(column)
  if (asJson.has(column)) return sql`${name} = ${value === null ? null : JSON.stringify(value)}::jsonb`
  if (asTexts.has(column)) return sql`${name} = ${sql.val(value)}::text[]`
  return sql`${name} = ${value}`
}

/** Changes an import. @param step whether it is one that others must have seen before they act: the version counts up. */
export async function patchImport(
  trx: Trx,
  id: string,
  patch: Patch,
  at: string,
  step = true,
): Promise<void> {
  const set = Object.entries(patch).map(assigned)
  if (step) set.push(sql`version = version + 1`)
  await sql`update import set ${sql.join([...set, sql`changed_at = ${at}`])}
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** Imports that lie still since then: their files and staged rows go. */
export async function staleImports(trx: Trx, before: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from import where district_code = app.district() and purged_at is null and changed_at < ${before}
      and state not in ('reading', 'checking', 'applying', 'undoing') order by created_at, id limit 100`.execute(
    trx,
  )
  return rows.map(({ id }) => id)
}

export type ErrorRow = {
  row: number
  col: number
  code: string
  params: Record<string, string | number>
  shown: string
}

export async function addErrors(
  trx: Trx,
  id: string,
  path: string,
  errors: readonly ErrorRow[],
): Promise<void> {
  if (errors.length === 0) return
  await sql`
    insert into import_error (district_code, import_id, path, row, col, code, params, shown)
    select app.district(), ${id}, ${path}, e.row, e.col, e.code, e.params, e.shown
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as e (row integer, col smallint, code text, params jsonb, shown text)
    on conflict do nothing`.execute(trx)
}

/** Of one kind, or of all: by row, column, code; one more than asked for. */
export async function errorPage(
  trx: Trx,
  id: string,
  { code, after, limit }: { code?: string | undefined; after: ErrorRow | null; limit: number },
): Promise<ErrorRow[]> {
  const kind = code === undefined ? sql`` : sql`and code = ${code}`
  const from = after
    ? sql`and (row, col, code) > (${after.row}, ${after.col}::smallint, ${after.code})`
    : sql``
  const { rows } = await sql<ErrorRow>`
    select row, col, code, params, shown from import_error
    where district_code = app.district() and import_id = ${id} ${kind} ${from}
    order by row, col, code limit ${limit + 1}`.execute(trx)
  return rows
}

export async function errorKinds(
  trx: Trx,
  id: string,
): Promise<{ kinds: Record<string, number>; badRows: number }> {
  const { rows } = await sql<{ code: string; count: number }>`
    select code, count(*)::int as count from import_error where district_code = app.district() and import_id = ${id} group by code`.execute(
    trx,
  )
  const bad = await sql<{ count: number }>`
    select count(distinct row)::int as count from import_error where district_code = app.district() and import_id = ${id}`.execute(
    trx,
  )
  return {
    kinds: Object.fromEntries(rows.map(({ code, count }) => [code, count])),
    badRows: bad.rows[0]?.count ?? 0,
  }
}

export async function dropErrors(trx: Trx, id: string): Promise<void> {
  await sql`delete from import_error where district_code = app.district() and import_id = ${id}`.execute(trx)
}

export async function rememberedMapping(
  trx: Trx,
  kind: string,
  fingerprint: string,
): Promise<(string | null)[] | undefined> {
  const { rows } = await sql<{ mapping: (string | null)[] }>`
    select mapping from import_mapping
    where district_code = app.district() and kind = ${kind} and fingerprint = ${fingerprint}`.execute(trx)
  return rows[0]?.mapping
}

export async function rememberMapping(
  trx: Trx,
  one: { kind: string; fingerprint: string; mapping: readonly (string | null)[]; by: string },
  at: string,
): Promise<void> {
  await sql`
    insert into import_mapping (district_code, kind, fingerprint, mapping, by_person_id, used_at)
    values (app.district(), ${one.kind}, ${one.fingerprint}, ${sql.val(one.mapping)}::text[], ${one.by}, ${at})
    on conflict (district_code, kind, fingerprint) do update
      set mapping = excluded.mapping, by_person_id = excluded.by_person_id, used_at = excluded.used_at`.execute(
    trx,
  )
}
