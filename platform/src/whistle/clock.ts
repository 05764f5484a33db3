import { sql } from 'kysely'
import type { Database, Trx } from '#kernel/db.ts'
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

/** Whistles rung in one transaction: small, so that a crash repeats little and locks nobody out for long. */
const batch = 50

/**
 * Enters everything that is due at `now`, each exactly once: the entry's id comes from whistle, clock and share, and the
 * row is locked while it is written. Safe to run on any number of workers at once. A whistle that cannot be rung is
 * logged and left for the next run; the others go on.
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
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  const failed: string[] = []
  let made = 0
  /** How many are still rung one by one, after a batch that one of them spoilt. */
  let alone = 0
  for (;;) {
    let due: Stored[] = []
    try {
      await database.within(scope, async (trx) => {
        due = await store.ringing(trx, at, alone > 0 ? 1 : batch, failed)
        await ringThese(trx, due, at)
      })
      if (due.length === 0) return made
      made += due.length
      alone = Math.max(alone - 1, 0)
    } catch (error) {
      // Nobody's fault when the database itself does not answer: that ends the run.
      await database.within(scope, (trx) => sql`select 1`.execute(trx))
      const [first] = due
      if (!first) throw error
      if (due.length > 1) {
        alone = due.length
        continue
      }
      failed.push(first.id)
      alone = Math.max(alone - 1, 0)
      log?.error({ task: 'whistles', district, err: error }, `whistle ${first.id} could not be rung`)
    }
  }
}

async function ringThese(trx: Trx, due: readonly Stored[], now: string): Promise<void> {
  if (due.length === 0) return
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
