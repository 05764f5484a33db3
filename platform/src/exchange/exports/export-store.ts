import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of export. Private to this folder. */

export type ExportRow = {
  id: string
  query: Record<string, string>
  format: 'csv' | 'xlsx'
  reason: string
  path: string
  by: string
  rows: number
  state: 'waiting' | 'ready' | 'refused'
  decidedBy: string | null
  fetched: number
  createdAt: string
  expiresAt: string
}

const columns =
  sql.raw(`id, query, format, reason, path, by_person_id as by, rows, state, decided_by_person_id as "decidedBy", fetched,
  created_at as "createdAt", expires_at as "expiresAt"`)

export async function addExport(trx: Trx, one: Omit<ExportRow, 'decidedBy' | 'fetched'>): Promise<void> {
  await sql`
    insert into export (district_code, id, list, query, format, reason, path, by_person_id, rows, state, created_at, expires_at)
    values (app.district(), ${one.id}, 'requests', ${JSON.stringify(one.query)}::jsonb, ${one.format}, ${one.reason}, ${one.path},
      ${one.by}, ${one.rows}, ${one.state}, ${one.createdAt}, ${one.expiresAt}) on conflict do nothing`.execute(
    trx,
  )
}

/** One export, held until the transaction ends. */
export async function lockExport(trx: Trx, id: string): Promise<ExportRow | undefined> {
  const { rows } = await sql<ExportRow>`
    select ${columns} from export where district_code = app.district() and id = ${id} for update`.execute(trx)
  return rows[0]
}

const most = 60

/** Those of a person, newest first, and what waits within reach. */
export async function exportsOf(trx: Trx, by: string, decides: boolean): Promise<ExportRow[]> {
  const waiting = decides
    ? sql`union (select ${columns} from export where district_code = app.district() and state = 'waiting' order by created_at, id limit ${most})`
    : sql``
  const { rows } = await sql<ExportRow>`
    select * from (
      (select ${columns} from export where district_code = app.district() and by_person_id = ${by}
        order by created_at desc, id desc limit ${most}) ${waiting}) found
    order by "createdAt" desc, id desc`.execute(trx)
  return rows
}

export async function decide(
  trx: Trx,
  id: string,
  state: 'ready' | 'refused',
  by: string,
  at: string,
  expires: string,
) {
  await sql`
    update export set state = ${state}, decided_by_person_id = ${by}, decided_at = ${at}, expires_at = ${expires}
    where district_code = app.district() and id = ${id}`.execute(trx)
}

export async function countFetch(trx: Trx, id: string): Promise<void> {
  await sql`update export set fetched = fetched + 1 where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
}
