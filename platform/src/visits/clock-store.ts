import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** What days and plans do to many tasks at once: windows open and end, duties move. Reads duty and household in sets. */

/** Windows that begin today or began while nobody looked. */
export async function openWindows(trx: Trx, today: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update visit_task set state = 'open'
    where district_code = app.district() and state = 'scheduled' and opens_on <= ${today}::date`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** Windows that ended: a `miss` each, counted for the day on which it was too late. */
export async function closeWindows(trx: Trx, today: string, now: string): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    with ended as (
      update visit_task set state = 'missed', ended_as = 'window', ended_on = greatest(closes_on, next_try_on + 1), next_try_on = null
      where district_code = app.district() and state = 'open' and due_on < ${today}::date and closes_on <= ${today}::date
        and (next_try_on is null or next_try_on < ${today}::date)
      returning id, household_id, path, ended_on),
    entered as (
      insert into visit_task_entry (district_code, id, task_id, household_id, path, kind, on_day, at)
      select app.district(), app.derived_id('miss ' || id), id, household_id, path, 'miss', ended_on, ${now}::timestamptz from ended
      on conflict do nothing)
    select count(*)::int as many from ended`.execute(trx)
  return rows[0]?.many ?? 0
}

/**
 * VR4: open tasks and promises go to whoever has the duty of the door today, each move with an entry. Those whose duty did
 * not move are left alone, so that it may run as often as it likes.
 */
export async function moveDuties(
  trx: Trx,
  today: string,
  now: string,
): Promise<{ tasks: number; promises: number }> {
  const { rows } = await sql<{ tasks: number; promises: number }>`
    with holder as materialized (
      select h.id as household_id, d.person_id from household h
      left join duty d on d.district_code = h.district_code and d.dwelling_id = h.dwelling_id
        and d.valid_from <= ${today}::date and (d.valid_until is null or d.valid_until > ${today}::date)
      where h.district_code = app.district()),
    moving as materialized (
      select t.id, t.household_id, t.path, t.person_id as was, o.person_id as becomes
      from visit_task t join holder o on o.household_id = t.household_id
      where t.district_code = app.district() and t.state in ('scheduled', 'open') and t.visitor = 'liaison'
        and t.person_id is distinct from o.person_id for update of t),
    moved as (
      update visit_task t set person_id = m.becomes from moving m where t.district_code = app.district() and t.id = m.id returning t.id),
    entered as (
      insert into visit_task_entry (district_code, id, task_id, household_id, path, kind, on_day, from_person_id, to_person_id, at)
      select app.district(), app.derived_id('hand_over ' || m.id || ' ' || coalesce(m.becomes::text, '') || ' ' || ${now}), m.id, m.household_id, m.path,
        'hand_over', ${today}::date, m.was, m.becomes, ${now}::timestamptz
      from moving m on conflict do nothing),
    kept as (
      update promise p set person_id = o.person_id from holder o
      where p.district_code = app.district() and p.state = 'open' and o.household_id = p.household_id
        and p.person_id is distinct from o.person_id returning p.id)
    select (select count(*)::int from moved) as tasks, (select count(*)::int from kept) as promises`.execute(
    trx,
  )
  return rows[0] ?? { tasks: 0, promises: 0 }
}
