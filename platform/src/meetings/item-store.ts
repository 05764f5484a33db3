import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Reason } from './contract.ts'

/** SQL of meeting_item: the agenda, and on each item what was decided. Private to this folder. */

export type Item = {
  id: string
  meeting: string
  path: string
  seq: number
  request: string | null
  guarded: boolean
  title: string | null
  words: string | null
  reasons: Reason[]
  tabledAt: string | null
  outcome: 'task' | 'precedent' | 'next_time' | null
  lead: string | null
  assisting: string[]
  demand: string | null
  dueAt: string | null
  category: string | null
  precedent: boolean
  effect: 'entered' | 'kept' | 'put_off' | 'overtaken' | null
}

const columns = sql.raw(
  `i.id, i.meeting_id as meeting, i.path, i.seq, i.request_id as request, i.guarded, i.title, i.words, i.reasons,
  i.tabled_at as "tabledAt", i.outcome, i.lead_organisation_id as lead, i.assisting, i.demand, i.due_at as "dueAt",
  i.category_code as category, i.keeps_precedent as precedent, i.effect`,
)

export async function itemsOf(trx: Trx, meetings: readonly string[]): Promise<Item[]> {
  if (meetings.length === 0) return []
  const { rows } = await sql<Item>`
    select ${columns} from meeting_item i
    where i.district_code = app.district() and i.meeting_id = any (${sql.val(meetings)}::uuid[])
    order by i.meeting_id, i.seq, i.id`.execute(trx)
  return rows
}

export async function item(trx: Trx, id: string): Promise<Item | undefined> {
  const { rows } = await sql<Item>`
    select ${columns} from meeting_item i where i.district_code = app.district() and i.id = ${id}`.execute(
    trx,
  )
  return rows[0]
}

/** Puts an item last. @returns false when the id, or the request, is on it already. */
export async function addItem(
  trx: Trx,
  made: Pick<Item, 'id' | 'meeting' | 'path' | 'request' | 'guarded' | 'title' | 'words' | 'reasons'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into meeting_item (district_code, id, meeting_id, path, seq, request_id, guarded, title, words, reasons)
    select app.district(), ${made.id}::uuid, ${made.meeting}::uuid, ${made.path}, 1 + coalesce(max(i.seq), 0), ${made.request}::uuid,
      ${made.guarded}, ${made.title}, ${made.words}, ${JSON.stringify(made.reasons)}::jsonb
    from meeting_item i where i.district_code = app.district() and i.meeting_id = ${made.meeting}
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function removeItem(trx: Trx, id: string): Promise<void> {
  await sql`delete from meeting_item where district_code = app.district() and id = ${id}`.execute(trx)
}

/** The agenda in this order; an item that is not named keeps its place behind them. */
export async function orderItems(trx: Trx, meeting: string, order: readonly string[]): Promise<void> {
  await sql`
    update meeting_item i set seq = n.seq
    from (
      select x.id, row_number() over (order by array_position(${sql.val(order)}::uuid[], x.id) nulls last, x.seq) as seq
      from meeting_item x where x.district_code = app.district() and x.meeting_id = ${meeting}) n
    where i.district_code = app.district() and i.id = n.id`.execute(trx)
}

export async function markTabled(trx: Trx, ids: readonly string[], at: string): Promise<void> {
  await sql`
    update meeting_item set tabled_at = ${at} where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])`.execute(
    trx,
  )
}

export type Decided = Pick<
  Item,
  'outcome' | 'lead' | 'assisting' | 'demand' | 'dueAt' | 'category' | 'precedent'
>

/** Writes a decision down, or with null takes it back; it counts once the meeting is over. */
export async function writeDecision(
  trx: Trx,
  id: string,
  decided: Decided | null,
  by: { person: string; at: string },
): Promise<void> {
  await sql`
    update meeting_item set outcome = ${decided?.outcome ?? null}, lead_organisation_id = ${decided?.lead ?? null}::uuid,
      assisting = ${sql.val(decided?.assisting ?? [])}::uuid[], demand = ${decided?.demand ?? null},
      due_at = ${decided?.dueAt ?? null}::timestamptz, category_code = ${decided?.category ?? null},
      keeps_precedent = ${decided?.precedent ?? false},
      decided_by_person_id = ${decided ? by.person : null}::uuid, decided_at = ${decided ? by.at : null}::timestamptz
    where district_code = app.district() and id = ${id}`.execute(trx)
}

export async function settle(
  trx: Trx,
  id: string,
  settled: { effect: NonNullable<Item['effect']>; request: string | null },
): Promise<void> {
  await sql`
    update meeting_item set effect = ${settled.effect}, request_id = coalesce(${settled.request}::uuid, request_id)
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** Of these requests, those on an agenda that is still ahead, and of which meeting. */
export async function onAgenda(trx: Trx, requests: readonly string[]): Promise<Map<string, string>> {
  if (requests.length === 0) return new Map()
  const { rows } = await sql<{ request: string; meeting: string }>`
    select i.request_id as request, i.meeting_id as meeting from meeting_item i
    join meeting t on t.district_code = i.district_code and t.id = i.meeting_id
    where i.district_code = app.district() and i.request_id = any (${sql.val(requests)}::uuid[])
      and t.state in ('preparing', 'called', 'open')`.execute(trx)
  return new Map(rows.map(({ request, meeting }) => [request, meeting]))
}
