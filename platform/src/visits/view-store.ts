import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { under } from './task-store.ts'
import type { VisitsQuery } from './visit-contract.ts'
import { visitColumns } from './visit-store.ts'
import type { StoredVisit } from './visit-store.ts'

/** SQL behind lists and pages of visits. Private to this folder. */

export type VisitLine = StoredVisit & { door: string | null }

/** One page, latest first. */
export async function visitPage(
  trx: Trx,
  query: VisitsQuery,
  after: { key: string; id: string } | null,
): Promise<VisitLine[]> {
  const parts: RawBuilder<unknown>[] = [sql`v.district_code = app.district()`]
  if (query.path !== undefined) parts.push(under('v.path', query.path))
  if (query.household !== undefined) parts.push(sql`v.household_id = ${query.household}`)
  if (query.person !== undefined) parts.push(sql`v.person_id = ${query.person}`)
  if (query.outcome !== undefined) parts.push(sql`v.outcome = ${query.outcome}`)
  if (query.from !== undefined) parts.push(sql`v.on_day >= ${query.from}::date`)
  if (query.until !== undefined) parts.push(sql`v.on_day < ${query.until}::date`)
  if (query.answer !== undefined)
    parts.push(sql`exists (select from visit_confirmation c where c.district_code = v.district_code and c.visit_id = v.id
      and c.answer = ${query.answer})`)
  if (after !== null) parts.push(sql`(v.on_day, v.id) < (${after.key}::date, ${after.id}::uuid)`)
  const { rows } = await sql<VisitLine>`
    select ${visitColumns}, w.number as door from visit v
    left join household h on h.district_code = v.district_code and h.id = v.household_id
    left join dwelling w on w.district_code = h.district_code and w.id = h.dwelling_id
    where ${sql.join(parts, sql` and `)} order by v.on_day desc, v.id desc limit ${query.limit + 1}`.execute(
    trx,
  )
  return rows
}

export async function visitLine(trx: Trx, id: string): Promise<VisitLine | undefined> {
  const { rows } = await sql<VisitLine>`
    select ${visitColumns}, w.number as door from visit v
    left join household h on h.district_code = v.district_code and h.id = v.household_id
    left join dwelling w on w.district_code = h.district_code and w.id = h.dwelling_id
    where v.district_code = app.district() and v.id = ${id}`.execute(trx)
  return rows[0]
}

export async function answeredBy(
  trx: Trx,
  visit: string,
): Promise<{ id: string; rule: string; period: string; kind: string }[]> {
  const { rows } = await sql<{ id: string; rule: string; period: string; kind: string }>`
    select t.id, t.rule_id as rule, t.period, e.kind from visit_task_entry e
    join visit_task t on t.district_code = e.district_code and t.id = e.task_id
    where e.district_code = app.district() and e.visit_id = ${visit} order by t.due_on, t.id`.execute(trx)
  return rows
}

export async function promiseOf(
  trx: Trx,
  visit: string,
): Promise<
  | { onDay: string; atTime: string | null; words: string | null; state: 'open' | 'kept' | 'cancelled' }
  | undefined
> {
  const { rows } = await sql<{
    onDay: string
    atTime: string | null
    words: string | null
    state: 'open' | 'kept' | 'cancelled'
  }>`
    select p.on_day::text as "onDay", to_char(p.at_time, 'HH24:MI') as "atTime", p.words, p.state
    from visit v join promise p on p.district_code = v.district_code and p.household_id = v.household_id and p.visit_id = v.id
    where v.district_code = app.district() and v.id = ${visit}`.execute(trx)
  return rows[0]
}

export async function spotOf(
  trx: Trx,
  visit: string,
): Promise<{ day: string; result: 'visited' | 'not_visited' | 'not_reached' | null } | undefined> {
  const { rows } = await sql<{ day: string; result: 'visited' | 'not_visited' | 'not_reached' | null }>`
    select day::text as day, result from spot_pick where district_code = app.district() and visit_id = ${visit}`.execute(
    trx,
  )
  return rows[0]
}
