import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import * as store from './clock-store.ts'

/** What days and plans do to many tasks at once (VR4, VR5). */

export async function openWindows(trx: Trx, today: string): Promise<number> {
  return store.openWindows(trx, today)
}

/** @returns how many windows ended without a visit. */
export async function closeWindows(trx: Trx, now: Temporal.Instant): Promise<number> {
  return store.closeWindows(trx, civilDay(now), now.toString({ smallestUnit: 'millisecond' }))
}

/**
 * VR4: open tasks and promises follow the duty of their door, with their history. Called when a plan is published, and at
 * the beginning of each day for duties that begin then.
 */
export async function moveDuties(
  trx: Trx,
  now: Temporal.Instant,
): Promise<{ tasks: number; promises: number }> {
  return store.moveDuties(trx, civilDay(now), now.toString({ smallestUnit: 'millisecond' }))
}
