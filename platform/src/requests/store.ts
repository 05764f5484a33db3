import { sql } from 'kysely'
import { sqlState } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { among, kept } from '#kernel/prepared.ts'
import { refuse } from '#kernel/problem.ts'
import { unseal } from './chain.ts'
import type * as chain from './chain.ts'
import { confide } from './confidence/store.ts'
import type { Confided } from './confidence/store.ts'
import { keepParts } from './part-store.ts'
import { nextAlarm } from './next-alarm.ts'
import { alone, isOverdue, undivided, untouched } from './standing.ts'
import type { Entry } from './entry.ts'
import type { Standing } from './standing.ts'

/** SQL of the tables service_request, request_entry and request_party. Private to this folder. */

/** What a request is from the start; entries never change it. */
export type Facts = {
  id: string
  code: string
  path: string
  place: string
  lon: number | null
  lat: number | null
  channel: string
  title: string
  words: string
  confidential: boolean
  /** Organisations it is about; none of them sees it unless it is to answer it. */
  complainedOf: string[]
  /** The request whose handling this one complains about. */
  about: string | null
  /** Null once who said it is erased (RQ15). */
  reporter: string | null
  submittedAt: string
  /** What was really said, of a confidential request and for whoever may know; the fields beside it are for everybody. */
  confided: Confided | null
}

export type Stored = Facts & {
  standing: Standing
  seq: number
  hash: Buffer
  overdue: boolean
  /** What was erased of it, and when (RQ15). */
  erased: 'person' | 'all' | null
  erasedAt: string | null
  lastEntryAt: string
}

type Row = {
  id: string
  code: string
  path: string
  place: string
  lon: number | null
  lat: number | null
  channel: string
  title: string
  words: string
  confidential: boolean
  complained_of: string[]
  about_request_id: string | null
  confided: Confided | null
  reporter_id: string | null
  submitted_at: string
  standing: Standing
  seq: number
  hash: Buffer
  overdue: boolean
  erased: 'person' | 'all' | null
  erased_at: string | null
  last_entry_at: string
}

export const columns = sql.raw(
  `r.id, r.code, r.path, r.place, r.lon, r.lat, r.channel, r.title, r.words, r.confidential, r.complained_of, r.about_request_id,
  r.reporter_id, r.submitted_at, r.standing, r.seq, r.hash, r.overdue, r.erased, r.erased_at, r.last_entry_at,
  case when r.confidential then (
    select jsonb_build_object('title', c.title, 'words', c.words, 'path', c.path, 'place', c.place, 'lon', c.lon, 'lat', c.lat)
    from request_confidence c where c.district_code = r.district_code and c.request_id = r.id) end as confided`,
)

export function fromRow(row: Row): Stored {
  const {
    reporter_id: reporter,
    submitted_at: submittedAt,
    erased_at: erasedAt,
    last_entry_at: lastEntryAt,
    complained_of: complainedOf,
    about_request_id: about,
    standing,
    ...rest
  } = row
  return {
    ...rest,
    standing: { ...untouched, ...alone, ...undivided, ...standing },
    reporter,
    submittedAt,
    erasedAt,
    lastEntryAt,
    complainedOf,
    about,
  }
}

/** One request in reach, or undefined. `lock` holds it until the transaction ends, so that entries follow one another. */
export async function find(
  trx: Trx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Stored | undefined> {
  const lock = options.lock ? sql`for update of r` : sql``
  const { rows } =
    await sql<Row>`select ${columns} from service_request r where r.district_code = app.district() and r.id = ${id} ${lock}`.execute(
      trx,
    )
  return rows[0] && fromRow(rows[0])
}

/** Those of the requests that are in reach, by id. `lock` holds them in the order of their ids, so that none waits for another. */
export async function findAll(
  trx: Trx,
  ids: readonly string[],
  options: { lock?: boolean } = {},
): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map()
  const lock = options.lock ? sql`order by r.id for update of r` : sql``
  const { rows } = await sql<Row>`
    ${kept} select ${columns} from service_request r where r.district_code = app.district() and r.id ${among(ids)} ${lock}`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.id, fromRow(row)]))
}

/** Finds by code beyond what the transaction reaches; only for a caller who is about to prove the phone tail. */
export async function findByCode(
  trx: Trx,
  code: string,
): Promise<{ id: string; reporter: string | null } | undefined> {
  const { rows } = await sql<{
    id: string
    reporter: string | null
  }>`select id, reporter from app.request_by_code(${code})`.execute(trx)
  return rows[0]
}

/** The next short code, `GY-2611-004217`: prefix of the district, year and month in Shanghai, a running number. */
export async function nextCode(trx: Trx, yearMonth: string): Promise<string> {
  const { rows } = await sql<{ code: string }>`
    select d.code_prefix || '-' || ${yearMonth}::text || '-' || lpad((nextval('request_number') % 1000000)::text, 6, '0') as code
    from district d where d.district_code = app.district()`.execute(trx)
  return rows[0]!.code
}

/** Adds the request unless its id is there already (RQ3). @returns whether it was added. */
export async function add(trx: Trx, facts: Facts, standing: Standing, hash: Buffer): Promise<boolean> {
  const cached = cacheOf(standing)
  const { numAffectedRows } = await sql`
    insert into service_request (district_code, id, code, path, place, lon, lat, channel, title, words, confidential,
      complained_of, about_request_id, reporter_id, submitted_at, state, level, holder_organisation_id, holder_person_id, category_code, urgency, due_at, next_alarm_at, overdue,
      satisfaction, proposed, excluded, heard_by_person_id, last_entry_at, standing, seq, hash)
    values (app.district(), ${facts.id}, ${facts.code}, ${facts.path}, ${facts.place}, ${facts.lon}, ${facts.lat}, ${facts.channel},
      ${facts.title}, ${facts.words}, ${facts.confidential},
      ${sql.val(facts.complainedOf)}::uuid[], ${facts.about}, ${facts.reporter}, ${facts.submittedAt}, ${cached.state}, ${cached.level},
      ${cached.holderOrganisation}, ${cached.holderPerson}, ${cached.category}, ${cached.urgency}, ${cached.dueAt}, ${cached.nextAlarmAt},
      ${cached.overdue}, ${cached.satisfaction}, ${cached.proposed}, ${cached.excluded}, ${cached.heardBy}, ${facts.submittedAt}, ${JSON.stringify(standing)}, 1, ${hash})
    on conflict (district_code, id) do nothing`.execute(trx)
  if (numAffectedRows === 1n && facts.confided) await confide(trx, facts.id, facts.confided)
  return numAffectedRows === 1n
}

/** How a request stands after its newest entry. */
export type Kept = { id: string; standing: Standing; last: { seq: number; hash: Buffer; at: string } }

/** Writes the cache of the fold, of many requests at once; nothing else writes these columns (RQ2). */
export async function keep(trx: Trx, kept: readonly Kept[]): Promise<void> {
  const rows = kept.map(({ id, standing, last }) => ({
    id,
    ...cacheOf(standing),
    standing,
    seq: last.seq,
    hash: last.hash.toString('hex'),
    at: last.at,
  }))
  await sql`
    update service_request r set state = k.state, level = k.level, holder_organisation_id = k."holderOrganisation",
      holder_person_id = k."holderPerson", category_code = k.category, urgency = k.urgency, due_at = k."dueAt",
      next_alarm_at = k."nextAlarmAt", overdue = k.overdue, satisfaction = k.satisfaction, proposed = k.proposed,
      excluded = k.excluded, heard_by_person_id = k."heardBy", last_entry_at = k.at,
      standing = k.standing, seq = k.seq, hash = decode(k.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k (id uuid, state text, level text, "holderOrganisation" uuid,
      "holderPerson" uuid, category text, urgency text, "dueAt" timestamptz, "nextAlarmAt" timestamptz, overdue boolean,
      satisfaction text, proposed text, excluded boolean, "heardBy" uuid, at timestamptz, standing jsonb, seq integer, hash text)
    where r.district_code = app.district() and r.id = k.id`.execute(trx)
  await keepParts(trx, kept)
}

/** The columns that lists and jobs search by, out of the standing. The demo loader writes the same. */
export function cacheOf(standing: Standing) {
  return {
    state: standing.state,
    level: standing.level,
    holderOrganisation: standing.holder?.organisation ?? null,
    holderPerson: standing.holder?.person ?? null,
    category: standing.category,
    urgency: standing.urgency,
    dueAt: standing.term?.dueAt ?? null,
    nextAlarmAt: nextAlarm(standing)?.at ?? null,
    overdue: isOverdue(standing),
    satisfaction: standing.satisfaction,
    proposed: standing.proposal?.what ?? null,
    excluded: standing.excluded !== null,
    heardBy: standing.heardBy?.person ?? null,
  }
}

export type Link = chain.Link & { request: string }

/**
 * Appends entries, of many requests at once. The primary key refuses a second entry of the same number.
 *
 * @throws Refusal `id_taken` when an entry id stands in a request beyond the transaction's reach.
 */
export async function append(trx: Trx, links: readonly Link[]): Promise<void> {
  const rows = links.map(({ request, seq, entry, sealed, hash }) => ({
    request,
    seq,
    ...entry,
    by: entry.by.kind,
    follower: entry.by.follower,
    person: entry.by.person,
    organisation: entry.by.organisation,
    words: sealed.words,
    texts: sealed.texts,
    data: sealed.data,
    salt: sealed.salt?.toString('hex'),
    digest: sealed.digest?.toString('hex'),
    hash: hash.toString('hex'),
  }))
  await sql`
    insert into request_entry (district_code, request_id, seq, id, kind, at, channel, by_kind, by_person_id, by_organisation_id,
      by_follower_id, visible, words, texts, words_salt, words_digest, data, hash)
    select app.district(), e.request, e.seq, e.id, e.kind, e.at, e.channel, e.by, e.person, e.organisation, e.follower, e.visible,
      e.words, e.texts, decode(e.salt, 'hex'), decode(e.digest, 'hex'), e.data, decode(e.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (request uuid, seq integer, id uuid, kind text, at timestamptz,
      channel text, by text, person uuid, organisation uuid, follower uuid, visible boolean, words text, texts jsonb, salt text, digest text, data jsonb, hash text)`
    .execute(trx)
    .catch((error: unknown) => {
      if (sqlState(error) === '23505') refuse('id_taken', { field: 'body.id' })
      throw error
    })
}

type EntryRow = {
  seq: number
  id: string
  kind: string
  at: string
  channel: string
  by_kind: 'reporter' | 'staff' | 'system'
  by_person_id: string | null
  by_organisation_id: string | null
  by_follower_id: string | null
  visible: boolean
  words: string | null
  words_salt: Buffer | null
  words_digest: Buffer | null
  texts: Record<string, unknown> | null
  data: Record<string, unknown>
  hash: Buffer
}

/** The whole story, oldest first. */
export async function story(trx: Trx, request: string): Promise<chain.Link[]> {
  const { rows } = await sql<EntryRow>`
    ${kept} select seq, id, kind, at, channel, by_kind, by_person_id, by_organisation_id, by_follower_id, visible, words, texts, words_salt,
      words_digest, data, hash
    from request_entry where district_code = app.district() and request_id = ${request} order by seq`.execute(
    trx,
  )
  return rows.map((row) => ({
    seq: row.seq,
    sealed: {
      words: row.words,
      texts: row.texts,
      salt: row.words_salt,
      digest: row.words_digest,
      data: row.data,
    },
    hash: row.hash,
    entry: {
      id: row.id,
      kind: row.kind,
      at: row.at,
      channel: row.channel,
      by: {
        kind: row.by_kind,
        follower: row.by_follower_id ?? undefined,
        person: row.by_person_id ?? undefined,
        organisation: row.by_organisation_id ?? undefined,
      },
      visible: row.visible,
      words: row.words,
      data: unseal(row),
    } as Entry,
  }))
}

/** Where an entry stands and who made it, when it is there already (RQ3) and within reach. */
export async function entryAt(
  trx: Trx,
  entry: string,
): Promise<{ request: string; kind: string; by: string | null } | undefined> {
  const { rows } = await sql<{ request: string; kind: string; by: string | null }>`
    select request_id as request, kind, coalesce(by_person_id, by_follower_id) as by from request_entry
    where district_code = app.district() and id = ${entry}`.execute(trx)
  return rows[0]
}

/** Those of the entries that are there already, by id. */
export async function entriesAmong(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, { request: string; kind: string }>> {
  const { rows } = await sql<{ id: string; request: string; kind: string }>`
    select id, request_id as request, kind from request_entry
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}

export type Party = {
  request: string
  organisation: string
  role: 'desk' | 'lead' | 'assisting'
  since: string
}

/** Remembers that organisations have a hand in requests; they keep seeing them. Of several roles the last one counts. */
export async function addParties(trx: Trx, parties: readonly Party[]): Promise<void> {
  // One statement may not touch a row twice.
  const last = new Map(parties.map((party) => [`${party.request} ${party.organisation}`, party]))
  if (last.size === 0) return
  await sql`
    insert into request_party (district_code, request_id, organisation_id, role, since)
    select app.district(), p.request, p.organisation, p.role, p.since
    from jsonb_to_recordset(${JSON.stringify([...last.values()])}::jsonb) as p (request uuid, organisation uuid, role text, since timestamptz)
    on conflict (district_code, request_id, organisation_id) do update set role = excluded.role, since = excluded.since`.execute(
    trx,
  )
}

/** Requests whose next alarm is due, oldest first, each locked and none waited for. `except` leaves some out. */
export async function ringing(
  trx: Trx,
  now: string,
  limit: number,
  except: readonly string[],
): Promise<Stored[]> {
  const { rows } = await sql<Row>`
    select ${columns} from service_request r
    where r.district_code = app.district() and r.next_alarm_at <= ${now} and r.id <> all (${sql.val(except)}::uuid[])
    order by r.next_alarm_at limit ${limit} for update of r skip locked`.execute(trx)
  return rows.map(fromRow)
}

/** The next requests by id, for walking through all of them. */
export async function idsAfter(
  trx: Trx,
  after: string | null,
  limit: number,
): Promise<{ id: string; code: string }[]> {
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from service_request where district_code = app.district() ${after === null ? sql`` : sql`and id > ${after}`}
    order by id limit ${limit}`.execute(trx)
  return rows
}

/** How many requests a reporter made since an instant. */
export async function countOf(trx: Trx, reporter: string, since: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from service_request where district_code = app.district() and reporter_id = ${reporter} and submitted_at >= ${since}`.execute(
    trx,
  )
  return rows[0]!.n
}
