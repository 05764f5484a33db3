import type { Trx } from '#kernel/db.ts'
import * as store from './building-store.ts'
import type { DoorLine, PastLine } from './building-store.ts'

/** A building as it stands, for those who draw it. */

export type { DoorLine } from './building-store.ts'

/** Every door under an area, top floor first in each stairwell; who lives there as far as the transaction reaches. */
export async function doorsUnder(trx: Trx, path: string, day: string): Promise<DoorLine[]> {
  return store.doorsUnder(trx, path, day)
}

/** Who lived behind a door, the latest first. */
export async function livedAt(trx: Trx, dwelling: string): Promise<PastLine[]> {
  return store.livedAt(trx, dwelling)
}
