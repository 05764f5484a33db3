import type { Call } from '#access/route.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { entries } from '../lifecycle.ts'
import type { Entry } from '../entry.ts'
import type { Standing } from '../standing.ts'
import { followersOf, following, followings } from './follower-store.ts'
import type { Follower, Following } from './follower-store.ts'

/**
 * Who follows what (RQ13). Row security knows nothing of followers: to them the request they follow is not there, until one
 * of these functions lets the transaction reach it. Whatever else reads requests therefore shows a follower nothing.
 */

/** Lets the transaction reach the requests that are followed, beside what it reaches already. */
async function reach({ trx, scope }: Call, followed: readonly Following[]): Promise<void> {
  if (followed.length === 0) return
  await reachRequests(trx, [
    ...new Set([...(scope.requests ?? []), ...followed.flatMap(({ id, request }) => [id, request])]),
  ])
}

/** What the caller follows under this id, and may from now on reach; null when it is nobody's following or not theirs. */
export async function followOf(call: Call, id: string): Promise<Following | null> {
  const { actor, trx, scope } = call
  if (actor.kind !== 'reporter' && actor.kind !== 'follower') return null
  const found = await following(trx, id)
  // A transaction that reaches a request sees all its followers; theirs are those they opened.
  const isTheirs = found && (found.reporter === scope.reporter || (scope.requests ?? []).includes(found.id))
  if (!isTheirs) return null
  await reach(call, [found])
  return found
}

/** Everything that the caller follows, reached from now on. */
export async function followedBy(call: Call): Promise<Following[]> {
  const { actor, trx, scope } = call
  if (actor.kind !== 'reporter' && actor.kind !== 'follower') return []
  const found = await followings(trx, { reporter: scope.reporter ?? null, ids: scope.requests ?? [] })
  await reach(call, found)
  return found
}

/** Those to be told of what is entered, by request; asked only where somebody follows and is told. */
export async function followersAmong(
  trx: Trx,
  changes: readonly { request: { id: string }; entries: readonly Entry[]; standing: Standing }[],
): Promise<Map<string, Follower[]>> {
  const asked = changes.filter(
    ({ entries: made, standing }) =>
      standing.followers > 0 &&
      made.some(({ kind }) => entries[kind].tells.some((who) => who === 'reporter' || who === 'others')),
  )
  const found = await followersOf(
    trx,
    asked.map(({ request }) => request.id),
  )
  return Map.groupBy(found, ({ request }) => request)
}
