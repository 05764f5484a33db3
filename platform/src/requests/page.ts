import { postsFor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import type { ListQuery, RequestSummary } from './contract.ts'
import { countUpTo } from './list.ts'
import type { Reader } from './list.ts'
import { listPage } from './list-page.ts'
import { summaries } from './view.ts'

/** A page of requests as the caller reads it, for the list on the screen and for whatever is made of it. */

const readerOf = ({ actor, scope }: Call, followed: readonly string[]): Reader => ({
  ...scope,
  requests: [...(scope.requests ?? []), ...followed],
  isStaff: actor.kind === 'staff',
})
const ownOf = ({ actor }: Call): string[] =>
  postsFor(actor, 'request.read').map(({ post }) => post.organisation)

/** @param followed requests that the caller follows besides those of the scope. */
export async function requestPage(
  call: Call,
  trx: Trx,
  query: ListQuery,
  followed: readonly string[] = [],
): Promise<{ items: RequestSummary[]; next: string | null }> {
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const { rows, next } = await listPage(trx, query, readerOf(call, followed), ownOf(call), now)
  return { items: await summaries(trx, rows, call.language), next }
}

/** How many requests stand in a list, counted no further than `most`. */
export async function requestsUpTo(
  call: Call,
  query: Omit<ListQuery, 'limit'>,
  most: number,
): Promise<number> {
  return countUpTo(call.trx, query, readerOf(call, []), ownOf(call), most)
}
