import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { blindIndex, open, seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import type { Contact, Subscribing } from './contract.ts'
import * as store from './devices-store.ts'
import { originOf } from './http-answer.ts'
import { ownerOf } from './owner.ts'
import { isBrowserKey } from './push-crypto.ts'
import type { PushProvider, PushTarget } from './push.ts'
import { lockWay } from './ways-store.ts'

/** Browsers that are told by web push (NT17). */

/** So many of one person's; the oldest gives way. */
const mostDevices = 10

const sealedAs = (id: string) => `push_subscription.target:${id}`

/** Where a push goes; null when the browser took its subscription back. */
export async function targetOf(
  trx: Trx,
  id: string,
  keys: Keys,
): Promise<(PushTarget & { door: string }) | null> {
  const row = await store.deviceById(trx, id)
  return row ? { ...(JSON.parse(open(keys, row.target, sealedAs(id))) as PushTarget), door: row.door } : null
}

export async function devicesOf(trx: Trx, owner: string): Promise<Contact['devices']> {
  return store.devicesOf(trx, owner)
}

/**
 * This browser is told from now on. Subscribing again is the same; a browser that somebody else subscribed in before is
 * theirs no longer.
 */
export async function subscribe(
  call: Call,
  { id, door, endpoint, p256dh, auth, label }: Subscribing,
  { keys, push }: { keys: Keys; push: Pick<PushProvider, 'origins'> },
): Promise<void> {
  const { trx, now } = call
  const { owner, kind } = ownerOf(call)
  if (!push.origins.includes(originOf(endpoint)))
    refuse('contact.push_not_allowed', { field: 'body.endpoint' })
  if (!isBrowserKey({ p256dh, auth })) refuse('contact.push_wrong_key', { field: 'body.p256dh' })
  const at = now.toString({ smallestUnit: 'millisecond' })
  await lockWay(trx, owner, kind, { at, language: call.language })
  const index = blindIndex(keys, 'push_endpoint', endpoint)
  await store.releaseEndpoint(trx, index)
  await store.makeRoom(trx, owner, mostDevices - 1)
  const target = seal(keys, JSON.stringify({ endpoint, p256dh, auth }), sealedAs(id))
  if (!(await store.addDevice(trx, { id, owner, door, target, index, label, at }))) refuse('id_taken')
}

/** This browser is told no more; taking away what is gone is no fault. */
export async function unsubscribe(call: Call, id: string): Promise<void> {
  await store.removeDevice(call.trx, id, ownerOf(call).owner)
}

/** The push service says that this browser is no more. */
export async function endDevice(trx: Trx, id: string): Promise<void> {
  await store.removeDevice(trx, id, null)
}
