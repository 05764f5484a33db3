import type { Database, Trx } from '#kernel/db.ts'
import { wholeOf } from '#kernel/db.ts'
import { eachAlone } from '#kernel/due.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Log } from '#kernel/log.ts'
import { requestsIn } from './ledger.ts'
import { following } from './rules.ts'
import { apply } from './standing.ts'
import { dueAmong, textOf, worldAt, write } from './service.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'

/**
 * A whistle follows its requests: what is answered, opened again, taken back or given away there ends or reopens it here.
 * In the transaction of the request's entry where that comes by a route, and each minute for whatever came another way.
 */

/** After something was entered about a request. */
export async function followRequest(trx: Trx, request: string, now: Temporal.Instant): Promise<void> {
  const whistle = await store.openOf(trx, request)
  if (whistle) await followOne(trx, whistle, textOf(now))
}

/** @returns whether something followed. */
async function followOne(trx: Trx, whistle: Stored, now: string): Promise<boolean> {
  const requests = await requestsIn(trx, whistle.standing.requests)
  const entry = following(whistle.standing, requests, await worldAt(trx, now), (kind) =>
    derivedId('whistle_follows', whistle.id, kind, String(whistle.seq)),
  )
  if (!entry) return false
  await write(trx, [{ whistle, entry, standing: apply(whistle.standing, entry), requests }])
  return true
}

const batch = 200

/** Goes through everything that is not over. @returns how many entries were made. */
export async function followOpen(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const at = textOf(now)
  const move = async (trx: Trx, id: string) => {
    const whistle = await store.find(trx, id, { lock: true })
    return whistle ? followOne(trx, whistle, at) : false
  }
  let after: { dueAt: string; id: string } | null = null
  let made = 0
  for (;;) {
    const page: { open: Stored[]; moved: string[] } = await database.within(wholeOf(district), (trx) =>
      looked(trx, after, at),
    )
    made += await eachAlone(database, { district, task: 'whistles', what: 'whistle' }, page.moved, move, log)
    const last = page.open.at(-1)
    if (page.open.length < batch || !last?.dueAt) return made
    after = { dueAt: last.dueAt, id: last.id }
  }
}

/** Which of a page would move; due times that moved with a suspension are kept up with on the way. */
async function looked(
  trx: Trx,
  after: { dueAt: string; id: string } | null,
  now: string,
): Promise<{ open: Stored[]; moved: string[] }> {
  const open = await store.openAfter(trx, after, batch)
  const requests = new Map(
    (await requestsIn(trx, [...new Set(open.flatMap(({ standing }) => standing.requests))])).map((one) => [
      one.id,
      one,
    ]),
  )
  const world = await worldAt(trx, now)
  const moved: string[] = []
  for (const { id, standing, dueAt } of open) {
    const own = standing.requests.flatMap((one) => requests.get(one) ?? [])
    if (following(standing, own, world, () => id)) moved.push(id)
    const due = standing.state === 'handling' ? dueAmong(own) : null
    if (due !== null && due !== dueAt && Date.parse(due) !== Date.parse(dueAt ?? ''))
      await store.setDue(trx, id, due)
  }
  return { open, moved }
}
