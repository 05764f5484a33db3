import { sql } from 'kysely'
import { pageOf, readCursor, isInstant } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { mark } from '#search/lexemes.ts'
import { newest, recall } from '#search/service.ts'
import type { Condition } from '#search/service.ts'
import type { ListQuery } from './contract.ts'
import { listed, rowsOf, walkedPage } from './list.ts'
import type { LastEntry, Reader } from './list.ts'
import { isOpenOnly, narrowing } from './search/narrowing.ts'
import type { Stored } from './store.ts'

/**
 * One page of a queue, by whichever way is short. What waits, and the newest of a whole district, are walks down an index.
 * Everything of an area, and of everything what a filter leaves, is intersected in the search index instead: of five
 * million requests a walk would read hundreds of thousands to find the thirty that fit.
 */

type Page = { rows: (Stored & { last: LastEntry })[]; next: string | null }

/**
 * @param own organisations of the reader's posts. Only staff see last entries that the reporter does not read.
 * @param now ISO instant; nothing in a list is newer.
 */
export async function listPage(
  trx: Trx,
  query: ListQuery,
  reader: Reader,
  own: readonly string[],
  now: string,
): Promise<Page> {
  const conditions = intersected(query, reader, own)
  return conditions ? recalledPage(trx, query, conditions, own, now) : walkedPage(trx, query, reader, own)
}

/** What the search index has to intersect for this page; null when there is a shorter walk. */
function intersected(query: ListQuery, reader: Reader, own: readonly string[]): Condition[] | null {
  // What is open and what is overdue have short indexes of their own; the beginning of a code has one, too.
  if (!reader.isStaff || query.queue !== 'all') return null
  if (query.overdue === 'true' || isOpenOnly(query.state) || query.code) return null
  const within = reader.paths.map((path) => path.split('/').filter(Boolean))
  const isWholeDistrict = within.some((codes) => codes.length === 1)
  const reach = [...within.map((codes) => mark.area(codes.at(-1)!)), ...reader.organisations.map(mark.party)]
  const conditions = [
    ...(isWholeDistrict || reach.length === 0 ? [] : [{ grams: [], marks: reach }]),
    ...narrowing(query, own),
  ]
  return conditions.length > 0 ? conditions : null
}

/** How many are asked for at once when the row says no to some of what the index said yes to. */
const further = 200

async function recalledPage(
  trx: Trx,
  query: ListQuery,
  conditions: readonly Condition[],
  own: readonly string[],
  now: string,
): Promise<Page> {
  const after = query.after ? readCursor(query.after, isInstant) : null
  let before = after ? { at: after.key, request: after.id } : newest(now)
  const ids: string[] = []
  for (let most = query.limit + 1; ; most = further) {
    const found = await recall(trx, conditions, before, most)
    ids.push(
      ...(await fitting(
        trx,
        found.map(({ request }) => request),
        query,
        own,
      )),
    )
    if (ids.length > query.limit || found.length < most) break
    before = found.at(-1)!
  }
  const rows = await rowsOf(trx, ids.slice(0, query.limit + 1), true)
  return pageOf(rows, query.limit, ({ submittedAt, id }) => ({ key: submittedAt, id }))
}

/** Of requests the index found those that satisfy the filters in full, in their order. */
async function fitting(
  trx: Trx,
  ids: readonly string[],
  query: ListQuery,
  own: readonly string[],
): Promise<string[]> {
  const filters = sql.join(
    listed(query, own).map((filter) => sql`and ${filter}`),
    sql` `,
  )
  const { rows } = await sql<{ id: string }>`
    select r.id from service_request r
    where r.district_code = app.district() and r.id = any (${sql.val(ids)}::uuid[]) ${filters}`.execute(trx)
  const fits = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => fits.has(id))
}
