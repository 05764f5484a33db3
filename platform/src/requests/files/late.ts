import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** Uploads that arrive after the words they belong to: from a phone that had hardly any signal. SQL of the table attachment. */

/**
 * What an upload belongs to: a request and the entry of it, or a visit. Given both, a recording is the visit's, where it was
 * spoken, and a photo the request's.
 */
export type Late = { id: string; request: string | null; entry: string | null; visit: string | null }

/**
 * Ties those of the uploads that are here, loose and brought by `owner` to what they belong to.
 *
 * @returns ids of those that are tied now.
 */
export async function claimArrived(trx: Trx, late: readonly Late[], owner: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update attachment a set
      request_id = case when l.visit is null or a.kind = 'photo' then l.request end,
      entry_id = case when l.visit is null or a.kind = 'photo' then l.entry end,
      visit_id = case when l.request is null or a.kind = 'voice' then l.visit end
    from jsonb_to_recordset(${JSON.stringify(late)}::jsonb) as l (id uuid, request uuid, entry uuid, visit uuid)
    where a.district_code = app.district() and a.id = l.id and a.request_id is null and a.visit_id is null and a.owner = ${owner}
    returning a.id`.execute(trx)
  return rows.map(({ id }) => id)
}
