import { type RawBuilder, sql } from 'kysely'
import { isInstant, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { AuditEntry, AuditQuery } from './contract.ts'

/** SQL of the ledger. Written only through the function `app.audit_append`; here it is read. */

type Row = {
  lane: number
  seq: number
  at: string
  actor_kind: AuditEntry['actor']['kind']
  actor_id: string | null
  actor_name: string | null
  organisation: string | null
  action: string
  purpose: string
  subject_kind: string | null
  subject_id: string | null
  subject_name: string | null
  path: string | null
  reason: string | null
  detail: Record<string, unknown>
}

const isId = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)

/** RQ10: lines about a request whose reporter stays hidden from whoever reads the ledger, or from the office they serve in. */
const withheld = sql`coalesce(e.subject_kind in ('request', 'attachment') and app.is_withheld(e.subject_id), false)`

/** An entry's place in the ledger, lane and number, as the id of a cursor. */
const isPlace = (text: string) => /^\d{1,3}-\d{1,15}$/.test(text)

/** One row more than a page, newest first; names are those of today. */
export async function page(trx: Trx, query: AuditQuery): Promise<AuditEntry[]> {
  const { actor, action, subject, from, until, after, limit } = query
  const conditions: RawBuilder<unknown>[] = [sql`e.district_code = app.district()`]
  // RQ10: nor does asking for what one reporter did find what is kept from the reader.
  if (actor) conditions.push(sql`not (e.actor_kind <> 'staff' and ${withheld})`)
  if (actor && isId(actor)) conditions.push(sql`e.actor_id = ${actor}`)
  else if (actor)
    conditions.push(
      sql`e.actor_id in (select id from person where district_code = app.district() and starts_with(name, ${actor}))`,
    )
  if (action) conditions.push(sql`starts_with(e.action, ${action})`)
  if (subject) conditions.push(sql`e.subject_id = ${subject}`)
  if (from) conditions.push(sql`e.at >= ${from}`)
  if (until) conditions.push(sql`e.at < ${until}`)
  if (after) {
    const { key, id } = readCursor(after, isInstant, isPlace)
    const [lane, seq] = id.split('-').map(Number)
    conditions.push(sql`(e.at, e.lane, e.seq) < (${key}::timestamptz, ${lane}::smallint, ${seq}::bigint)`)
  }
  return entriesWhere(trx, conditions, limit)
}

/** Entries about settings of these kinds, newest first. */
export async function settingPage(
  trx: Trx,
  kinds: readonly string[],
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<AuditEntry[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`e.district_code = app.district()`,
    // The same list as the index has, said as it says it.
    sql`e.subject_kind in ('category', 'calendar', 'organisation', 'area', 'message_template')`,
    sql`e.subject_kind = any (${sql.val(kinds)}::text[])`,
  ]
  if (after) {
    const { key, id } = readCursor(after, isInstant, isPlace)
    const [lane, seq] = id.split('-').map(Number)
    conditions.push(sql`(e.at, e.lane, e.seq) < (${key}::timestamptz, ${lane}::smallint, ${seq}::bigint)`)
  }
  return entriesWhere(trx, conditions, limit)
}

/** One row more than a page, newest first; names are those of today. */
async function entriesWhere(
  trx: Trx,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<AuditEntry[]> {
  const { rows } = await sql<Row>`
    with entries as (
      select * from audit_entry e where ${sql.join(conditions, sql` and `)}
      order by e.at desc, e.lane desc, e.seq desc limit ${limit + 1})
    select e.lane, e.seq, e.at, e.actor_kind, p.name as actor_name, o.name as organisation, e.action, e.purpose,
      e.subject_kind, e.subject_id, s.name as subject_name,
      case when e.actor_kind = 'staff' or not w.withheld then e.actor_id end as actor_id,
      case when not w.withheld then e.path end as path, case when not w.withheld then e.reason end as reason,
      case when w.withheld then '{}' else e.detail end as detail
    from entries e
    cross join lateral (select ${withheld} as withheld) w
    left join person p on p.district_code = e.district_code and p.id = e.actor_id and e.actor_kind = 'staff'
    left join organisation o on o.district_code = e.district_code and o.id = e.organisation_id
    left join person s on s.district_code = e.district_code and s.id = e.subject_id and e.subject_kind = 'person'
    order by e.at desc, e.lane desc, e.seq desc`.execute(trx)
  return rows.map((row) => ({
    lane: row.lane,
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    organisation: row.organisation,
    action: row.action,
    purpose: row.purpose,
    subject:
      row.subject_kind === null
        ? null
        : { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
    path: row.path,
    reason: row.reason,
    detail: row.detail,
  }))
}

export type Look = {
  at: string
  times: number
  name: string | null
  organisation: string | null
  action: string
  purpose: string
  reason: string | null
  request: string | null
}

/** What members of staff did with a reporter's data, or with the household of the own phone, one row a day for the same deed. */
export async function looksAt(
  trx: Trx,
  reporter: string,
  before: string | null,
  limit: number,
): Promise<Look[]> {
  const { rows } = await sql<Look>`
    with looks as (
      select max(at) as at, count(*) as times, actor_id, organisation_id, action, purpose, reason,
        case when subject_kind = 'request' then subject_id end as request
      from audit_entry
      where district_code = app.district() and actor_kind = 'staff'
        and (reporter_id = ${reporter} or subject_id = any ((select app.own_home())::uuid[]))
      group by actor_id, organisation_id, action, purpose, reason, 8, date_trunc('day', at at time zone 'Asia/Shanghai')
      ${before === null ? sql`` : sql`having max(at) < ${before}`}
      order by 1 desc limit ${limit})
    select l.at, l.times, p.name, o.name as organisation, l.action, l.purpose, l.reason, l.request
    from looks l
    left join person p on p.district_code = app.district() and p.id = l.actor_id
    left join organisation o on o.district_code = app.district() and o.id = l.organisation_id
    order by l.at desc`.execute(trx)
  return rows
}
