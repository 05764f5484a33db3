import { sql } from 'kysely'
import { sqlState } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'

/** SQL of the table publication. Private to this folder. */

export type PublicationRow = {
  id: string
  request: string
  entry: string | null
  title: string | null
  description: string
  by: string
  at: string
}

const columns = sql.raw(
  'id, request_id as request, entry_id as entry, title, description, cleared_by as by, cleared_at as at',
)

/** What is cleared of a request now. */
export async function publicationsOf(trx: Trx, request: string): Promise<PublicationRow[]> {
  const { rows } = await sql<PublicationRow>`
    select ${columns} from publication
    where district_code = app.district() and request_id = ${request} and withdrawn_at is null`.execute(trx)
  return rows
}

/** Titles that were cleared, of those of the requests that have one. */
export async function titlesOf(trx: Trx, requests: readonly string[]): Promise<Map<string, string>> {
  if (requests.length === 0) return new Map()
  const { rows } = await sql<{ request: string; title: string }>`
    select request_id as request, title from publication
    where district_code = app.district() and request_id = any (${sql.val(requests)}::uuid[]) and entry_id is null
      and withdrawn_at is null and title is not null`.execute(trx)
  return new Map(rows.map(({ request, title }) => [request, title]))
}

/** A publication within reach, withdrawn or not. */
export async function publicationById(trx: Trx, id: string): Promise<PublicationRow | undefined> {
  const { rows } = await sql<PublicationRow>`
    select ${columns} from publication where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

export async function addPublication(trx: Trx, row: PublicationRow & { for: string }): Promise<void> {
  await sql`
    insert into publication (district_code, id, request_id, entry_id, title, description, cleared_by, cleared_for, cleared_at)
    values (app.district(), ${row.id}, ${row.request}, ${row.entry}, ${row.title}, ${row.description}, ${row.by}, ${row.for}, ${row.at})`
    .execute(trx)
    .catch((error: unknown) => {
      // Somebody else cleared it at the same moment, or the id stands for another one.
      if (sqlState(error) === '23505') refuse('id_taken', { field: 'body.id' })
      throw error
    })
}

/** Ends what is cleared of a request, or of one of its answers. */
export async function withdrawPublication(
  trx: Trx,
  { request, entry }: { request: string; entry: string | null },
  by: string,
  at: string,
): Promise<void> {
  await sql`
    update publication set withdrawn_by = ${by}, withdrawn_at = ${at}
    where district_code = app.district() and request_id = ${request} and entry_id is not distinct from ${entry}::uuid
      and withdrawn_at is null`.execute(trx)
}
