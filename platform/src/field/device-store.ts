import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** SQL of the table field_device. Private to this folder. */

export type DeviceRow = {
  id: string
  label: string
  registeredAt: string
  seenAt: string
  withdrawnAt: string | null
}
export type OwnDevice = DeviceRow & { secret: Buffer; horizon: number }

const columns = sql.raw(
  'id, label, registered_at as "registeredAt", seen_at as "seenAt", withdrawn_at as "withdrawnAt"',
)

/** Adds a device; one whose id is taken is left as it is. @returns whether it was added. */
export async function add(
  trx: Trx,
  {
    id,
    person,
    label,
    secret,
    at,
  }: { id: string; person: string; label: string; secret: Buffer; at: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into field_device (district_code, id, person_id, label, secret_sealed, registered_at, seen_at)
    values (app.district(), ${id}, ${person}, ${label}, ${secret}, ${at}, ${at}) on conflict do nothing returning 1`.execute(
    trx,
  )
  return rows.length > 0
}

/** An own device. @param hold keeps other calls of this device waiting until the transaction ends. */
export async function find(
  trx: Trx,
  id: string,
  { person, hold = false }: { person: string; hold?: boolean },
): Promise<OwnDevice | undefined> {
  const { rows } = await sql<OwnDevice>`
    select ${columns}, secret_sealed as secret, horizon from field_device
    where district_code = app.district() and id = ${id} and person_id = ${person}
    ${hold ? sql`for update` : sql``}`.execute(trx)
  return rows[0]
}

export async function ofPerson(trx: Trx, person: string): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`
    select ${columns} from field_device where district_code = app.district() and person_id = ${person}
    order by registered_at desc, id limit 100`.execute(trx)
  return rows
}

/** Notes a contact, and the walk of the cursor that is given out with it. */
export async function seen(trx: Trx, id: string, at: string, walk: number | null = null): Promise<void> {
  const given: RawBuilder<unknown> =
    walk === null ? sql`` : sql`, horizon = greatest(horizon, ${walk}::bigint)`
  await sql`
    update field_device set seen_at = greatest(seen_at, ${at}::timestamptz) ${given}
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** No cursor that was given out before continues. */
export async function beginAnew(trx: Trx, id: string): Promise<void> {
  await sql`update field_device set horizon = 0 where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
}

/** Of somebody else, for the security administrator. */
export async function ofHolder(trx: Trx, person: string): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`select ${columns} from app.devices_of(${person})`.execute(trx)
  return rows
}

/** Takes a device away; twice is once. @returns whether the person has such a device. */
export async function withdraw(
  trx: Trx,
  { person, device, reason, at }: { person: string; device: string; reason: string; at: string },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.withdraw_device(${person}, ${device}, ${reason}, ${at}) as done`.execute(trx)
  return rows[0]?.done ?? false
}
