import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/**
 * What the register has, asked for many rows at a time, and what is staged to be written into it. Reads and writes tables of
 * households in sets, because half a million rows one by one would take hours (docs/adr/0031). Private to this folder.
 */

export type DoorKnown = {
  path: string
  door: string
  dwelling: string
  household: string | null
  version: number | null
}

/** The doors with these numbers, each with the household that lives behind it. */
export async function doorsAt(
  trx: Trx,
  keys: readonly { path: string; door: string }[],
  today: string,
): Promise<DoorKnown[]> {
  const { rows } = await sql<DoorKnown>`
    select d.path, d.number as door, d.id as dwelling, h.id as household, h.version
    from unnest(${sql.val(keys.map(({ path }) => path))}::text[], ${sql.val(keys.map(({ door }) => door))}::text[]) as k (path, number)
    join dwelling d on d.district_code = app.district() and d.path = k.path and d.number = k.number
    left join lateral (
      select h.id, h.version from household h
      where h.district_code = d.district_code and h.dwelling_id = d.id and h.merged_into_id is null
        and (h.moved_out is null or h.moved_out > ${today}::date)
      order by h.moved_in desc nulls last limit 1) h on true`.execute(trx)
  return rows
}

export type MemberKnown = {
  id: string
  household: string
  name: string
  relation: string
  birthYear: number | null
  phone: string | null
  identity: string | null
  awayKind: string | null
  awayUntil: string | null
  care: string[]
}

/** Who lives in these households, with what they are cared for. Numbers come as their blind indexes. */
export async function membersOf(trx: Trx, households: readonly string[]): Promise<MemberKnown[]> {
  if (households.length === 0) return []
  const { rows } = await sql<MemberKnown>`
    select r.id, r.household_id as household, r.name, r.relation, r.birth_year as "birthYear", r.phone_index as phone,
      r.identity_index as identity, r.away_kind as "awayKind", r.away_until as "awayUntil",
      array(select c.kind from care c where c.district_code = r.district_code and c.resident_id = r.id and c.ended_on is null) as care
    from resident r
    where r.district_code = app.district() and r.household_id = any (${sql.val(households)}::uuid[])
      and r.left_on is null and r.merged_into_id is null order by r.id`.execute(trx)
  return rows
}

/** Which of these identity numbers somebody in the district has, wherever that is. */
export async function identitiesKnown(trx: Trx, indexes: readonly string[]): Promise<Set<string>> {
  if (indexes.length === 0) return new Set()
  const { rows } = await sql<{ found: string }>`
    select app.identities_known(${sql.val(indexes)}::text[]) as found`.execute(trx)
  return new Set(rows.map(({ found }) => found))
}

export type StagedRow = {
  row: number
  path: string
  dwelling: string
  household: string
  isNew: boolean
  resident: string
  fate: 'add' | 'change' | 'same'
  movedIn: string | null
  name: string | null
  relation: string | null
  birthYear: number | null
  phoneSealed: Buffer | null
  phoneIndex: string | null
  identitySealed: Buffer | null
  identityIndex: string | null
  awayKind: string | null
  awayUntil: string | null
  care: object[] | null
  editSealed: Buffer | null
}

const columnOf = <T>(rows: readonly StagedRow[], pick: (row: StagedRow) => T) => sql.val(rows.map(pick))

export async function stageRows(trx: Trx, id: string, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into import_row (district_code, import_id, row, path, dwelling_id, household_id, is_new, resident_id, fate, moved_in,
      name, relation, birth_year, phone_sealed, phone_index, identity_sealed, identity_index, away_kind, away_until, care, edit_sealed)
    select app.district(), ${id}, r.* from unnest(
      ${columnOf(rows, (one) => one.row)}::integer[], ${columnOf(rows, (one) => one.path)}::text[],
      ${columnOf(rows, (one) => one.dwelling)}::uuid[], ${columnOf(rows, (one) => one.household)}::uuid[],
      ${columnOf(rows, (one) => one.isNew)}::boolean[], ${columnOf(rows, (one) => one.resident)}::uuid[],
      ${columnOf(rows, (one) => one.fate)}::text[], ${columnOf(rows, (one) => one.movedIn)}::date[],
      ${columnOf(rows, (one) => one.name)}::text[], ${columnOf(rows, (one) => one.relation)}::text[],
      ${columnOf(rows, (one) => one.birthYear)}::smallint[], ${columnOf(rows, (one) => one.phoneSealed)}::bytea[],
      ${columnOf(rows, (one) => one.phoneIndex)}::text[], ${columnOf(rows, (one) => one.identitySealed)}::bytea[],
      ${columnOf(rows, (one) => one.identityIndex)}::text[], ${columnOf(rows, (one) => one.awayKind)}::text[],
      ${columnOf(rows, (one) => one.awayUntil)}::date[],
      ${columnOf(rows, (one) => (one.care ? JSON.stringify(one.care) : null))}::jsonb[],
      ${columnOf(rows, (one) => one.editSealed)}::bytea[]) as r`.execute(trx)
}

export async function dropStaged(trx: Trx, id: string): Promise<void> {
  await sql`delete from import_row where district_code = app.district() and import_id = ${id}`.execute(trx)
}

/** Takes out the rows of households whose door belongs to others: nobody of the file lives there as the register has it. */
export async function takenDoors(trx: Trx, id: string): Promise<{ row: number }[]> {
  // In steps: right after so many rows were staged the planner knows nothing of them.
  const { rows: strangers } = await sql<{ id: string }>`
    select household_id as id from import_row where district_code = app.district() and import_id = ${id} and not is_new
    group by household_id having bool_and(fate = 'add')`.execute(trx)
  const { rows: lived } = await sql<{ id: string }>`
    select distinct household_id as id from resident
    where district_code = app.district() and household_id = any (${sql.val(strangers.map((one) => one.id))}::uuid[])
      and left_on is null and merged_into_id is null`.execute(trx)
  if (lived.length === 0) return []
  const { rows } = await sql<{ row: number }>`
    delete from import_row where district_code = app.district() and import_id = ${id}
      and household_id = any (${sql.val(lived.map((one) => one.id))}::uuid[]) returning row`.execute(trx)
  return rows
}

export async function tally(trx: Trx, id: string) {
  const { rows } = await sql<
    Record<'hAdded' | 'hChanged' | 'hSame' | 'rAdded' | 'rChanged' | 'rSame' | 'care' | 'rows', number>
  >`
    with households as (
      select household_id, bool_or(is_new) as is_new, bool_and(fate = 'same') as same from import_row
      where district_code = app.district() and import_id = ${id} group by household_id)
    select (select count(*) filter (where is_new) from households)::int as "hAdded",
      (select count(*) filter (where not is_new and not same) from households)::int as "hChanged",
      (select count(*) filter (where not is_new and same) from households)::int as "hSame",
      count(*) filter (where fate = 'add')::int as "rAdded", count(*) filter (where fate = 'change')::int as "rChanged",
      count(*) filter (where fate = 'same')::int as "rSame", coalesce(sum(jsonb_array_length(care)), 0)::int as care, count(*)::int as rows
    from import_row where district_code = app.district() and import_id = ${id}`.execute(trx)
  return rows[0]
}

export type NewEntries = { import: string; from: number; to: number; by: string; at: string }

/**
 * Writes the new households of a range of rows, with those who live there, their care, an entry of each, and what an undo
 * needs. A household may reach over the end of its range; everything else of a range is written once, together with how far
 * it got.
 *
 * @returns rows whose door was taken since they were checked, and that therefore were not written.
 */
export async function writeNew(trx: Trx, { import: id, from, to, by, at }: NewEntries): Promise<number[]> {
  const range = sql`district_code = app.district() and import_id = ${id} and row > ${from} and row <= ${to} and is_new`
  await sql`
    with fresh as materialized (
      select household_id, dwelling_id, path, min(moved_in) as moved_in from import_row where ${range} group by 1, 2, 3),
    made as (
      insert into household (district_code, id, dwelling_id, path, moved_in)
      select app.district(), f.household_id, f.dwelling_id, f.path, f.moved_in from fresh f
      where not exists (select from household h where h.district_code = app.district() and h.dwelling_id = f.dwelling_id
        and h.merged_into_id is null and h.moved_out is null)
      returning id, path),
    entered as (
      insert into household_entry (district_code, id, household_id, path, base_version, version, kind, fields, by_person_id, at, device_at, fate)
      select app.district(), md5(${id}::text || id::text)::uuid, id, path, 0, 1, 'import', '{}', ${by}::uuid, ${at}, ${at}, 'applied' from made)
    insert into import_effect (district_code, import_id, record_id, path, entry_id, made, version)
    select app.district(), ${id}, id, path, md5(${id}::text || id::text)::uuid, true, 1 from made`.execute(
    trx,
  )
  const { rows: taken } = await sql<{ row: number }>`
    select row from import_row r where ${range}
      and not exists (select from household h where h.district_code = app.district() and h.id = r.household_id)`.execute(
    trx,
  )
  const not = taken.map(({ row }) => row)
  const fresh = not.length === 0 ? range : sql`${range} and not row = any (${sql.val(not)}::integer[])`
  await sql`
    insert into resident (district_code, id, household_id, path, name, relation, birth_year, phone_sealed, phone_index,
      identity_sealed, identity_index, joined_on, away_kind, away_until)
    select app.district(), resident_id, household_id, path, name, relation, birth_year, phone_sealed, phone_index,
      identity_sealed, identity_index, moved_in, away_kind, away_until from import_row where ${fresh}`.execute(
    trx,
  )
  await sql`
    insert into care (district_code, id, resident_id, household_id, path, kind, basis, consented_at, statute, review_on)
    select app.district(), c.id, f.resident_id, f.household_id, f.path, c.kind, c.basis, c."consentedAt", c.statute, c."reviewOn"
    from import_row f cross join lateral jsonb_to_recordset(f.care)
      as c (id uuid, kind text, basis text, "consentedAt" date, statute text, "reviewOn" date)
    where ${fresh} and care is not null`.execute(trx)
  return not
}

export type StagedEdit = { household: string; path: string; edits: Buffer[]; rows: number[] }

/** Households the register has and the file changes, a page at a time by id; what was done already is left out. */
export async function stagedEdits(trx: Trx, id: string, after: string, limit: number): Promise<StagedEdit[]> {
  const { rows } = await sql<StagedEdit>`
    select r.household_id as household, min(r.path) as path, array_agg(r.edit_sealed order by r.row) as edits, array_agg(r.row order by r.row) as rows
    from import_row r
    where r.district_code = app.district() and r.import_id = ${id} and not r.is_new and r.fate <> 'same' and r.household_id > ${after}
      and not exists (select from import_effect e where e.district_code = app.district() and e.import_id = ${id} and e.record_id = r.household_id)
    group by r.household_id order by r.household_id limit ${limit}`.execute(trx)
  return rows
}

export type Effect = { record: string; path: string; entry: string | null; made: boolean; version: number }

export async function addEffect(trx: Trx, id: string, effect: Effect): Promise<void> {
  await sql`
    insert into import_effect (district_code, import_id, record_id, path, entry_id, made, version)
    values (app.district(), ${id}, ${effect.record}, ${effect.path}, ${effect.entry}, ${effect.made}, ${effect.version})
    on conflict do nothing`.execute(trx)
}

/** The last row that is staged; 0 when there is none (any more). */
export async function lastStaged(trx: Trx, id: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(row), 0)::int as last from import_row where district_code = app.district() and import_id = ${id}`.execute(
    trx,
  )
  return rows[0]?.last ?? 0
}

/** The version a household has; undefined when it is gone, or out of reach. */
export async function versionOf(trx: Trx, household: string): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    select version from household where district_code = app.district() and id = ${household} and merged_into_id is null`.execute(
    trx,
  )
  return rows[0]?.version
}
