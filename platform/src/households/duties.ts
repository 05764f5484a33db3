import type { Trx } from '#kernel/db.ts'
import * as store from './duty-store.ts'
import type { Duty, DutyAt } from './duty-store.ts'

/** Who is the liaison of a door (L1), from a day on; what was stays known (HH8). */

/** Duties given at once are sent to the database in pieces of this many. */
const piece = 5_000

/**
 * Gives doors to persons from a day on (`YYYY-MM-DD`). Whoever has a door already keeps the duty that stands, so that
 * the same gift twice is one.
 *
 * @returns how many doors changed hands.
 */
export async function giveDuties(
  trx: Trx,
  duties: readonly { dwelling: string; person: string }[],
  { from, plan }: { from: string; plan: string | null },
): Promise<number> {
  let changed = 0
  for (let at = 0; at < duties.length; at += piece) {
    changed += await store.replaceDuties(trx, duties.slice(at, at + piece), { from, plan })
  }
  return changed
}

/** Ends the duties of persons who leave. @returns the doors that nobody has from then on. */
export async function endDutiesOf(trx: Trx, persons: readonly string[], on: string): Promise<string[]> {
  return store.endDutiesOf(trx, persons, on)
}

/** Duties in force on a day, under an area or of persons. */
export async function dutiesOn(
  trx: Trx,
  day: string,
  of: { path?: string; persons?: readonly string[] },
): Promise<Duty[]> {
  return store.dutiesOn(trx, day, of)
}

/** Every duty a door ever had, the latest first. */
export async function dutiesOfDoor(trx: Trx, dwelling: string): Promise<Duty[]> {
  return store.dutiesOfDoor(trx, dwelling)
}

/** Who to turn to in an area today and how many doors each has; public, and never which doors. */
export async function liaisonsAt(trx: Trx, path: string): Promise<DutyAt[]> {
  return store.liaisonsAt(trx, path)
}
