import { sql } from 'kysely'
import type { Position } from '#kernel/cursor.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { under } from '#kernel/under.ts'
import type { AskAnswer, OfferState, OverReason } from './contract.ts'
import type { BackBasis } from './lists.ts'

/** SQL of offer and offer_ask. Private to this folder. */

export type Offer = {
  id: string
  request: string
  path: string
  organisation: string
  by: string
  at: string
  skills: string[]
  slots: string[]
  lon: number | null
  lat: number | null
  hours: number
  state: OfferState
  round: number
  roundEndsAt: string | null
  takenBy: string | null
  takenAt: string | null
  overAt: string | null
  overFor: OverReason | null
}

const columns = sql.raw(
  `o.id, o.request_id as request, o.path, o.organisation_id as organisation, o.by_person_id as by, o.at, o.skills, o.slots, o.lon, o.lat,
  o.hours, o.state, o.round, o.round_ends_at as "roundEndsAt", o.taken_by_person_id as "takenBy", o.taken_at as "takenAt",
  o.over_at as "overAt", o.over_for as "overFor"`,
)

/** One offer in reach; `lock` holds it, so that of two who say yes one is first (OF3). */
export async function find(trx: Trx, id: string, lock = false): Promise<Offer | undefined> {
  const { rows } = await sql<Offer>`
    select ${columns} from offer o where o.district_code = app.district() and o.id = ${id}
    ${lock ? sql`for update of o` : sql``}`.execute(trx)
  return rows[0]
}

/** Adds an offer; false when its request is offered already. */
export async function add(trx: Trx, offer: Offer): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into offer (district_code, id, request_id, path, organisation_id, by_person_id, at, skills, slots, lon, lat, hours, round_ends_at)
    values (app.district(), ${offer.id}, ${offer.request}, ${offer.path}, ${offer.organisation}, ${offer.by}, ${offer.at},
      ${sql.val(offer.skills)}::text[], ${sql.val(offer.slots)}::text[], ${offer.lon}, ${offer.lat}, ${offer.hours}, ${offer.roundEndsAt})
    on conflict (district_code, request_id) where state in ('open', 'taken') do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Writes how an offer stands; nothing else changes these columns. */
export async function keep(trx: Trx, offer: Offer): Promise<void> {
  await sql`
    update offer set state = ${offer.state}, round = ${offer.round}, round_ends_at = ${offer.roundEndsAt},
      taken_by_person_id = ${offer.takenBy}, taken_at = ${offer.takenAt}, over_at = ${offer.overAt}, over_for = ${offer.overFor}
    where district_code = app.district() and id = ${offer.id}`.execute(trx)
}

export type Ask = {
  offer: string
  person: string
  round: number
  rank: number
  cost: number
  parts: { walk: number; held: number; asked: number; slotsUnsaid: number }
  skills: string[]
  askedAt: string
  until: string
  answer: AskAnswer | null
  answeredAt: string | null
  basis: BackBasis | null
}

const askColumns = sql.raw(
  `a.offer_id as offer, a.person_id as person, a.round, a.rank, a.cost, a.parts, a.skills, a.asked_at as "askedAt",
  a.until_at as until, a.answer, a.answered_at as "answeredAt", a.basis`,
)

export async function asksOf(trx: Trx, offers: readonly string[]): Promise<Ask[]> {
  if (offers.length === 0) return []
  const { rows } = await sql<Ask>`
    select ${askColumns} from offer_ask a
    where a.district_code = app.district() and a.offer_id = any (${sql.val(offers)}::uuid[])
    order by a.offer_id, a.round, a.rank, a.person_id`.execute(trx)
  return rows
}

export async function askPeople(
  trx: Trx,
  asks: readonly Omit<Ask, 'answer' | 'answeredAt' | 'basis'>[],
): Promise<void> {
  await sql`
    insert into offer_ask (district_code, offer_id, person_id, round, rank, cost, parts, skills, asked_at, until_at)
    select app.district(), a.offer, a.person, a.round, a.rank, a.cost, a.parts,
      array (select jsonb_array_elements_text(a.skills)), a."askedAt", a.until
    from jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as a (offer uuid, person uuid, round smallint, rank smallint,
      cost integer, parts jsonb, skills jsonb, "askedAt" timestamptz, until timestamptz)
    on conflict (district_code, offer_id, person_id) do nothing`.execute(trx)
}

/** What somebody who was asked said, the first word or the one after it. */
export async function answerAsk(
  trx: Trx,
  { offer, person }: { offer: string; person: string },
  { answer, at, basis = null }: { answer: AskAnswer; at: string; basis?: BackBasis | null },
): Promise<void> {
  await sql`
    update offer_ask set answer = ${answer}, answered_at = ${at}, basis = ${basis}
    where district_code = app.district() and offer_id = ${offer} and person_id = ${person}`.execute(trx)
}

/** Everybody who has not answered: late, or too late because it is gone. @returns how many */
export async function closeAsks(
  trx: Trx,
  offer: string,
  answer: 'late' | 'gone',
  at: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update offer_ask set answer = ${answer}, answered_at = ${at}
    where district_code = app.district() and offer_id = ${offer} and answer is null`.execute(trx)
  return Number(numAffectedRows ?? 0n)
}

export type Load = {
  person: string
  holds: number
  waiting: number
  asked: number
  lastAsked: string | null
}

/** What people hold, wait to answer, and were asked lately, whichever desk asked. */
export async function loadsOf(
  trx: Trx,
  persons: readonly string[],
  since: string,
): Promise<Map<string, Load>> {
  if (persons.length === 0) return new Map()
  const { rows } = await sql<Load>`
    select person_id as person, holds, waiting, asked, last_asked as "lastAsked"
    from app.offer_load(${sql.val(persons)}::uuid[], ${since})`.execute(trx)
  return new Map(rows.map((row) => [row.person, row]))
}

/** Offers whose round is over, longest over first, locked and none waited for. */
export async function roundsOver(
  trx: Trx,
  now: string,
  limit: number,
  except: readonly string[],
): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select ${columns} from offer o
    where o.district_code = app.district() and o.state = 'open' and o.round_ends_at <= ${now}
      and o.id <> all (${sql.val(except)}::uuid[])
    order by o.round_ends_at limit ${limit} for update of o skip locked`.execute(trx)
  return rows
}

/** Offers that are asked or taken, by id: to see whether they still hold. */
export async function liveAfter(trx: Trx, after: string | null, limit: number): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select ${columns} from offer o
    where o.district_code = app.district() and o.state in ('open', 'taken')
      ${after === null ? sql`` : sql`and o.id > ${after}`}
    order by o.id limit ${limit}`.execute(trx)
  return rows
}

export async function ofRequest(trx: Trx, request: string): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select ${columns} from offer o where o.district_code = app.district() and o.request_id = ${request}
    order by o.at desc, o.id desc limit 20`.execute(trx)
  return rows
}

/** One page for a desk, newest first: everything under its areas, and what somebody who serves there was asked themselves. */
export async function page(
  trx: Trx,
  { live, after, limit }: { live: boolean | null; after: Position | null; limit: number },
  { reach, paths }: Pick<Scope, 'reach' | 'paths'>,
): Promise<Offer[]> {
  const states =
    live === null ? ['open', 'taken', 'done', 'over'] : live ? ['open', 'taken'] : ['done', 'over']
  const ways =
    reach === 'district'
      ? [sql`true`]
      : [under(sql`o.path`, paths), sql`o.id = any ((select app.asked_about())::uuid[])`]
  const found = ways.map(
    (way) => sql`(
      select ${columns} from offer o
      where o.district_code = app.district() and ${way} and o.state = any (${sql.val(states)}::text[])
        ${after === null ? sql`` : sql`and (o.at, o.id) < (${after.key}, ${after.id}::uuid)`}
      order by o.at desc, o.id desc limit ${limit + 1})`,
  )
  const { rows } = await sql<Offer>`
    select * from (${sql.join(found, sql` union `)}) o order by at desc, id desc limit ${limit + 1}`.execute(
    trx,
  )
  return rows
}

/** What was asked of somebody and still waits for a word. */
export async function askedOf(trx: Trx, person: string): Promise<(Offer & { ask: Ask })[]> {
  const { rows } = await sql<Offer & { ask: Ask }>`
    select ${columns}, jsonb_build_object('offer', a.offer_id, 'person', a.person_id, 'parts', a.parts, 'skills', to_jsonb(a.skills),
      'until', to_char(a.until_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as ask
    from offer_ask a join offer o on o.district_code = a.district_code and o.id = a.offer_id and o.state = 'open'
    where a.district_code = app.district() and a.person_id = ${person} and a.answer is null
    order by a.until_at, o.id limit 50`.execute(trx)
  return rows
}

/** What somebody took, newest first; also what was answered since, because a request may be opened again. */
export async function takenBy(trx: Trx, person: string, since: string): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select ${columns} from offer o
    where o.district_code = app.district() and o.taken_by_person_id = ${person} and o.taken_at >= ${since}
      and o.state in ('taken', 'done')
    order by o.taken_at desc, o.id limit 50`.execute(trx)
  return rows
}

/** Everybody who was ever asked about a request: nobody is asked the same twice. */
export async function hadBefore(trx: Trx, request: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select app.offered_before(${request}) as id`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}
