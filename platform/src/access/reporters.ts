import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { among } from '#kernel/prepared.ts'
import { blindIndex, type Keys, open, seal } from '#kernel/keys.ts'
import { refuse, refuseAndKeep } from '#kernel/problem.ts'

/** Reporters: one phone is one reporter, from its first mention on. Phones are sealed and found by their blind index. */

export type Reporter = {
  id: string
  name: string | null
  /** 11 digits in full; whoever shows it masks it first, see mask.ts. */
  phone: string | null
  /** Proven by a code, not only mentioned. */
  proven: boolean
  homePath: string | null
  homeHousehold: string | null
}

/** The three columns of a reporter's phone. */
export function phoneColumns(
  keys: Keys,
  reporter: string,
  phone: string,
): { sealed: Buffer; index: string; tail: string } {
  return {
    sealed: seal(keys, phone, sealContext(reporter)),
    index: phoneIndex(keys, phone),
    tail: tailIndex(keys, reporter, phone.slice(-4)),
  }
}

/** The index residents and reporters are found by; the same for both, so that a proven phone finds its door. */
export function phoneIndex(keys: Keys, phone: string): string {
  return blindIndex(keys, 'phone', phone)
}

/** Bound to the reporter: equal tails of two reporters do not look equal. */
function tailIndex(keys: Keys, reporter: string, tail: string): string {
  return blindIndex(keys, 'reporter.phone_tail', `${reporter}:${tail}`)
}

function sealContext(reporter: string): string {
  return `reporter.phone:${reporter}`
}

/**
 * The reporter of a phone, or else of this id; made when nobody knew it.
 *
 * @returns `created`: nobody but this caller knows the reporter, because it is new and has no phone. One with a phone is
 * never the caller's own before the phone is proven.
 */
export async function reporterFor(
  trx: Trx,
  given: { id: string; name?: string | undefined; phone?: string | undefined },
  now: Temporal.Instant,
  keys: Keys,
): Promise<{ id: string; created: boolean }> {
  const { id, isNew } = await settle(trx, given, false, now, keys)
  return { id, created: isNew && !given.phone }
}

/** The reporter of a phone that was just proven by a code; finds the home that the register knows. */
export async function provenReporter(
  trx: Trx,
  given: { id: string; phone: string },
  now: Temporal.Instant,
  keys: Keys,
): Promise<string> {
  const { id } = await settle(trx, given, true, now, keys)
  await sql`select app.settle_home(${id}, ${now.toString()}::timestamptz)`.execute(trx)
  return id
}

async function settle(
  trx: Trx,
  { id, name, phone }: { id: string; name?: string | undefined; phone?: string | undefined },
  proves: boolean,
  now: Temporal.Instant,
  keys: Keys,
): Promise<{ id: string; isNew: boolean }> {
  const columns = phone ? phoneColumns(keys, id, phone) : null
  const { rows } = await sql<{ reporter: string; is_new: boolean }>`
    select reporter, is_new from app.reporter_for(${id}, ${name?.trim() || null}, ${columns?.sealed ?? null}::bytea,
      ${columns?.index ?? null}::text, ${columns?.tail ?? null}::text, ${proves}::boolean, ${now.toString()}::timestamptz)`.execute(
    trx,
  )
  const [row] = rows
  if (!row) refuse('id_taken', { field: 'body.reporter.id' })
  return { id: row.reporter, isNew: row.is_new }
}

/** Reporters by id, as far as row security lets the transaction see them. */
export async function reportersByIds(
  trx: Trx,
  ids: readonly string[],
  keys: Keys,
): Promise<Map<string, Reporter>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Omit<Reporter, 'phone'> & { sealed: Buffer | null }>`
    select id, name, phone_sealed as sealed, proven, home_path as "homePath", home_household_id as "homeHousehold"
    from reporter where district_code = app.district() and id ${among(ids)}`.execute(trx)
  return new Map(
    rows.map(({ sealed, ...reporter }) => [
      reporter.id,
      { ...reporter, phone: phoneOf(keys, { id: reporter.id, sealed }) },
    ]),
  )
}

/** Corrects the caller's own name or number. @returns false when the number is somebody else's. */
export async function correctReporter(
  trx: Trx,
  { id, name, phone }: { id: string; name?: string; phone?: string },
  keys: Keys,
): Promise<boolean> {
  const columns = phone ? phoneColumns(keys, id, phone) : null
  const { rows } = await sql<{ done: boolean }>`
    select app.correct_reporter(${name ?? null}, ${columns?.sealed ?? null}::bytea, ${columns?.index ?? null}::text,
      ${columns?.tail ?? null}::text) as done`.execute(trx)
  return rows[0]?.done ?? false
}

/**
 * Forgets a reporter of whom no request is left: name, phone, home, sessions, codes (RQ15).
 * @returns what they attached where they followed others; null while a request still needs them.
 */
export async function eraseReporter(
  trx: Trx,
  reporter: string,
): Promise<{ id: string; sha256: string }[] | null> {
  const { rows } = await sql<{ files: { id: string; sha256: string }[] | null }>`
    select app.erase_reporter(${reporter}) as files`.execute(trx)
  return rows[0]?.files ?? null
}

/** The number of a reporter whose row another folder reached by a right of its own. */
export function phoneOf(keys: Keys, { id, sealed }: { id: string; sealed: Buffer | null }): string | null {
  return sealed && open(keys, sealed, sealContext(id))
}

/** A reporter's phone in full, or null when there is none. The caller states a reason and writes it to the ledger. */
export async function revealPhone(trx: Trx, reporter: string, keys: Keys): Promise<string | null> {
  return (await reportersByIds(trx, [reporter], keys)).get(reporter)?.phone ?? null
}

/** Wrong tails allowed for one request code within an hour. */
const mostWrongTails = 5

/**
 * Checks the last four digits given with a request's code. Counts per code, known or not, and answers the same for both;
 * the row lock lets no two guesses pass the counter at once.
 * @param reporter of the request with this code, null when there is no such request
 */
export async function checkTail(
  trx: Trx,
  {
    code,
    reporter,
    tail,
    keys,
    now,
  }: { code: string; reporter: string | null; tail: string; keys: Keys; now: Temporal.Instant },
): Promise<void> {
  const hourAgo = now.subtract({ hours: 1 }).toString()
  const counted = code.trim().toUpperCase()
  const { rows } = await sql<{ failures: number; since: string }>`
    insert into follow_failure as f (district_code, code, failures, since) values (app.district(), ${counted}, 0, ${now.toString()})
    on conflict (district_code, code) do update set
      failures = case when f.since <= ${hourAgo} then 0 else f.failures end,
      since = case when f.since <= ${hourAgo} then excluded.since else f.since end
    returning failures, since`.execute(trx)
  const { failures, since } = rows[0]!
  if (failures >= mostWrongTails) {
    const seconds = Math.ceil(now.until(Temporal.Instant.from(since).add({ hours: 1 })).total('seconds'))
    refuse('http.too_many', { retryAfter: seconds, params: { seconds } })
  }
  const known =
    reporter &&
    (await sql<{ tail: string | null }>`select app.tail_of(${reporter}) as tail`.execute(trx)).rows[0]?.tail
  if (known && known === tailIndex(keys, reporter, tail)) return
  await sql`update follow_failure set failures = failures + 1 where district_code = app.district() and code = ${counted}`.execute(
    trx,
  )
  refuseAndKeep(
    'request.wrong_code_or_tail',
    {},
    { subjectKind: 'request_code', detail: { code: counted, outcome: 'wrong' } },
  )
}

/** Those of the reporters who left a number to be called at. */
export async function reachable(trx: Trx, reporters: readonly string[]): Promise<Set<string>> {
  if (reporters.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select id from reporter
    where district_code = app.district() and id = any (${sql.val(reporters)}::uuid[]) and phone_sealed is not null`.execute(
    trx,
  )
  return new Set(rows.map(({ id }) => id))
}
