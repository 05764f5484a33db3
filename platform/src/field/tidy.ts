import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { prune } from './feed-store.ts'
import { attachLate, giveUp, waitedFor } from './file-store.ts'

/** Each night: marks that every phone has had, households that phones gave back, files that nobody brought. */

/** Days for which it is remembered that a phone held a household: what it still brings is left over, not refused. */
const heldDays = 400
/** Days for which a file is waited for that an entry named. */
const fileDays = 30

export async function tidyField(database: Database, district: string, now: Temporal.Instant): Promise<void> {
  const scope = wholeOf(district)
  const before = (days: number) =>
    now.subtract({ hours: 24 * days }).toString({ smallestUnit: 'millisecond' })
  await database.within(scope, async (trx) => {
    await prune(trx, before(heldDays))
    await attachLate(trx, null)
    await giveUp(trx, before(fileDays))
  })
}

/** Uploads that somebody's entry waits for; nobody else's business to tidy away. */
export function uploadsWaitedFor(trx: Trx): Promise<string[]> {
  return waitedFor(trx)
}
