import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Window } from './rules.ts'

/** SQL of open311_request, and of the functions that say what everybody may know. Private to this folder. */

/** A request as everybody may know it; words are null until cleared. */
export type PublicRow = {
  id: string
  code: string
  service: string
  area: string
  state: string
  closed: boolean
  submittedAt: string
  updatedAt: string
  expectedAt: string | null
  agency: string | null
  /** Short code of the request that it follows since it was merged. */
  mergedInto: string | null
  title: string | null
  description: string | null
}

const columns = sql.raw(
  'id, code, service, area, state, closed, submitted_at as "submittedAt", updated_at as "updatedAt", expected_at as "expectedAt", agency, merged_into as "mergedInto", title, description',
)

export type PublicFilter = Window & {
  services: readonly string[] | null
  closed: boolean | null
  guarded: readonly string[]
  most: number
  skip: number
}

/** Newest first. */
export async function publicRequests(trx: Trx, filter: PublicFilter): Promise<PublicRow[]> {
  const { since, until, services, closed, guarded, most, skip } = filter
  const { rows } = await sql<PublicRow>`
    select ${columns} from app.public_requests(${since}, ${until}, ${services && sql.val(services)}::text[], ${closed}::boolean,
      ${sql.val(guarded)}::text[], ${most}::integer, ${skip}::integer)`.execute(trx)
  return rows
}

/** The next of all, oldest first, behind one of which time and id are known. */
export async function publicRequestsAfter(
  trx: Trx,
  after: { at: string; id: string },
  until: string,
  guarded: readonly string[],
  most: number,
): Promise<PublicRow[]> {
  const { rows } = await sql<PublicRow>`
    select ${columns} from app.public_requests_after(${after.at}, ${after.id}, ${until}, ${sql.val(guarded)}::text[], ${most}::integer)`.execute(
    trx,
  )
  return rows
}

export async function publicRequestsByCode(
  trx: Trx,
  codes: readonly string[],
  guarded: readonly string[],
): Promise<PublicRow[]> {
  const { rows } = await sql<PublicRow>`
    select ${columns} from app.public_requests_by_code(${sql.val(codes)}::text[], ${sql.val(guarded)}::text[])`.execute(
    trx,
  )
  return rows
}

/** An update; `words` only of a cleared answer. `state` is that of the request now. */
export type UpdateRow = {
  id: string
  code: string
  kind: string
  at: string
  state: string
  words: string | null
}

/** Oldest first. */
export async function publicUpdates(
  trx: Trx,
  { since, until }: Window,
  kinds: readonly string[],
  { guarded, most, skip }: Pick<PublicFilter, 'guarded' | 'most' | 'skip'>,
): Promise<UpdateRow[]> {
  const { rows } = await sql<UpdateRow>`
    select id, code, kind, at, state, words from app.public_updates(${since}, ${until}, ${sql.val(kinds)}::text[],
      ${sql.val(guarded)}::text[], ${most}::integer, ${skip}::integer)`.execute(trx)
  return rows
}

/** Remembers which program sent a request. */
export async function addSent(trx: Trx, request: string, client: string, at: string): Promise<void> {
  await sql`
    insert into open311_request (district_code, request_id, client_id, received_at)
    values (app.district(), ${request}, ${client}, ${at}) on conflict (district_code, request_id) do nothing`.execute(
    trx,
  )
}

/** Which program sent a request, if one did. */
export async function sender(trx: Trx, request: string): Promise<string | undefined> {
  const { rows } = await sql<{ client: string }>`
    select client_id as client from open311_request
    where district_code = app.district() and request_id = ${request}`.execute(trx)
  return rows[0]?.client
}
