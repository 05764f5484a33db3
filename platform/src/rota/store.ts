import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Line, Swap } from './rules.ts'

/** SQL of the tables rota, rota_line and rota_swap. Private to this folder. */

export type Number = { organisation: string; phone: string | null; version: number }
export type StoredLine = Line & { organisation: string; path: string; version: number }

const lineColumns =
  sql.raw(`id, organisation_id as organisation, path, name, weekdays, days, from_minute as "fromMinute", minutes,
  person_id as person, backup_person_id as backup, valid_from as "validFrom", valid_until as "validUntil", instead, version`)

export async function numbersOf(trx: Trx, organisations: readonly string[]): Promise<Number[]> {
  const { rows } = await sql<Number>`
    select organisation_id as organisation, phone, version from rota
    where district_code = app.district() and organisation_id = any (${sql.val(organisations)}::uuid[])`.execute(
    trx,
  )
  return rows
}

/** Word for word what the index `rota_line_until` holds, so that it is used. */
const end = sql.raw(`case when valid_until is null then 'infinity'::date else valid_until end`)

/** Lines of organisations that are in force at some time from a day on until before another; null: also those to come. */
export async function linesIn(
  trx: Trx,
  organisations: readonly string[],
  from: string,
  until: string | null,
): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select ${lineColumns} from rota_line
    where district_code = app.district() and organisation_id = any (${sql.val(organisations)}::uuid[])
      and (${until}::date is null or valid_from < ${until}::date)
      and ${end} > ${from}::date and ${end} > valid_from
    order by from_minute, valid_from, id`.execute(trx)
  return rows
}

export async function lineById(trx: Trx, id: string): Promise<StoredLine | undefined> {
  const { rows } = await sql<StoredLine>`
    select ${lineColumns} from rota_line where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

/** Swaps of turns that begin on these days, in the order in which they were made. */
export async function swapsIn(
  trx: Trx,
  organisations: readonly string[],
  from: string,
  until: string,
): Promise<Swap[]> {
  const { rows } = await sql<Swap>`
    select line_id as line, on_day as on, person_id as person, backup_person_id as backup from rota_swap
    where district_code = app.district() and organisation_id = any (${sql.val(organisations)}::uuid[])
      and on_day >= ${from}::date and on_day < ${until}::date
    order by set_at, id`.execute(trx)
  return rows
}

type By = { person: string; at: string }

/** Sets the number; `version` is the one the caller saw, 0 for none. @returns whether it was still that. */
export async function setNumber(
  trx: Trx,
  { organisation, path, phone }: { organisation: string; path: string; phone: string | null },
  version: number,
  by: By,
): Promise<boolean> {
  const { rows } = await sql`
    insert into rota as r (district_code, organisation_id, path, phone, version, set_by, set_at)
    select app.district(), ${organisation}, ${path}, ${phone}, 1, ${by.person}, ${by.at} where ${version} = 0
    on conflict (district_code, organisation_id) do nothing
    returning 1`.execute(trx)
  if (rows.length > 0) return true
  const changed = await sql`
    update rota set phone = ${phone}, version = version + 1, set_by = ${by.person}, set_at = ${by.at}
    where district_code = app.district() and organisation_id = ${organisation} and version = ${version}
    returning 1`.execute(trx)
  return changed.rows.length > 0
}

/** Adds a line unless its id is there. @returns whether it was added. */
export async function addLine(trx: Trx, line: Omit<StoredLine, 'version'>, by: By): Promise<boolean> {
  const { rows } = await sql`
    insert into rota_line (district_code, id, organisation_id, path, name, weekdays, days, from_minute, minutes, person_id,
      backup_person_id, valid_from, valid_until, instead, set_by, set_at)
    values (app.district(), ${line.id}, ${line.organisation}, ${line.path}, ${line.name}, ${sql.val(line.weekdays)}::smallint[],
      ${line.days}, ${line.fromMinute}, ${line.minutes}, ${line.person}, ${line.backup}, ${line.validFrom}, ${line.validUntil},
      ${line.instead}, ${by.person}, ${by.at})
    on conflict (district_code, id) do nothing returning 1`.execute(trx)
  return rows.length > 0
}

/** Ends a line whose version the caller saw; one that has not begun ends where it would begin. @returns whether it was that. */
export async function endLine(trx: Trx, id: string, on: string, version: number): Promise<boolean> {
  const { rows } = await sql`
    update rota_line set valid_until = greatest(valid_from, ${on}::date), version = version + 1
    where district_code = app.district() and id = ${id} and version = ${version} returning 1`.execute(trx)
  return rows.length > 0
}

/** Adds swaps. @returns how many were not there yet. */
export async function addSwaps(
  trx: Trx,
  swaps: readonly (Swap & { id: string; organisation: string; path: string })[],
  by: By,
): Promise<number> {
  const { rows } = await sql`
    insert into rota_swap (district_code, id, organisation_id, path, line_id, on_day, person_id, backup_person_id, set_by, set_at)
    select app.district(), s.id, s.organisation, s.path, s.line, s.on, s.person, s.backup, ${by.person}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(swaps)}::jsonb) as s (id uuid, organisation uuid, path text, line uuid, "on" date,
      person uuid, backup uuid)
    on conflict (district_code, id) do nothing returning 1`.execute(trx)
  return rows.length
}

export async function swapById(trx: Trx, id: string): Promise<Swap | undefined> {
  const { rows } = await sql<Swap>`
    select line_id as line, on_day as on, person_id as person, backup_person_id as backup from rota_swap
    where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}
