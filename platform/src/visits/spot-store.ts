import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of spot_draw, spot_pick and spot_rate. Private to this folder. */

export type Pools = Record<string, string[]>
export type Draw = {
  day: string
  seed: string
  percent: number
  fromDay: string
  untilDay: string
  pools: Pools
}

export async function rate(trx: Trx): Promise<{ percent: number; version: number }> {
  const { rows } = await sql<{ percent: number; version: number }>`
    select percent, version from spot_rate where district_code = app.district()`.execute(trx)
  return rows[0] ?? { percent: 2, version: 0 }
}

/** @returns false when somebody else set it meanwhile. */
export async function setRate(
  trx: Trx,
  percent: number,
  version: number,
  by: { person: string | null; now: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into spot_rate as r (district_code, percent, version, set_by, set_at)
    select app.district(), ${percent}, 1, ${by.person}::uuid, ${by.now}
    where ${version} = 0 or exists (select 1 from spot_rate where district_code = app.district())
    on conflict (district_code) do update set percent = excluded.percent, version = r.version + 1, set_by = excluded.set_by,
      set_at = excluded.set_at where r.version = ${version}`.execute(trx)
  return numAffectedRows === 1n
}

export async function drawOf(trx: Trx, day: string): Promise<Draw | undefined> {
  const { rows } = await sql<Draw>`
    select day::text as day, seed, percent, from_day::text as "fromDay", until_day::text as "untilDay", pools from spot_draw
    where district_code = app.district() and day = ${day}::date`.execute(trx)
  return rows[0]
}

/** Visits of a stretch of days on which somebody is said to have been met, never drawn before. */
export async function metBetween(
  trx: Trx,
  from: string,
  until: string,
): Promise<{ id: string; path: string; household: string }[]> {
  const { rows } = await sql<{ id: string; path: string; household: string }>`
    select v.id, v.path, v.household_id as household from visit v
    where v.district_code = app.district() and v.on_day >= ${from}::date and v.on_day < ${until}::date and v.outcome = 'met'
      and not exists (select from spot_pick p where p.district_code = v.district_code and p.visit_id = v.id)
    order by v.id`.execute(trx)
  return rows
}

/** Keeps a draw, unless that day has one. @returns whether it was kept. */
export async function keepDraw(trx: Trx, draw: Draw, at: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into spot_draw (district_code, day, seed, percent, from_day, until_day, pools, made_at)
    values (app.district(), ${draw.day}::date, ${draw.seed}, ${draw.percent}, ${draw.fromDay}::date, ${draw.untilDay}::date,
      ${JSON.stringify(draw.pools)}::jsonb, ${at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function keepPicks(
  trx: Trx,
  day: string,
  picks: readonly { visit: string; desk: string }[],
): Promise<void> {
  if (picks.length === 0) return
  await sql`
    insert into spot_pick (district_code, visit_id, household_id, path, day, organisation_id)
    select v.district_code, v.id, v.household_id, v.path, ${day}::date, p.desk
    from jsonb_to_recordset(${JSON.stringify(picks)}::jsonb) as p (visit uuid, desk uuid)
    join visit v on v.district_code = app.district() and v.id = p.visit`.execute(trx)
}

export async function picksOf(trx: Trx, day: string): Promise<{ visit: string; desk: string }[]> {
  const { rows } = await sql<{ visit: string; desk: string }>`
    select visit_id as visit, organisation_id as desk from spot_pick
    where district_code = app.district() and day = ${day}::date`.execute(trx)
  return rows
}

export type OpenPick = {
  visit: string
  household: string
  door: string
  path: string
  person: string
  onDay: string
  day: string
  tries: number
}

/** What these desks still have to ask about, longest waiting first. */
export async function openPicks(trx: Trx, desks: readonly string[], limit: number): Promise<OpenPick[]> {
  const { rows } = await sql<OpenPick>`
    select p.visit_id as visit, p.household_id as household, w.number as door, p.path, v.person_id as person,
      v.on_day::text as "onDay", p.day::text as day, p.tries
    from spot_pick p
    join visit v on v.district_code = p.district_code and v.id = p.visit_id
    join household h on h.district_code = p.district_code and h.id = p.household_id
    join dwelling w on w.district_code = h.district_code and w.id = h.dwelling_id
    where p.district_code = app.district() and p.organisation_id = any (${sql.val(desks)}::uuid[]) and p.done_at is null
    order by p.day, p.visit_id limit ${limit}`.execute(trx)
  return rows
}

export type Pick = {
  visit: string
  household: string
  path: string
  desk: string
  tries: number
  result: 'visited' | 'not_visited' | 'not_reached' | null
}

export async function lockPick(trx: Trx, visit: string): Promise<Pick | undefined> {
  const { rows } = await sql<Pick>`
    select visit_id as visit, household_id as household, path, organisation_id as desk, tries, result from spot_pick
    where district_code = app.district() and visit_id = ${visit} and (app.reach() = 'district' or app.within_paths(path))
    for update`.execute(trx)
  return rows[0]
}

export async function enterResult(
  trx: Trx,
  visit: string,
  entered: {
    tries: number
    result: Pick['result']
    words: string | null
    by: string | null
    at: string
  },
): Promise<void> {
  await sql`
    update spot_pick set tries = ${entered.tries}, result = ${entered.result}, words = ${entered.words},
      by_person_id = ${entered.by}::uuid, done_at = ${entered.result === null ? null : entered.at}::timestamptz
    where district_code = app.district() and visit_id = ${visit}`.execute(trx)
}
