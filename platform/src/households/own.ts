import type { Trx } from '#kernel/db.ts'
import * as store from './own-store.ts'
import type { DoorAt, OwnHousehold } from './own-store.ts'

/** What is one's own today, by duty or in somebody's stead (VR4); for the phone that keeps it. */

export type { OwnHousehold } from './own-store.ts'

export async function ownHouseholds(trx: Trx): Promise<OwnHousehold[]> {
  return store.ownHouseholds(trx)
}

/**
 * Works out once for this transaction what is one's own, instead of in every statement. For transactions of many statements
 * that change no duty and no absence, and move no household; or that end with it.
 */
export async function rememberOwn(trx: Trx): Promise<void> {
  await store.remember(trx)
}

/** Doors of several stairwells, from the ground up; not who lives there. */
export async function doorsOf(trx: Trx, units: readonly string[]): Promise<Map<string, DoorAt[]>> {
  return Map.groupBy(await store.doorsOf(trx, units), ({ path }) => path)
}
