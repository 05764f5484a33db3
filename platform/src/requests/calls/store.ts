import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of call_draw, call_pick and call_rate. Private to this folder. */

/** What a desk could be asked to call about, by desk. */
export type Pools = Record<string, string[]>

export type Draw = {
  day: string
  seed: string
  percent: number
  fromAt: string
  untilAt: string
  pools: Pools
}

/** The share, and its version; the usual ten percent until somebody sets another. */
export async function rate(trx: Trx): Promise<{ percent: number; version: number }> {
  const { rows } = await sql<{ percent: number; version: number }>`
    select percent, version from call_rate where district_code = app.district()`.execute(trx)
  return rows[0] ?? { percent: 10, version: 0 }
}

/** @returns false when somebody else set it meanwhile. */
export async function setRate(
  trx: Trx,
  percent: number,
  version: number,
  by: { person: string | null; now: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into call_rate as r (district_code, percent, version, set_by, set_at)
    select app.district(), ${percent}, 1, ${by.person}::uuid, ${by.now}
    where ${version} = 0 or exists (select 1 from call_rate where district_code = app.district())
    on conflict (district_code) do update set percent = excluded.percent, version = r.version + 1, set_by = excluded.set_by,
      set_at = excluded.set_at where r.version = ${version}`.execute(trx)
  return numAffectedRows === 1n
}

/** The last draw before a day or on it; undefined when there was none. */
export async function lastDraw(trx: Trx, day: string): Promise<Draw | undefined> {
  const { rows } = await sql<Draw>`
    select day::text as day, seed, percent, from_at as "fromAt", until_at as "untilAt", pools from call_draw
    where district_code = app.district() and day <= ${day}::date order by day desc limit 1`.execute(trx)
  return rows[0]
}

/**
 * What was answered in a stretch of time, still stands as answered or closed, and was never drawn: each with its desk and
 * its reporter. Where the desk itself is complained of it does not call (RQ10).
 */
export async function answeredBetween(
  trx: Trx,
  from: string,
  until: string,
): Promise<{ id: string; desk: string; reporter: string }[]> {
  const { rows } = await sql<{ id: string; desk: string; reporter: string }>`
    select distinct r.id, r.standing ->> 'desk' as desk, r.reporter_id as reporter
    from request_entry e join service_request r on r.district_code = e.district_code and r.id = e.request_id
    where e.district_code = app.district() and e.kind = 'answer' and e.at >= ${from} and e.at < ${until}
      and r.state in ('answered', 'closed') and r.standing ->> 'followedUp' is null and r.reporter_id is not null
      and not (r.standing ->> 'desk')::uuid = any (r.complained_of)
      and not exists (select 1 from call_pick p where p.district_code = r.district_code and p.request_id = r.id)`.execute(
    trx,
  )
  return rows
}

/** Keeps a draw, unless that day has one. @returns whether it was kept. */
export async function keepDraw(trx: Trx, draw: Draw, at: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into call_draw (district_code, day, seed, percent, from_at, until_at, pools, made_at)
    values (app.district(), ${draw.day}::date, ${draw.seed}, ${draw.percent}, ${draw.fromAt}, ${draw.untilAt},
      ${JSON.stringify(draw.pools)}::jsonb, ${at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** The primary key refuses a request that was drawn before. */
export async function keepPicks(
  trx: Trx,
  day: string,
  picks: readonly { request: string; desk: string }[],
): Promise<void> {
  if (picks.length === 0) return
  await sql`
    insert into call_pick (district_code, request_id, day, organisation_id)
    select app.district(), p.request, ${day}::date, p.desk
    from jsonb_to_recordset(${JSON.stringify(picks)}::jsonb) as p (request uuid, desk uuid)`.execute(trx)
}

/** What these desks still have to call about, longest waiting first. */
export async function openPicks(
  trx: Trx,
  desks: readonly string[],
  limit: number,
): Promise<{ id: string; day: string }[]> {
  const { rows } = await sql<{ id: string; day: string }>`
    select p.request_id as id, p.day::text as day from call_pick p
    join service_request r on r.district_code = p.district_code and r.id = p.request_id and r.state in ('answered', 'closed')
    where p.district_code = app.district() and p.organisation_id = any (${sql.val(desks)}::uuid[]) and p.done_at is null
    order by p.day, p.request_id limit ${limit}`.execute(trx)
  return rows
}

export async function picksOf(trx: Trx, day: string): Promise<{ id: string; desk: string }[]> {
  const { rows } = await sql<{ id: string; desk: string }>`
    select request_id as id, organisation_id as desk from call_pick
    where district_code = app.district() and day = ${day}::date`.execute(trx)
  return rows
}

/** The call was made, and nothing more is to be asked. */
export async function settle(trx: Trx, request: string, at: string): Promise<void> {
  await sql`
    update call_pick set done_at = ${at}
    where district_code = app.district() and request_id = ${request} and done_at is null`.execute(trx)
}
