import { sql } from 'kysely'
import type { Position } from '#kernel/cursor.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { under } from '#kernel/under.ts'
import type { WishEntryKind, WishState } from './lifecycle.ts'

/** SQL of wish, wish_told, wish_claim and wish_entry. Private to this folder. */

export type WishKind = 'thing' | 'repair' | 'company' | 'learning' | 'errand' | 'other'

export type Wish = {
  id: string
  code: string
  kind: WishKind
  path: string
  state: WishState
  title: string | null
  words: string | null
  claimedBy: 'person' | 'organisation' | 'resident' | null
  toldAt: string
  publishedAt: string | null
  dueAt: string | null
  changedAt: string
  seq: number
}

const columns = sql.raw(
  `w.id, w.code, w.kind, w.path, w.state, w.title, w.words, w.claimed_by as "claimedBy", w.told_at as "toldAt", w.published_at as "publishedAt",
  w.due_at as "dueAt", w.changed_at as "changedAt", w.seq`,
)

export async function nextCode(trx: Trx, yearMonth: string): Promise<string> {
  const { rows } = await sql<{ code: string }>`
    select d.code_prefix || '-W' || ${yearMonth}::text || '-' || lpad((nextval('wish_number') % 10000)::text, 4, '0') as code
    from district d where d.district_code = app.district()`.execute(trx)
  return rows[0]!.code
}

export async function find(trx: Trx, id: string, lock = false): Promise<Wish | undefined> {
  const { rows } = await sql<Wish>`
    select ${columns} from wish w where w.district_code = app.district() and w.id = ${id}
    ${lock ? sql`for update of w` : sql``}`.execute(trx)
  return rows[0]
}

export type Told = {
  wish: string
  path: string
  words: string
  reporter: string | null
  person: string | null
  organisation: string | null
}

/** A new wish with what was really said. False when the id is taken. */
export async function add(trx: Trx, wish: Wish, told: Told): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into wish_told (district_code, wish_id, path, words, reporter_id, told_by_person_id, told_by_organisation_id)
    values (app.district(), ${wish.id}, ${told.path}, ${told.words}, ${told.reporter}, ${told.person}, ${told.organisation})
    on conflict (district_code, wish_id) do nothing`.execute(trx)
  if (numAffectedRows !== 1n) return false
  await sql`
    insert into wish (district_code, id, code, kind, path, state, told_at, due_at, changed_at)
    values (app.district(), ${wish.id}, ${wish.code}, ${wish.kind}, ${wish.path}, ${wish.state}, ${wish.toldAt}, ${wish.dueAt}, ${wish.changedAt})`.execute(
    trx,
  )
  return true
}

export async function keep(trx: Trx, wish: Wish): Promise<void> {
  await sql`
    update wish set kind = ${wish.kind}, state = ${wish.state}, title = ${wish.title}, words = ${wish.words},
      claimed_by = ${wish.claimedBy},
      published_at = ${wish.publishedAt}, due_at = ${wish.dueAt}, changed_at = ${wish.changedAt}, seq = ${wish.seq}
    where district_code = app.district() and id = ${wish.id}`.execute(trx)
}

export type Entry = {
  wish: string
  seq: number
  id: string
  kind: WishEntryKind
  at: string
  byKind: 'resident' | 'staff' | 'system'
  person: string | null
  reporter: string | null
  words: string | null
}

export async function append(trx: Trx, entry: Entry): Promise<void> {
  await sql`
    insert into wish_entry (district_code, wish_id, seq, id, kind, at, by_kind, by_person_id, by_reporter_id, words)
    values (app.district(), ${entry.wish}, ${entry.seq}, ${entry.id}, ${entry.kind}, ${entry.at}, ${entry.byKind}, ${entry.person},
      ${entry.reporter}, ${entry.words})`.execute(trx)
}

const entryColumns = sql.raw(
  'wish_id as wish, seq, id, kind, at, by_kind as "byKind", by_person_id as person, by_reporter_id as reporter, words',
)

export async function entryById(trx: Trx, id: string): Promise<Entry | undefined> {
  const { rows } = await sql<Entry>`
    select ${entryColumns} from wish_entry where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

export async function entriesOf(trx: Trx, wishes: readonly string[]): Promise<Map<string, Entry[]>> {
  if (wishes.length === 0) return new Map()
  const { rows } = await sql<Entry>`
    select ${entryColumns} from wish_entry
    where district_code = app.district() and wish_id = any (${sql.val(wishes)}::uuid[]) order by wish_id, seq`.execute(
    trx,
  )
  return Map.groupBy(rows, ({ wish }) => wish)
}

export async function toldOf(trx: Trx, wishes: readonly string[]): Promise<Map<string, Told>> {
  if (wishes.length === 0) return new Map()
  const { rows } = await sql<Told>`
    select wish_id as wish, path, words, reporter_id as reporter, told_by_person_id as person, told_by_organisation_id as organisation
    from wish_told where district_code = app.district() and wish_id = any (${sql.val(wishes)}::uuid[])`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.wish, row]))
}

export type Claim = {
  id: string
  wish: string
  path: string
  byKind: 'person' | 'organisation' | 'resident'
  person: string | null
  organisation: string | null
  reporter: string | null
  at: string
  endedAt: string | null
  endedFor: 'fulfilled' | 'given_back' | 'late' | 'withdrawn' | null
}

const claimColumns = sql.raw(
  `id, wish_id as wish, path, by_kind as "byKind", person_id as person, organisation_id as organisation, reporter_id as reporter,
  at, ended_at as "endedAt", ended_for as "endedFor"`,
)

/** False when somebody else has it: of two in the same moment one is first. */
export async function addClaim(trx: Trx, claim: Omit<Claim, 'endedAt' | 'endedFor'>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into wish_claim (district_code, id, wish_id, path, by_kind, person_id, organisation_id, reporter_id, at)
    values (app.district(), ${claim.id}, ${claim.wish}, ${claim.path}, ${claim.byKind}, ${claim.person}, ${claim.organisation},
      ${claim.reporter}, ${claim.at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Who has it or fulfilled it, of those wishes where the transaction may know. */
export async function claimsOf(trx: Trx, wishes: readonly string[]): Promise<Map<string, Claim>> {
  if (wishes.length === 0) return new Map()
  const { rows } = await sql<Claim>`
    select ${claimColumns} from wish_claim
    where district_code = app.district() and wish_id = any (${sql.val(wishes)}::uuid[])
      and (ended_at is null or ended_for = 'fulfilled')`.execute(trx)
  return new Map(rows.map((row) => [row.wish, row]))
}

export async function endClaim(
  trx: Trx,
  wish: string,
  endedFor: NonNullable<Claim['endedFor']>,
  at: string,
): Promise<void> {
  await sql`
    update wish_claim set ended_at = ${at}, ended_for = ${endedFor}
    where district_code = app.district() and wish_id = ${wish} and ended_at is null`.execute(trx)
}

/** How many wishes somebody said that are not over, and has claimed and not fulfilled. */
export async function openOf(trx: Trx, reporter: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from wish_told t join wish w on w.district_code = t.district_code and w.id = t.wish_id
    where t.district_code = app.district() and t.reporter_id = ${reporter} and w.state in ('told', 'published', 'claimed', 'expired')`.execute(
    trx,
  )
  return rows[0]?.n ?? 0
}

export async function claimedOf(
  trx: Trx,
  by: { person: string | null; reporter: string | null },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from wish_claim where district_code = app.district() and ended_at is null
      and ${by.person === null ? sql`reporter_id = ${by.reporter}` : sql`person_id = ${by.person}`}`.execute(
    trx,
  )
  return rows[0]?.n ?? 0
}

/** What everybody reads, newest first. */
export async function publicPage(
  trx: Trx,
  {
    path,
    open,
    after,
    limit,
  }: { path: string | null; open: boolean | null; after: Position | null; limit: number },
): Promise<Wish[]> {
  const states =
    open === null
      ? ['published', 'claimed', 'fulfilled', 'thanked']
      : open
        ? ['published']
        : ['claimed', 'fulfilled', 'thanked']
  const { rows } = await sql<Wish>`
    select ${columns} from wish w
    where w.district_code = app.district() and w.published_at is not null and w.state = any (${sql.val(states)}::text[])
      ${path === null ? sql`` : sql`and w.path >= ${path} and w.path < (${path}::text || chr(1114111)) collate "C"`}
      ${after === null ? sql`` : sql`and (w.published_at, w.id) < (${after.key}, ${after.id}::uuid)`}
    order by w.published_at desc, w.id desc limit ${limit + 1}`.execute(trx)
  return rows
}

/** A desk's, of some states, the latest changed first. */
export async function deskPage(
  trx: Trx,
  { states, after, limit }: { states: readonly WishState[]; after: Position | null; limit: number },
  { reach, paths, person }: Pick<Scope, 'reach' | 'paths' | 'person'>,
): Promise<Wish[]> {
  const within =
    reach === 'district'
      ? sql`true`
      : sql`(${under(sql`t.path`, paths)} or t.told_by_person_id = ${person ?? null}::uuid)`
  const { rows } = await sql<Wish>`
    select ${columns} from wish w
    join wish_told t on t.district_code = w.district_code and t.wish_id = w.id
    where w.district_code = app.district() and ${within} and w.state = any (${sql.val(states)}::text[])
      ${after === null ? sql`` : sql`and (w.changed_at, w.id) < (${after.key}, ${after.id}::uuid)`}
    order by w.changed_at desc, w.id desc limit ${limit + 1}`.execute(trx)
  return rows
}

/** Said or claimed by somebody, newest first. */
export async function ownIds(
  trx: Trx,
  by: { person: string | null; reporter: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select wish_id as id from wish_told where district_code = app.district()
        and ${by.person === null ? sql`reporter_id = ${by.reporter}` : sql`told_by_person_id = ${by.person}`}
      union
      select wish_id from wish_claim where district_code = app.district() and (ended_at is null or ended_for = 'fulfilled')
        and ${by.person === null ? sql`reporter_id = ${by.reporter}` : sql`person_id = ${by.person}`}) o
    order by id desc limit 50`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Everything of a resident: what they said, and each time they claimed one, the newest first. */
export async function ofReporter(trx: Trx, reporter: string): Promise<{ told: string[]; claims: Claim[] }> {
  const told = await sql<{ id: string }>`
    select wish_id as id from wish_told where district_code = app.district() and reporter_id = ${reporter}
    order by wish_id desc`.execute(trx)
  const claims = await sql<Claim>`
    select ${claimColumns} from wish_claim where district_code = app.district() and reporter_id = ${reporter}
    order by at desc, id`.execute(trx)
  return { told: told.rows.map(({ id }) => id), claims: claims.rows }
}

export async function byIds(trx: Trx, ids: readonly string[]): Promise<Wish[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Wish>`
    select ${columns} from wish w where w.district_code = app.district() and w.id = any (${sql.val(ids)}::uuid[])
    order by w.told_at desc, w.id desc`.execute(trx)
  return rows
}

/** Whose clock has run out, longest first, locked and none waited for. */
export async function due(trx: Trx, now: string, limit: number, except: readonly string[]): Promise<Wish[]> {
  const { rows } = await sql<Wish>`
    select ${columns} from wish w
    where w.district_code = app.district() and w.due_at <= ${now} and w.id <> all (${sql.val(except)}::uuid[])
    order by w.due_at limit ${limit} for update of w skip locked`.execute(trx)
  return rows
}

export type People = {
  teller: string | null
  told_by: string | null
  claimant: string | null
  claimed_by: string | null
  organisation: string | null
}

/** Whom to tell; ids for the outbox alone. */
export async function peopleOf(trx: Trx, wish: string): Promise<People | undefined> {
  const { rows } = await sql<People>`select * from app.wish_people(${wish})`.execute(trx)
  return rows[0]
}

/** Residents who said or claimed these wishes, with their sealed numbers: for a desk over the place alone. */
export async function residentsBehind(
  trx: Trx,
  wishes: readonly string[],
): Promise<{ id: string; name: string | null; sealed: Buffer | null }[]> {
  if (wishes.length === 0) return []
  const { rows } = await sql<{ id: string; name: string | null; sealed: Buffer | null }>`
    select id, name, sealed from app.wish_contacts(${sql.val(wishes)}::uuid[])`.execute(trx)
  return rows
}
