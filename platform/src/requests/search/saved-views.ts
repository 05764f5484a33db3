import type { Call } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { personNames } from '#people/service.ts'
import { countUpTo } from '../list.ts'
import * as store from './saved-view-store.ts'
import { countFound } from './search.ts'
import type { NewView, SavedView } from './contract.ts'

/** What somebody looks for again and again, under a name of its own; for oneself, or for all of one's organisation. */

const mostViews = 30

/** My views and those that somebody of my organisations shares. */
export async function savedViews({ trx, actor }: Call): Promise<SavedView[]> {
  const me = actor.kind === 'staff' ? actor.id : ''
  const views = await store.views(trx)
  const names = await personNames(
    trx,
    views.map(({ person }) => person).filter((person) => person !== me),
  )
  return views.map(({ person, ...view }) => ({
    ...view,
    mine: person === me,
    by: person === me ? null : (names.get(person)?.name ?? null),
  }))
}

/** Keeps a view under the client's id; the same again changes nothing. */
export async function keepView(call: Call, id: string, view: NewView): Promise<SavedView> {
  const { trx, actor, now } = call
  const own = actor.kind === 'staff' ? actor.posts.map(({ organisation }) => organisation) : []
  if (view.organisation !== null && !own.includes(view.organisation))
    refuse('record.invalid_reference', { field: 'body.organisation' })
  if (!(await store.putView(trx, id, view, now.toString()))) refuse('id_taken', { field: 'params.id' })
  const mine = (await savedViews(call)).filter((one) => one.mine)
  if (mine.length > mostViews) refuse('record.too_many_views')
  return mine.find((one) => one.id === id)!
}

/** Nothing is left of it; of somebody else's view nothing is changed. */
export async function dropView({ trx }: Call, id: string): Promise<void> {
  await store.removeView(trx, id)
}

/** Beyond this a number says no more than "many". */
const mostCounted = 100

/** How many requests each view shows now. */
export async function viewCounts(
  call: Call,
  own: readonly string[],
  keys: Keys,
): Promise<{ id: string; count: number; more: boolean }[]> {
  const counts = []
  for (const { id, query } of (await store.views(call.trx)).slice(0, mostViews)) {
    const reader = { ...call.scope, isStaff: call.actor.kind === 'staff' }
    const count =
      (await countFound(call, query, own, keys)) ??
      (await countUpTo(call.trx, query, reader, own, mostCounted + 1))
    counts.push({ id, count: Math.min(count, mostCounted), more: count > mostCounted })
  }
  return counts
}
