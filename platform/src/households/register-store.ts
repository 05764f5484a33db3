import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { relations } from './fields.ts'
import type { careKinds } from './lists.ts'

/** SQL that reads households as pages show them. Private to this folder. */

export type HouseholdLine = {
  id: string
  path: string
  dwelling: string
  floor: number
  number: string
  movedIn: string | null
  movedOut: string | null
  note: string | null
  version: number
  mergedInto: string | null
}

export async function householdsById(trx: Trx, ids: readonly string[]): Promise<HouseholdLine[]> {
  const { rows } = await sql<HouseholdLine>`
    ${kept} select h.id, h.path, d.id as dwelling, d.floor, d.number, h.moved_in as "movedIn", h.moved_out as "movedOut", h.note, h.version,
      h.merged_into_id as "mergedInto"
    from household h join dwelling d on d.district_code = h.district_code and d.id = h.dwelling_id
    where h.district_code = app.district() and h.id = any (${sql.val(ids)}::uuid[])
    order by h.path, d.floor, char_length(d.number), d.number, h.id`.execute(trx)
  return rows
}

export type MemberLine = {
  id: string
  household: string
  name: string
  relation: (typeof relations)[number]
  birthYear: number | null
  phone: Buffer | null
  hasIdentity: boolean
  joinedOn: string | null
  leftOn: string | null
  leftKind: 'moved' | 'died' | null
  awayKind: 'study' | 'work' | 'elsewhere' | null
  awayUntil: string | null
  version: number
}

/** Members of households, the head first, those who left last. */
export async function membersOf(trx: Trx, households: readonly string[]): Promise<MemberLine[]> {
  const { rows } = await sql<MemberLine>`
    ${kept} select id, household_id as household, name, relation, birth_year as "birthYear", phone_sealed as phone,
      identity_sealed is not null as "hasIdentity", joined_on as "joinedOn", left_on as "leftOn", left_kind as "leftKind",
      away_kind as "awayKind", away_until as "awayUntil", version
    from resident
    where district_code = app.district() and household_id = any (${sql.val(households)}::uuid[]) and merged_into_id is null
    order by household_id, left_on is not null, relation <> 'head', birth_year, id`.execute(trx)
  return rows
}

export type CareLine = {
  id: string
  household: string
  resident: string
  kind: (typeof careKinds)[number]
  basis: 'consent' | 'statutory'
  consentedAt: string | null
  statute: string | null
  reviewOn: string
  plan: string | null
  helper: string | null
  endedOn: string | null
  version: number
}

export const careColumns =
  sql.raw(`c.id, c.household_id as household, c.resident_id as resident, c.kind, c.basis,
  c.consented_at as "consentedAt", c.statute, c.review_on as "reviewOn", c.plan, c.helper_person_id as helper,
  c.ended_on as "endedOn", c.version`)

/** Why somebody looks in on these households, open entries first. */
export async function careOf(trx: Trx, households: readonly string[]): Promise<CareLine[]> {
  const { rows } = await sql<CareLine>`
    ${kept} select ${careColumns} from care c
    where c.district_code = app.district() and c.household_id = any (${sql.val(households)}::uuid[])
    order by c.household_id, c.ended_on is not null, c.kind, c.id`.execute(trx)
  return rows
}

export type ConflictLine = {
  id: string
  household: string
  field: string
  openedAt: string
  entries: string[]
}

/** What waits for a choice in these households. */
export async function conflictsOf(trx: Trx, households: readonly string[]): Promise<ConflictLine[]> {
  const { rows } = await sql<ConflictLine>`
    ${kept} select id, household_id as household, field, opened_at as "openedAt", entry_ids as entries from household_conflict
    where district_code = app.district() and household_id = any (${sql.val(households)}::uuid[]) and resolved_at is null
    order by opened_at, id`.execute(trx)
  return rows
}

export type RowLine = Pick<HouseholdLine, 'id' | 'path' | 'dwelling' | 'floor' | 'number' | 'version'> & {
  head: string | null
  members: number
  away: number
  care: number
}

/** Where a page of households ended: its last door. */
export type DoorPosition = { path: string; floor: number; number: string; id: string }

/** The parts of the register that a list may show: areas, and whether the own doors as well. */
export type Extent = { paths: readonly string[]; duty: boolean }

/** The condition on a table's path, or on its household where the own doors count as well. */
export function within(
  { paths, duty }: Extent,
  table: 'h' | 'c' = 'h',
  household: 'id' | 'household_id' = 'id',
): RawBuilder<unknown> {
  const column = sql.ref(`${table}.path`)
  const ranges = paths.map(
    (path) => sql`${column} >= ${path} collate "C" and ${column} < (${path} || chr(1114111)) collate "C"`,
  )
  if (duty) ranges.push(sql`${sql.ref(`${table}.${household}`)} = any (app.own_households())`)
  return ranges.length > 0 ? sql`(${sql.join(ranges, sql` or `)})` : sql`false`
}

/** One page of the households that live somewhere on a day, by stairwell and door, and one row more. */
export async function householdPage(
  trx: Trx,
  extent: Extent,
  { day, after, limit }: { day: string; after: DoorPosition | null; limit: number },
): Promise<RowLine[]> {
  const from = after
    ? sql`and h.path >= ${after.path} collate "C" and (h.path, d.floor, char_length(d.number), d.number, h.id)
        > (${after.path}, ${after.floor}::smallint, char_length(${after.number}::text), ${after.number}, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<RowLine>`
    select p.*, head.name as head, coalesce(m.members, 0) as members, coalesce(m.away, 0) as away, coalesce(c.care, 0) as care
    from (
      select h.id, h.path, d.id as dwelling, d.floor, d.number, h.version
      from household h join dwelling d on d.district_code = h.district_code and d.id = h.dwelling_id
      where h.district_code = app.district() and ${within(extent)}
        and (h.moved_out is null or h.moved_out > ${day}::date) and h.merged_into_id is null ${from}
      order by h.path, d.floor, char_length(d.number), d.number, h.id limit ${limit + 1}) p
    left join lateral (
      select count(*)::int as members, count(*) filter (where r.away_kind is not null)::int as away from resident r
      where r.district_code = app.district() and r.household_id = p.id and r.left_on is null and r.merged_into_id is null) m on true
    left join lateral (
      select r.name from resident r
      where r.district_code = app.district() and r.household_id = p.id and r.left_on is null and r.merged_into_id is null
      order by r.relation <> 'head', r.birth_year, r.id limit 1) head on true
    left join lateral (
      select count(*)::int as care from care c
      where c.district_code = app.district() and c.household_id = p.id and c.ended_on is null) c on true
    order by p.path, p.floor, char_length(p.number), p.number, p.id`.execute(trx)
  return rows
}

/** Whose duty doors are on a day. */
export async function liaisonsOf(
  trx: Trx,
  dwellings: readonly string[],
  day: string,
): Promise<{ dwelling: string; person: string }[]> {
  const { rows } = await sql<{ dwelling: string; person: string }>`
    select dwelling_id as dwelling, person_id as person from duty
    where district_code = app.district() and dwelling_id = any (${sql.val(dwellings)}::uuid[])
      and valid_from <= ${day}::date and (valid_until is null or valid_until > ${day}::date)`.execute(trx)
  return rows
}
