import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Contact } from './contract.ts'

/** SQL of the table push_subscription. Private to this folder. */

type Door = Contact['devices'][number]['door']

export async function deviceById(trx: Trx, id: string): Promise<{ target: Buffer; door: Door } | undefined> {
  const { rows } = await sql<{ target: Buffer; door: Door }>`
    select target_sealed as target, door from push_subscription
    where district_code = app.district() and id = ${id}`.execute(trx)
  return rows[0]
}

/** Somebody's browsers, the newest first. */
export async function devicesOf(trx: Trx, owner: string): Promise<Contact['devices']> {
  const { rows } = await sql<Contact['devices'][number]>`
    select id, door, label, created_at as since from push_subscription
    where district_code = app.district() and owner_id = ${owner} order by created_at desc, id desc`.execute(
    trx,
  )
  return rows
}

/** Takes a browser away from whoever subscribed in it before. */
export async function releaseEndpoint(trx: Trx, index: string): Promise<void> {
  await sql`select app.release_endpoint(${index})`.execute(trx)
}

/** Keeps the newest of somebody's browsers. */
export async function makeRoom(trx: Trx, owner: string, most: number): Promise<void> {
  await sql`
    delete from push_subscription where district_code = app.district() and id in (
      select id from push_subscription where district_code = app.district() and owner_id = ${owner}
      order by created_at desc, id desc offset ${most})`.execute(trx)
}

/** @returns false when the id is another browser's */
export async function addDevice(
  trx: Trx,
  row: {
    id: string
    owner: string
    door: Door
    target: Buffer
    index: string
    label: string | null
    at: string
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into push_subscription (district_code, id, owner_id, door, target_sealed, endpoint_index, label, created_at)
    values (app.district(), ${row.id}, ${row.owner}, ${row.door}, ${row.target}, ${row.index}, ${row.label}, ${row.at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

/** @param owner whose it must be; null: whoever's */
export async function removeDevice(trx: Trx, id: string, owner: string | null): Promise<void> {
  await sql`
    delete from push_subscription
    where district_code = app.district() and id = ${id} and (${owner}::uuid is null or owner_id = ${owner}::uuid)`.execute(
    trx,
  )
}
