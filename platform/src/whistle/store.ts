import { sql } from 'kysely'
import { sqlState } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { cacheOf, partRows } from './caches.ts'
import type { Entry, Standing } from './standing.ts'

/** SQL of the tables whistle, whistle_request, whistle_part and whistle_entry. Private to this folder. */

export type Stored = {
  id: string
  path: string
  standing: Standing
  seq: number
  dueAt: string | null
  late: boolean
  lastEntryAt: string
}

export const columns = sql.raw(
  `w.id, w.path, w.standing, w.seq, w.due_at as "dueAt", w.late, w.last_entry_at as "lastEntryAt"`,
)

/** One whistle in reach, or undefined. `lock` holds it until the transaction ends, so that entries follow one another. */
export async function find(
  trx: Trx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Stored | undefined> {
  const lock = options.lock ? sql`for update of w` : sql``
  const { rows } = await sql<Stored>`
    select ${columns} from whistle w where w.district_code = app.district() and w.id = ${id} ${lock}`.execute(
    trx,
  )
  return rows[0]
}

export type New = { id: string; path: string; standing: Standing; due: string | null }

/**
 * Adds a whistle with its requests, unless its id is there already. @returns whether it was added.
 *
 * @throws Refusal `whistle.open_already` when one of the requests is in another open whistle.
 */
export async function add(trx: Trx, { id, path, standing, due }: New, entry: Entry): Promise<boolean> {
  const cached = cacheOf(standing, due)
  const { numAffectedRows } = await sql`
    insert into whistle (district_code, id, path, blower_organisation_id, blower_person_id, town_organisation_id, urgent, state,
      turn_organisation_id, due_at, next_alarm_at, late, formed_at, last_entry_at, standing, seq)
    values (app.district(), ${id}, ${path}, ${standing.blower}, ${standing.blowerPerson}, ${standing.town}, ${standing.urgent},
      ${cached.state}, ${cached.turn}, ${cached.dueAt}, ${cached.nextAlarmAt}, ${cached.late}, ${standing.formedAt},
      ${standing.formedAt}, ${JSON.stringify(standing)}, 0)
    on conflict (district_code, id) do nothing`.execute(trx)
  if (numAffectedRows !== 1n) return false
  await sql`
    insert into whistle_request (district_code, whistle_id, request_id, place)
    select app.district(), ${id}, r.id, r.place from unnest(${sql.val(standing.requests)}::uuid[]) with ordinality as r (id, place)`
    .execute(trx)
    .catch((error: unknown) => {
      if (sqlState(error) === '23505') refuse('whistle.open_already', { field: 'body.requests' })
      throw error
    })
  await append(trx, [{ id, path, standing, seq: 0, entry, due }])
  return true
}

/** An entry with how the whistle stands after it. */
export type Kept = {
  id: string
  path: string
  standing: Standing
  /** Number of entries before it. */
  seq: number
  entry: Entry
  /** First due time of its requests, where that is what binds. */
  due: string | null
}

/** Appends entries and writes the caches, of many whistles at once, one entry each. */
export async function append(trx: Trx, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return
  const rows = kept.map(({ id, standing, seq, entry, due }) => ({
    whistle: id,
    seq: seq + 1,
    standing,
    ...cacheOf(standing, due),
    entry: entry.id,
    kind: entry.kind,
    at: entry.at,
    person: entry.by.person ?? null,
    organisation: entry.by.organisation ?? null,
    words: entry.words,
    data: entry.data,
  }))
  const json = JSON.stringify(rows)
  await sql`
    insert into whistle_entry (district_code, whistle_id, seq, id, kind, at, by_person_id, by_organisation_id, words, data)
    select app.district(), e.whistle, e.seq, e.entry, e.kind, e.at, e.person, e.organisation, e.words, e.data
    from jsonb_to_recordset(${json}::jsonb) as e (whistle uuid, seq integer, entry uuid, kind text, at timestamptz, person uuid,
      organisation uuid, words text, data jsonb)`
    .execute(trx)
    .catch((error: unknown) => {
      if (sqlState(error) === '23505') refuse('id_taken', { field: 'body.id' })
      throw error
    })
  await sql`
    update whistle w set state = k.state, urgent = k.urgent, turn_organisation_id = k.turn, due_at = k."dueAt",
      next_alarm_at = k."nextAlarmAt", late = k.late, blown_at = k."blownAt", done_at = k."doneAt", over_at = k."overAt",
      last_entry_at = k.at, standing = k.standing, seq = k.seq
    from jsonb_to_recordset(${json}::jsonb) as k (whistle uuid, seq integer, standing jsonb, state text, urgent boolean, turn uuid,
      "dueAt" timestamptz, "nextAlarmAt" timestamptz, late boolean, "blownAt" timestamptz, "doneAt" timestamptz,
      "overAt" timestamptz, at timestamptz)
    where w.district_code = app.district() and w.id = k.whistle`.execute(trx)
  await keepParts(
    trx,
    kept.flatMap(({ id, standing }) => partRows(id, standing)),
  )
  const over = kept.filter(({ standing }) => standing.overAt !== null).map(({ id }) => id)
  if (over.length > 0)
    await sql`
      update whistle_request set open = false
      where district_code = app.district() and whistle_id = any (${sql.val(over)}::uuid[]) and open`.execute(
      trx,
    )
}

async function keepParts(trx: Trx, rows: readonly ReturnType<typeof partRows>[number][]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into whistle_part (district_code, whistle_id, organisation_id, role, awaited, blown_at, due_at, reported_at, person_id,
      released_at, done_at, rating)
    select app.district(), p.whistle, p.organisation, p.role, p.awaited, p."blownAt", p."dueAt", p."reportedAt", p.person,
      p."releasedAt", p."doneAt", p.rating
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (whistle uuid, organisation uuid, role text, awaited boolean,
      "blownAt" timestamptz, "dueAt" timestamptz, "reportedAt" timestamptz, person uuid, "releasedAt" timestamptz,
      "doneAt" timestamptz, rating text)
    on conflict (district_code, whistle_id, organisation_id) do update set awaited = excluded.awaited,
      reported_at = excluded.reported_at, person_id = excluded.person_id, released_at = excluded.released_at,
      done_at = excluded.done_at, rating = excluded.rating`.execute(trx)
}

export type EntryRow = Entry & { seq: number }

/** The whole story, oldest first. */
export async function story(trx: Trx, whistle: string): Promise<EntryRow[]> {
  const { rows } = await sql<{
    seq: number
    id: string
    kind: string
    at: string
    person: string | null
    organisation: string | null
    words: string | null
    data: Record<string, unknown>
  }>`
    select seq, id, kind, at, by_person_id as person, by_organisation_id as organisation, words, data
    from whistle_entry where district_code = app.district() and whistle_id = ${whistle} order by seq`.execute(
    trx,
  )
  return rows.map(({ person, organisation, ...row }) => {
    const by =
      person === null
        ? { kind: 'system' as const }
        : { kind: 'staff' as const, person, organisation: organisation ?? undefined }
    return { ...row, by } as EntryRow
  })
}

/** Where an entry stands and who made it, when it is there already and within reach. */
export async function entryAt(
  trx: Trx,
  entry: string,
): Promise<{ whistle: string; kind: string; by: string | null } | undefined> {
  const { rows } = await sql<{ whistle: string; kind: string; by: string | null }>`
    select whistle_id as whistle, kind, by_person_id as by from whistle_entry
    where district_code = app.district() and id = ${entry}`.execute(trx)
  return rows[0]
}

/** The open whistle of a request, locked. */
export async function openOf(trx: Trx, request: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`
    select ${columns} from whistle_request r join whistle w on w.district_code = r.district_code and w.id = r.whistle_id
    where r.district_code = app.district() and r.request_id = ${request} and r.open for update of w`.execute(
    trx,
  )
  return rows[0]
}

/** Whistles whose next alarm is due, oldest first, each locked and none waited for. `except` leaves some out. */
export async function ringing(
  trx: Trx,
  now: string,
  limit: number,
  except: readonly string[],
): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select ${columns} from whistle w
    where w.district_code = app.district() and w.next_alarm_at <= ${now} and w.id <> all (${sql.val(except)}::uuid[])
    order by w.next_alarm_at limit ${limit} for update of w skip locked`.execute(trx)
  return rows
}

/** A page of the whistles that are not over, by what is due first. */
export async function openAfter(
  trx: Trx,
  after: { dueAt: string; id: string } | null,
  limit: number,
): Promise<Stored[]> {
  const beyond = after ? sql`and (w.due_at, w.id) > (${after.dueAt}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<Stored>`
    select ${columns} from whistle w
    where w.district_code = app.district() and w.over_at is null ${beyond} order by w.due_at, w.id limit ${limit}`.execute(
    trx,
  )
  return rows
}

/** The due time of requests moved without the whistle: a suspension, an extension. */
export async function setDue(trx: Trx, id: string, dueAt: string): Promise<void> {
  await sql`update whistle set due_at = ${dueAt} where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
}
