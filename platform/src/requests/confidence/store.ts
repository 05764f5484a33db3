import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { Linked } from '../view-contract.ts'

/** SQL of the table request_confidence, and of what links a complaint to the request it is about. Private to this folder. */

/** The part of a request that tells who said it. */
export type Confided = {
  title: string
  words: string
  path: string
  place: string
  lon: number | null
  lat: number | null
}

/** Keeps what a confidential request really says apart, under a policy of its own. */
export async function confide(trx: Trx, request: string, told: Confided): Promise<void> {
  await sql`
    insert into request_confidence (district_code, request_id, title, words, path, place, lon, lat)
    values (app.district(), ${request}, ${told.title}, ${told.words}, ${told.path}, ${told.place}, ${told.lon}, ${told.lat})`.execute(
    trx,
  )
}

/** RQ10: what those read of a confidential request who may not know the reporter, as the desk puts it to them. */
export async function tellMatter(trx: Trx, request: string, title: string, words: string): Promise<void> {
  await sql`
    update service_request set title = ${title}, words = ${words}
    where district_code = app.district() and id = ${request} and confidential`.execute(trx)
}

/** Organisations with a hand in a request. */
export async function parties(trx: Trx, request: string): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select organisation_id as organisation from request_party where district_code = app.district() and request_id = ${request}`.execute(
    trx,
  )
  return rows.map(({ organisation }) => organisation)
}

/** The request this one is about, and those that complain about its handling, as far as the transaction reaches them. */
export async function linked(
  trx: Trx,
  request: { id: string; about: string | null },
): Promise<{ about: Linked | null; complaints: Linked[] }> {
  const about = request.about
    ? await sql<Linked>`
        select id, code, state from service_request where district_code = app.district() and id = ${request.about}`.execute(
        trx,
      )
    : undefined
  const complaints = await sql<Linked>`
    ${kept} select id, code, state from service_request
    where district_code = app.district() and about_request_id = ${request.id} order by code`.execute(trx)
  return { about: about?.rows[0] ?? null, complaints: complaints.rows }
}
