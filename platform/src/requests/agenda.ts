import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { endOf } from '#org/rules.ts'
import { organisationNames } from '#org/service.ts'
import { entries } from './lifecycle.ts'
import type { Level, State } from './lifecycle-rule.ts'
import * as store from './store.ts'

/** What a joint meeting asks of requests: which are stuck, and what became of a decision. What is known of them is `travels.ts`. */

/** States in which a request can be put on a meeting; the lifecycle table says which. */
const tabled: readonly string[] = entries.table.from
export const canBeTabled = (state: State): boolean => tabled.includes(state)

/** Word for word what the index `service_request_stuck` holds, so that it is used. */
const isStuck = sql.raw(
  `r.holder_organisation_id is not null and (r.overdue or (r.standing ->> 'returns')::integer >= 2)`,
)

export type StuckRequest = {
  id: string
  level: Level
  overdue: boolean
  dueAt: string | null
  returns: number
  /** Since when a demand waits for its answer. */
  unansweredSince: string | null
}

/** Requests under a path, at one level, that are stuck; the longest due first. And these, stuck or not. */
export async function stuckUnder(
  trx: Trx,
  where: { path: string; level: Level; also: readonly string[] },
  most: number,
): Promise<StuckRequest[]> {
  const columns = sql.raw(
    `r.id, r.level, r.overdue, r.due_at as "dueAt", coalesce((r.standing ->> 'returns')::integer, 0) as returns, r.standing -> 'supervisions' as supervisions, r.state`,
  )
  const { rows } = await sql<
    Omit<StuckRequest, 'unansweredSince'> & {
      state: State
      supervisions:
        | { demanded: boolean; late: boolean; repliedAt: string | null; dueAt: string | null }[]
        | null
    }
  >`
    select * from (
      select ${columns} from service_request r
      where r.district_code = app.district() and r.level = ${where.level}
        and r.path >= ${where.path} and r.path < ${endOf(where.path)} and ${isStuck}
      order by r.due_at, r.id limit ${most}) stuck
    union
    select ${columns} from service_request r
    where r.district_code = app.district() and r.id = any (${sql.val(where.also)}::uuid[])
      and r.holder_organisation_id is not null`.execute(trx)
  return rows
    .filter(({ state }) => canBeTabled(state))
    .map(({ supervisions, state: _, ...row }) => ({
      ...row,
      unansweredSince:
        supervisions?.find(({ demanded, late, repliedAt }) => demanded && late && repliedAt === null)
          ?.dueAt ?? null,
    }))
}

/** What became of a decision, out of the request's own story. */
export type DecisionNow = {
  /** When it was answered or settled; null while it is owed, also when it was reopened meanwhile. */
  endedAt: string | null
  /** When its due time passed without an answer and the level above was told. */
  supervisedAt: string | null
  holder: { id: string; name: string } | null
}

/** By the id of the entry `decide`. Those whose request is beyond reach are missing. */
export async function decisionsNow(
  trx: Trx,
  decided: readonly { request: string; entry: string }[],
): Promise<Map<string, DecisionNow>> {
  const requests = await store.findAll(
    trx,
    decided.map(({ request }) => request),
  )
  const { rows } = await sql<{ entry: string; supervisedAt: string | null; answeredAt: string | null }>`
    select d.entry,
      (select min(e.at) from request_entry e where e.district_code = app.district() and e.request_id = d.request
        and e.kind = 'supervise' and e.data ->> 'of' = d.entry::text) as "supervisedAt",
      (select max(e.at) from request_entry e where e.district_code = app.district() and e.request_id = d.request
        and e.kind = 'answer') as "answeredAt"
    from jsonb_to_recordset(${JSON.stringify(decided)}::jsonb) as d (request uuid, entry uuid)`.execute(trx)
  const byEntry = new Map(rows.map((row) => [row.entry, row]))
  const organisations = await organisationNames(
    trx,
    [...requests.values()].flatMap(({ standing }) => standing.holder?.organisation ?? []),
  )
  return new Map(
    decided.flatMap(({ request, entry }) => {
      const one = requests.get(request)
      if (!one) return []
      const { standing } = one
      const row = byEntry.get(entry)
      const isOver = standing.holder === null || standing.state === 'answered'
      const holder = standing.holder?.organisation
      return [
        [
          entry,
          {
            endedAt: isOver ? (row?.answeredAt ?? standing.closedAt ?? one.lastEntryAt) : null,
            supervisedAt: row?.supervisedAt ?? null,
            holder:
              holder === undefined ? null : { id: holder, name: organisations.get(holder)?.shortName ?? '' },
          },
        ] as const,
      ]
    }),
  )
}

/** A request by its code, when the transaction reaches it. */
export async function requestOfCode(trx: Trx, code: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from service_request where district_code = app.district() and code = ${code}`.execute(trx)
  return rows[0]?.id
}

export type Tableable = {
  path: string
  state: State
  /** Confidential, or about somebody: nothing of it goes to whoever does not reach it by themselves (RQ10). */
  guarded: boolean
  complainedOf: string[]
  category: string | null
}

/** Of these requests, those that the transaction reaches, with what an agenda has to know of each. */
export async function tableable(trx: Trx, ids: readonly string[]): Promise<Map<string, Tableable>> {
  const found = await store.findAll(trx, ids)
  return new Map(
    [...found].map(([id, { path, standing, confidential, complainedOf }]) => [
      id,
      {
        path,
        state: standing.state,
        guarded: confidential || complainedOf.length > 0,
        complainedOf,
        category: standing.category,
      },
    ]),
  )
}
