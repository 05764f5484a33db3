import { sql } from 'kysely'
import type { Database } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Log } from '#kernel/log.ts'
import { wishStates } from './lifecycle.ts'
import { enter, textOf } from './service.ts'
import * as store from './store.ts'
import type { Wish } from './store.ts'

/** The clock of wishes (WI6): one wish a transaction, locked; each step's id comes from the wish and its number, so that it is made once. */

/** @returns how many steps were made. */
export async function keepWishes(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  const failed: string[] = []
  for (let made = 0; ; made += 1) {
    let found: Wish | undefined
    try {
      await database.within(scope, async (trx) => {
        ;[found] = await store.due(trx, textOf(now), 1, failed)
        const kind = found && wishStates[found.state].then
        if (!found || !kind) return
        if (kind === 'lapse') await store.endClaim(trx, found.id, 'late', textOf(now))
        const id = derivedId('wish.clock', found.id, String(found.seq))
        await enter(
          trx,
          found,
          { id, kind, byKind: 'system', person: null, reporter: null, words: null },
          now,
        )
      })
      if (!found) return made
    } catch (error) {
      // Nobody's fault when the database itself does not answer: that ends the run.
      await database.within(scope, (trx) => sql`select 1`.execute(trx))
      if (!found) throw error
      failed.push(found.id)
      log?.error({ task: 'wishes', district, err: error }, `the clock of wish ${found.id} could not be moved`)
    }
  }
}
