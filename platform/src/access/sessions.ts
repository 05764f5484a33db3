import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Trx } from '#kernel/db.ts'
import { bucketOf, signal } from '#kernel/signals.ts'
import type { Actor, HeldPost } from './actor.ts'
import type { Call } from './route.ts'

/** Sessions: 32 random bytes in a cookie, of which the database keeps only the SHA-256. */

/** How long each kind lasts, in seconds. None slides: staff log in once a working day. */
export const sessionSeconds = {
  staff: 12 * 3_600,
  reporter: 180 * 86_400,
  follower: 30 * 86_400,
  second_factor: 5 * 60,
} as const
export type SessionKind = keyof typeof sessionSeconds

/** Most requests that one browser follows without an account; the oldest are forgotten first. */
const mostFollowed = 50

type Subject = {
  kind: SessionKind
  person?: string | undefined
  reporter?: string | undefined
  requests?: readonly string[] | undefined
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Opens a session. @returns the token for the cookie, which is kept nowhere else. */
export async function openSession(
  trx: Trx,
  subject: Subject,
  now: Temporal.Instant,
  seconds: number = sessionSeconds[subject.kind],
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql`
    insert into session (district_code, token_hash, kind, person_id, reporter_id, request_ids, created_at, expires_at)
    values (app.district(), ${hashToken(token)}, ${subject.kind}, ${subject.person ?? null}, ${subject.reporter ?? null},
      ${[...(subject.requests ?? [])]}::uuid[], ${now.toString()}, ${now.add({ seconds }).toString()})`.execute(
    trx,
  )
  return token
}

export async function endSession(trx: Trx, session: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update session set ended_at = ${now.toString()}
    where district_code = app.district() and token_hash = ${session} and ended_at is null`.execute(trx)
  // What stays open for this session looks whether it may.
  signal(trx, 'session', [session.slice(0, 8)])
}

/** Tells what stays open for a person that their rights may have changed. */
export function signalRights(trx: Trx, person: string): void {
  signal(trx, 'rights', [bucketOf(person)])
}

/** Ends every session of a person: after a password change, or when somebody is locked out. */
export async function endSessionsOf(trx: Trx, person: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update session set ended_at = ${now.toString()}
    where district_code = app.district() and person_id = ${person} and ended_at is null`.execute(trx)
  signalRights(trx, person)
}

/**
 * For a browser that said something without an account and without a phone: it is the only one that knows this reporter.
 * What it followed before stays readable.
 */
export async function openReporterSession(
  call: Call,
  reporter: string,
  seconds: number = sessionSeconds.follower,
): Promise<string> {
  const requests = 'requests' in call.actor ? call.actor.requests : []
  if (call.session) await endSession(call.trx, call.session, call.now)
  return openSession(call.trx, { kind: 'reporter', reporter, requests }, call.now, seconds)
}

/** Lets this browser follow one more request without an account, under a new token. */
export async function followMore(
  call: Call,
  request: string,
  seconds: number = sessionSeconds.follower,
): Promise<string> {
  const before = 'requests' in call.actor ? call.actor.requests.filter((one) => one !== request) : []
  if (call.session) await endSession(call.trx, call.session, call.now)
  return openSession(
    call.trx,
    { kind: 'follower', requests: [...before, request].slice(-mostFollowed) },
    call.now,
    seconds,
  )
}

/** The person halfway through a login: the password was right, the second factor is still asked for. */
export async function halfLoggedIn(
  trx: Trx,
  session: string | null,
  now: Temporal.Instant,
): Promise<string | null> {
  if (!session) return null
  const { rows } = await sql<{ person: string }>`
    select person_id as person from session
    where district_code = app.district() and token_hash = ${session} and kind = 'second_factor'
      and ended_at is null and expires_at > ${now.toString()} for update`.execute(trx)
  return rows[0]?.person ?? null
}

/** Forgets what no longer serves: sessions and counters a day after their end, and reporters of whom nothing is left. */
export async function removeEnded(trx: Trx, now: Temporal.Instant): Promise<void> {
  const yesterday = now.subtract({ hours: 24 }).toString()
  await sql`delete from session where district_code = app.district() and (expires_at < ${yesterday} or ended_at < ${yesterday})`.execute(
    trx,
  )
  await sql`delete from phone_code where district_code = app.district() and expires_at < ${yesterday} and day_since < ${yesterday}`.execute(
    trx,
  )
  await sql`delete from follow_failure where district_code = app.district() and since < ${yesterday}`.execute(
    trx,
  )
  await sql`select app.remove_bare_reporters(${yesterday})`.execute(trx)
  await sql`delete from login_failure where district_code = app.district() and last_at < ${yesterday}`.execute(
    trx,
  )
}

type Found = {
  kind: SessionKind
  reporter: string | null
  requests: string[]
  person: { id: string; name: string; secondFactor: boolean; mustChange: boolean; posts: HeldPost[] } | null
}

/**
 * Who a token stands for now, in one round trip. `session` is the hash of a living session's token, also of one that is
 * only halfway through a login and therefore still nobody's.
 */
export async function identify(
  database: Database,
  district: string,
  token: string | null,
  now: Temporal.Instant,
): Promise<{ actor: Actor; session: string | null }> {
  // Ours are 43 characters; anything much longer is not worth a question.
  if (!token || token.length > 100) return { actor: { kind: 'anyone' }, session: null }
  const session = hashToken(token)
  const { rows } = await database.pool.query<{ found: Found | null }>(
    'select app.find_session($1, $2, $3) as found',
    [district, session, now.toString()],
  )
  const found = rows[0]?.found
  return found ? { actor: actorOf(found), session } : { actor: { kind: 'anyone' }, session: null }
}

function actorOf({ kind, person, reporter, requests }: Found): Actor {
  if (kind === 'staff' && person) {
    const { id, name, posts, secondFactor, mustChange } = person
    return { kind, id, name, posts, secondFactor, mustChange }
  }
  if (kind === 'reporter' && reporter) return { kind, id: reporter, requests }
  if (kind === 'follower') return { kind, requests }
  return { kind: 'anyone' }
}
