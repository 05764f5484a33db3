import { randomBytes } from 'node:crypto'
import { postsFor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { open, seal } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import type { Device, Unlocking } from './contract.ts'
import * as store from './device-store.ts'
import type { DeviceRow, OwnDevice } from './device-store.ts'
import { keepUntil, stateOf } from './rules.ts'

/** Phones that keep what is their holder's own: registered, unlocked, withdrawn (FD1, FD10). */

const text = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'millisecond' })
const milliseconds = (at: string) => Temporal.Instant.from(at).epochMilliseconds
const contextOf = (id: string) => `field_device.secret:${id}`

/** Who holds a phone: somebody who serves in the field, or did. */
export function holderOf(call: Call): { person: string; serves: boolean } {
  if (call.actor.kind !== 'staff') return refuse('access.not_allowed')
  return { person: call.actor.id, serves: postsFor(call.actor, 'field.sync').length > 0 }
}

/** Until when a phone that is heard of now keeps what it holds. */
export function keptUntil(now: Temporal.Instant): string {
  return text(Temporal.Instant.fromEpochMilliseconds(keepUntil(now.epochMilliseconds)))
}

function viewOf({ withdrawnAt, ...row }: DeviceRow, now: Temporal.Instant): Device {
  return { ...row, state: stateOf(milliseconds(row.seenAt), withdrawnAt, now.epochMilliseconds) }
}

/** An own device and how it stands. Whoever never had one and does not serve is told nothing but that. */
export async function deviceOf(
  call: Call,
  id: string,
  hold = false,
): Promise<OwnDevice & { standing: Device['state'] | 'ended' }> {
  const { person, serves } = holderOf(call)
  const device = await store.find(call.trx, id, { person, hold })
  if (!device) return refuse(serves ? 'field.no_such_device' : 'access.not_allowed')
  const state = stateOf(milliseconds(device.seenAt), device.withdrawnAt, call.now.epochMilliseconds)
  return { ...device, standing: serves ? state : 'ended' }
}

function unlocking(call: Call, { id, secret }: Pick<OwnDevice, 'id' | 'secret'>, keys: Keys): Unlocking {
  return {
    device: id,
    secret: open(keys, secret, contextOf(id)),
    keepUntil: keptUntil(call.now),
    now: text(call.now),
  }
}

/** Registers a store on a phone; the same id twice is one, with the same secret. */
export async function register(
  call: Call,
  { id, label }: { id: string; label: string },
  keys: Keys,
): Promise<Unlocking> {
  const { person, serves } = holderOf(call)
  if (!serves) refuse('access.not_allowed')
  const secret = seal(keys, randomBytes(32).toString('base64url'), contextOf(id))
  if (await store.add(call.trx, { id, person, label, secret, at: text(call.now) }))
    return unlocking(call, { id, secret }, keys)
  const known = await store.find(call.trx, id, { person })
  return known ? unlock(call, id, keys) : refuse('id_taken', { field: 'body.id' })
}

/**
 * Gives out the server's half of the unlock key, and counts as contact. Whoever was away for too long gets it as well after
 * logging in: what was not sent still has to be opened. The feed then begins anew.
 */
export async function unlock(call: Call, id: string, keys: Keys): Promise<Unlocking> {
  const device = await deviceOf(call, id, true)
  if (device.standing === 'ended' || device.standing === 'withdrawn') refuse('field.withdrawn')
  if (device.standing === 'lapsed') await store.beginAnew(call.trx, id)
  await store.seen(call.trx, id, text(call.now))
  return unlocking(call, device, keys)
}

export async function ownDevices(call: Call): Promise<Device[]> {
  const { person, serves } = holderOf(call)
  const rows = await store.ofPerson(call.trx, person)
  if (!serves && rows.length === 0) refuse('access.not_allowed')
  return rows.map((row) => viewOf(row, call.now))
}

/** Withdraws an own device: it is lost, or another one takes its place. */
export async function withdrawOwn(call: Call, id: string, reason: string): Promise<void> {
  const { id: device } = await deviceOf(call, id)
  await withdrawOf(call, { person: holderOf(call).person, device, reason })
}

/** Devices of somebody, for the security administrator. */
export async function devicesOf(call: Call, person: string): Promise<Device[]> {
  return (await store.ofHolder(call.trx, person)).map((row) => viewOf(row, call.now))
}

export async function withdrawOf(
  call: Call,
  one: { person: string; device: string; reason: string },
): Promise<void> {
  if (!(await store.withdraw(call.trx, { ...one, at: text(call.now) }))) refuse('record.not_found')
}
