import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of the table request_follower (RQ13). Private to this folder. */

/** Somebody who follows a request: what they opened it with, and under which code and name they know it. */
export type Follower = {
  /** Theirs to open: an id made by their phone, or the request of theirs that was merged. */
  id: string
  request: string
  reporter: string
  code: string
  title: string
  isDirect: boolean
}

/** Everybody who follows these requests now, those from the beginning first. */
export async function followersOf(trx: Trx, requests: readonly string[]): Promise<Follower[]> {
  if (requests.length === 0) return []
  const { rows } = await sql<Follower>`
    select id, request, reporter, code, title, is_direct as "isDirect" from app.followers_of(${sql.val(requests)}::uuid[])`.execute(
    trx,
  )
  return rows
}

/** A following as its owner, or staff who reach the request, may see it. */
export type Following = {
  id: string
  request: string
  reporter: string
  code: string
  title: string | null
  since: string
  /** The merged request that it stands for; null for one who chose to follow. */
  from: string | null
}

const columns = sql.raw(
  'f.id, f.request_id as request, f.reporter_id as reporter, f.code, f.title, f.since, f.from_request_id as "from"',
)

export async function following(trx: Trx, id: string): Promise<Following | undefined> {
  const { rows } = await sql<Following>`
    select ${columns} from request_follower f where f.district_code = app.district() and f.id = ${id} and f.until is null`.execute(
    trx,
  )
  return rows[0]
}

/** What a reporter, or a browser by its ids, follows now; newest first, no more than a hundred. */
export async function followings(
  trx: Trx,
  by: { reporter: string | null; ids: readonly string[] },
): Promise<Following[]> {
  const { rows } = await sql<Following>`
    select ${columns} from request_follower f
    where f.district_code = app.district() and f.until is null
      and (f.reporter_id = ${by.reporter}::uuid or f.id = any (${sql.val(by.ids)}::uuid[]))
    order by f.since desc, f.id limit 100`.execute(trx)
  return rows
}

/** Adds a following; one that ended (a merge that was undone) begins anew. @returns false when the id stands already. */
export async function add(
  trx: Trx,
  row: {
    id: string
    request: string
    reporter: string
    code: string
    title: string | null
    since: string
    from: string | null
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into request_follower as f (district_code, id, request_id, reporter_id, code, title, since, from_request_id)
    values (app.district(), ${row.id}, ${row.request}, ${row.reporter}, ${row.code}, ${row.title}, ${row.since}, ${row.from})
    on conflict (district_code, id) do update set request_id = excluded.request_id, since = excluded.since, until = null
      where f.until is not null`.execute(trx)
  return numAffectedRows === 1n
}

/** Those who follow one request by choice follow another from now on. @returns how many. */
export async function moveDirect(trx: Trx, from: string, to: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update request_follower set request_id = ${to}, came_with_id = ${from}
    where district_code = app.district() and request_id = ${from} and from_request_id is null and until is null`.execute(
    trx,
  )
  return Number(numAffectedRows ?? 0)
}

/** The other way round, when the merge is undone: those who came with it go back. @returns how many. */
export async function moveBack(trx: Trx, gone: string, stays: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update request_follower set request_id = ${gone}, came_with_id = null
    where district_code = app.district() and request_id = ${stays} and came_with_id = ${gone} and until is null`.execute(
    trx,
  )
  return Number(numAffectedRows ?? 0)
}

/** A following ends; its row stays. */
export async function end(trx: Trx, id: string, at: string): Promise<void> {
  await sql`
    update request_follower set until = ${at} where district_code = app.district() and id = ${id} and until is null`.execute(
    trx,
  )
}

/** How many came to a request with one that was merged into it. */
export async function cameWith(trx: Trx, gone: string, stays: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from request_follower
    where district_code = app.district() and request_id = ${stays} and came_with_id = ${gone} and until is null`.execute(
    trx,
  )
  return rows[0]!.n
}
