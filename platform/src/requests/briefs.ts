import { sql } from 'kysely'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'

/** What a request is called and how it stands, for whoever it came from. */

export type Brief = {
  id: string
  code: string
  title: string
  state: string
  submittedAt: string
  changedAt: string
}

/**
 * Requests by id, newest first; what was erased is missing.
 *
 * @param ids the caller vouches for: requests that came from the person who asks.
 */
export async function briefsOf(trx: Trx, ids: readonly string[]): Promise<Brief[]> {
  if (ids.length === 0) return []
  await reachRequests(trx, ids)
  const { rows } = await sql<Brief>`
    select id, code, title, state, submitted_at as "submittedAt", last_entry_at as "changedAt" from service_request
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[]) and erased is null
    order by submitted_at desc, id`.execute(trx)
  return rows
}

/** Short codes of requests that the transaction reaches by itself, and whether they lie in confidence; others are missing. */
export async function openBriefs(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, { id: string; code: string; confidential: boolean }>> {
  const { rows } = await sql<{ id: string; code: string; confidential: boolean }>`
    select id, code, confidential from service_request
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}
