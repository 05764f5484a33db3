import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { TasksQuery } from './contract.ts'
import type { Visitor } from './lists.ts'
import type { EndedAs, TaskEntryKind, TaskStanding, TaskState } from './lifecycle.ts'

/** SQL of visit_task and its entries, and the doors they are about. Private to this folder. */

export type StoredTask = {
  id: string
  rule: string
  ruleVersion: number
  household: string | null
  door: string | null
  path: string
  period: string
  visitor: Visitor
  person: string | null
  state: TaskState
  opensOn: string
  dueOn: string
  closesOn: string
  tries: number
  nextTryOn: string | null
  endedAs: EndedAs | null
  visit: string | null
}

const columns = sql`t.id, t.rule_id as rule, t.rule_version as "ruleVersion", t.household_id as household, w.number as door, t.path,
  t.period, t.visitor, t.person_id as person, t.state, t.opens_on::text as "opensOn", t.due_on::text as "dueOn",
  t.closes_on::text as "closesOn", t.tries, t.next_try_on::text as "nextTryOn", t.ended_as as "endedAs", t.visit_id as visit`
const doors = sql`
  left join household h on h.district_code = t.district_code and h.id = t.household_id
  left join dwelling w on w.district_code = h.district_code and w.id = h.dwelling_id`

/** A stretch of the tree, as an index range. */
export const under = (column: string, path: string): RawBuilder<unknown> =>
  sql`${sql.ref(column)} >= ${path} collate "C" and ${sql.ref(column)} < ${`${path}\u{10FFFF}`} collate "C"`

const conditions = (parts: (RawBuilder<unknown> | false | undefined)[]): RawBuilder<unknown> =>
  sql.join(
    [sql`t.district_code = app.district()`, ...parts.filter((part) => part !== false && part !== undefined)],
    sql` and `,
  )

/** One page, soonest due first; of those that ended the latest due first. */
export async function page(
  trx: Trx,
  query: TasksQuery,
  days: { today: string; soon: string },
  after: { key: string; id: string } | null,
): Promise<StoredTask[]> {
  const ended = query.state !== 'open' && query.state !== 'scheduled'
  const where = conditions([
    sql`t.state = ${query.state}`,
    query.due === 'overdue' && sql`t.due_on < ${days.today}::date`,
    query.due === 'soon' && sql`t.due_on >= ${days.today}::date and t.due_on <= ${days.soon}::date`,
    query.endedAs !== undefined &&
      (query.endedAs === 'in_time'
        ? sql`t.ended_as in ('met', 'walked')`
        : sql`t.ended_as = ${query.endedAs}`),
    query.path !== undefined && under('t.path', query.path),
    query.person !== undefined && sql`t.person_id = ${query.person}`,
    query.rule !== undefined && sql`t.rule_id = ${query.rule}`,
    query.from !== undefined && sql`t.due_on >= ${query.from}::date`,
    query.until !== undefined && sql`t.due_on < ${query.until}::date`,
    after !== null &&
      (ended
        ? sql`(t.due_on, t.id) < (${after.key}::date, ${after.id}::uuid)`
        : sql`(t.due_on, t.id) > (${after.key}::date, ${after.id}::uuid)`),
  ])
  const order = ended ? sql`t.due_on desc, t.id desc` : sql`t.due_on, t.id`
  const { rows } = await sql<StoredTask>`
    select ${columns} from visit_task t ${doors} where ${where} order by ${order} limit ${query.limit + 1}`.execute(
    trx,
  )
  return rows
}

/** What a person is to do: open or soon open, and what is late. @param persons the person and those they stand in for */
export async function ofPersons(trx: Trx, persons: readonly string[]): Promise<StoredTask[]> {
  const { rows } = await sql<StoredTask>`
    select ${columns} from visit_task t ${doors}
    where t.district_code = app.district() and t.person_id = any (${sql.val(persons)}::uuid[]) and t.state in ('scheduled', 'open')
    order by t.due_on, t.id limit 1000`.execute(trx)
  return rows
}

export async function ofHouseholds(
  trx: Trx,
  households: readonly string[],
  since: string,
): Promise<StoredTask[]> {
  const { rows } = await sql<StoredTask>`
    select ${columns} from visit_task t ${doors}
    where t.district_code = app.district() and t.household_id = any (${sql.val(households)}::uuid[])
      and (t.state in ('scheduled', 'open') or t.closes_on >= ${since}::date)
    order by t.due_on desc, t.id`.execute(trx)
  return rows
}

export async function byId(trx: Trx, id: string): Promise<StoredTask | undefined> {
  const { rows } = await sql<StoredTask>`
    select ${columns} from visit_task t ${doors} where t.district_code = app.district() and t.id = ${id}`.execute(
    trx,
  )
  return rows[0]
}

/** A door and a day. */
export type DoorDay = { household: string; day: string }

/**
 * Locks what visits of these days may answer at these doors, each door once, whatever has become of it meanwhile.
 *
 * @param growth of a window, in days
 */
export async function lockAt(trx: Trx, at: readonly DoorDay[], growth: number): Promise<StoredTask[]> {
  const { rows } = await sql<StoredTask>`
    ${kept} select ${columns}
    from unnest(${sql.val(at.map(({ household }) => household))}::uuid[], ${sql.val(at.map(({ day }) => day))}::date[]) as q (household, day)
    join visit_task t on t.district_code = app.district() and t.household_id = q.household and t.opens_on <= q.day
      and t.closes_on > q.day - ${growth}::integer
    ${doors} order by t.id for update of t`.execute(trx)
  return rows
}

/** The same for a walk through an area. */
export async function lockWalks(trx: Trx, path: string, day: string): Promise<StoredTask[]> {
  const { rows } = await sql<StoredTask>`
    select ${columns} from visit_task t ${doors}
    where t.district_code = app.district() and t.household_id is null and t.path = ${path} and t.opens_on <= ${day}::date and t.closes_on > ${day}::date
    order by t.id for update of t`.execute(trx)
  return rows
}

export async function lock(trx: Trx, id: string): Promise<StoredTask | undefined> {
  const { rows } = await sql<StoredTask>`
    select ${columns} from visit_task t ${doors} where t.district_code = app.district() and t.id = ${id} for update of t`.execute(
    trx,
  )
  return rows[0]
}

export type StoredEntry = {
  id: string
  task: string
  kind: TaskEntryKind
  onDay: string
  visit: string | null
  by: string | null
  from: string | null
  to: string | null
  words: string | null
  at: string
}

export async function entriesOf(trx: Trx, tasks: readonly string[]): Promise<Map<string, StoredEntry[]>> {
  const { rows } = await sql<StoredEntry>`
    ${kept} select id, task_id as task, kind, on_day::text as "onDay", visit_id as visit, by_person_id as by, from_person_id as from,
      to_person_id as to, words, at
    from visit_task_entry where district_code = app.district() and task_id = any (${sql.val(tasks)}::uuid[])
    order by at, id`.execute(trx)
  return Map.groupBy(rows, ({ task }) => task)
}

export type NewEntry = {
  id: string
  task: string
  household: string | null
  path: string
  kind: TaskEntryKind
  onDay: string
  visit: string | null
  by: string | null
  words: string | null
  at: string
}

/** @returns ids of those that were not there yet. */
export async function addEntries(trx: Trx, list: readonly NewEntry[]): Promise<string[]> {
  if (list.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    insert into visit_task_entry (district_code, id, task_id, household_id, path, kind, on_day, visit_id, by_person_id, words, at)
    select app.district(), e.id, e.task, e.household, e.path, e.kind, e."onDay", e.visit, e.by, e.words, e.at
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
      as e (id uuid, task uuid, household uuid, path text, kind text, "onDay" date, visit uuid, by uuid, words text, at timestamptz)
    on conflict do nothing returning id`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Writes how tasks stand, where that is not how they stood; the fold has worked it out. */
export async function setStanding(trx: Trx, list: readonly ({ id: string } & TaskStanding)[]): Promise<void> {
  if (list.length === 0) return
  await sql`
    update visit_task t set state = s.state, tries = s.tries, next_try_on = s."nextTryOn", ended_as = s."endedAs", ended_on = s."endedOn",
      visit_id = s.visit
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
      as s (id uuid, state text, tries smallint, "nextTryOn" date, "endedAs" text, "endedOn" date, visit uuid)
    where t.district_code = app.district() and t.id = s.id
      and (t.state, t.tries, t.next_try_on, t.ended_as, t.ended_on, t.visit_id)
        is distinct from (s.state, s.tries, s."nextTryOn", s."endedAs", s."endedOn", s.visit)`.execute(trx)
}

/** How many tasks of each rule are open. */
export async function openCounts(trx: Trx): Promise<Map<string, number>> {
  const { rows } = await sql<{ rule: string; many: number }>`
    select rule_id as rule, count(*)::int as many from visit_task
    where district_code = app.district() and state = 'open' group by rule_id`.execute(trx)
  return new Map(rows.map(({ rule, many }) => [rule, many]))
}

export type Door = { id: string; path: string; dwelling: string; number: string }

/** Households within reach, with their doors. */
export async function householdsAmong(trx: Trx, ids: readonly string[]): Promise<Door[]> {
  const { rows } = await sql<Door>`
    select h.id, h.path, h.dwelling_id as dwelling, w.number from household h
    join dwelling w on w.district_code = h.district_code and w.id = h.dwelling_id
    where h.district_code = app.district() and h.id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  return rows
}

/** Whose duty each door is on a day, in the order they were asked for. */
export async function dutiesOf(
  trx: Trx,
  at: readonly { dwelling: string; day: string }[],
): Promise<(string | null)[]> {
  const { rows } = await sql<{ person: string | null }>`
    ${kept} select d.person_id as person
    from unnest(${sql.val(at.map(({ dwelling }) => dwelling))}::uuid[], ${sql.val(at.map(({ day }) => day))}::date[])
      with ordinality as q (dwelling, day, nth)
    left join lateral (select person_id from duty
      where district_code = app.district() and dwelling_id = q.dwelling and valid_from <= q.day
        and (valid_until is null or valid_until > q.day) order by valid_from desc limit 1) d on true
    order by q.nth`.execute(trx)
  return rows.map(({ person }) => person)
}

/** The person and those they stand in for today (VR4). */
export async function actsFor(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select app.acts_for() as ids`.execute(trx)
  return rows[0]?.ids ?? []
}

/**
 * A door that was the person's own on a day and is no longer: within reach of this transaction from now on, for what was done
 * there then. Undefined when it was not.
 */
export async function vouch(
  trx: Trx,
  household: string,
  day: string,
): Promise<Omit<Door, 'number'> | undefined> {
  const { rows } = await sql<{ path: string; dwelling: string }>`
    select path, dwelling_id as dwelling from app.was_own(${household}, ${day}::date)`.execute(trx)
  const [door] = rows
  // Only `SET LOCAL` itself reaches the workers of a Citus cluster; the id is a UUID by contract and by the query above.
  if (door) await sql`set local app.vouched = ${sql.lit(household)}`.execute(trx)
  return door && { id: household, ...door }
}
