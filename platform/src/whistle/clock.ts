import type { Database, Trx } from '#kernel/db.ts'
import { enterDue } from '#kernel/due.ts'
import type { Log } from '#kernel/log.ts'
import { ring } from './alarms.ts'
import { ringId } from './alarm-id.ts'
import { requestsIn, superviseRequests } from './ledger.ts'
import { apply } from './standing.ts'
import { textOf, write } from './service.ts'
import type { Change } from './service.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'

/** The clock of whistles (RQ18): reminds at 50% and 80%, supervises at 100%, and ends what nobody rated. */

/**
 * Enters everything that is due at `now`, each exactly once: the entry's id comes from whistle, clock and share. How it
 * goes through them, and what becomes of one that cannot be rung, says `kernel/due.ts`.
 *
 * @returns how many entries were made.
 * @throws when the database is away; what was entered until then stays.
 */
export async function ringWhistles(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const at = textOf(now)
  return enterDue(
    database,
    district,
    {
      task: 'whistles',
      what: 'whistle',
      atOnce: 50,
      take: (trx, limit, except) => store.ringing(trx, at, limit, except),
      enter: (trx, due) => ringThese(trx, due, at),
    },
    log,
  )
}

async function ringThese(trx: Trx, due: readonly Stored[], now: string): Promise<void> {
  const known = new Map(
    (await requestsIn(trx, [...new Set(due.flatMap(({ standing }) => standing.requests))])).map((one) => [
      one.id,
      one,
    ]),
  )
  const changes = due.map((whistle): Change => {
    const entry = ring(whistle.standing, now, (alarm) => ringId(whistle.id, alarm))
    if (!entry) throw new Error(`whistle ${whistle.id}: its cache says an alarm is due, its entries do not`)
    const requests = whistle.standing.requests.flatMap((one) => known.get(one) ?? [])
    return { whistle, entry, standing: apply(whistle.standing, entry), requests }
  })
  await write(trx, changes)
  for (const { whistle, entry, requests } of changes)
    if (entry.kind === 'supervise') await superviseRequests(trx, whistle, entry, requests)
}
