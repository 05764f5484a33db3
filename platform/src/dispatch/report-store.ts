import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** What only the report of the administrator counts. Private to this folder. */

/** What waits at each step now. */
export async function steps(
  trx: Trx,
  now: string,
): Promise<{ dispatch: number; dispatchLate: number; take: number; takeLate: number }> {
  const { rows } = await sql<{ dispatch: number; dispatchLate: number; take: number; takeLate: number }>`
    select (count(*) filter (where step = 'dispatch'))::int as dispatch,
      (count(*) filter (where step = 'dispatch' and due_at <= ${now}))::int as "dispatchLate",
      (count(*) filter (where step = 'take'))::int as take, (count(*) filter (where step = 'take' and due_at <= ${now}))::int as "takeLate"
    from dispatch_step where district_code = app.district()`.execute(trx)
  return rows[0]!
}

/** Dispatches that keep their ground, and those that have none: what lies in confidence is not among them (RQ10). */
export async function unexplained(trx: Trx): Promise<{ explained: number; without: number }> {
  const { rows } = await sql<{ explained: number; without: number }>`
    select count(c.entry_id)::int as explained, (count(*) filter (where c.entry_id is null))::int as without
    from request_entry e
    join service_request r on r.district_code = e.district_code and r.id = e.request_id and not r.confidential
    left join dispatch_choice c on c.district_code = e.district_code and c.entry_id = e.id
    where e.district_code = app.district() and e.kind = 'assign'`.execute(trx)
  return rows[0]!
}
