import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { among, kept } from '#kernel/prepared.ts'
import { followingId } from './chain.ts'
import type { Command } from './commands.ts'
import { find, findAll } from './store.ts'
import type { Stored } from './store.ts'

/**
 * What earlier requests show to those who learn from them: their texts with what they were accepted as, how they were
 * answered, and by whom. Confidential ones are never among them (RQ10); row security bounds all the rest.
 */

const everything = '\u{10ffff}'

export type PastText = {
  id: string
  reporter: string
  title: string
  words: string
  category: string
  urgency: 'now' | 'by_date' | 'explain'
  submittedAt: string
}

/** Requests that a desk has accepted, newest first, a page at a time. `after` is the last one of the page before. */
export async function acceptedTexts(
  trx: Trx,
  after: Pick<PastText, 'id' | 'submittedAt'> | null,
  limit: number,
): Promise<PastText[]> {
  const beyond = after
    ? sql`and (r.submitted_at, r.id) < (${after.submittedAt}::timestamptz, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<PastText>`
    select r.id, r.reporter_id as reporter, r.title, r.words, r.category_code as category, r.urgency, r.submitted_at as "submittedAt"
    from service_request r
    where r.district_code = app.district() and r.category_code is not null and r.urgency is not null and not r.confidential
      and r.state not in ('submitted', 'declined', 'appealed', 'withdrawn') and r.words <> '' ${beyond}
    order by r.submitted_at desc, r.id desc limit ${limit}`.execute(trx)
  return rows
}

/** Which requests: of one category, under one area, said since an instant. */
export type Like = { category: string; path: string; since: string }
export type Kind = Omit<Like, 'since'>

const like = ({ category, path, since }: Like) => sql`
  r.district_code = app.district() and r.category_code = ${category} and r.path >= ${path} and r.path < ${path + everything}
    and r.submitted_at >= ${since} and not r.confidential`

const lastAnswer = sql`
  select e.at, e.words, e.by_organisation_id from request_entry e
  where e.district_code = r.district_code and e.request_id = r.id and e.kind = 'answer' order by e.seq desc limit 1`

export type PastAnswer = {
  id: string
  code: string
  title: string
  words: string
  answer: string
  answeredAt: string
  by: string | null
  satisfaction: 'satisfied' | 'fair' | 'silent'
}

/** How requests of the same kind were solved, newest first: only such as were closed and not complained about. */
export async function answersTo(trx: Trx, which: Like, except: string, limit: number): Promise<PastAnswer[]> {
  const { rows } = await sql<PastAnswer>`
    select r.id, r.code, r.title, r.words, a.words as answer, a.at as "answeredAt", a.by_organisation_id as by, r.satisfaction
    from (
      select * from service_request r where ${like(which)} and r.state = 'closed' and r.id <> ${except}
        and r.satisfaction in ('satisfied', 'fair', 'silent')
      order by r.submitted_at desc limit ${limit}) r
    join lateral (${lastAnswer}) a on a.words is not null
    order by r.submitted_at desc`.execute(trx)
  return rows
}

/** How often an organisation gave the last answer, how often before the limit ended (RQ5), and to whose content. */
export type Precedent = { organisation: string; answered: number; onTime: number; satisfied: number }

/** Requests that are looked at for precedents. */
const mostPrecedents = 100

/** Who answered requests of each of these kinds, most answers first: in the order asked, in one statement. */
export async function precedentsTo(trx: Trx, kinds: readonly Kind[], since: string): Promise<Precedent[][]> {
  if (kinds.length === 0) return []
  const asked = kinds.map(({ category, path }, n) => ({ n, category, path, beyond: path + everything }))
  const { rows } = await sql<Precedent & { n: number }>`
    select k.n, p.*
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as k (n int, category text, path text, beyond text)
    cross join lateral (
      select a.organisation, count(*)::int as answered, (count(*) filter (where not a.late))::int as "onTime",
        (count(*) filter (where r.satisfaction = 'satisfied'))::int as satisfied
      from (
        select * from service_request r
        where r.district_code = app.district() and r.category_code = k.category and r.path >= k.path and r.path < k.beyond
          and r.submitted_at >= ${since} and not r.confidential and r.state in ('answered', 'closed')
        order by r.submitted_at desc limit ${mostPrecedents}) r
      cross join lateral (
        select (array_agg(e.by_organisation_id order by e.seq desc) filter (where e.kind = 'answer'))[1] as organisation,
          coalesce(min(e.seq) filter (where e.kind = 'supervise') < max(e.seq) filter (where e.kind = 'answer'), false) as late
        from request_entry e
        -- What may be tested before row security stands by itself.
        where e.district_code = r.district_code and e.request_id = r.id and e.kind in ('answer', 'supervise')
          and (e.kind = 'answer' or e.by_kind = 'system' and e.data ->> 'clock' in ('triage', 'solve', 'appeal'))) a
      where a.organisation is not null
      group by a.organisation) p
    order by k.n, p.answered desc, p.organisation`.execute(trx)
  const found = Map.groupBy(rows, ({ n }) => n)
  return kinds.map((_, n) => (found.get(n) ?? []).map(({ n: __, ...one }) => one))
}

/**
 * A request as whoever asks may know it: with what was really said, where that lies in confidence and they may read it.
 * `openPath` is the place that everybody may know.
 */
export async function findTold(trx: Trx, id: string): Promise<Told | undefined> {
  const request = await find(trx, id)
  return request && told(request)
}

/** The same for several; what is beyond reach is missing. */
export async function findAllTold(trx: Trx, ids: readonly string[]): Promise<Map<string, Told>> {
  return new Map([...(await findAll(trx, ids))].map(([id, request]) => [id, told(request)]))
}

export type Told = Stored & { openPath: string }
const told = (request: Stored): Told => ({ ...request, ...request.confided, openPath: request.path })

/** A request that was given out: to whom, who had it until then where it was passed on, and for which time. */
export type Given = {
  entry: string
  request: string
  organisation: string
  passedOnBy: string | null
  turn: number
}

/** What gives a request to whoever is to solve it; a decline does where it hands over in the same step. */
const givesOut = (command: Command): boolean =>
  command.kind === 'assign' ||
  command.kind === 'transfer' ||
  command.kind === 'hand_over' ||
  (command.kind === 'decline' && command.handOver === true)

/** Of what was entered everything that gave a request out, in whatever way. */
export async function givenOut(trx: Trx, commands: readonly Command[]): Promise<Given[]> {
  const ids = commands.filter(givesOut).flatMap(({ id }) => [id, followingId(id, 1)])
  if (ids.length === 0) return []
  const gives = sql`kind in ('assign', 'transfer', 'hand_over')`
  const { rows } = await sql<Given>`
    ${kept} select e.id as entry, e.request_id as request, e.data -> 'holder' ->> 'organisation' as organisation,
      case e.kind when 'transfer' then (
        select p.data -> 'holder' ->> 'organisation' from request_entry p
        where p.district_code = e.district_code and p.request_id = e.request_id and p.seq < e.seq and p.data -> 'holder' is not null
        order by p.seq desc limit 1) end as "passedOnBy",
      (select count(*)::int from request_entry p
        where p.district_code = e.district_code and p.request_id = e.request_id and p.seq <= e.seq and p.${gives}) as turn
    from request_entry e
    where e.district_code = app.district() and e.id ${among(ids)} and e.${gives}
    order by e.request_id, e.seq`.execute(trx)
  return rows
}

/** Organisations that sent each of these requests back. */
export async function returnersOf(trx: Trx, requests: readonly string[]): Promise<Map<string, string[]>> {
  if (requests.length === 0) return new Map()
  const { rows } = await sql<{ request: string; organisations: string[] }>`
    select request_id as request, array_agg(distinct by_organisation_id) as organisations from request_entry
    where district_code = app.district() and request_id = any (${sql.val(requests)}::uuid[]) and kind = 'return'
      and by_organisation_id is not null
    group by request_id`.execute(trx)
  return new Map(rows.map(({ request, organisations }) => [request, organisations]))
}
