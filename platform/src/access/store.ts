import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { PostView } from './contract.ts'

/** SQL of credentials, failed logins and phone codes. */

export type Credential = {
  person: string
  name: string
  login: string | null
  active: boolean
  hash: string
  mustChange: boolean
  totp: Buffer | null
  totpPending: Buffer | null
  totpLastStep: number | null
}

const credential = sql`
  select p.id as person, p.name, p.login, p.active, c.password_hash as hash, c.must_change as "mustChange", c.totp_sealed as totp,
    c.totp_pending_sealed as "totpPending", c.totp_last_step as "totpLastStep"
  from person p join credential c on c.district_code = p.district_code and c.person_id = p.id`

export async function credentialByLogin(trx: Trx, login: string): Promise<Credential | null> {
  const { rows } = await sql<Credential>`
    ${credential} where p.district_code = app.district() and p.id = app.person_by_login(${login}) and p.active for update of c`.execute(
    trx,
  )
  return rows[0] ?? null
}

export async function credentialOf(trx: Trx, person: string): Promise<Credential | null> {
  const { rows } = await sql<Credential>`
    ${credential} where p.district_code = app.district() and p.id = ${person} for update of c`.execute(trx)
  return rows[0] ?? null
}

export async function personExists(trx: Trx, person: string): Promise<{ login: string | null } | null> {
  const { rows } = await sql<{ login: string | null }>`
    select login from person where district_code = app.district() and id = ${person} and active`.execute(trx)
  return rows[0] ?? null
}

export async function writePassword(
  trx: Trx,
  person: string,
  hash: string,
  mustChange: boolean,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into credential as c (district_code, person_id, password_hash, must_change, changed_at)
    values (app.district(), ${person}, ${hash}, ${mustChange}, ${now.toString()})
    on conflict (district_code, person_id) do update
      set password_hash = excluded.password_hash, must_change = excluded.must_change, changed_at = excluded.changed_at`.execute(
    trx,
  )
}

export async function writeTotp(
  trx: Trx,
  person: string,
  totp: { sealed?: Buffer | null; pending?: Buffer | null; lastStep?: number | null },
): Promise<void> {
  const { sealed, pending, lastStep } = totp
  await sql`
    update credential set
      totp_sealed = ${sealed === undefined ? sql`totp_sealed` : sealed},
      totp_pending_sealed = ${pending === undefined ? sql`totp_pending_sealed` : pending},
      totp_last_step = ${lastStep === undefined ? sql`totp_last_step` : lastStep}
    where district_code = app.district() and person_id = ${person}`.execute(trx)
}

export type Failures = { failures: number; lockedUntil: string | null }

/** The counter of a login, locked for this transaction, so that no two tries pass it at once. A lock that is over starts anew. */
export async function failuresOf(trx: Trx, loginIndex: string, now: Temporal.Instant): Promise<Failures> {
  const at = now.toString()
  const { rows } = await sql<Failures>`
    insert into login_failure as f (district_code, login_index, failures, last_at) values (app.district(), ${loginIndex}, 0, ${at})
    on conflict (district_code, login_index) do update set
      failures = case when f.locked_until <= ${at} then 0 else f.failures end,
      locked_until = case when f.locked_until <= ${at} then null else f.locked_until end
    returning failures, locked_until as "lockedUntil"`.execute(trx)
  return rows[0]!
}

export async function writeFailures(
  trx: Trx,
  loginIndex: string,
  failures: number,
  lockedUntil: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update login_failure set failures = ${failures}, locked_until = ${lockedUntil}, last_at = ${now.toString()}
    where district_code = app.district() and login_index = ${loginIndex}`.execute(trx)
}

export type PhoneCode = {
  hash: string | null
  tries: number
  sentAt: string
  expiresAt: string
  dayCount: number
  daySince: string
}

/** The code row of a phone, locked for this transaction; null when none was ever asked for. */
export async function phoneCode(trx: Trx, phoneIndex: string): Promise<PhoneCode | null> {
  const { rows } = await sql<PhoneCode>`
    select code_hash as hash, tries, sent_at as "sentAt", expires_at as "expiresAt", day_count as "dayCount", day_since as "daySince"
    from phone_code where district_code = app.district() and phone_index = ${phoneIndex} for update`.execute(
    trx,
  )
  return rows[0] ?? null
}

/** @returns false when another request made the first row of this phone at the same moment. */
export async function writePhoneCode(trx: Trx, phoneIndex: string, code: PhoneCode): Promise<boolean> {
  const { rows } = await sql`
    insert into phone_code as c (district_code, phone_index, code_hash, tries, sent_at, expires_at, day_count, day_since)
    values (app.district(), ${phoneIndex}, ${code.hash}, ${code.tries}, ${code.sentAt}, ${code.expiresAt}, ${code.dayCount}, ${code.daySince})
    on conflict (district_code, phone_index) do update
      set code_hash = excluded.code_hash, tries = excluded.tries, sent_at = excluded.sent_at, expires_at = excluded.expires_at,
        day_count = excluded.day_count, day_since = excluded.day_since
      where c.sent_at <= excluded.sent_at - interval '1 minute'
    returning 1`.execute(trx)
  return rows.length > 0
}

/** Puts back what stood there before a code that could not be sent, unless a later one took its place. */
export async function takeBackPhoneCode(
  trx: Trx,
  phoneIndex: string,
  sentAt: string,
  before: PhoneCode | null,
): Promise<void> {
  await (
    before
      ? sql`
    update phone_code set code_hash = ${before.hash}, tries = ${before.tries}, sent_at = ${before.sentAt}, expires_at = ${before.expiresAt},
      day_count = ${before.dayCount}, day_since = ${before.daySince}
    where district_code = app.district() and phone_index = ${phoneIndex} and sent_at = ${sentAt}`
      : sql`delete from phone_code where district_code = app.district() and phone_index = ${phoneIndex} and sent_at = ${sentAt}`
  ).execute(trx)
}

/** Counts a try; with `used`, the code serves no more. */
export async function tryPhoneCode(trx: Trx, phoneIndex: string, used: boolean): Promise<void> {
  await sql`
    update phone_code set tries = tries + 1, code_hash = case when ${used} then null else code_hash end
    where district_code = app.district() and phone_index = ${phoneIndex}`.execute(trx)
}

/** Posts that a person holds now, by name. */
export async function postsOf(trx: Trx, person: string, now: Temporal.Instant): Promise<PostView[]> {
  const at = now.toString()
  const { rows } = await sql<PostView>`
    select o.id, o.role, jsonb_build_object('id', g.id, 'name', g.name) as organisation, o.path, a.name as area
    from post o
    join organisation g on g.district_code = o.district_code and g.id = o.organisation_id and g.active
    join area a on a.district_code = o.district_code and a.path = o.path
    where o.district_code = app.district() and o.person_id = ${person}
      and o.valid_from <= ${at} and (o.valid_until is null or o.valid_until > ${at})
    order by o.valid_from, o.id`.execute(trx)
  return rows
}

/** A place in words, from the compound down; the community's name where there is nothing below. */
export async function placeName(trx: Trx, path: string): Promise<string> {
  const codes = path.split('/').slice(0, -1)
  const above = codes.map((_, index) => `${codes.slice(0, index + 1).join('/')}/`)
  const { rows } = await sql<{ name: string; kind: string }>`
    select name, kind from area where district_code = app.district() and path = any (${above}::text[]) order by length(path)`.execute(
    trx,
  )
  const inner = rows.slice(3)
  return (inner.length > 0 ? inner : rows.slice(-1)).map(({ name }) => name).join('')
}
