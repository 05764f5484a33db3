import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Scope, Trx } from '#kernel/db.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { ListQuery } from './contract.ts'
import type { EntryKind } from './lifecycle.ts'
import { isOpenOnly } from './search/narrowing.ts'
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

/** Whose lists they are: the same that row security lets the transaction reach, said once more so that an index finds it. */
export type Reader = Pick<Scope, 'paths' | 'organisations' | 'reporter' | 'requests'> & { isStaff: boolean }

/** `ways`: every way by which a request gets into the queue, each one walk down an index. `type`: that of the sort key. */
type Queue = {
  ways: RawBuilder<unknown>[]
  key: RawBuilder<unknown>
  type: 'timestamptz' | 'text'
  forward: boolean
}

const all = sql`service_request r where r.district_code = app.district()`

/** Where each queue reads from and how it is sorted; what waits comes by due time, the rest newest first. */
function queueOf(query: ListQuery, reader: Reader, own: readonly string[]): Queue {
  const due = { key: sql`r.due_at`, type: 'timestamptz', forward: true } as const
  // Codes are given in the order of submission. Who types the beginning of one walks down the codes: by time, all of a
  // year would have to be read and sorted for thirty.
  const recent = query.code
    ? ({ key: sql`r.code`, type: 'text', forward: false } as const)
    : ({ key: sql`r.submitted_at`, type: 'timestamptz', forward: false } as const)
  if (!reader.isStaff) return { ...recent, ways: saidBy(reader) }
  const mine = sql`${sql.val(own)}::uuid[]`
  switch (query.queue) {
    case 'mine':
      return {
        ...due,
        ways: [
          ...own.map((id) => sql`${all} and r.holder_organisation_id = ${id} and r.state <> 'answered'`),
          // RQ12: parts of what another one holds; few, and sorted with the rest.
          sql`${all} and r.id = any (array(select p.request_id from request_part p
            where p.district_code = app.district() and p.organisation_id = any (${mine})))`,
        ],
      }
    case 'review':
      // What waits for a second person, by the areas of the desks; whether it is this one is said by the abilities.
      return {
        ...due,
        ways: reader.paths.map(
          (path) =>
            sql`${all} and r.proposed is not null and r.path >= ${path} and r.path < ${`${path}\u{10ffff}`}`,
        ),
      }
    case 'watching':
      return {
        ...due,
        ways: [
          sql`${all} and r.holder_organisation_id is not null and (r.state = 'answered' or not r.holder_organisation_id = any (${mine}))
            and exists (select 1 from request_party p where p.district_code = r.district_code and p.request_id = r.id and p.organisation_id = any (${mine}))`,
        ],
      }
    case 'all':
      return {
        ...recent,
        ways: [
          ...reader.paths.map(
            (path) => sql`${all} and r.path >= ${path} and r.path < ${`${path}\u{10ffff}`}`,
          ),
          ...(reader.organisations.length > 0
            ? [
                sql`request_party p join service_request r on r.district_code = p.district_code and r.id = p.request_id
                  where p.district_code = app.district() and p.organisation_id = any (${sql.val(reader.organisations)}::uuid[])`,
              ]
            : []),
        ],
      }
    case 'heard':
      // R9: what I, or somebody for whom I stand in, heard first and nobody has taken yet.
      return {
        ...recent,
        ways: [sql`${all} and r.heard_by_person_id = any ((select app.stands_for())::uuid[])`],
      }
    case 'reported':
      return { ...recent, ways: saidBy(reader) }
  }
}

/** What a reporter said, and what this browser follows. Staff said nothing. */
function saidBy({ reporter, requests = [] }: Reader): RawBuilder<unknown>[] {
  return [
    ...(reporter ? [sql`${all} and r.reporter_id = ${reporter}`] : []),
    ...(requests.length > 0 ? [sql`${all} and r.id = any (${sql.val(requests)}::uuid[])`] : []),
  ]
}

/** A request found by another way belongs to the queue: the same as `ways` says, about `r`. */
function inQueue(queue: ListQuery['queue'], own: readonly string[]): RawBuilder<unknown>[] {
  const mine = sql`${sql.val(own)}::uuid[]`
  if (queue === 'mine')
    return [
      sql`((r.holder_organisation_id = any (${mine}) and r.state <> 'answered') or exists (
        select 1 from request_part p where p.district_code = r.district_code and p.request_id = r.id and p.organisation_id = any (${mine})))`,
    ]
  if (queue === 'heard') return [sql`r.heard_by_person_id = any ((select app.stands_for())::uuid[])`]
  if (queue === 'review') return [sql`r.proposed is not null`]
  if (queue !== 'watching') return []
  return [
    sql`r.holder_organisation_id is not null and (r.state = 'answered' or not r.holder_organisation_id = any (${mine}))
      and exists (select 1 from request_party p where p.district_code = r.district_code and p.request_id = r.id and p.organisation_id = any (${mine}))`,
  ]
}

/** What a request found by another way must satisfy to stand in a list. */
export function listed(query: Omit<ListQuery, 'limit'>, own: readonly string[]): RawBuilder<unknown>[] {
  return [...filtersOf(query), ...inQueue(query.queue, own)]
}

function filtersOf(query: Omit<ListQuery, 'limit'>): RawBuilder<unknown>[] {
  const filters: RawBuilder<unknown>[] = []
  if (query.state) filters.push(sql`r.state = any (${query.state.split(',')}::text[])`)
  // Said once more, so that a short index is found: whatever is open has a holder (RQ1).
  if (isOpenOnly(query.state)) filters.push(sql`r.holder_organisation_id is not null`)
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
  last_kind: EntryKind
  last_at: string
  last_person: string | null
  last_organisation: string | null
  last_words: string | null
}

type List = Omit<ListQuery, 'limit'> & { limit: number }

const isCode = (key: string) => /^[A-Z]{2,4}-\d{4}-\d+$/.test(key)

/** The ids of a page and one more, with what they are sorted by; null when there is no way into the queue. */
function foundBy(query: List, reader: Reader, own: readonly string[]) {
  const { ways, key, type, forward } = queueOf(query, reader, [...new Set(own)])
  if (ways.length === 0) return null
  const after = query.after ? readCursor(query.after, type === 'text' ? isCode : isInstant) : null
  const sortKey = after && (type === 'text' ? sql`${after.key}::text` : sql`${after.key}::timestamptz`)
  const beyond = after
    ? [
        forward
          ? sql`(${key}, r.id) > (${sortKey}, ${after.id}::uuid)`
          : sql`(${key}, r.id) < (${sortKey}, ${after.id}::uuid)`,
      ]
    : []
  const where = sql.join(
    [...filtersOf(query), ...beyond].map((filter) => sql`and ${filter}`),
    sql` `,
  )
  const order = (by: RawBuilder<unknown>) =>
    forward
      ? sql`order by ${by}, id limit ${query.limit + 1}`
      : sql`order by ${by} desc, id desc limit ${query.limit + 1}`
  const found = sql.join(
    ways.map((way) => sql`(select r.id, ${key} as sort_key from ${way} ${where} ${order(key)})`),
    sql` union `,
  )
  return { found, order, forward }
}

/** The ids of a list, no more than `most`, in its order. */
export async function idsIn(
  trx: Trx,
  query: Omit<ListQuery, 'limit'>,
  reader: Reader,
  own: readonly string[],
  most: number,
): Promise<string[]> {
  const walk = foundBy({ ...query, limit: most - 1 }, reader, own)
  if (!walk) return []
  const { rows } = await sql<{ id: string }>`
    select id from (${walk.found}) found ${walk.order(sql`sort_key`)}`.execute(trx)
  return rows.map(({ id }) => id)
}

/** How many requests stand in a list, counted no further than `most`. */
export async function countUpTo(
  trx: Trx,
  query: Omit<ListQuery, 'limit'>,
  reader: Reader,
  own: readonly string[],
  most: number,
): Promise<number> {
  const walk = foundBy({ ...query, limit: most - 1 }, reader, own)
  if (!walk) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select id from (${walk.found}) found limit ${most}) counted`.execute(trx)
  return rows[0]!.n
}

/**
 * One page of a queue, as a walk down its index.
 *
 * @param own organisations of the reader's posts. Only staff see last entries that the reporter does not read.
 */
export async function walkedPage(
  trx: Trx,
  query: ListQuery,
  reader: Reader,
  own: readonly string[],
): Promise<{ rows: (Stored & { last: LastEntry })[]; next: string | null }> {
  const walk = foundBy(query, reader, own)
  if (!walk) return { rows: [], next: null }
  const { found, order, forward } = walk
  const { rows } = await sql<ListRow & { sort_key: string }>`
    select ${columns}, page.sort_key, ${lastColumns}
    from (select * from (${found}) found ${order(sql`sort_key`)}) page
    join service_request r on r.district_code = app.district() and r.id = page.id
    ${joinLast(reader.isStaff)}
    ${forward ? sql`order by page.sort_key, r.id` : sql`order by page.sort_key desc, r.id desc`}`.execute(trx)
  const page = pageOf(rows, query.limit, (row) => ({ key: row.sort_key, id: row.id }))
  return { rows: page.rows.map(withLast), next: page.next }
}

const lastColumns = sql.raw(
  `coalesce(e.kind, 'submit') as last_kind, coalesce(e.at, r.submitted_at) as last_at, e.by_person_id as last_person, e.by_organisation_id as last_organisation, e.words as last_words`,
)

/** What lies in confidence may have no entry yet that the reader may read; it still came in. */
function joinLast(isStaff: boolean): RawBuilder<unknown> {
  return sql`left join lateral (
    select * from request_entry e where e.district_code = r.district_code and e.request_id = r.id and (e.visible or ${isStaff})
    order by e.seq desc limit 1) e on true`
}

function withLast(row: ListRow): Stored & { last: LastEntry } {
  const last = {
    kind: row.last_kind,
    at: row.last_at,
    person: row.last_person,
    organisation: row.last_organisation,
    words: row.last_words,
  }
  return { ...fromRow(row), last }
}

/** Rows of a list by id, in the order of the ids; whatever is out of reach is missing. */
export async function rowsOf(
  trx: Trx,
  ids: readonly string[],
  isStaff: boolean,
): Promise<(Stored & { last: LastEntry })[]> {
  const { rows } = await sql<ListRow>`
    select ${columns}, ${lastColumns} from service_request r ${joinLast(isStaff)}
    where r.district_code = app.district() and r.id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  const byId = new Map(rows.map((row) => [row.id, withLast(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** What waits for these organisations now. */
export async function counts(
  trx: Trx,
  organisations: readonly string[],
): Promise<{ mine: number; overdue: number }> {
  if (organisations.length === 0) return { mine: 0, overdue: 0 }
  const { rows } = await sql<{ mine: number; overdue: number }>`
    select count(*)::int as mine, (count(*) filter (where overdue))::int as overdue from service_request
    where district_code = app.district() and (
      (holder_organisation_id = any (${sql.val(organisations)}::uuid[]) and state <> 'answered')
      or id = any (array(select p.request_id from request_part p
        where p.district_code = app.district() and p.organisation_id = any (${sql.val(organisations)}::uuid[]))))`.execute(
    trx,
  )
  return rows[0]!
}
