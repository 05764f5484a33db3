import type { Trx } from '#kernel/db.ts'
import * as store from './planned-store.ts'
import type { DoorOnDay } from './planned-store.ts'

/** All doors of an area at once, for whoever plans who looks after them (L1). Nothing of who lives there. */

/** Every door under an area on a day, by stairwell and floor: whether somebody lives there, and whose duty it is. */
export async function doorsOnDay(trx: Trx, path: string, day: string): Promise<DoorOnDay[]> {
  return store.doorsOnDay(trx, path, day)
}

/** How many households persons have outside an area on a day; who has none is missing. */
export async function householdsOutside(
  trx: Trx,
  persons: readonly string[],
  path: string,
  day: string,
): Promise<Map<string, number>> {
  if (persons.length === 0) return new Map()
  const rows = await store.householdsOutside(trx, persons, path, day)
  return new Map(rows.map(({ person, households }) => [person, households]))
}

/** Ends the duties of doors from a day on, without giving them to anybody. */
export async function endDutiesOfDoors(trx: Trx, doors: readonly string[], on: string): Promise<void> {
  if (doors.length > 0) await store.endDutiesOfDoors(trx, doors, on)
}
