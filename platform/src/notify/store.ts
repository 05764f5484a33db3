import { sql } from 'kysely'
import type { Position } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { Channel, FailureReason } from './contract.ts'
import type { Params, Sending } from './rules.ts'

/** SQL of the table message: written, read, sent. Private to this folder; what failed stands in failed-store.ts. */

export type Recipient = { reporter: string } | { organisation: string } | { person: string }

export type NewMessage = {
  id: string
  channel: Channel
  to: Recipient
  template: string
  params: Params
  request: string | null
  at: string
  /** The browser or robot it goes to. */
  device: string | null
  urgent: boolean
  notBefore: string | null
  digest: boolean
}

/** Adds messages that are not there yet (RQ3). What the app shows is sent by standing there; a text message waits. */
export async function add(trx: Trx, messages: readonly NewMessage[]): Promise<void> {
  const rows = messages.map(({ to, notBefore, ...row }) => ({
    ...row,
    not_before: notBefore,
    reporter: 'reporter' in to ? to.reporter : null,
    organisation: 'organisation' in to ? to.organisation : null,
    person: 'person' in to ? to.person : null,
  }))
  // Without a conflict target: with one, row security would ask for the right to read what is only told.
  await sql`
    insert into message (district_code, id, channel, to_reporter_id, to_organisation_id, to_person_id, template, params,
      request_id, state, try_at, created_at, sent_at, device_id, urgent, not_before, digest)
    select app.district(), m.id, m.channel, m.reporter, m.organisation, m.person, m.template, m.params, m.request,
      case m.channel when 'in_app' then 'sent' else 'waiting' end,
      case m.channel when 'in_app' then null else coalesce(m.not_before, m.at) end, m.at,
      case m.channel when 'in_app' then m.at end, m.device, m.urgent, m.not_before, m.digest
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (id uuid, channel text, reporter uuid, organisation uuid,
      person uuid, template text, params jsonb, request uuid, at timestamptz, device uuid, urgent boolean,
      not_before timestamptz, digest boolean)
    on conflict do nothing`.execute(trx)
}

/** What became of the newest notice of a kind about each of the requests, on each channel. */
export async function newestOf(
  trx: Trx,
  requests: readonly string[],
  template: string,
): Promise<(Sending & { request: string })[]> {
  const { rows } = await sql<Sending & { request: string }>`
    select m.request_id as request, m.channel, m.state, m.reason, m.read_at is not null as read
    from unnest(${sql.val(requests)}::uuid[]) as asked (id)
    cross join lateral (
      select rank() over (order by l.created_at desc) as age, l.* from message l
      where l.district_code = app.district() and l.request_id = asked.id and l.template = ${template}
        and l.to_reporter_id is not null) as m
    where m.age = 1`.execute(trx)
  return rows
}

export type SentRow = {
  id: string
  channel: Channel
  template: string
  state: 'waiting' | 'sending' | 'sent' | 'failed'
  tries: number
  reason: FailureReason | null
  read: boolean
  erased: boolean
  at: string
}

/** Messages to the reporter of a request, newest first. Row security hides those of a confidential one (RQ10). */
export async function aboutRequest(trx: Trx, request: string): Promise<SentRow[]> {
  const { rows } = await sql<SentRow>`
    select id, channel, template, state, tries, reason, read_at is not null as read, erased_at is not null as erased,
      coalesce(sent_at, created_at) as at
    from message
    where district_code = app.district() and request_id = ${request} and to_reporter_id is not null
    order by created_at desc, id desc limit 100`.execute(trx)
  return rows
}

/** Who reads notices: what is addressed to them, and for a follower what is told to the reporter of these requests. */
export type Reader = {
  reporter?: string | undefined
  person?: string | undefined
  organisations: readonly string[]
  requests: readonly string[]
}

export type NoticeRow = {
  id: string
  template: string
  params: Params
  request: string | null
  at: string
  readAt: string | null
  toReporter: boolean
  erased: boolean
}

const noticeColumns =
  sql.raw(`m.id, m.template, m.params, m.request_id as request, m.created_at as at, m.read_at as "readAt",
  m.to_reporter_id is not null as "toReporter", m.erased_at is not null as erased`)

/** The notices of each address apart, so that each is one short walk down its own index. */
function addressed(reader: Reader, unreadOnly: boolean, after: Position | null, most: number) {
  const before = after ? sql`and (m.created_at, m.id) < (${after.key}, ${after.id}::uuid)` : sql``
  const unread = unreadOnly ? sql`and m.read_at is null` : sql``
  const newest = sql`${before} ${unread} order by m.created_at desc, m.id desc limit ${most}`
  const from = sql`select ${noticeColumns} from message m where m.district_code = app.district() and m.channel = 'in_app'`
  return sql<NoticeRow>`
    (${from} and m.to_reporter_id = ${reader.reporter ?? null}::uuid ${newest})
    union (${from} and m.to_person_id = ${reader.person ?? null}::uuid ${newest})
    union (select found.* from unnest(${sql.val(reader.organisations)}::uuid[]) as o (id),
      lateral (${from} and m.to_organisation_id = o.id ${newest}) as found)
    union (select found.* from unnest(${sql.val(reader.requests)}::uuid[]) as r (id),
      lateral (${from} and m.request_id = r.id and m.to_reporter_id is not null ${newest}) as found)`
}

/** One page of notices, newest first, and one row more. */
export async function noticePage(
  trx: Trx,
  reader: Reader,
  after: Position | null,
  limit: number,
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select * from (${addressed(reader, false, after, limit + 1)}) as notice order by at desc, id desc limit ${limit + 1}`.execute(
    trx,
  )
  return rows
}

/** How many are unread, counted no further than `most`. */
export async function unreadCount(trx: Trx, reader: Reader, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from (${addressed(reader, true, null, most)}) as notice limit ${most}) as few`.execute(
    trx,
  )
  return rows[0]?.n ?? 0
}

/** Marks a notice as read unless it is already. @returns it, or undefined when it is not addressed to the reader. */
export async function markRead(
  trx: Trx,
  reader: Reader,
  id: string,
  at: string,
): Promise<NoticeRow | undefined> {
  const { rows } = await sql<NoticeRow>`
    update message m set read_at = coalesce(m.read_at, ${at}::timestamptz)
    where m.district_code = app.district() and m.id = ${id} and m.channel = 'in_app' and (
      m.to_reporter_id = ${reader.reporter ?? null}::uuid or m.to_person_id = ${reader.person ?? null}::uuid
      or m.to_organisation_id = any (${sql.val(reader.organisations)}::uuid[])
      or (m.to_reporter_id is not null and m.request_id = any (${sql.val(reader.requests)}::uuid[])))
    returning ${noticeColumns}`.execute(trx)
  return rows[0]
}

/** Marks the reader's newest unread notices as read. @returns how many */
export async function markAllRead(trx: Trx, reader: Reader, at: string, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update message m set read_at = ${at}::timestamptz
    where m.district_code = app.district() and m.read_at is null
      and m.id in (select id from (${addressed(reader, true, null, most)}) as notice)`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** Where a reader's stream stands: behind the last message of this transaction. */
export type Since = { writtenIn: bigint; id: string }
export type Fresh = NoticeRow & { writtenIn: string }

/**
 * Notices written after a cursor, in the order in which they may be shown, and the edge: what transactions from there on
 * wrote may still be joined by something that belongs before it.
 */
export async function freshNotices(
  trx: Trx,
  reader: Reader,
  since: Since,
  most: number,
): Promise<{ rows: Fresh[]; edge: bigint; next: bigint }> {
  const { rows: ends } = await sql<{ edge: string; next: string }>`
    select pg_snapshot_xmin(s)::text as edge, pg_snapshot_xmax(s)::text as next from pg_current_snapshot() as s`.execute(
    trx,
  )
  const after = sql`and (m.written_in, m.id) > (${since.writtenIn}::bigint, ${since.id}::uuid)`
  const from = sql`select ${noticeColumns}, m.written_in::text as "writtenIn", m.written_in from message m
    where m.district_code = app.district() and m.channel = 'in_app'`
  const oldest = sql`${after} order by m.written_in, m.id limit ${most}`
  const { rows } = await sql<Fresh>`
    select * from (
      (${from} and m.to_reporter_id = ${reader.reporter ?? null}::uuid ${oldest})
      union (${from} and m.to_person_id = ${reader.person ?? null}::uuid ${oldest})
      union (select found.* from unnest(${sql.val(reader.organisations)}::uuid[]) as o (id),
        lateral (${from} and m.to_organisation_id = o.id ${oldest}) as found)
      union (select found.* from unnest(${sql.val(reader.requests)}::uuid[]) as r (id),
        lateral (${from} and m.request_id = r.id and m.to_reporter_id is not null ${oldest}) as found)) as notice
    order by written_in, id limit ${most}`.execute(trx)
  return { rows, edge: BigInt(ends[0]!.edge), next: BigInt(ends[0]!.next) }
}

/** Takes the words out of every message about these requests. @returns how many */
export async function erase(trx: Trx, requests: readonly string[], at: string): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select app.erase_messages(${sql.val(requests)}::uuid[], ${at}) as n`.execute(trx)
  return rows[0]?.n ?? 0
}
