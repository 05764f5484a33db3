import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Dwelling } from './contract.ts'

/** SQL of the tables dwelling, household and resident. Private to this folder. */

/** Doors of one unit, from the ground up. */
export async function dwellingsOf(trx: Trx, unit: string): Promise<Dwelling[]> {
  const { rows } = await sql<Dwelling>`
    select id, floor, number from dwelling where district_code = app.district() and path = ${unit}
    order by floor, char_length(number), number`.execute(trx)
  return rows
}

export async function doorsIn(
  trx: Trx,
  units: readonly string[],
): Promise<{ path: string; doors: number }[]> {
  const { rows } = await sql<{ path: string; doors: number }>`
    select path, count(*)::int as doors from dwelling
    where district_code = app.district() and path = any (${sql.val(units)}::text[]) group by path`.execute(
    trx,
  )
  return rows
}

/** Where somebody lives on a day, and how many households; of what the transaction reaches. */
export async function homesByPath(trx: Trx, day: string): Promise<{ path: string; households: number }[]> {
  const { rows } = await sql<{ path: string; households: number }>`
    select path, count(*)::int as households from household
    where district_code = app.district() and merged_into_id is null and (moved_out is null or moved_out > ${day}::date)
    group by path order by path`.execute(trx)
  return rows
}

export type Home = { household: string; dwelling: string; path: string; number: string }

/** The household that lives behind a door on a day, as far as the transaction reaches. */
export async function householdAt(trx: Trx, dwelling: string, day: string): Promise<Home | undefined> {
  const { rows } = await sql<Home>`
    select h.id as household, d.id as dwelling, d.path, d.number
    from household h join dwelling d on d.district_code = h.district_code and d.id = h.dwelling_id
    where h.district_code = app.district() and h.dwelling_id = ${dwelling}
      and h.merged_into_id is null and (h.moved_in is null or h.moved_in <= ${day}::date) and (h.moved_out is null or h.moved_out > ${day}::date)
    order by h.moved_in desc nulls last limit 1`.execute(trx)
  return rows[0]
}

/** The stairwell of a household, as far as the transaction reaches. */
export async function householdPath(trx: Trx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ path: string }>`
    select path from household where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]?.path
}

/** Names of residents in reach, who live here. */
export async function residentNames(
  trx: Trx,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from resident
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[]) and merged_into_id is null`.execute(
    trx,
  )
  return rows
}

/** Where the register knows a phone, as far as the transaction reaches. @param phone blind index of the number. */
export async function homesOfPhone(trx: Trx, phone: string, day: string): Promise<Home[]> {
  const { rows } = await sql<Home>`
    select distinct h.id as household, d.id as dwelling, d.path, d.number
    from resident r
    join household h on h.district_code = r.district_code and h.id = r.household_id
    join dwelling d on d.district_code = h.district_code and d.id = h.dwelling_id
    where r.district_code = app.district() and r.phone_index = ${phone} and r.left_on is null and r.merged_into_id is null
      and (h.moved_out is null or h.moved_out > ${day}::date)
    order by d.path, d.number limit 10`.execute(trx)
  return rows
}
