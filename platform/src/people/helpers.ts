import type { Role } from '#access/permissions.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { helpersWithin } from './helper-store.ts'
import type { HelperLine } from './helper-store.ts'

/** Who serves near a place and could lend a hand, with what they said of themselves (PE8). */

export type { HelperLine } from './helper-store.ts'

/** Those who have the field phone: what is offered reaches them there. */
const helpingRoles = ['liaison', 'building_head', 'grid_worker'] as const satisfies readonly Role[]

/** Everybody with such a post under the area now; at most one line a person. */
export async function helpersUnder(trx: Trx, path: string, now: Temporal.Instant): Promise<HelperLine[]> {
  return helpersWithin(trx, path, helpingRoles, {
    at: now.toString({ smallestUnit: 'millisecond' }),
    day: civilDay(now),
  })
}
