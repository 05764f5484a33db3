import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { endOf } from '#org/rules.ts'

/** What a joint meeting asks of whistles: which requests wait for somebody who is late, and since when (MT2). */

/** More late whistles than this no agenda holds. */
const most = 200

/** By request; whistles that are over, or in time, are not in it. */
export async function lateRequests(trx: Trx, path: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ request: string; since: string }>`
    select r.request_id as request, w.due_at as since from (
      select id, district_code, due_at from whistle
      where district_code = app.district() and over_at is null and late and due_at is not null
        and path >= ${path} and path < ${endOf(path)}
      order by due_at, id limit ${most}) w
    join whistle_request r on r.district_code = w.district_code and r.whistle_id = w.id and r.open`.execute(
    trx,
  )
  return new Map(rows.map(({ request, since }) => [request, since]))
}
