import type { Database, Trx } from '#kernel/db.ts'
import { enterDue } from '#kernel/due.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Log } from '#kernel/log.ts'
import { wishStates } from './lifecycle.ts'
import { enter, textOf } from './service.ts'
import * as store from './store.ts'
import type { Wish } from './store.ts'

/** The clock of wishes (WI6): each step's id comes from the wish and its number, so that it is made once. */

/** @returns how many steps were made. */
export async function keepWishes(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  return enterDue(
    database,
    district,
    {
      task: 'wishes',
      what: 'wish',
      atOnce: 1,
      take: (trx, limit, except) => store.due(trx, textOf(now), limit, except),
      enter: async (trx, due) => {
        for (const wish of due) await step(trx, wish, now)
      },
    },
    log,
  )
}

async function step(trx: Trx, wish: Wish, now: Temporal.Instant): Promise<void> {
  const kind = wishStates[wish.state].then
  if (!kind)
    throw new Error(`wish ${wish.id}: something is due in the state ${wish.state}, where no clock runs`)
  if (kind === 'lapse') await store.endClaim(trx, wish.id, 'late', textOf(now))
  const id = derivedId('wish.clock', wish.id, String(wish.seq))
  await enter(trx, wish, { id, kind, byKind: 'system', person: null, reporter: null, words: null }, now)
}
