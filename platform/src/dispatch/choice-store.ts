import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { FigureKind, Why } from './lists.ts'
import type { Rule } from './rules.ts'

/** SQL of dispatch_choice, held against what became of each request. Private to this folder. */

const everything = '\u{10ffff}'

export type StoredChoice = {
  entry: string
  request: string
  /** The community, no door (RQ15). */
  path: string
  category: string | null
  at: string
  /** Which time of this request. */
  turn: number
  chosen: string
  proposed: string | null
  why: Why
  rule: { id: string; version: number } | null
  precedent: string | null
}

/** Keeps what was chosen, once an entry. */
export async function add(trx: Trx, choices: readonly StoredChoice[]): Promise<void> {
  if (choices.length === 0) return
  await sql`
    insert into dispatch_choice (district_code, entry_id, request_id, path, category_code, at, turn, chosen_id, proposed_id, why,
      rule_id, rule_version, precedent_id)
    select app.district(), n.entry, n.request, n.path, n.category, n.at, n.turn, n.chosen, n.proposed, n.why, (n.rule ->> 'id')::uuid, (n.rule ->> 'version')::int, n.precedent
    from jsonb_to_recordset(${JSON.stringify(choices)}::jsonb) as n (entry uuid, request uuid, path text, category text, at timestamptz, turn int,
      chosen uuid, proposed uuid, why text, rule jsonb, precedent uuid)
    on conflict (district_code, entry_id) do nothing`.execute(trx)
}

/** Short codes of requests within reach. */
export async function codesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from service_request
    where district_code = app.district() and id = any (${sql.val([...new Set(ids)])}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, code }) => [id, code]))
}

/** Where requests within reach are. */
export async function pathsOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; path: string }>`
    select id, path from service_request
    where district_code = app.district() and id = any (${sql.val([...new Set(ids)])}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, path }) => [id, path]))
}

export type Lately = {
  request: string
  code: string
  title: string
  category: string
  path: string
  open: boolean
  answeredBy: string | null
}

const lastAnswerer = sql`
  select e.by_organisation_id as organisation from request_entry e
  where e.district_code = r.district_code and e.request_id = r.id and e.kind = 'answer' order by e.seq desc limit 1`

/** The newest requests that one of these rows speaks of. Confidential ones are proposed to nobody (RQ10). */
export async function lately(
  trx: Trx,
  about: readonly Pick<Rule, 'category' | 'group' | 'path'>[],
  since: string,
  most: number,
): Promise<Lately[]> {
  const spoken = about.map(({ category, group, path }) => {
    const kind = category
      ? sql`r.category_code = ${category}`
      : group
        ? sql`r.category_code >= ${group} and r.category_code < ${group + everything}`
        : sql`true`
    return sql`(${kind} and r.path >= ${path} and r.path < ${path + everything})`
  })
  const { rows } = await sql<Lately>`
    select r.id as request, r.code, r.title, r.category_code as category, r.path, r.state = 'accepted' as open,
      a.organisation as "answeredBy"
    from (
      select * from service_request r
      where r.district_code = app.district() and r.category_code is not null and r.submitted_at >= ${since} and not r.confidential
        and r.erased is null and r.state not in ('submitted', 'declined', 'withdrawn', 'merged') and (${sql.join(spoken, sql` or `)})
      order by r.submitted_at desc limit ${most}) r
    left join lateral (${lastAnswerer}) a on true
    order by r.submitted_at desc`.execute(trx)
  return rows
}

/** Which choices: of a stretch of time, under an area. */
export type Span = { since: string; until: string; path: string | null }
export type Narrow = { month?: string | undefined; category?: string | undefined; why?: Why | undefined }

const month = sql`to_char(c.at at time zone 'Asia/Shanghai', 'YYYY-MM')`

/** The first dispatch of each request, with who answered in the end and how often it came back. */
function firsts({ since, until, path }: Span): RawBuilder<unknown> {
  const under = path ? sql`and c.path >= ${path} and c.path < ${path + everything}` : sql``
  return sql`
    dispatch_choice c
    join service_request r on r.district_code = c.district_code and r.id = c.request_id
    left join lateral (${lastAnswerer}) a on r.state in ('answered', 'closed')
    where c.district_code = app.district() and c.at >= ${since} and c.at < ${until} and c.turn = 1 ${under}`
}

const returns = sql`coalesce((r.standing ->> 'returns')::int, 0)`
/** What each figure counts of the first dispatches; the same words count and open the list (boundary 19). */
const counted = {
  dispatched: sql`true`,
  unproposed: sql`c.proposed_id is null`,
  unfollowed: sql`c.proposed_id <> c.chosen_id`,
  wrong: sql`c.proposed_id is not null and a.organisation is not null and a.organisation <> c.proposed_id`,
  returned: sql`${returns} >= 1`,
  returned_twice: sql`${returns} >= 2`,
} as const satisfies Record<FigureKind, RawBuilder<unknown>>

export type Counted = {
  month: string | null
  category: string | null
  why: Why | null
  dispatched: number
  proposed: number
  unfollowed: number
  answered: number
  wrong: number
  astray: number
  returned: number
  returned_twice: number
}

/** Counts over all, and by month, category and ground. */
export async function figures(trx: Trx, span: Span): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select f.month, f.category, f.why, count(*)::int as dispatched, (count(*) filter (where f.proposed))::int as proposed,
      (count(*) filter (where f.unfollowed))::int as unfollowed, (count(*) filter (where f.answered and f.proposed))::int as answered,
      (count(*) filter (where f.wrong))::int as wrong, (count(*) filter (where f.astray))::int as astray,
      (count(*) filter (where f.returned))::int as returned, (count(*) filter (where f.returned_twice))::int as returned_twice
    from (
      select ${month} as month, c.category_code as category, c.why, c.proposed_id is not null as proposed,
        ${counted.unfollowed} as unfollowed, a.organisation is not null as answered, ${counted.wrong} as wrong,
        a.organisation is not null and a.organisation <> c.chosen_id as astray,
        ${counted.returned} as returned, ${counted.returned_twice} as returned_twice
      from ${firsts(span)}) f
    group by grouping sets ((), (f.month), (f.category), (f.why))`.execute(trx)
  return rows
}

export type Drilled = {
  entry: string
  request: string
  code: string
  title: string
  path: string
  category: string | null
  at: string
  why: Why
  proposed: string | null
  chosen: string
  answeredBy: string | null
  returns: number
  state: string
}

/** The requests behind a figure, newest first. */
export async function drilled(
  trx: Trx,
  span: Span,
  which: { figure: FigureKind; after?: string | undefined; limit: number } & Narrow,
): Promise<{ rows: Drilled[]; next: string | null }> {
  const filters = [
    counted[which.figure],
    ...(which.month ? [sql`${month} = ${which.month}`] : []),
    ...(which.category ? [sql`c.category_code = ${which.category}`] : []),
    ...(which.why ? [sql`c.why = ${which.why}`] : []),
  ]
  if (which.after) {
    const { key, id } = readCursor(which.after, isInstant)
    filters.push(sql`(c.at, c.entry_id) < (${key}::timestamptz, ${id}::uuid)`)
  }
  const { rows } = await sql<Drilled>`
    select c.entry_id as entry, c.request_id as request, r.code, r.title, r.path, c.category_code as category, c.at, c.why,
      c.proposed_id as proposed, c.chosen_id as chosen, a.organisation as "answeredBy", ${returns} as returns, r.state
    from ${firsts(span)} and ${sql.join(filters, sql` and `)}
    order by c.at desc, c.entry_id desc limit ${which.limit + 1}`.execute(trx)
  return pageOf(rows, which.limit, ({ at, entry }) => ({ key: at, id: entry }))
}

/** What was chosen for a request, the newest first. */
export async function choicesOf(trx: Trx, request: string): Promise<StoredChoice[]> {
  const { rows } = await sql<StoredChoice>`
    select entry_id as entry, request_id as request, path, category_code as category, at, turn, chosen_id as chosen, proposed_id as proposed,
      why, case when rule_id is not null then jsonb_build_object('id', rule_id, 'version', rule_version) end as rule,
      precedent_id as precedent
    from dispatch_choice where district_code = app.district() and request_id = ${request}
    order by turn desc limit 20`.execute(trx)
  return rows
}
