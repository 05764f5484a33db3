import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of moving, splitting and coming together, and of who lived where on a day. Private to this folder. */

export type Household = {
  id: string
  dwelling: string
  path: string
  version: number
  movedIn: string | null
  movedOut: string | null
  mergedInto: string | null
}

const columns = sql.raw(
  'id, dwelling_id as dwelling, path, version, moved_in as "movedIn", moved_out as "movedOut", merged_into_id as "mergedInto"',
)

/** Households held until the transaction ends, in the order of their ids so that no two wait for one another. */
export async function lockHouseholds(trx: Trx, ids: readonly string[]): Promise<Map<string, Household>> {
  const { rows } = await sql<Household>`
    select ${columns} from household where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])
    order by id for update`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A door, and whether what lies behind it may be written by this transaction. */
export async function doorOf(
  trx: Trx,
  dwelling: string,
): Promise<{ path: string; reached: boolean } | undefined> {
  const { rows } = await sql<{ path: string; reached: boolean }>`
    select path, (app.reach() = 'district' or coalesce(app.within_paths(path), false) or id = any (app.own_doors())) as reached
    from dwelling where district_code = app.district() and id = ${dwelling} for share`.execute(trx)
  return rows[0]
}

/** Who lives behind a door on a day, of all that this transaction reaches. */
export async function livingAt(trx: Trx, dwelling: string, day: string): Promise<Household[]> {
  const { rows } = await sql<Household>`
    select ${columns} from household
    where district_code = app.district() and dwelling_id = ${dwelling} and merged_into_id is null
      and (moved_in is null or moved_in <= ${day}::date) and (moved_out is null or moved_out > ${day}::date)`.execute(
    trx,
  )
  return rows
}

export async function addHousehold(
  trx: Trx,
  { id, dwelling, path, on }: { id: string; dwelling: string; path: string; on: string },
): Promise<void> {
  await sql`insert into household (district_code, id, dwelling_id, path, moved_in) values (app.district(), ${id}, ${dwelling}, ${path}, ${on}::date)`.execute(
    trx,
  )
}

export async function setStay(
  trx: Trx,
  { id, movedIn, movedOut, mergedInto, version }: Household,
): Promise<void> {
  await sql`update household set moved_in = ${movedIn}, moved_out = ${movedOut}, merged_into_id = ${mergedInto}, version = ${version}
    where district_code = app.district() and id = ${id}`.execute(trx)
}

export type Belonging = { id: string; household: string; joinedOn: string | null; gone: boolean }

/** Members of a household who are still of it. */
export async function belonging(trx: Trx, household: string): Promise<Belonging[]> {
  const { rows } = await sql<Belonging>`
    select id, household_id as household, joined_on as "joinedOn", left_on is not null as gone from resident
    where district_code = app.district() and household_id = ${household} and merged_into_id is null
    order by id for update`.execute(trx)
  return rows
}

/** Takes members to another household on a day, keeps where they were, and takes their care along. */
export async function takeOver(
  trx: Trx,
  members: readonly string[],
  to: { household: string; path: string; on: string; entry: string },
): Promise<void> {
  const ids = sql.val(members)
  await sql`
    insert into resident_past (district_code, id, resident_id, household_id, path, from_on, until_on, entry_id)
    select district_code, gen_random_uuid(), id, household_id, path, case when joined_on > ${to.on}::date then ${to.on}::date else joined_on end, ${to.on}::date, ${to.entry}
    from resident where district_code = app.district() and id = any (${ids}::uuid[])`.execute(trx)
  await sql`
    update resident set household_id = ${to.household}, path = ${to.path}, joined_on = ${to.on}::date, version = version + 1
    where district_code = app.district() and id = any (${ids}::uuid[])`.execute(trx)
  await moveCare(trx, members, to)
}

/** Gives members back as if they had never gone: their stay before goes on. */
export async function giveBack(
  trx: Trx,
  entry: string,
  to: { household: string; path: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update resident r set household_id = ${to.household}, path = ${to.path}, joined_on = p.from_on, version = r.version + 1
    from resident_past p
    where p.district_code = app.district() and p.entry_id = ${entry} and p.household_id = ${to.household}
      and r.district_code = p.district_code and r.id = p.resident_id
    returning r.id`.execute(trx)
  const members = rows.map(({ id }) => id)
  await sql`update resident_past set from_on = until_on where district_code = app.district() and entry_id = ${entry}`.execute(
    trx,
  )
  await moveCare(trx, members, to)
  return members
}

async function moveCare(
  trx: Trx,
  members: readonly string[],
  to: { household: string; path: string },
): Promise<void> {
  await sql`
    update care set household_id = ${to.household}, path = ${to.path}, version = version + 1
    where district_code = app.district() and resident_id = any (${sql.val(members)}::uuid[])`.execute(trx)
}

export type EntryLine = {
  id: string
  household: string
  version: number
  kind: 'edit' | 'choose' | 'move_in' | 'move_away' | 'split' | 'merge' | 'import' | 'undo'
  by: string | null
  at: string
  deviceAt: string
  fate: 'applied' | 'merged' | 'conflict'
  other: string | null
  undoes: string | null
  undone: boolean
  fields: Record<string, { from: unknown; to: unknown }>
}

/** Everything that was entered about a household, newest first. */
export async function entriesOf(trx: Trx, household: string): Promise<EntryLine[]> {
  const { rows } = await sql<EntryLine>`
    select e.id, e.household_id as household, e.version, e.kind, e.by_person_id as by, e.at, e.device_at as "deviceAt", e.fate,
      e.other_household_id as other, e.undoes_id as undoes, e.fields,
      exists (select from household_entry u where u.district_code = e.district_code and u.household_id = e.household_id
        and u.undoes_id = e.id) as undone
    from household_entry e where e.district_code = app.district() and e.household_id = ${household}
    order by e.version desc`.execute(trx)
  return rows
}

export type Stay = {
  household: string
  movedIn: string | null
  movedOut: string | null
  head: string | null
  members: number
}

/** Households that lived behind a door, the latest first; with a day, as they were on it. Empty spans never were. */
export async function staysAt(trx: Trx, dwelling: string, day: string | null): Promise<Stay[]> {
  const { rows } = await sql<Stay>`
    select h.id as household, h.moved_in as "movedIn", h.moved_out as "movedOut", m.head, coalesce(m.members, 0) as members
    from household h
    left join lateral (
      select count(*)::int as members, (array_agg(b.name order by b.relation <> 'head', b.birth_year, b.id))[1] as head
      from (
        select r.id, r.name, r.relation, r.birth_year from resident r
        where r.district_code = h.district_code and r.household_id = h.id and r.merged_into_id is null
          and (r.joined_on is null or r.joined_on <= coalesce(${day}::date, h.moved_out - 1, 'infinity'))
          and (r.left_on is null or r.left_on > coalesce(${day}::date, h.moved_out - 1, 'infinity'))
        union all
        select r.id, r.name, r.relation, r.birth_year from resident_past p
        join resident r on r.district_code = p.district_code and r.id = p.resident_id
        where p.district_code = h.district_code and p.household_id = h.id
          and (p.from_on is null or p.from_on <= coalesce(${day}::date, h.moved_out - 1, 'infinity'))
          and p.until_on > coalesce(${day}::date, h.moved_out - 1, 'infinity')) b) m on true
    where h.district_code = app.district() and h.dwelling_id = ${dwelling} and h.merged_into_id is null
      and (h.moved_in is null or h.moved_out is null or h.moved_in < h.moved_out)
      and (${day}::date is null or ((h.moved_in is null or h.moved_in <= ${day}::date) and (h.moved_out is null or h.moved_out > ${day}::date)))
    order by h.moved_in desc nulls last, h.id`.execute(trx)
  return rows
}
