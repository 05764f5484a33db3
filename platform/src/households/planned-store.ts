import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL that a liaison plan is made of and carried out with: all doors of an area, set-based. Private to this folder. */

export type DoorOnDay = {
  id: string
  unit: string
  floor: number
  number: string
  livedIn: boolean
  person: string | null
}

/** Every door under an area on a day: whether a household lives there, and whose duty it is. */
export async function doorsOnDay(trx: Trx, path: string, day: string): Promise<DoorOnDay[]> {
  const under = sql`district_code = app.district() and path >= ${path} collate "C" and path < (${path} || chr(1114111)) collate "C"`
  const { rows } = await sql<DoorOnDay>`
    with lived as (
      select distinct dwelling_id from household
      where ${under} and (moved_in is null or moved_in <= ${day}::date) and (moved_out is null or moved_out > ${day}::date)),
    held as (
      select distinct on (dwelling_id) dwelling_id, person_id from duty
      where ${under} and valid_from <= ${day}::date and (valid_until is null or valid_until > ${day}::date)
      order by dwelling_id, valid_from desc)
    select d.id, d.path as unit, d.floor, d.number, l.dwelling_id is not null as "livedIn", h.person_id as person
    from (select id, path, floor, number from dwelling where ${under}) d
    left join lived l on l.dwelling_id = d.id
    left join held h on h.dwelling_id = d.id
    order by d.path, d.floor, d.number`.execute(trx)
  return rows
}

/** How many lived-in doors persons have outside an area on a day. */
export async function householdsOutside(
  trx: Trx,
  persons: readonly string[],
  path: string,
  day: string,
): Promise<{ person: string; households: number }[]> {
  const { rows } = await sql<{ person: string; households: number }>`
    select u.person_id as person, count(distinct h.dwelling_id)::integer as households
    from duty u join household h on h.district_code = u.district_code and h.dwelling_id = u.dwelling_id
      and (h.moved_in is null or h.moved_in <= ${day}::date) and (h.moved_out is null or h.moved_out > ${day}::date)
    where u.district_code = app.district() and u.person_id = any (${sql.val(persons)}::uuid[])
      and u.valid_from <= ${day}::date and (u.valid_until is null or u.valid_until > ${day}::date)
      and not (u.path >= ${path} collate "C" and u.path < (${path} || chr(1114111)) collate "C")
    group by u.person_id`.execute(trx)
  return rows
}

/** Ends the duties of doors that a plan gives to nobody. */
export async function endDutiesOfDoors(trx: Trx, doors: readonly string[], on: string): Promise<void> {
  await sql`
    update duty set valid_until = greatest(valid_from, ${on}::date)
    where district_code = app.district() and dwelling_id = any (${sql.val(doors)}::uuid[])
      and (valid_until is null or valid_until > greatest(valid_from, ${on}::date))`.execute(trx)
}
