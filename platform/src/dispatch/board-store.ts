import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { Due } from './lists.ts'

/** What waits with whom: sums over everything that is open, and walks by due time. Private to this folder. */

const everything = '\u{10ffff}'

export type Narrow = {
  path?: string | undefined
  group?: string | undefined
  category?: string | undefined
}

/** What is open and somebody's turn: the word of a resident is nobody's work. */
const waiting = sql`r.district_code = app.district() and r.holder_organisation_id is not null and r.state <> 'answered'`

function narrowed({ path, group, category }: Narrow): RawBuilder<unknown> {
  const filters = [
    ...(path ? [sql`and r.path >= ${path} and r.path < ${path + everything}`] : []),
    ...(group ? [sql`and r.category_code >= ${group} and r.category_code < ${group + everything}`] : []),
    ...(category ? [sql`and r.category_code = ${category}`] : []),
  ]
  return filters.length > 0 ? sql.join(filters, sql` `) : sql``
}

export type Sum = {
  organisation: string
  person: string | null
  state: string
  count: number
  overdue: number
  today: number
}

/** One row for each organisation and state, by step for each person too; one walk over what is open. */
export async function sums(
  trx: Trx,
  which: Narrow & { own: readonly string[] | null },
  tomorrow: string,
): Promise<Sum[]> {
  const person = which.own ? sql`r.holder_person_id` : sql`null::uuid`
  const mine = which.own ? sql`and r.holder_organisation_id = any (${sql.val(which.own)}::uuid[])` : sql``
  const { rows } = await sql<Sum>`
    select r.holder_organisation_id as organisation, ${person} as person, r.state, count(*)::int as count,
      (count(*) filter (where r.overdue))::int as overdue,
      (count(*) filter (where not r.overdue and r.due_at < ${tomorrow} and r.state <> 'suspended'))::int as today
    from service_request r where ${waiting} ${narrowed(which)} ${mine}
    group by 1, 2, 3`.execute(trx)
  return rows
}

export type Corner = { organisation: string; person: string | null; state: string | null }

/** The ids of the first few of each box, by due time: one walk down an index a box. */
export async function firstOf(
  trx: Trx,
  corners: readonly Corner[],
  which: Narrow & { byPerson: boolean },
  most: number,
): Promise<(Corner & { id: string })[]> {
  if (corners.length === 0) return []
  const person = which.byPerson ? sql`and r.holder_person_id is not distinct from k.person` : sql``
  const { rows } = await sql<Corner & { id: string }>`
    select k.organisation, k.person, k.state, f.id
    from jsonb_to_recordset(${JSON.stringify(corners)}::jsonb) as k (organisation uuid, person uuid, state text)
    cross join lateral (
      select r.id, r.due_at from service_request r
      where ${waiting} and r.holder_organisation_id = k.organisation and (k.state is null or r.state = k.state) ${person} ${narrowed(which)}
      order by r.due_at, r.id limit ${most}) f
    order by f.due_at, f.id`.execute(trx)
  return rows
}

export type Listing = Narrow & {
  /** Only what these have. */
  organisations: readonly string[] | null
  state?: string | undefined
  due?: Due | undefined
  after?: string | undefined
  limit: number
}

function timed(due: Due, tomorrow: string): RawBuilder<unknown> {
  switch (due) {
    case 'overdue':
      return sql`and r.overdue`
    case 'today':
      return sql`and not r.overdue and r.due_at < ${tomorrow} and r.state <> 'suspended'`
    case 'later':
      return sql`and not r.overdue and r.due_at >= ${tomorrow} and r.state <> 'suspended'`
    case 'paused':
      return sql`and r.state = 'suspended'`
  }
}

/** One page by due time. */
export async function page(
  trx: Trx,
  which: Listing,
  tomorrow: string,
): Promise<{ rows: { id: string; dueAt: string }[]; next: string | null }> {
  const filters = [
    narrowed(which),
    ...(which.organisations
      ? [sql`and r.holder_organisation_id = any (${sql.val(which.organisations)}::uuid[])`]
      : []),
    ...(which.state ? [sql`and r.state = ${which.state}`] : []),
    ...(which.due ? [timed(which.due, tomorrow)] : []),
  ]
  if (which.after) {
    const { key, id } = readCursor(which.after, isInstant)
    filters.push(sql`and (r.due_at, r.id) > (${key}::timestamptz, ${id}::uuid)`)
  }
  const { rows } = await sql<{ id: string; dueAt: string }>`
    select r.id, r.due_at as "dueAt" from service_request r where ${waiting} ${sql.join(filters, sql` `)}
    order by r.due_at, r.id limit ${which.limit + 1}`.execute(trx)
  return pageOf(rows, which.limit, ({ id, dueAt }) => ({ key: dueAt, id }))
}

/** Everybody who has something open, for the columns that only some levels fill. */
export async function holders(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select distinct r.holder_organisation_id as organisation from service_request r where ${waiting}`.execute(
    trx,
  )
  return rows.map(({ organisation }) => organisation)
}

export type Step = {
  request: string
  step: 'dispatch' | 'take'
  urgent: boolean
  since: string
  dueAt: string | null
}

/** At which step these wait; what was taken is missing. */
export async function stepsOf(trx: Trx, requests: readonly string[]): Promise<Map<string, Step>> {
  if (requests.length === 0) return new Map()
  const { rows } = await sql<Step>`
    select request_id as request, step, urgent, since, due_at as "dueAt" from dispatch_step
    where district_code = app.district() and request_id = any (${sql.val(requests)}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.request, row]))
}
