import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { Outcome } from './lists.ts'

/** SQL of what a phone shows of its doors: visits, tasks, promises. Private to this folder. */

export type VisitAt = {
  household: string
  id: string
  on: string
  person: string
  outcome: Outcome
  how: string | null
  words: string | null
}

/** Visits to these doors since a day, the latest first. */
export async function visitsSince(
  trx: Trx,
  households: readonly string[],
  since: string,
): Promise<VisitAt[]> {
  const { rows } = await sql<VisitAt>`
    ${kept} select household_id as household, id, on_day::text as on, person_id as person, outcome, how, words from visit
    where district_code = app.district() and household_id = any (${sql.val(households)}::uuid[]) and on_day >= ${since}::date
    order by on_day desc, at desc, id`.execute(trx)
  return rows
}

export type TaskAt = {
  household: string
  id: string
  rule: string
  from: string
  due: string
  until: string
  tries: number
  nextTry: string | null
}

/** Tasks of these doors that are still to be done, the most urgent first. */
export async function tasksAt(trx: Trx, households: readonly string[]): Promise<TaskAt[]> {
  const { rows } = await sql<TaskAt>`
    ${kept} select household_id as household, id, rule_id as rule, opens_on::text as from, due_on::text as due, closes_on::text as until,
      tries, next_try_on::text as "nextTry" from visit_task
    where district_code = app.district() and household_id = any (${sql.val(households)}::uuid[]) and state in ('scheduled', 'open')
    order by due_on, id`.execute(trx)
  return rows
}

export type PromiseAt = {
  household: string
  id: string
  on: string
  at: string | null
  words: string | null
}

/** Promises to these doors that are open, the next first. */
export async function promisesAt(trx: Trx, households: readonly string[]): Promise<PromiseAt[]> {
  const { rows } = await sql<PromiseAt>`
    ${kept} select household_id as household, id, on_day::text as on, to_char(at_time, 'HH24:MI') as at, words from promise
    where district_code = app.district() and household_id = any (${sql.val(households)}::uuid[]) and state = 'open'
    order by on_day, at_time nulls last, id`.execute(trx)
  return rows
}
