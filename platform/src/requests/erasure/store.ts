import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { ErasureView } from './contract.ts'
import type { Standing } from '../standing.ts'

/** SQL of the tables erasure and erasure_hold, and of what the application may erase only through functions. Private to this folder. */

export type Counts = ErasureView['counts']
const nothing: Counts = { requests: 0, entries: 0, attachments: 0, messages: 0 }

export type Erasure = ErasureView & { request: string | null; reporter: string | null }
export type NewErasure = Pick<
  Erasure,
  'id' | 'scope' | 'code' | 'state' | 'askedAt' | 'dueAt' | 'ground' | 'request' | 'reporter'
>

const columns =
  sql.raw(`id, scope, request_id as request, code, reporter_id as reporter, asked_at as "askedAt", due_at as "dueAt",
  state, ground, words, decided_at as "decidedAt", erased_at as "erasedAt", done_at as "doneAt", counts`)

/** Writes a wish down unless its id is there already (RQ3). @returns whether it was added. */
export async function add(trx: Trx, one: NewErasure): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into erasure (district_code, id, scope, request_id, code, reporter_id, asked_at, due_at, state, ground, counts)
    values (app.district(), ${one.id}, ${one.scope}, ${one.request}, ${one.code}, ${one.reporter}, ${one.askedAt}, ${one.dueAt},
      ${one.state}, ${one.ground}, ${JSON.stringify(nothing)})
    on conflict (district_code, id) do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function find(
  trx: Trx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Erasure | undefined> {
  const lock = options.lock ? sql`for update` : sql``
  const { rows } =
    await sql<Erasure>`select ${columns} from erasure where district_code = app.district() and id = ${id} ${lock}`.execute(
      trx,
    )
  return rows[0]
}

/** A reporter's own, newest first. */
export async function ofReporter(trx: Trx, reporter: string): Promise<Erasure[]> {
  const { rows } = await sql<Erasure>`
    select ${columns} from erasure where district_code = app.district() and reporter_id = ${reporter}
    order by asked_at desc limit 100`.execute(trx)
  return rows
}

/** What waits for a decision, by due time, and behind it what was asked last. */
export async function recent(trx: Trx): Promise<Erasure[]> {
  const { rows } = await sql<Erasure>`
    (select ${columns} from erasure where district_code = app.district() and state = 'waiting' order by due_at, id limit 100)
    union all
    (select ${columns} from (
      select * from erasure where district_code = app.district() order by asked_at desc, id desc limit 100) newest
      where state <> 'waiting')`.execute(trx)
  return rows.slice(0, 100)
}

/** What of this reporter still waits, one row a request. */
export async function waitingOf(trx: Trx, reporter: string): Promise<Erasure[]> {
  return (await ofReporter(trx, reporter)).filter(({ state }) => state === 'waiting')
}

export async function refuse(
  trx: Trx,
  id: string,
  { ground, words, person, at }: { ground: string; words: string; person: string | null; at: string },
): Promise<void> {
  await sql`
    update erasure set state = 'refused', ground = ${ground}, words = ${words}, decided_by_person_id = ${person}, decided_at = ${at}
    where district_code = app.district() and id = ${id} and state = 'waiting'`.execute(trx)
}

/** Says who decided that what waits is erased; the function that erases asks for it. */
export async function allow(trx: Trx, id: string, person: string, at: string): Promise<void> {
  await sql`
    update erasure set decided_by_person_id = ${person}, decided_at = ${at}
    where district_code = app.district() and id = ${id} and state = 'waiting'`.execute(trx)
}

/** Writes down that it is gone from the database, and which files are still to go. */
export async function erased(
  trx: Trx,
  id: string,
  { counts, files, at }: { counts: Counts; files: readonly string[]; at: string },
): Promise<void> {
  await sql`
    update erasure set state = 'erased', erased_at = ${at}, counts = ${JSON.stringify(counts)}, files = ${sql.val(files)}::text[]
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** Erased ones whose files are not all removed yet, oldest first. */
export async function unfinished(trx: Trx, limit: number): Promise<{ id: string; files: string[] }[]> {
  const { rows } = await sql<{ id: string; files: string[] }>`
    select id, files from erasure where district_code = app.district() and state = 'erased' order by erased_at, id limit ${limit}`.execute(
    trx,
  )
  return rows
}

export async function done(trx: Trx, ids: readonly string[], at: string): Promise<void> {
  await sql`
    update erasure set state = 'done', done_at = ${at}, files = '{}'
    where district_code = app.district() and id = any (${sql.val(ids)}::uuid[]) and state = 'erased'`.execute(
    trx,
  )
}

/** Erases a request's reporter, or everything that was said in it. @throws when the transaction is not one that may. */
export async function eraseRequest(
  trx: Trx,
  request: string,
  wish: 'person' | 'all',
  standing: Standing,
  at: string,
): Promise<Pick<Counts, 'entries' | 'messages'>> {
  const { rows } = await sql<{ counts: Pick<Counts, 'entries' | 'messages'> }>`
    select app.erase_request(${request}, ${wish}, ${JSON.stringify(standing)}::jsonb, ${at}) as counts`.execute(
    trx,
  )
  return rows[0]!.counts
}

/** Requests of a reporter, oldest first. */
export async function requestsOf(trx: Trx, reporter: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from service_request where district_code = app.district() and reporter_id = ${reporter}
    order by submitted_at, id`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Requests that are over and whose words stayed only because they were not. */
export async function overSince(trx: Trx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from service_request
    where district_code = app.district() and erased = 'person' and holder_organisation_id is null
    order by erased_at limit ${limit}`.execute(trx)
  return rows.map(({ id }) => id)
}

export type HoldRow = {
  id: string
  request: string
  code: string
  ground: NonNullable<ErasureView['ground']>
  words: string
  setBy: string
  setAt: string
  until: string | null
}
const holdColumns = sql.raw(
  `id, request_id as request, code, ground, words, set_by as "setBy", set_at as "setAt", until`,
)

/** What stands against erasing a request now. */
export async function holdOn(trx: Trx, request: string, now: string): Promise<HoldRow | undefined> {
  const { rows } = await sql<HoldRow>`
    select ${holdColumns} from erasure_hold
    where district_code = app.district() and request_id = ${request} and ended_at is null
      and (until is null or until > ${now})`.execute(trx)
  return rows[0]
}

export async function holds(trx: Trx): Promise<HoldRow[]> {
  const { rows } = await sql<HoldRow>`
    select ${holdColumns} from erasure_hold where district_code = app.district() and ended_at is null
    order by set_at desc, id desc limit 200`.execute(trx)
  return rows
}

/** @returns false when the id or the request has one already. */
export async function addHold(trx: Trx, hold: HoldRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into erasure_hold (district_code, id, request_id, code, ground, words, set_by, set_at, until)
    values (app.district(), ${hold.id}, ${hold.request}, ${hold.code}, ${hold.ground}, ${hold.words}, ${hold.setBy}, ${hold.setAt}, ${hold.until})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Lifts what stands against erasing a request. @returns whether anything did. */
export async function endHold(
  trx: Trx,
  by: { id: string } | { request: string },
  person: string,
  at: string,
): Promise<boolean> {
  const which = 'id' in by ? sql`id = ${by.id}` : sql`request_id = ${by.request}`
  const { numAffectedRows } = await sql`
    update erasure_hold set ended_by = ${person}, ended_at = ${at}
    where district_code = app.district() and ${which} and ended_at is null`.execute(trx)
  return numAffectedRows === 1n
}

/** What somebody wished goes with the account; wishes stand above this folder, so this is their own function. */
export async function eraseWishes(trx: Trx, reporter: string, at: string): Promise<void> {
  await sql`select app.erase_wishes(${reporter}, ${at})`.execute(trx)
}
