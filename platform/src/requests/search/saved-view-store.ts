import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { NewView } from './contract.ts'

/** SQL of the table saved_view. Private to this folder. */

export type StoredView = NewView & { id: string; person: string }

/** Views of the person and of their organisations: their own first, by name. */
export async function views(trx: Trx): Promise<StoredView[]> {
  const { rows } = await sql<StoredView>`
    select id, person_id as person, organisation_id as organisation, name, query from (
      select * from saved_view where district_code = app.district() and person_id = app.person()
      union
      select * from saved_view where district_code = app.district() and organisation_id = any (app.own_organisations())) v
    order by person_id <> app.person(), name, id`.execute(trx)
  return rows
}

/** Makes or changes a view of the person. @returns false when the id stands for somebody else's. */
export async function putView(trx: Trx, id: string, view: NewView, at: string): Promise<boolean> {
  const query = JSON.stringify(view.query)
  const added = await sql`
    insert into saved_view (district_code, id, person_id, organisation_id, name, query, changed_at)
    values (app.district(), ${id}, app.person(), ${view.organisation}::uuid, ${view.name}, ${query}::jsonb, ${at})
    on conflict (district_code, id) do nothing`.execute(trx)
  if (added.numAffectedRows === 1n) return true
  const changed = await sql`
    update saved_view set organisation_id = ${view.organisation}::uuid, name = ${view.name}, query = ${query}::jsonb, changed_at = ${at}
    where district_code = app.district() and id = ${id} and person_id = app.person()`.execute(trx)
  return changed.numAffectedRows === 1n
}

/** Removes a view of the person; one that is not there stays so. */
export async function removeView(trx: Trx, id: string): Promise<void> {
  await sql`delete from saved_view where district_code = app.district() and id = ${id} and person_id = app.person()`.execute(
    trx,
  )
}
