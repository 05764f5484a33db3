import { reporterFor } from '#access/reporters.ts'
import type { Call } from '#access/route.ts'
import { categoryNames } from '#catalogue/service.ts'
import { reachRequests } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { claim } from '../files/attachments.ts'
import type { Followed, FollowRequest } from './contract.ts'
import { publicPlaces } from './followed-view.ts'
import { isApart } from './rules.ts'
import { followedBy } from './followers.ts'
import { add, following } from './follower-store.ts'
import { obstacle } from '../rules.ts'
import { channelOf, desksOver, ownerOf, refuseBy, write } from '../service.ts'
import { apply } from '../standing.ts'
import type { Entry } from '../entry.ts'
import * as store from '../store.ts'
import { yearMonth } from '../submission.ts'
import type { Stored } from '../store.ts'

/** RQ13: a resident who was about to say the same follows instead, under a code of their own. */

type Done = {
  followed: Omit<Followed, 'followToken'>
  reporter: string
  isNewReporter: boolean
  isTheirs: boolean
}

/**
 * The request that stands for this one, locked: itself, or the one it was merged into. Nobody is told of a confidential one
 * or of a complaint.
 */
async function standsFor({ trx, scope }: Call, id: string): Promise<Stored> {
  const reach = (...ids: string[]) => reachRequests(trx, [...(scope.requests ?? []), ...ids])
  await reach(id)
  const found = await store.find(trx, id)
  const into = found?.standing.merged?.into
  if (into) await reach(into)
  const request = await store.find(trx, into ?? id, { lock: true })
  return request && !isApart(request) ? request : refuse('request.not_found')
}

/**
 * Makes the caller a follower of a request. The same id twice is one following (RQ3), and so is a second one of the same
 * person; what was typed becomes the follower's own note, which staff read and other residents never.
 */
export async function follow(
  call: Call,
  id: string,
  input: FollowRequest,
  { keys }: { keys: Keys },
): Promise<Done> {
  const { trx, actor } = call
  const before = await followedBy(call)
  const request = await standsFor(call, id)
  const again =
    (await following(trx, input.id)) ?? before.find((one) => one.request === request.id && !one.from)
  if (again) {
    const isTheirs =
      (actor.kind === 'reporter' && again.reporter === actor.id) ||
      ('requests' in actor && actor.requests.includes(again.id)) ||
      again.reporter === input.reporter?.id
    if (!isTheirs || again.request !== request.id) refuse('id_taken', { field: 'body.id' })
    return done(request, again, false)
  }
  const stop = obstacle(request.standing, 'follow', ['resident'], call.now.toString())
  if (stop) refuseBy(stop)
  const who =
    actor.kind === 'reporter'
      ? { id: actor.id, created: false }
      : await reporterFor(trx, input.reporter ?? { id: derivedId('reporter', input.id) }, call.now, keys)
  // Only to somebody who is known to be that person: whoever types a phone number learns nothing about its owner.
  if (actor.kind === 'reporter' && who.id === request.reporter) refuse('request.already_yours')
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const row = {
    id: input.id,
    request: request.id,
    reporter: who.id,
    code: await store.nextCode(trx, yearMonth(call.now)),
    title: await nameOf(call, request),
    since: now,
    from: null,
  }
  if (!(await add(trx, row))) refuse('id_taken', { field: 'body.id' })
  const made = entriesOf(call, input, now)
  const standing = made.reduce(apply, request.standing)
  await write(trx, [{ request, entries: made, standing, desks: await desksOver(trx, request.path) }])
  const note = made.find(({ kind }) => kind === 'note')
  if (note) await claim(trx, input.attachments, request.id, note.id, ownerOf(call))
  return done({ ...request, standing }, row, who.created)
}

function done(
  request: Stored,
  row: { id: string; code: string; reporter: string },
  isNewReporter: boolean,
): Done {
  const { id, code, reporter } = row
  return {
    followed: { id, code, people: request.standing.followers + 1 },
    reporter,
    isNewReporter,
    isTheirs: true,
  }
}

/** What it is called towards the follower: place and kind, nothing of what others wrote. */
async function nameOf({ trx }: Call, { path, standing }: Stored): Promise<string> {
  const place = (await publicPlaces(trx, [path])).get(path) ?? ''
  const category = standing.category && (await categoryNames(trx, 'zh-CN')).get(standing.category)?.name
  return category ? `${place} ${category}` : place
}

function entriesOf(call: Call, input: FollowRequest, at: string): Entry[] {
  const base = {
    at,
    channel: channelOf(call),
    by: { kind: 'reporter' as const, follower: input.id },
  }
  const followed: Entry = {
    ...base,
    id: derivedId('follow', input.id),
    kind: 'follow',
    visible: true,
    words: null,
    data: {},
  }
  if (!input.words) return [followed]
  const note: Entry = {
    ...base,
    id: derivedId('follow-note', input.id),
    kind: 'note',
    visible: false,
    words: input.words,
    data: {},
  }
  return [followed, note]
}
