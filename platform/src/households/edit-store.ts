import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'

/** SQL of household_entry and household_conflict, and of the records that entries change. Private to this folder. */

export type Standing = { id: string; path: string; version: number; merged: boolean; note: string | null }

/** One household, held until the transaction ends; undefined when it is out of reach. */
export async function lockHousehold(trx: Trx, id: string): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select id, path, version, merged_into_id is not null as merged, note from household
    where district_code = app.district() and id = ${id} for update`.execute(trx)
  return rows[0]
}

/** A record as its columns hold it; sealed ones in base64. */
export type Columns = Readonly<Record<string, string | number | null>>

export async function membersOf(trx: Trx, household: string): Promise<Columns[]> {
  const { rows } = await sql<Columns>`
    select id, name, relation, birth_year, encode(phone_sealed, 'base64') as phone_sealed, phone_index,
      encode(identity_sealed, 'base64') as identity_sealed, identity_index, joined_on, left_on, left_kind, away_kind, away_until
    from resident where district_code = app.district() and household_id = ${household}`.execute(trx)
  return rows
}

export async function careOf(trx: Trx, household: string): Promise<Columns[]> {
  const { rows } = await sql<Columns>`
    select id, resident_id, kind, basis, consented_at, statute, review_on, plan, helper_person_id, ended_on
    from care where district_code = app.district() and household_id = ${household}`.execute(trx)
  return rows
}

export type Entry = {
  id: string
  household: string
  version: number
  base: number
  kind: string
  by: string | null
  at: string
  deviceAt: string
  fate: 'applied' | 'merged' | 'conflict'
  fields: Record<string, { from: unknown; to: unknown }>
}

const entryColumns = sql.raw(
  'id, household_id as household, version, base_version as base, kind, by_person_id as by, at, device_at as "deviceAt", fate, fields',
)

export async function entryById(trx: Trx, id: string): Promise<Entry | undefined> {
  const { rows } = await sql<Entry>`
    select ${entryColumns} from household_entry where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
  return rows[0]
}

/** Everything that was ever said about these fields of a household, in the order in which it arrived. */
export async function entriesAbout(trx: Trx, household: string, fields: readonly string[]): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    ${kept} select ${entryColumns} from household_entry
    where district_code = app.district() and household_id = ${household} and fields ?| ${sql.val(fields)}::text[]
    order by version`.execute(trx)
  return rows
}

export type NewEntry = Omit<Entry, 'fate'> & {
  path: string
  fate: Entry['fate']
  other?: string | null
  undoes?: string | null
}

export async function addEntry(trx: Trx, entry: NewEntry): Promise<void> {
  await sql`
    insert into household_entry (district_code, id, household_id, path, base_version, version, kind, fields, other_household_id,
      undoes_id, by_person_id, at, device_at, fate)
    values (app.district(), ${entry.id}, ${entry.household}, ${entry.path}, ${entry.base}, ${entry.version}, ${entry.kind},
      ${JSON.stringify(entry.fields)}::jsonb, ${entry.other ?? null}, ${entry.undoes ?? null}, ${entry.by}, ${entry.at}, ${entry.deviceAt}, ${entry.fate})`.execute(
    trx,
  )
}

export async function setVersion(trx: Trx, household: string, version: number): Promise<void> {
  await sql`update household set version = ${version} where district_code = app.district() and id = ${household}`.execute(
    trx,
  )
}

/** What a column is given; bytes arrive in base64. */
function assigned(column: string, value: string | number | null): RawBuilder<unknown> {
  return column.endsWith('_sealed') ? sql`decode(${value}, 'base64')` : sql`${value}`
}

export type Table = 'household' | 'resident' | 'care'

/** Writes columns of one record. @param bump whether the record has a version of its own to be counted up. */
export async function writeColumns(
  trx: Trx,
  table: Table,
  id: string,
  columns: Columns,
  bump: boolean,
): Promise<void> {
  const set = Object.entries(columns).map(
    ([column, value]) => sql`${sql.ref(column)} = ${assigned(column, value)}`,
  )
  if (bump) set.push(sql`version = version + 1`)
  await sql`update ${sql.table(table)} set ${sql.join(set)} where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
}

/** Makes a member or a care entry. */
export async function addRecord(trx: Trx, table: Table, columns: Columns): Promise<void> {
  const names = Object.keys(columns)
  await sql`
    insert into ${sql.table(table)} (district_code, ${sql.join(names.map((name) => sql.ref(name)))})
    values (app.district(), ${sql.join(names.map((name) => assigned(name, columns[name] ?? null)))})`.execute(
    trx,
  )
}

/** Whether one of these ids is in the register already, within reach or not. */
export async function isTaken(trx: Trx, ids: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select app.register_holds(${sql.val(ids)}::uuid[]) as taken`.execute(trx)
  return rows[0]?.taken ?? false
}

/** Whether somebody of this district serves here. */
export async function serves(trx: Trx, person: string): Promise<boolean> {
  const { rows } = await sql<{ serves: boolean }>`select app.serves(${person}) as serves`.execute(trx)
  return rows[0]?.serves ?? false
}

/** Opens a conflict, or tells an open one which entries stand in it now. */
export async function openConflict(
  trx: Trx,
  conflict: { id: string; household: string; path: string; field: string; entries: string[]; at: string },
): Promise<void> {
  await sql`
    insert into household_conflict (district_code, id, household_id, path, field, entry_ids, opened_at)
    values (app.district(), ${conflict.id}, ${conflict.household}, ${conflict.path}, ${conflict.field}, ${sql.val(conflict.entries)}::uuid[], ${conflict.at})
    on conflict (district_code, household_id, field) where resolved_at is null do update set entry_ids = excluded.entry_ids`.execute(
    trx,
  )
}

/** Closes what is open about these fields. */
export async function resolveConflicts(
  trx: Trx,
  household: string,
  fields: readonly string[],
  by: { entry: string; at: string },
): Promise<void> {
  await sql`
    update household_conflict set resolved_at = ${by.at}, resolved_entry_id = ${by.entry}
    where district_code = app.district() and household_id = ${household} and field = any (${sql.val(fields)}::text[])
      and resolved_at is null`.execute(trx)
}

/** Fields of a household that wait for a choice. */
export async function openFields(trx: Trx, household: string): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    select field from household_conflict
    where district_code = app.district() and household_id = ${household} and resolved_at is null order by field`.execute(
    trx,
  )
  return rows.map(({ field }) => field)
}
