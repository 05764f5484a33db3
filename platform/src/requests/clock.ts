import type { Database } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { deliveredFor } from '#notify/service.ts'
import { ring } from './rules.ts'
import { worldFor, write } from './service.ts'
import { find, ringing } from './store.ts'

/** The clock of requests (RQ5, RQ7): warns at 50% and 80%, tells the level above at 100%, closes after seven days of silence. */

/** Requests rung in one transaction: small, so that a crash repeats little and locks nobody out for long. */
const batch = 50

/**
 * Enters everything that is due at `now`, each exactly once: the entry's id comes from request, round and share, and the
 * row is locked while it is written. Safe to run on any number of workers at once.
 *
 * @returns how many entries were made.
 */
export async function ringAlarms(
  database: Database,
  district: string,
  now: Temporal.Instant,
): Promise<number> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  let made = 0
  for (;;) {
    const rung = await database.within(scope, async (trx) => {
      const ids = await ringing(trx, at, batch)
      for (const id of ids) {
        const request = (await find(trx, id))!
        const { standing } = request
        const world = await worldFor(trx, request.path, at)
        const delivered = await deliveredFor(trx, id, 'request.answer')
        const rang = ring(
          standing,
          (share) =>
            derivedId(
              'ring',
              id,
              standing.state,
              String(standing.reopens),
              standing.term?.startsAt ?? '',
              share,
            ),
          delivered,
          world,
        )
        if (!rang) throw new Error(`request ${id}: its cache says an alarm is due, its entries do not`)
        await write(trx, request, [rang.entry], rang.standing, world.desks)
      }
      return ids.length
    })
    made += rung
    if (rung === 0) return made
  }
}
