import { postsFor } from '#access/actor.ts'
import type { Actor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { areaExists, desksFor, organisationNames, placeOf } from '#org/service.ts'
import type { JointChange, JointView } from './contract.ts'
import { levelOf } from './rules.ts'
import * as store from './store.ts'
import type { Joint } from './store.ts'

/** Joint meetings that stand (MT1): one an area, called by the desk over it, with the organisations that always sit in it. */

/** One for each area that has any; a district of 238 communities stays below this with one in each. */
const mostJoints = 500

export const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

export const staffOf = ({ actor }: Pick<Call, 'actor'>) =>
  actor.kind === 'staff' ? actor : refuse('access.not_allowed')

/** Whether somebody serves at a desk over the area, and so calls its meetings and writes them down. */
export function keeps(actor: Actor, path: string): boolean {
  return postsFor(actor, 'meeting.keep').some(({ post }) => path.startsWith(post.path))
}

async function jointViews(trx: Trx, actor: Actor, found: readonly Joint[]): Promise<JointView[]> {
  const seats = Map.groupBy(
    await store.seatsOf(
      trx,
      found.map(({ id }) => id),
    ),
    (seat) => seat.joint,
  )
  const names = await organisationNames(trx, [
    ...found.map(({ organisation }) => organisation),
    ...[...seats.values()].flatMap((of) => of.map(({ organisation }) => organisation)),
  ])
  const places = await placeOf(
    trx,
    found.map(({ path }) => path),
  )
  const named = (id: string) => ({ id, name: names.get(id)?.shortName ?? '' })
  return found.map(({ organisation, ...one }) => ({
    ...one,
    place: places.get(one.path) ?? '',
    organisation: named(organisation),
    seats: (seats.get(one.id) ?? []).map((seat) => ({
      organisation: named(seat.organisation),
      post: seat.post,
    })),
    keeps: keeps(actor, one.path),
  }))
}

export async function listJoints({ trx, actor, scope }: Call): Promise<{ items: JointView[] }> {
  return { items: await jointViews(trx, actor, await store.joints(trx, scope, mostJoints)) }
}

/** MT1: sets one up, or changes it as it was read. Who sits in it changes the meetings called from then on. */
export async function setJoint(
  call: Call,
  id: string,
  change: JointChange,
  version: number,
): Promise<JointView> {
  const { trx, actor, now } = call
  const organisations = change.seats.map(({ organisation }) => organisation)
  if (new Set(organisations).size !== organisations.length)
    refuse('record.invalid_reference', { field: 'body.seats' })
  await activeOnes(trx, organisations, 'body.seats')
  const known = await store.joint(trx, id, true)
  if (known) {
    if (known.version !== version) refuse('changed_meanwhile')
    if (known.path !== change.path) refuse('record.invalid_reference', { field: 'body.path' })
    await store.changeJoint(trx, id, change)
  } else {
    if (version !== 0) refuse('record.not_found')
    const { level, organisation } = await placed(call, change.path)
    const { path, name, mark, chair } = change
    const made = await store.addJoint(trx, { id, path, level, organisation, name, mark, chair }, text(now))
    if (!made) refuse('meeting.area_has_one', { field: 'body.path' })
  }
  await store.replaceSeats(trx, id, change.seats)
  const after = (await store.joint(trx, id)) ?? refuse('record.not_found')
  const [view] = await jointViews(trx, actor, [after])
  return view ?? refuse('record.not_found')
}

/** The level of the area, and the desk over it that keeps the minutes: the caller's own where they serve at it. */
async function placed({ trx, actor }: Call, path: string) {
  const kind = await areaExists(trx, path)
  const level = kind && levelOf(kind)
  if (!level || !keeps(actor, path)) refuse('record.invalid_reference', { field: 'body.path' })
  const desks = Object.values(await desksFor(trx, path)).map(({ organisation }) => organisation)
  const known = await organisationNames(trx, desks)
  const nearest = desks.toSorted(
    (a, b) => (known.get(b)?.path.length ?? 0) - (known.get(a)?.path.length ?? 0),
  )[0]
  return {
    level,
    organisation: nearest ?? refuse('record.invalid_reference', { field: 'body.path' }),
  }
}

/** Refuses organisations that are not there or no longer at work: nobody could come for them, or take what is decided. */
export async function activeOnes(trx: Trx, ids: readonly string[], field: string): Promise<void> {
  const known = await organisationNames(trx, ids)
  if (ids.some((id) => !known.get(id)?.active)) refuse('record.invalid_reference', { field })
}
