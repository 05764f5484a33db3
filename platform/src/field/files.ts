import type { Call } from '#access/route.ts'
import { derivedId } from '#kernel/ids.ts'
import { reachRequests } from '#kernel/db.ts'
import { claimArrived } from '#requests/files/late.ts'
import { ownerOf } from '#requests/service.ts'
import { holderOf } from './devices.ts'
import * as store from './file-store.ts'

/** Photos and recordings that come after the words that name them (FD12). */

/** Attaches what has arrived since to what it belongs to. */
export async function attachArrived(call: Call): Promise<void> {
  const { person } = holderOf(call)
  const awaited = await store.awaited(call.trx, person)
  if (awaited.length === 0) return
  const late = awaited.map(({ id, about, aboutId, request }) =>
    about === 'request' ? { id, request: aboutId, visit: null } : { id, request, visit: aboutId },
  )
  const reached = late.flatMap(({ request }) => request ?? [])
  await reachRequests(call.trx, [...(call.scope.requests ?? []), ...reached])
  const here = new Set(
    await claimArrived(
      call.trx,
      late.map((one) => ({ ...one, entry: one.request && derivedId('submit', one.request) })),
      ownerOf(call),
    ),
  )
  await store.settle(
    call.trx,
    awaited.filter(({ id }) => here.has(id)),
    'here',
  )
}
