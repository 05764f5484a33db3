import { sql } from 'kysely'
import type { Position } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { ProblemCode, ProblemDetails } from '#kernel/problem.ts'
import type { Fate } from './contract.ts'
import { edgeOf } from './cursor.ts'

/** SQL of field_entry: what phones sent and what became of it. Private to this folder. */

export type StoredEntry = {
  id: string
  seq: number
  person: string
  device: string
  kind: string
  household: string | null
  path: string | null
  base: number | null
  deviceAt: string
  madeAt: string
  receivedAt: string
  fate: Fate
  problem: { code: ProblemCode; details: ProblemDetails } | null
  contested: string[]
  requests: string[]
  digest: string
  data: Buffer | null
  mendedBy: string | null
  decision: 'take' | 'set_aside' | null
}

const columns = sql.raw(
  `e.id, e.seq, e.person_id as person, e.device_id as device, e.kind, e.household_id as household, e.path, e.base_version as base,
  e.device_at as "deviceAt", e.made_at as "madeAt", e.received_at as "receivedAt", e.fate, e.problem, e.contested,
  e.request_ids as requests, e.digest, e.data_sealed as data, e.mended_by_id as "mendedBy", e.decision`,
)

/** Of these ids what was taken in before from this person, by id. */
export async function known(
  trx: Trx,
  person: string,
  ids: readonly string[],
): Promise<Map<string, StoredEntry>> {
  const { rows } = await sql<StoredEntry>`
    select ${columns} from field_entry e
    where e.district_code = app.district() and e.id = any (${sql.val(ids)}::uuid[]) and e.person_id = ${person}`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export type NewEntry = Omit<StoredEntry, 'seq' | 'mendedBy' | 'decision'>

/** Adds entries. @returns the number of each by its id; an id that is taken by somebody else's has none. */
export async function add(trx: Trx, list: readonly NewEntry[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; seq: number }>`
    insert into field_entry (district_code, id, person_id, device_id, kind, household_id, path, base_version, device_at, made_at,
      received_at, fate, problem, contested, request_ids, digest, data_sealed)
    select app.district(), e.id, e.person, e.device, e.kind, e.household, e.path, e.base, e."deviceAt", e."madeAt", e."receivedAt", e.fate,
      nullif(e.problem, 'null'), e.contested, e.requests, e.digest, decode(e.data, 'base64')
    from jsonb_to_recordset(${JSON.stringify(list.map((one) => ({ ...one, data: one.data?.toString('base64') })))}::jsonb)
      as e (id uuid, person uuid, device uuid, kind text, household uuid, path text, base integer, "deviceAt" timestamptz,
        "madeAt" timestamptz, "receivedAt" timestamptz, fate text, problem jsonb, contested text[], requests uuid[], digest text, data text)
    on conflict do nothing returning id, seq`.execute(trx)
  return new Map(rows.map(({ id, seq }) => [id, seq]))
}

/** Notes which entry was sent in place of a refused one; the first that was. */
export async function mend(trx: Trx, person: string, refused: string, by: string): Promise<void> {
  await sql`
    update field_entry set mended_by_id = ${by}, changed_in = pg_current_xact_id()::text::bigint
    where district_code = app.district() and id = ${refused} and person_id = ${person} and fate = 'refused'
      and mended_by_id is null`.execute(trx)
}

/** Own entries, newest first, one more than a page. */
export async function page(
  trx: Trx,
  person: string,
  { fate, after, limit }: { fate?: Fate | undefined; after: Position | null; limit: number },
): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select ${columns} from field_entry e
    where e.district_code = app.district() and e.person_id = ${person}
      and ${fate === undefined ? sql`true` : sql`e.fate = ${fate}`}
      and ${after === null ? sql`true` : sql`e.seq < ${after.key}::bigint`}
    order by e.seq desc limit ${limit + 1}`.execute(trx)
  return rows
}

/** Own entries that were written since a snapshot, at most the newest 200. */
export async function news(
  trx: Trx,
  person: string,
  since: string,
  receivedAfter: string,
): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    ${kept} select ${columns} from field_entry e
    where e.district_code = app.district() and e.person_id = ${person} and e.changed_in >= ${edgeOf(since)}::bigint
      and not pg_visible_in_snapshot(e.changed_in::text::xid8, ${since}::pg_snapshot)
      and e.received_at > ${receivedAfter}
    order by e.changed_in desc, e.seq desc limit 200`.execute(trx)
  return rows
}

/** Requests that came from a person's phones since then, with the household each is of. */
export async function requestsOf(
  trx: Trx,
  person: string,
  since: string,
): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ request: string; household: string | null }>`
    select r.request, e.household_id as household
    from field_entry e cross join unnest(e.request_ids) as r (request)
    where e.district_code = app.district() and e.person_id = ${person} and e.request_ids <> '{}' and e.received_at > ${since}
    order by e.received_at desc limit 100`.execute(trx)
  return new Map(rows.map(({ request, household }) => [request, household]))
}

/** What waits at the desk, oldest first, one more than a page; as far as the transaction reaches. */
export async function leftOver(
  trx: Trx,
  paths: readonly string[],
  { after, limit }: { after: Position | null; limit: number },
): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select ${columns} from field_entry e
    where e.district_code = app.district() and e.fate = 'left_over' and e.decided_at is null
      and exists (select from unnest(${sql.val(paths)}::text[]) as p (path)
        where e.path >= p.path collate "C" and e.path < (p.path || chr(1114111)) collate "C")
      and ${after === null ? sql`true` : sql`e.seq > ${after.key}::bigint`}
    order by e.seq limit ${limit + 1}`.execute(trx)
  return rows
}

/** One that is left over, held until the transaction ends. */
export async function lockLeftOver(trx: Trx, id: string): Promise<StoredEntry | undefined> {
  const { rows } = await sql<StoredEntry>`
    select ${columns} from field_entry e
    where e.district_code = app.district() and e.id = ${id} and e.fate = 'left_over' for update`.execute(trx)
  return rows[0]
}

/** Writes what was decided about one that is left over. What it said stays sealed with it. */
export async function decide(
  trx: Trx,
  id: string,
  one: {
    decision: 'take' | 'set_aside'
    by: string
    at: string
    words: string | null
    requests: readonly string[]
  },
): Promise<void> {
  await sql`
    update field_entry set decision = ${one.decision}, decided_by_id = ${one.by}, decided_at = ${one.at}, decision_words = ${one.words},
      request_ids = ${sql.val(one.requests)}::uuid[], changed_in = pg_current_xact_id()::text::bigint
    where district_code = app.district() and id = ${id}`.execute(trx)
}
