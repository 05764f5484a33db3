import type { Trx } from '#kernel/db.ts'
import type { Ground } from './ground-store.ts'
import * as store from './ground-store.ts'

/** What stands in an area and where, all of it at once: for plans and their drawings. Public data. */

export type { Ground } from './ground-store.ts'

/** An area and everything under it, by path; one query however large it is. */
export async function groundUnder(trx: Trx, path: string): Promise<Ground[]> {
  return store.groundUnder(trx, path)
}

/** Places by path; what is not there is missing. */
export async function groundAt(trx: Trx, paths: readonly string[]): Promise<Map<string, Ground>> {
  if (paths.length === 0) return new Map()
  return new Map((await store.groundAt(trx, [...new Set(paths)])).map((one) => [one.path, one]))
}

/** Outlines of the buildings under an area, degrees. */
export async function outlinesUnder(
  trx: Trx,
  path: string,
): Promise<{ path: string; outline: [number, number][] }[]> {
  return store.outlinesUnder(trx, path)
}
