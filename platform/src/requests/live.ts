import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { signal } from '#kernel/signals.ts'
import type { Stored } from './store.ts'

/** Telling open pages that a request changed: which one, in which community, of which organisation; never whose it is. */

/** District, subdistrict, community. What lies below is somebody's address. */
const communityParts = 3

/** Once the transaction is committed, whoever shows one of these looks again. */
export function signalChanged(
  trx: Trx,
  requests: readonly Pick<Stored, 'id' | 'path' | 'standing'>[],
  before: readonly Pick<Stored, 'standing'>[] = [],
): void {
  for (const [index, { id, path, standing }] of requests.entries()) {
    const community = `${path.split('/').slice(0, communityParts).join('/')}/`
    const holders = [standing, before[index]?.standing].flatMap((one) => one?.holder?.organisation ?? [])
    signal(trx, 'request', [id, community, ...new Set([...holders, standing.desk])])
  }
}

/** Versions of requests, as far as row security shows them. */
export async function versionsOf(
  trx: Trx,
  ids: readonly string[],
): Promise<{ id: string; version: number }[]> {
  const { rows } = await sql<{ id: string; version: number }>`
    select id, seq as version from service_request where district_code = app.district() and id = any (${sql.val(ids)}::uuid[])`.execute(
    trx,
  )
  return rows
}
