import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { kept } from '#kernel/prepared.ts'
import type { Outcome, Visitor } from './lists.ts'

/** SQL of visit, visit_need, visit_event and promise. Private to this folder. */

export type StoredVisit = {
  id: string
  household: string | null
  path: string
  person: string
  for: string | null
  visitor: Visitor
  outcome: Outcome
  how: 'fine' | 'difficulty' | 'come_more_often' | null
  words: string | null
  opinion: string | null
  onDay: string
  deviceAt: string
  at: string
}

export const visitColumns = sql`v.id, v.household_id as household, v.path, v.person_id as person, v.for_person_id as for, v.visitor,
  v.outcome, v.how, v.words, v.opinion, v.on_day::text as "onDay", v.device_at as "deviceAt", v.at`

export async function visitById(trx: Trx, id: string): Promise<StoredVisit | undefined> {
  const { rows } = await sql<StoredVisit>`
    select ${visitColumns} from visit v where v.district_code = app.district() and v.id = ${id}`.execute(trx)
  return rows[0]
}

/** Of these ids those that are there, by id. */
export async function visitsById(trx: Trx, ids: readonly string[]): Promise<Map<string, StoredVisit>> {
  const { rows } = await sql<StoredVisit>`
    select ${visitColumns} from visit v where v.district_code = app.district() and v.id = any (${sql.val(ids)}::uuid[])`.execute(
    trx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** @returns how many were added: an id that is taken is left alone. */
export async function addVisits(trx: Trx, list: readonly StoredVisit[]): Promise<number> {
  if (list.length === 0) return 0
  const { numAffectedRows } = await sql`
    insert into visit (district_code, id, household_id, path, person_id, for_person_id, visitor, outcome, how, words, opinion, on_day,
      device_at, at)
    select app.district(), v.id, v.household, v.path, v.person, v."for", v.visitor, v.outcome, v.how, v.words, v.opinion, v."onDay",
      v."deviceAt", v.at
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as v (id uuid, household uuid, path text, person uuid, "for" uuid, visitor text,
      outcome text, how text, words text, opinion text, "onDay" date, "deviceAt" timestamptz, at timestamptz)
    on conflict do nothing`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

export async function addNeeds(
  trx: Trx,
  visit: Pick<StoredVisit, 'id' | 'household' | 'path'>,
  requests: readonly string[],
): Promise<void> {
  if (requests.length === 0) return
  await sql`
    insert into visit_need (district_code, visit_id, request_id, household_id, path)
    select app.district(), ${visit.id}, r, ${visit.household}::uuid, ${visit.path} from unnest(${sql.val(requests)}::uuid[]) as r
    on conflict do nothing`.execute(trx)
}

export async function needsOf(trx: Trx, visits: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ visit: string; requests: string[] }>`
    select visit_id as visit, array_agg(request_id order by request_id) as requests from visit_need
    where district_code = app.district() and visit_id = any (${sql.val(visits)}::uuid[]) group by visit_id`.execute(
    trx,
  )
  return new Map(rows.map(({ visit, requests }) => [visit, requests]))
}

export type StoredPromise = {
  id: string
  household: string
  path: string
  person: string | null
  visit: string | null
  onDay: string
  atTime: string | null
  words: string | null
  state: 'open' | 'kept' | 'cancelled'
}
const promiseColumns = sql`id, household_id as household, path, person_id as person, visit_id as visit, on_day::text as "onDay",
  to_char(at_time, 'HH24:MI') as "atTime", words, state`

export async function addPromise(
  trx: Trx,
  promise: StoredPromise & { madeBy: string; at: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into promise (district_code, id, household_id, path, person_id, visit_id, on_day, at_time, words, made_by_person_id, made_at)
    values (app.district(), ${promise.id}, ${promise.household}, ${promise.path}, ${promise.person}::uuid, ${promise.visit}::uuid,
      ${promise.onDay}::date, ${promise.atTime}::time, ${promise.words}, ${promise.madeBy}, ${promise.at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** Ends the promises to households that visits of these days keep. */
export async function keepPromises(
  trx: Trx,
  list: readonly Pick<StoredVisit, 'id' | 'household' | 'onDay'>[],
): Promise<void> {
  if (list.length === 0) return
  await sql`
    update promise p set state = 'kept', ended_on = v.on_day, ended_by_visit_id = v.id
    from unnest(${sql.val(list.map(({ id }) => id))}::uuid[], ${sql.val(list.map(({ household }) => household))}::uuid[],
      ${sql.val(list.map(({ onDay }) => onDay))}::date[]) as v (id, household, on_day)
    where p.district_code = app.district() and p.household_id = v.household and p.state = 'open' and p.on_day <= v.on_day
      and p.visit_id is distinct from v.id`.execute(trx)
}

/** Whether a promise that arrives late was kept before it arrived: the earliest visit on its day or after. */
export async function keptBy(
  trx: Trx,
  household: string,
  promise: { onDay: string; visit: string },
): Promise<{ id: string; onDay: string } | undefined> {
  const { rows } = await sql<{ id: string; onDay: string }>`
    ${kept} select id, on_day::text as "onDay" from visit
    where district_code = app.district() and household_id = ${household} and outcome = 'met' and on_day >= ${promise.onDay}::date
      and id <> ${promise.visit} order by on_day, id limit 1`.execute(trx)
  return rows[0]
}

export async function endPromise(
  trx: Trx,
  id: string,
  end: { state: 'kept' | 'cancelled'; onDay: string; visit: string | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update promise set state = ${end.state}, ended_on = ${end.onDay}::date, ended_by_visit_id = ${end.visit}::uuid
    where district_code = app.district() and id = ${id} and state = 'open'`.execute(trx)
  return numAffectedRows === 1n
}

export async function promiseById(trx: Trx, id: string): Promise<StoredPromise | undefined> {
  const { rows } = await sql<StoredPromise>`
    select ${promiseColumns} from promise where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

/** Open promises of persons, or all of households, soonest first. */
export async function promisesOf(
  trx: Trx,
  of: { persons: readonly string[] } | { households: readonly string[] },
): Promise<StoredPromise[]> {
  const { rows } = await sql<StoredPromise>`
    select ${promiseColumns} from promise
    where district_code = app.district() and ${
      'persons' in of
        ? sql`person_id = any (${sql.val(of.persons)}::uuid[]) and state = 'open'`
        : sql`household_id = any (${sql.val(of.households)}::uuid[])`
    } order by on_day, at_time nulls last, id limit 1000`.execute(trx)
  return rows
}

/** @returns false when the id is taken. */
export async function addEvent(
  trx: Trx,
  event: {
    id: string
    household: string
    path: string
    kind: string
    onDay: string
    words: string | null
    by: string | null
    at: string
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into visit_event (district_code, id, household_id, path, kind, on_day, words, by_person_id, at)
    values (app.district(), ${event.id}, ${event.household}, ${event.path}, ${event.kind}, ${event.onDay}::date, ${event.words},
      ${event.by}::uuid, ${event.at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function eventById(
  trx: Trx,
  id: string,
): Promise<{ household: string; kind: string } | undefined> {
  const { rows } = await sql<{ household: string; kind: string }>`
    select household_id as household, kind from visit_event where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
  return rows[0]
}

export type LastVisit = { household: string; visit: string; onDay: string; outcome: Outcome; person: string }

/** The latest visit of each household, and the latest on which somebody was met. */
export async function lastVisits(
  trx: Trx,
  households: readonly string[],
  met: boolean,
): Promise<LastVisit[]> {
  const { rows } = await sql<LastVisit>`
    select w.id as household, v.id as visit, v.on_day::text as "onDay", v.outcome, v.person_id as person
    from unnest(${sql.val(households)}::uuid[]) as w (id)
    cross join lateral (select v.id, v.on_day, v.outcome, v.person_id from visit v
      where v.district_code = app.district() and v.household_id = w.id and ${met ? sql`v.outcome = 'met'` : sql`true`}
      order by v.on_day desc, v.id limit 1) v`.execute(trx)
  return rows
}

export type VisitOfDoor = Pick<StoredVisit, 'id' | 'outcome' | 'onDay' | 'visitor' | 'person' | 'at'> & {
  household: string
}

/** Visits to doors, each in a stretch of days. */
export async function visitsAt(
  trx: Trx,
  spans: readonly { household: string; from: string; until: string }[],
): Promise<VisitOfDoor[]> {
  if (spans.length === 0) return []
  const { rows } = await sql<VisitOfDoor>`
    ${kept} select v.household_id as household, v.id, v.outcome, v.on_day::text as "onDay", v.visitor, v.person_id as person, v.at
    from unnest(${sql.val(spans.map(({ household }) => household))}::uuid[], ${sql.val(spans.map(({ from }) => from))}::date[],
      ${sql.val(spans.map(({ until }) => until))}::date[]) as q (household, from_day, until_day)
    join visit v on v.district_code = app.district() and v.household_id = q.household and v.on_day >= q.from_day and v.on_day < q.until_day
    order by v.on_day, v.id`.execute(trx)
  return rows
}
