import type { Trx } from '#kernel/db.ts'
import * as store from './walking-store.ts'
import type { LiaisonPost, Walker } from './walking-store.ts'

/** Who can be a liaison in an area, and where they walk from (L1: near home, or near what the employer is paired with). */

/** Who holds a post as a liaison under an area when a day (`YYYY-MM-DD`) begins. */
export async function liaisonPosts(trx: Trx, path: string, day: string): Promise<LiaisonPost[]> {
  return store.liaisonPosts(trx, path, `${day}T00:00:00+08:00`)
}

/** Where persons walk from, and how many households they said they can look after. */
export async function walkersAmong(trx: Trx, ids: readonly string[]): Promise<Walker[]> {
  return ids.length === 0 ? [] : store.walkers(trx, [...new Set(ids)])
}
