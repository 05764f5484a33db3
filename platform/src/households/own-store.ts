import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'

/** SQL of what is one's own: the households behind own doors, and the doors of their stairwells. Private to this folder. */

/** `person` has the duty: oneself, or whom one stands in for. */
export type OwnHousehold = { id: string; path: string; person: string }

export async function ownHouseholds(trx: Trx): Promise<OwnHousehold[]> {
  const { rows } = await sql<OwnHousehold>`
    select h.id, h.path, d.person_id as person
    from household h
    join duty d on d.district_code = h.district_code and d.dwelling_id = h.dwelling_id
      and d.valid_from <= app.today() and (d.valid_until is null or d.valid_until > app.today())
    where h.district_code = app.district() and h.id = any ((select app.own_households())::uuid[])`.execute(
    trx,
  )
  return rows
}

/**
 * Has the own doors and households of this transaction worked out once. As arrays are written, which holds nothing but ids;
 * SET takes no parameters.
 */
export async function remember(trx: Trx): Promise<void> {
  const { rows } = await sql<{ doors: string; households: string; lately: string }>`
    select app.own_doors()::text as doors, app.own_households()::text as households,
      app.own_households_lately()::text as lately`.execute(trx)
  const [own = { doors: '{}', households: '{}', lately: '{}' }] = rows
  if (Object.values(own).some((ids) => !/^\{[\da-f,-]*\}$/.test(ids)))
    throw new TypeError('not a list of ids')
  await sql
    .raw(
      `set local app.own_doors = '${own.doors}'; set local app.own_households = '${own.households}'; set local app.own_lately = '${own.lately}'`,
    )
    .execute(trx)
}

export type DoorAt = { path: string; id: string; number: string; floor: number }

/** Doors of several stairwells, from the ground up. */
export async function doorsOf(trx: Trx, units: readonly string[]): Promise<DoorAt[]> {
  const { rows } = await sql<DoorAt>`
    ${kept} select path, id, number, floor from dwelling
    where district_code = app.district() and path = any (${sql.val(units)}::text[])
    order by path, floor, char_length(number), number`.execute(trx)
  return rows
}
