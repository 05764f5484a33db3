import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { Channel, FailureReason } from './contract.ts'
import type { Params } from './rules.ts'

/** SQL of what leaves: by which ways, claimed, put back, settled. Private to this folder. */

export type Way = {
  addressed: string
  /** Who or which robot is told. */
  owner: string
  robot: boolean
  bySms: boolean
  byEmail: boolean
  /** Their browsers. */
  devices: string[]
  declined: string[]
  quietFrom: number | null
  quietUntil: number | null
  digestAt: number | null
  districtFrom: number | null
  districtUntil: number | null
}

/** By which ways those addressed want to be told, beside the app. */
export async function waysOf(
  trx: Trx,
  to: { reporters: readonly string[]; people: readonly string[]; organisations: readonly string[] },
  at: string,
): Promise<Way[]> {
  const { rows } = await sql<Way>`
    select addressed, owner, robot, by_sms as "bySms", by_email as "byEmail", devices, declined, quiet_from as "quietFrom",
      quiet_until as "quietUntil", digest_at as "digestAt", district_from as "districtFrom", district_until as "districtUntil"
    from app.ways_of(${sql.val(to.reporters)}::uuid[], ${sql.val(to.people)}::uuid[], ${sql.val(to.organisations)}::uuid[], ${at})`.execute(
    trx,
  )
  return rows
}

export type Due = {
  id: string
  channel: Channel
  reporter: string | null
  person: string | null
  organisation: string | null
  device: string | null
  template: string
  params: Params
  request: string | null
  tries: number
  urgent: boolean
  digest: boolean
  bundle: string | null
  at: string
}

const due = sql.raw(`m.id, m.channel, m.to_reporter_id as reporter, m.to_person_id as person,
  m.to_organisation_id as organisation, m.device_id as device, m.template, m.params, m.tries, m.urgent, m.digest,
  m.bundle_id as bundle, m.request_id as request, m.created_at as at`)

/**
 * Of those that go out together only the first is claimed by itself, so that no two workers take a part each: while one
 * takes the first, the others see that it is not theirs to begin.
 */
const isFirst = sql.raw(`(not d.digest or not exists (
  select 1 from message e
  where e.district_code = d.district_code and e.state = 'waiting' and e.digest and e.channel = d.channel
    and (e.to_person_id = d.to_person_id or e.to_reporter_id = d.to_reporter_id)
    and e.device_id is not distinct from d.device_id and e.bundle_id is not distinct from d.bundle_id
    and (e.try_at, e.id) < (d.try_at, d.id)))`)

/** The ways by which something is due. */
export async function dueBy(trx: Trx, channels: readonly Channel[], now: string): Promise<Channel[]> {
  const { rows } = await sql<{ channel: Channel }>`
    select c.channel from unnest(${sql.val(channels)}::text[]) as c (channel)
    where exists (
      select from message d
      where d.district_code = app.district() and d.state = 'waiting' and d.channel = c.channel and d.try_at <= ${now})`.execute(
    trx,
  )
  return rows.map(({ channel }) => channel)
}

/** Claims the next message of a way whose time has come; other workers pass over it. */
export async function claimNext(trx: Trx, channel: Channel, now: string): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    ${kept} update message m set state = 'sending', tries = m.tries + 1, try_at = ${now}
    where m.district_code = app.district() and m.id = (
      select d.id from message d
      where d.district_code = app.district() and d.state = 'waiting' and d.channel = ${channel} and d.try_at <= ${now}
        and ${isFirst}
      order by d.try_at limit 1 for update of d skip locked)
    returning ${due}`.execute(trx)
  return rows[0]
}

/** So many go into one message of the day; what is beyond goes into another. */
const mostTogether = 200

/**
 * NT16: claims what goes out together with one that was claimed: the same ones as at its first try, or else all of the
 * same person by the same way whose time has come. They are one message from now on.
 */
export async function claimTogether(trx: Trx, first: Due, now: string): Promise<Due[]> {
  const bundle = first.bundle ?? first.id
  const whose =
    first.reporter === null
      ? sql`d.to_person_id = ${first.person}::uuid`
      : sql`d.to_reporter_id = ${first.reporter}::uuid`
  const { rows } = await sql<Due>`
    with others as (
      select d.id from message d
      where d.district_code = app.district() and d.state = 'waiting' and d.digest and d.try_at <= ${now}
        and ${whose} and d.channel = ${first.channel} and d.device_id is not distinct from ${first.device}::uuid
        and d.bundle_id is not distinct from ${first.bundle}::uuid
      order by d.try_at limit ${mostTogether} for update skip locked)
    update message m set state = 'sending', try_at = ${now}, bundle_id = ${bundle}::uuid,
      tries = case when m.id = ${first.id}::uuid then m.tries else m.tries + 1 end
    where m.district_code = app.district() and m.id in (select id from others union all select ${first.id}::uuid)
    returning ${due}`.execute(trx)
  return rows.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

export type Outcome =
  | { state: 'sent' }
  | { state: 'waiting'; tryAt: string; reason: FailureReason; detail: string | null }
  | { state: 'failed'; reason: FailureReason; detail: string | null }

/** Writes what became of messages that were being sent as one. */
export async function settle(trx: Trx, ids: readonly string[], outcome: Outcome, now: string): Promise<void> {
  await sql`
    update message set state = ${outcome.state},
      sent_at = ${outcome.state === 'sent' ? now : null}, try_at = ${outcome.state === 'waiting' ? outcome.tryAt : null},
      reason = ${outcome.state === 'sent' ? null : outcome.reason}, detail = ${outcome.state === 'sent' ? null : outcome.detail}
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[]) and state = 'sending'`.execute(
    trx,
  )
}

/** Puts back what was claimed and not tried: it is quiet, or its server is known to be away. It counts as no try. */
export async function putBack(
  trx: Trx,
  ids: readonly string[],
  until: string,
  isHeld: boolean,
): Promise<void> {
  await sql`
    update message set state = 'waiting', tries = tries - 1, try_at = ${until},
      not_before = case when ${isHeld} then ${until}::timestamptz else not_before end
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[]) and state = 'sending'`.execute(
    trx,
  )
}

/** Gives up on what was being sent when its worker died: it may have arrived, so it is not sent again by itself. */
export async function giveUp(trx: Trx, claimedBefore: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update message set state = 'failed', reason = 'interrupted', try_at = null
    where district_code = app.district() and state = 'sending' and try_at < ${claimedBefore}`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
