import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { changing } from './lexemes.ts'

/** SQL of the tables search_document and search_stale. Private to this folder. */

export type Row = { request: string; at: string; guarded: boolean; lexemes: readonly string[] }

/** Puts whole rows there, in place of what stood there. */
export async function put(trx: Trx, rows: readonly Row[]): Promise<void> {
  await sql`
    insert into search_document as d (district_code, request_id, at, guarded, lexemes)
    select app.district(), n.request, n.at, n.guarded, array_to_tsvector(n.lexemes)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (request uuid, at timestamptz, guarded boolean, lexemes text[])
    on conflict (district_code, request_id) do update
      set at = excluded.at, guarded = excluded.guarded, lexemes = excluded.lexemes`.execute(trx)
}

export type Addition = { request: string; guarded: boolean; lexemes: readonly string[] }

/** Adds to rows, and says their changing marks anew. A row that would stay as it is is not written. */
export async function add(trx: Trx, additions: readonly Addition[]): Promise<void> {
  await sql`
    update search_document d set lexemes = n.lexemes, guarded = d.guarded or n.guarded
    from (
      select o.request_id, a.guarded, app.with_lexemes(o.lexemes, ${sql.val(changing)}::text[], a.lexemes) as lexemes
      from jsonb_to_recordset(${JSON.stringify(additions)}::jsonb) as a (request uuid, guarded boolean, lexemes text[])
      join search_document o on o.district_code = app.district() and o.request_id = a.request) n
    where d.district_code = app.district() and d.request_id = n.request_id and d.lexemes <> n.lexemes`.execute(
    trx,
  )
}

export async function remove(trx: Trx, requests: readonly string[]): Promise<void> {
  const these = sql`district_code = app.district() and request_id = any (${sql.val(requests)}::uuid[])`
  await sql`delete from search_document where ${these}`.execute(trx)
  await sql`delete from search_stale where ${these}`.execute(trx)
}

/** Requests that wait to be read into the index again, taken off the list and held until the transaction ends. */
export async function takeStale(trx: Trx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ request: string }>`
    delete from search_stale s using (
      select request_id from search_stale where district_code = app.district()
      order by request_id limit ${limit} for update skip locked) taken
    where s.district_code = app.district() and s.request_id = taken.request_id
    returning s.request_id as request`.execute(trx)
  return rows.map(({ request }) => request)
}

export type Found = { request: string; at: string }

/** Ids in reach that satisfy every condition, newest first, older than a position; at most so many. */
export async function recall(
  trx: Trx,
  must: readonly string[],
  open: readonly string[],
  before: Found,
  most: number,
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select request, said_at as at from app.search_requests(${sql.val(must)}::text[], ${sql.val(open)}::text[],
      ${before.at}::timestamptz, ${before.request}::uuid, ${most}::integer)`.execute(trx)
  return rows
}
