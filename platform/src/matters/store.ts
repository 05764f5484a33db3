import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Groups } from './contract.ts'
import type { PushState } from './rules.ts'

/** SQL of the tables grid_matter_list and grid_push. Private to this folder. */

export type Stored = {
  id: string
  organisation: string
  path: string
  matter: string | null
  title: string
  words: string
  purpose: string | null
  hours: number | null
  startsOn: string
  endsOn: string | null
  state: PushState
  madeBy: string
  madeAt: string
  decidedBy: string | null
  decisionWords: string | null
  version: number
}

const columns =
  sql.raw(`id, organisation_id as organisation, path, matter_code as matter, title, words, purpose, hours,
  starts_on as "startsOn", ends_on as "endsOn", state, made_by as "madeBy", made_at as "madeAt", decided_by as "decidedBy",
  decision_words as "decisionWords", version`)

export async function newestList(trx: Trx): Promise<{ version: number; groups: Groups } | undefined> {
  const { rows } = await sql<{ version: number; groups: Groups }>`
    select version, groups from grid_matter_list where district_code = app.district() order by version desc limit 1`.execute(
    trx,
  )
  return rows[0]
}

/** @returns false when somebody else wrote that version meanwhile. */
export async function addList(
  trx: Trx,
  { version, groups }: { version: number; groups: Groups },
  by: { person: string; at: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into grid_matter_list (district_code, version, groups, set_by, set_at)
    values (app.district(), ${version}, ${JSON.stringify(groups)}, ${by.person}, ${by.at})
    on conflict do nothing returning 1`.execute(trx)
  return rows.length > 0
}

export type Show = 'now' | 'waiting' | 'past'

/** What is asked of the grids of these areas, from above or within, and by these organisations; newest first. */
export async function pushes(
  trx: Trx,
  { show, day, most }: { show: Show; day: string; most: number },
  {
    within,
    above,
    organisations,
  }: { within: readonly string[]; above: readonly string[]; organisations: readonly string[] },
): Promise<Stored[]> {
  // Word for word what the index `grid_push_running` holds, so that it is used.
  const running = sql`case when ends_on is null then 'infinity'::date else ends_on end > ${day}::date`
  const fits = {
    now: sql`state = 'in_force' and ${running}`,
    waiting: sql`state = 'waiting' and ${running}`,
    past: sql`(state in ('refused', 'withdrawn') or ends_on <= ${day}::date)`,
  }[show]
  const all = sql`select * from grid_push where district_code = app.district() and ${fits}`
  const order = sql`order by made_at desc, id desc limit ${most}`
  const ways = [
    sql`(${all} and path = any (${sql.val(above)}::text[]) ${order})`,
    sql`(${all} and organisation_id = any (${sql.val(organisations)}::uuid[]) ${order})`,
    ...within.map((path) => sql`(${all} and path >= ${path} and path < ${`${path}\u{10ffff}`} ${order})`),
  ]
  const { rows } = await sql<Stored>`
    select ${columns} from (${sql.join(ways, sql` union `)}) g ${order}`.execute(trx)
  return rows
}

export async function find(trx: Trx, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`
    select ${columns} from grid_push where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

export async function add(
  trx: Trx,
  one: Omit<Stored, 'decidedBy' | 'decisionWords' | 'version'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into grid_push (district_code, id, organisation_id, path, matter_code, title, words, purpose, hours, starts_on, ends_on,
      state, made_by, made_at)
    values (app.district(), ${one.id}, ${one.organisation}, ${one.path}, ${one.matter}, ${one.title}, ${one.words}, ${one.purpose},
      ${one.hours}, ${one.startsOn}, ${one.endsOn}, ${one.state}, ${one.madeBy}, ${one.madeAt})
    on conflict (district_code, id) do nothing returning 1`.execute(trx)
  return rows.length > 0
}

/** Moves one that stands in `from` and whose version was seen. @returns whether it did. */
export async function move(
  trx: Trx,
  { id, from, to, version }: { id: string; from: readonly PushState[]; to: PushState; version: number },
  by: { person: string; at: string; words: string } | null,
): Promise<boolean> {
  const { rows } = await sql`
    update grid_push set state = ${to}, version = version + 1, decided_by = coalesce(${by?.person ?? null}, decided_by),
      decided_at = coalesce(${by?.at ?? null}::timestamptz, decided_at),
      decision_words = coalesce(${by?.words ?? null}, decision_words)
    where district_code = app.district() and id = ${id} and state = any (${sql.val(from)}::text[]) and version = ${version}
    returning 1`.execute(trx)
  return rows.length > 0
}
