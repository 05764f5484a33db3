import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { ListQuery } from './contract.ts'
import type { EntryKind } from './lifecycle.ts'
import { columns, fromRow } from './store.ts'
import type { Stored } from './store.ts'

/** Lists of requests: one statement a page, keyset pagination, an index for each queue. */

export type LastEntry = {
  kind: EntryKind
  at: string
  person: string | null
  organisation: string | null
  words: string | null
}

type Queue = { from: RawBuilder<unknown>; key: RawBuilder<unknown>; forward: boolean }

/** Where each queue reads from and how it is sorted; what waits comes by due time, the rest newest first. */
function queueOf(query: ListQuery, organisations: readonly string[]): Queue {
  const mine = sql`${sql.val(organisations)}::uuid[]`
  switch (query.queue) {
    case 'mine':
      return {
        from: sql`service_request r where r.district_code = app.district() and r.holder_organisation_id = any (${mine}) and r.state <> 'answered'`,
        key: sql`r.due_at`,
        forward: true,
      }
    case 'watching':
      return {
        from: sql`service_request r where r.district_code = app.district() and r.holder_organisation_id is not null
          and (r.state = 'answered' or not r.holder_organisation_id = any (${mine}))
          and exists (select 1 from request_party p where p.district_code = r.district_code and p.request_id = r.id and p.organisation_id = any (${mine}))`,
        key: sql`r.due_at`,
        forward: true,
      }
    case 'all':
    case 'reported':
      return {
        from: sql`service_request r where r.district_code = app.district()`,
        key: sql`r.submitted_at`,
        forward: false,
      }
  }
}

function filtersOf(query: ListQuery): RawBuilder<unknown>[] {
  const filters: RawBuilder<unknown>[] = []
  if (query.state) filters.push(sql`r.state = any (${query.state.split(',')}::text[])`)
  if (query.group)
    filters.push(
      sql`r.category_code >= ${query.group} and r.category_code < ${String.fromCodePoint(query.group.codePointAt(0)! + 1)}`,
    )
  if (query.category) filters.push(sql`r.category_code = ${query.category}`)
  if (query.channel) filters.push(sql`r.channel = ${query.channel}`)
  if (query.overdue) filters.push(sql`r.overdue = ${query.overdue === 'true'}`)
  if (query.path) filters.push(sql`r.path >= ${query.path} and r.path < ${`${query.path}\u{10ffff}`}`)
  if (query.code)
    filters.push(
      sql`r.code >= ${query.code.toUpperCase()} and r.code < ${`${query.code.toUpperCase()}\u{10ffff}`}`,
    )
  return filters
}

type ListRow = Parameters<typeof fromRow>[0] & {
  sort_key: string
  last_kind: EntryKind
  last_at: string
  last_person: string | null
  last_organisation: string | null
  last_words: string | null
}

/** One page of a queue. `isStaff` decides whether the last entry may be one the reporter does not read. */
export async function listPage(
  trx: Trx,
  query: ListQuery,
  organisations: readonly string[],
  isStaff: boolean,
): Promise<{ rows: (Stored & { last: LastEntry })[]; next: string | null }> {
  const { from, key, forward } = queueOf(query, organisations)
  const after = query.after ? readCursor(query.after, isInstant) : null
  const beyond = after
    ? [
        forward
          ? sql`(${key}, r.id) > (${after.key}::timestamptz, ${after.id}::uuid)`
          : sql`(${key}, r.id) < (${after.key}::timestamptz, ${after.id}::uuid)`,
      ]
    : []
  const where = [...filtersOf(query), ...beyond].map((filter) => sql`and ${filter}`)
  const order = forward ? sql`order by ${key}, r.id` : sql`order by ${key} desc, r.id desc`
  const { rows } = await sql<ListRow>`
    select ${columns}, page.sort_key, e.kind as last_kind, e.at as last_at, e.by_person_id as last_person, e.by_organisation_id as last_organisation, e.words as last_words
    from (select r.*, ${key} as sort_key from ${from} ${sql.join(where, sql` `)} ${order} limit ${query.limit + 1}) page
    join service_request r on r.district_code = page.district_code and r.id = page.id
    join lateral (
      select * from request_entry e where e.district_code = r.district_code and e.request_id = r.id and (e.visible or ${isStaff})
      order by e.seq desc limit 1) e on true
    ${forward ? sql`order by page.sort_key, r.id` : sql`order by page.sort_key desc, r.id desc`}`.execute(trx)
  const page = pageOf(rows, query.limit, (row) => ({ key: row.sort_key, id: row.id }))
  const last = (row: ListRow): LastEntry => ({
    kind: row.last_kind,
    at: row.last_at,
    person: row.last_person,
    organisation: row.last_organisation,
    words: row.last_words,
  })
  return { rows: page.rows.map((row) => ({ ...fromRow(row), last: last(row) })), next: page.next }
}

/** What waits for these organisations now. */
export async function counts(
  trx: Trx,
  organisations: readonly string[],
): Promise<{ mine: number; overdue: number }> {
  if (organisations.length === 0) return { mine: 0, overdue: 0 }
  const { rows } = await sql<{ mine: number; overdue: number }>`
    select count(*)::int as mine, (count(*) filter (where overdue))::int as overdue from service_request
    where district_code = app.district() and holder_organisation_id = any (${sql.val(organisations)}::uuid[]) and state <> 'answered'`.execute(
    trx,
  )
  return rows[0]!
}
