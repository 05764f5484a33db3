import type { Trx } from '#kernel/db.ts'
import type { Dwelling } from './contract.ts'
import * as store from './store.ts'
import type { Home } from './store.ts'

/** Doors, and the households behind them as far as the transaction reaches. */

/** Doors of one stairwell, from the ground up. */
export async function dwellingsOf(trx: Trx, unit: string): Promise<Dwelling[]> {
  return store.dwellingsOf(trx, unit)
}

/** How many doors each stairwell has; one without any is missing. */
export async function doorsIn(trx: Trx, units: readonly string[]): Promise<Map<string, number>> {
  if (units.length === 0) return new Map()
  return new Map((await store.doorsIn(trx, [...new Set(units)])).map(({ path, doors }) => [path, doors]))
}

/** The household behind a door on a day (`YYYY-MM-DD`); undefined when it stands empty or lies out of reach. */
export async function householdAt(trx: Trx, dwelling: string, day: string): Promise<Home | undefined> {
  return store.householdAt(trx, dwelling, day)
}

/** The stairwell of a household; undefined when there is none or it lies out of reach. */
export async function householdPath(trx: Trx, id: string): Promise<string | undefined> {
  return store.householdPath(trx, id)
}

/** Names of residents; whoever is not there or out of reach is missing. */
export async function residentNames(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  return new Map((await store.residentNames(trx, ids)).map(({ id, name }) => [id, name]))
}

/** Homes where the register knows a phone, by its blind index; none out of reach. */
export async function homesOfPhone(trx: Trx, phoneIndex: string, day: string): Promise<Home[]> {
  return store.homesOfPhone(trx, phoneIndex, day)
}
