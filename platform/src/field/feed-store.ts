import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import { edgeOf } from './cursor.ts'

/** SQL of field_holding and field_mark: which households a phone is to be told of. Private to this folder. */

/** Most running transactions that a cursor names; beyond, what they and later ones write comes twice. */
const mostRunning = 40

/** What this statement sees; every later one sees at least that. */
export async function snapshotOf(trx: Trx): Promise<string> {
  const { rows } = await sql<{ seen: string }>`select pg_current_snapshot()::text as seen`.execute(trx)
  const [seen = '1:1:'] = rows.map((row) => row.seen)
  const [oldest = '1', , running = ''] = seen.split(':')
  return running.split(',').length > mostRunning ? `${oldest}:${oldest}:` : seen
}

type Own = { id: string; path: string; person: string }

/** Notes which held households are no longer own, with the cursor that tells of it (FD4). */
export async function letGo(
  trx: Trx,
  device: string,
  own: readonly Own[],
  { walk, at }: { walk: number; at: string },
): Promise<void> {
  await sql`
    update field_holding set gone_in = ${walk}::bigint, gone_at = ${at}
    where district_code = app.district() and device_id = ${device} and gone_in is null
      and household_id <> all (${sql.val(own.map(({ id }) => id))}::uuid[])`.execute(trx)
}

export type Due = { household: string; how: 'whole' | 'changed' | 'gone'; told: boolean }

/**
 * What a phone that applied the walk `known` and everything in its snapshot is to be told, by household: those it has not
 * got yet, those of which something was written since, and those that left. One row more than a page.
 */
export async function due(
  trx: Trx,
  device: string,
  own: readonly Own[],
  walk: { known: number; snapshot: string; after: string | null; today: string; limit: number },
): Promise<Due[]> {
  const known = sql`${walk.known}::bigint`
  const { rows } = await sql<Due>`
    ${kept} with own as (
      select * from unnest(${sql.val(own.map(({ id }) => id))}::uuid[], ${sql.val(own.map(({ person }) => person))}::uuid[]) as o (id, via)),
    known as (
      select o.id as own_id, coalesce(o.id, h.household_id) as id, h.told_on, h.gone_in,
        h.household_id is null or h.gone_in is not null or h.given_in > ${known} or h.via_person_id <> o.via as whole
      from own o
      full join (select * from field_holding where district_code = app.district() and device_id = ${device}) h
        on h.household_id = o.id)
    select id as household, case when own_id is null then 'gone' when whole then 'whole' else 'changed' end as how,
      coalesce(told_on = ${walk.today}::date, false) as told
    from known k
    left join lateral (
      select true as changed from field_mark m
      where not k.whole
        and m.district_code = app.district() and m.household_id = k.own_id and m.changed_in >= ${edgeOf(walk.snapshot)}::bigint
        and not pg_visible_in_snapshot(m.changed_in::text::xid8, ${walk.snapshot}::pg_snapshot) limit 1) m on true
    where ${walk.after === null ? sql`true` : sql`id > ${walk.after}::uuid`}
      and case when own_id is null then gone_in > ${known} and ${known} > 0 else whole or m.changed end
    order by id limit ${walk.limit + 1}`.execute(trx)
  return rows
}

/** Notes what is given to a phone with this page. */
export async function give(
  trx: Trx,
  { device, person, today }: { device: string; person: string; today: string },
  whole: readonly Own[],
  told: readonly string[],
  walk: number,
): Promise<void> {
  if (whole.length > 0)
    await sql`
      insert into field_holding as h (district_code, device_id, household_id, person_id, path, via_person_id, given_in, told_on)
      select app.district(), ${device}, o.id, ${person}, o.path, o.via, ${walk}::bigint, ${today}::date
      from unnest(${sql.val(whole.map(({ id }) => id))}::uuid[], ${sql.val(whole.map(({ path }) => path))}::text[],
        ${sql.val(whole.map(({ person: via }) => via))}::uuid[]) as o (id, path, via)
      on conflict (district_code, device_id, household_id) do update set given_in = excluded.given_in, path = excluded.path,
        via_person_id = excluded.via_person_id, told_on = excluded.told_on, gone_in = null, gone_at = null`.execute(
      trx,
    )
  if (told.length > 0)
    await sql`
      update field_holding set told_on = ${today}::date
      where district_code = app.district() and device_id = ${device} and household_id = any (${sql.val(told)}::uuid[])`.execute(
      trx,
    )
}

/** Where households lie that a phone of this person ever held. */
export async function everHeld(
  trx: Trx,
  person: string,
  households: readonly string[],
): Promise<Map<string, string>> {
  if (households.length === 0) return new Map()
  const { rows } = await sql<{ household: string; path: string }>`
    select household_id as household, max(path) as path from field_holding
    where district_code = app.district() and person_id = ${person} and household_id = any (${sql.val(households)}::uuid[])
    group by household_id`.execute(trx)
  return new Map(rows.map(({ household, path }) => [household, path]))
}

/** Forgets marks that no cursor in use can be older than, and what phones gave back long ago. */
export async function prune(trx: Trx, before: string): Promise<void> {
  await sql`select app.prune_field(${before})`.execute(trx)
}
