import { sql } from 'kysely'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import type { State } from './lifecycle-rule.ts'

/** What a household said, for whoever may read the household: what it is called and how it stands, no words of it. */

export type HouseholdRequest = {
  id: string
  code: string
  title: string
  state: State
  dueAt: string | null
  overdue: boolean
  submittedAt: string
}

/**
 * The latest requests of a household and how many there are. Never one said in confidence (RQ10) or erased.
 *
 * @param household that the caller has just read.
 */
export async function requestsOfHousehold(
  trx: Trx,
  household: string,
  limit: number,
): Promise<{ items: HouseholdRequest[]; total: number }> {
  const found = await sql<{ ids: string[] }>`select app.requests_of_household(${household}) as ids`.execute(
    trx,
  )
  const ids = found.rows[0]?.ids ?? []
  if (ids.length === 0) return { items: [], total: 0 }
  await reachRequests(trx, ids)
  const { rows } = await sql<HouseholdRequest>`
    select id, code, title, state, due_at as "dueAt", overdue, submitted_at as "submittedAt" from service_request
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])
    order by submitted_at desc, id desc limit ${limit}`.execute(trx)
  return { items: rows, total: ids.length }
}
