import { sql } from 'kysely'
import { oneAtATime } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'

/** SQL of the table duty. Private to this folder. */

export type NewDuty = { dwelling: string; person: string }

/**
 * Gives doors to persons from a day on, in one statement each for what ends and what begins. What was planned for later is
 * replaced: an empty span, so that it stays in the history.
 */
export async function replaceDuties(
  trx: Trx,
  duties: readonly NewDuty[],
  { from, plan }: { from: string; plan: string | null },
): Promise<number> {
  const given = JSON.stringify(duties)
  // Who has the door already keeps the duty that stands, so that its history does not begin anew.
  const changed = sql`
    select n.dwelling, n.person from jsonb_to_recordset(${given}::jsonb) as n (dwelling uuid, person uuid)
    where not exists (
      select from duty o where o.district_code = app.district() and o.dwelling_id = n.dwelling and o.person_id = n.person
        and o.valid_until is null and o.valid_from <= ${from}::date)`
  // Two plans that are published at once follow one another.
  await oneAtATime(trx, 'duty')
  await sql`
    update duty d set valid_until = greatest(d.valid_from, ${from}::date)
    from (${changed}) n
    where d.district_code = app.district() and d.dwelling_id = n.dwelling
      and (d.valid_until is null or d.valid_until > greatest(d.valid_from, ${from}::date))`.execute(trx)
  const { numAffectedRows } = await sql`
    insert into duty (district_code, id, dwelling_id, path, person_id, plan_id, valid_from)
    select app.district(), gen_random_uuid(), n.dwelling, w.path, n.person, ${plan}::uuid, ${from}::date
    from (${changed}) n join dwelling w on w.district_code = app.district() and w.id = n.dwelling`.execute(
    trx,
  )
  return Number(numAffectedRows ?? 0n)
}

/** Ends duties of persons on a day. @returns the doors that are without a liaison from then on. */
export async function endDutiesOf(trx: Trx, persons: readonly string[], on: string): Promise<string[]> {
  const { rows } = await sql<{ dwelling: string }>`
    update duty set valid_until = greatest(valid_from, ${on}::date)
    where district_code = app.district() and person_id = any (${sql.val(persons)}::uuid[])
      and (valid_until is null or valid_until > greatest(valid_from, ${on}::date))
    returning dwelling_id as dwelling`.execute(trx)
  return rows.map(({ dwelling }) => dwelling)
}

export type Duty = {
  id: string
  dwelling: string
  path: string
  person: string
  plan: string | null
  from: string
  until: string | null
}

const columns = sql.raw(
  'id, dwelling_id as dwelling, path, person_id as person, plan_id as plan, valid_from as "from", valid_until as until',
)

/** Duties in force on a day under an area, or of persons; as far as the transaction reaches. */
export async function dutiesOn(
  trx: Trx,
  day: string,
  of: { path?: string | undefined; persons?: readonly string[] | undefined },
): Promise<Duty[]> {
  const where = [sql`district_code = app.district()`]
  if (of.path !== undefined)
    where.push(sql`path >= ${of.path} collate "C" and path < (${of.path} || chr(1114111)) collate "C"`)
  if (of.persons !== undefined) where.push(sql`person_id = any (${sql.val(of.persons)}::uuid[])`)
  const { rows } = await sql<Duty>`
    select ${columns} from duty
    where ${sql.join(where, sql` and `)} and valid_from <= ${day}::date and (valid_until is null or valid_until > ${day}::date)
    order by path, dwelling_id`.execute(trx)
  return rows
}

/** Every duty a door ever had, the latest first. */
export async function dutiesOfDoor(trx: Trx, dwelling: string): Promise<Duty[]> {
  const { rows } = await sql<Duty>`
    select ${columns} from duty where district_code = app.district() and dwelling_id = ${dwelling}
    order by valid_from desc, id desc`.execute(trx)
  return rows
}

export type DutyAt = { person: string; path: string; doors: number }

/** Who has doors in an area today, and how many; for anyone, since it is on the card in the stairwell. */
export async function liaisonsAt(trx: Trx, path: string): Promise<DutyAt[]> {
  const { rows } = await sql<DutyAt>`
    select person_id as person, path, doors from app.liaisons_at(${path}) order by path, doors desc, person_id`.execute(
    trx,
  )
  return rows
}
