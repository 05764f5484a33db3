import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { unseal } from '../chain.ts'
import type { Entry } from '../entry.ts'
import { columns, fromRow } from '../store.ts'
import type { Stored } from '../store.ts'

/** SQL that search asks of many requests at once. Private to this folder. */

/** Requests in reach, by id. */
export async function findAll(trx: Trx, ids: readonly string[]): Promise<Stored[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Parameters<typeof fromRow>[0]>`
    select ${columns} from service_request r
    where r.district_code = app.district() and r.id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  return rows.map(fromRow)
}

/** What a request says, for ranking many of them; without its standing, which is most of the row. */
export type Brief = Pick<
  Stored,
  'id' | 'code' | 'title' | 'words' | 'path' | 'place' | 'submittedAt' | 'confided'
>

/** Requests in reach, by id and as far as they satisfy further conditions on `service_request r`. */
export async function briefs(
  trx: Trx,
  ids: readonly string[],
  conditions: readonly RawBuilder<unknown>[] = [],
): Promise<Brief[]> {
  if (ids.length === 0) return []
  const further = sql.join(
    conditions.map((condition) => sql`and ${condition}`),
    sql` `,
  )
  const { rows } = await sql<Brief>`
    select r.id, r.code, r.title, r.words, r.path, r.place, r.submitted_at as "submittedAt",
      case when r.confidential then (
        select jsonb_build_object('title', c.title, 'words', c.words, 'path', c.path, 'place', c.place)
        from request_confidence c where c.district_code = r.district_code and c.request_id = r.id) end as confided
    from service_request r
    where r.district_code = app.district() and r.id = any (${sql.val(ids)}::uuid[]) ${further}`.execute(trx)
  return rows
}

/** What an entry says, as far as search needs it. */
export type Told = Pick<Entry, 'kind' | 'by' | 'visible' | 'words' | 'data'>

type Row = {
  request: string
  kind: Entry['kind']
  by: Entry['by']['kind']
  person: string | null
  visible: boolean
  words: string | null
  texts: Record<string, unknown> | null
  data: Record<string, unknown>
}

/** The stories of requests, oldest entry first, as far as the transaction reads them. */
export async function stories(trx: Trx, requests: readonly string[]): Promise<Map<string, Told[]>> {
  if (requests.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select request_id as request, kind, by_kind as by, by_person_id as person, visible, words, texts, data
    from request_entry where district_code = app.district() and request_id = any (${sql.val(requests)}::uuid[])
    order by request_id, seq`.execute(trx)
  const told = (row: Row) =>
    ({
      kind: row.kind,
      by: { kind: row.by, person: row.person ?? undefined },
      visible: row.visible,
      words: row.words,
      data: unseal(row),
    }) as Told
  return new Map(
    [...Map.groupBy(rows, ({ request }) => request)].map(([request, story]) => [request, story.map(told)]),
  )
}

/** Organisations with a hand in requests. */
export async function partiesOf(trx: Trx, requests: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ request: string; organisation: string }>`
    select request_id as request, organisation_id as organisation from request_party
    where district_code = app.district() and request_id = any (${sql.val(requests)}::uuid[])`.execute(trx)
  return new Map(
    [...Map.groupBy(rows, ({ request }) => request)].map(([request, all]) => [
      request,
      all.map(({ organisation }) => organisation),
    ]),
  )
}

/** Ids in reach whose code begins like this, the newest first; at most so many. */
export async function withCode(trx: Trx, beginning: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from service_request r
    where r.district_code = app.district() and r.code >= ${beginning} and r.code < ${`${beginning}\u{10ffff}`}
    order by r.code desc limit ${most}`.execute(trx)
  return rows.map(({ id }) => id)
}
