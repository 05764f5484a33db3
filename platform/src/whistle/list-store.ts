import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { ListQuery } from './contract.ts'
import { columns } from './store.ts'
import type { Stored } from './store.ts'

/** Lists of whistles: one statement a page, keyset pagination, an index for each queue. Private to this folder. */

/** Midnight in Shanghai at the beginning of a civil day. */
export const dayStart = (day: string) => `${day}T00:00:00+08:00`

/** How a call ended, as figures count it and lists find it. A department that was let go is neither in time nor late. */
export function partIs(what: NonNullable<ListQuery['part']>, now: string): RawBuilder<unknown> {
  switch (what) {
    case 'in_time':
      return sql`p.released_at is null and p.reported_at <= p.due_at`
    case 'late':
      return sql`p.released_at is null and (p.reported_at > p.due_at or p.awaited and p.due_at < ${now}::timestamptz)`
    case 'waiting':
      return sql`p.awaited and p.due_at >= ${now}::timestamptz`
    case 'released':
      return sql`p.released_at is not null`
    case 'done':
      return sql`p.released_at is null and p.done_at is not null`
    case 'satisfied':
    case 'fair':
    case 'dissatisfied':
      return sql`p.rating = ${what}`
  }
}

type Walk = { found: RawBuilder<unknown>; key: RawBuilder<unknown>; forward: boolean }

function walkOf(query: ListQuery, own: readonly string[], now: string): Walk {
  const w = sql`whistle w where w.district_code = app.district()`
  switch (query.queue) {
    case 'mine':
      return {
        // Two walks down two indexes: whose turn it is, and what departments are awaited for.
        found: sql`whistle w where w.district_code = app.district() and w.over_at is null and w.id in (
          select o.id from whistle o where o.district_code = app.district() and o.turn_organisation_id = any (${sql.val(own)}::uuid[])
          union all
          select p.whistle_id from whistle_part p where p.district_code = app.district() and p.awaited
            and p.organisation_id = any (${sql.val(own)}::uuid[]))`,
        key: sql`w.due_at`,
        forward: true,
      }
    case 'open':
      return { found: sql`${w} and w.over_at is null`, key: sql`w.due_at`, forward: true }
    case 'over':
      return { found: sql`${w} and w.over_at is not null`, key: sql`w.over_at`, forward: false }
    case 'called': {
      const { department, role, part, from, until } = query
      const conditions = [
        ...(department ? [sql`p.organisation_id = ${department}`] : []),
        ...(role ? [sql`p.role = ${role}`] : []),
        ...(part ? [partIs(part, now)] : []),
        ...(from ? [sql`p.blown_at >= ${dayStart(from)}`] : []),
        ...(until ? [sql`p.blown_at < ${dayStart(until)}`] : []),
      ]
      const where = sql.join(
        conditions.map((condition) => sql`and (${condition})`),
        sql` `,
      )
      return {
        found: sql`whistle w where w.district_code = app.district() and w.id in (
          select p.whistle_id from whistle_part p where p.district_code = app.district() ${where})`,
        key: sql`w.blown_at`,
        forward: false,
      }
    }
  }
}

/** One page of a queue. @param own organisations of the reader's posts. */
export async function page(
  trx: Trx,
  query: ListQuery,
  own: readonly string[],
  now: string,
): Promise<{ rows: Stored[]; next: string | null }> {
  const { found, key, forward } = walkOf(query, own, now)
  const after = query.after ? readCursor(query.after, isInstant) : null
  const beyond = !after
    ? sql``
    : forward
      ? sql`and (${key}, w.id) > (${after.key}::timestamptz, ${after.id}::uuid)`
      : sql`and (${key}, w.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
  const late = query.late ? sql`and w.late` : sql``
  const order = forward ? sql`order by ${key}, w.id` : sql`order by ${key} desc, w.id desc`
  const { rows } = await sql<Stored & { sortKey: string }>`
    select ${columns}, ${key} as "sortKey" from ${found} ${late} ${beyond} ${order} limit ${query.limit + 1}`.execute(
    trx,
  )
  return pageOf(rows, query.limit, (row) => ({ key: row.sortKey, id: row.id }))
}

/** What waits for these organisations now. */
export async function counts(trx: Trx, own: readonly string[]): Promise<{ mine: number; late: number }> {
  if (own.length === 0) return { mine: 0, late: 0 }
  const { rows } = await sql<{ mine: number; late: number }>`
    select count(*)::int as mine, count(*) filter (where w.late)::int as late from whistle w
    where w.district_code = app.district() and w.over_at is null and w.id in (
      select o.id from whistle o where o.district_code = app.district() and o.turn_organisation_id = any (${sql.val(own)}::uuid[])
      union all
      select p.whistle_id from whistle_part p where p.district_code = app.district() and p.awaited
        and p.organisation_id = any (${sql.val(own)}::uuid[]))`.execute(trx)
  return rows[0] ?? { mine: 0, late: 0 }
}
