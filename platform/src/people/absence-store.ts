import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'

/** SQL of the table absence. Private to this folder. */

export type Absence = { id: string; from: string; until: string | null; backup: string }

/** Absences of a person that are not over on a day, the next first. */
export async function notOver(trx: Trx, person: string, day: string): Promise<Absence[]> {
  const { rows } = await sql<Absence>`
    ${kept} select id, from_on as from, until_on as until, backup_person_id as backup from absence
    where district_code = app.district() and person_id = ${person} and (until_on is null or until_on > ${day}::date)
      and (until_on is null or until_on > from_on)
    order by from_on, id limit 20`.execute(trx)
  return rows
}

/** Adds an absence or, under its id, says anew how long it is. @returns false when the id is somebody else's. */
export async function put(trx: Trx, person: string, one: Absence): Promise<boolean> {
  const { rows } = await sql`
    insert into absence as a (district_code, id, person_id, backup_person_id, from_on, until_on)
    values (app.district(), ${one.id}, ${person}, ${one.backup}, ${one.from}::date, ${one.until}::date)
    on conflict (district_code, id) do update set backup_person_id = excluded.backup_person_id, from_on = excluded.from_on,
      until_on = excluded.until_on, version = a.version + 1
      where a.person_id = excluded.person_id
    returning 1`.execute(trx)
  return rows.length > 0
}
