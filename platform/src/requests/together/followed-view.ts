import type { Call } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { lineOf } from '#org/rules.ts'
import { placeOf } from '#org/service.ts'
import type { Trx } from '#kernel/db.ts'
import type { RequestSummary } from '../contract.ts'
import type { RequestView } from '../view-contract.ts'
import { followOf, followedBy } from './followers.ts'
import type { Following } from './follower-store.ts'
import { actorOf } from '../service.ts'
import { find, findAll } from '../store.ts'
import type { Stored } from '../store.ts'
import { requestView, summaries } from '../view.ts'

/**
 * What a resident sees who follows (RQ13): one request under their own code and name, with their own words first, standing
 * as the one stands that they follow. Of what others said nothing: neither words, nor title, nor door (boundary 7).
 */

/** A place as anybody may know it: compound and building, never the stairwell or the door. */
function publicPath(path: string): string {
  return lineOf(path).slice(0, 5).at(-1) ?? path
}

/** Public names of the places of several paths, by path. */
export async function publicPlaces(trx: Trx, paths: readonly string[]): Promise<Map<string, string>> {
  const asPublic = new Map(paths.map((path) => [path, publicPath(path)]))
  const names = await placeOf(trx, [...asPublic.values()])
  return new Map([...asPublic].map(([path, shown]) => [path, names.get(shown) ?? '']))
}

type Deps = { keys: Keys }

/** One request as the caller may see it: as staff, as who said it, or as who follows it. */
export async function viewFor(call: Call, id: string, deps: Deps): Promise<RequestView> {
  const follow = await followOf(call, id)
  return follow
    ? followedView(call, follow, deps)
    : plainView(call, (await find(call.trx, id)) ?? refuse('request.not_found'), deps)
}

function plainView(call: Call, request: Stored, { keys }: Deps): Promise<RequestView> {
  const { actor: access, language, now } = call
  return requestView(call.trx, request, { access, rules: actorOf(access), keys, language, now })
}

async function followedView(call: Call, follow: Following, { keys }: Deps): Promise<RequestView> {
  const { trx, actor: access, language, now } = call
  const stays = (await find(trx, follow.request)) ?? refuse('request.not_found')
  const said = follow.from ? await find(trx, follow.from) : undefined
  const view = await requestView(trx, stays, {
    access,
    rules: { kind: 'follower', follower: follow.id },
    keys,
    language,
    now,
    follower: follow.id,
  })
  const own = said && (await plainView(call, said, { keys }))
  const places = await publicPlaces(trx, [stays.path])
  return {
    ...view,
    ...(await followedFacts(trx, follow, view, own, places.get(stays.path) ?? '')),
    words: own?.words ?? '',
    lon: own?.lon ?? null,
    lat: own?.lat ?? null,
    points: [],
    steps: [],
    reporter: own?.reporter ?? null,
    // What somebody proposed, complained of, or is complained of, is between them and the desk.
    asked: false,
    proposed: null,
    excluded: false,
    proposal: null,
    about: null,
    complaints: [],
    complainedOf: [],
    entries: [...(own?.entries ?? []), ...view.entries].toSorted((a, b) => b.at.localeCompare(a.at)),
    attachments: own?.attachments ?? [],
    version: view.version + (own?.version ?? 0),
  }
}

/** Under which code, name and place they know it. */
async function followedFacts(
  trx: Trx,
  follow: Following,
  stays: RequestSummary,
  own: RequestSummary | undefined,
  place: string,
): Promise<Partial<RequestSummary>> {
  const { lastEntry } = stays
  return {
    id: follow.id,
    code: follow.code,
    title: own?.title ?? follow.title ?? place,
    path: own?.path ?? publicPath(stays.path),
    place: own?.place ?? place,
    submittedAt: own?.submittedAt ?? follow.since,
    channel: own?.channel ?? 'phone_page',
    lastEntry: { ...lastEntry, words: null },
    follows: true,
  }
}

/** The last entry of what is followed is not for the list. */
function nothingLast({ lastEntryAt }: Stored) {
  return { kind: 'submit' as const, at: lastEntryAt, person: null, organisation: null, words: null }
}

/** How the one stands that is followed. */
function standsAs(stays: RequestSummary): Partial<RequestSummary> {
  const { state, level, category, urgency, dueAt, overdue, holder, satisfaction, people } = stays
  return { state, level, category, urgency, dueAt, overdue, holder, satisfaction, people }
}

/**
 * The list of a resident with what they follow in it: a merged request stands as the one it went into, and what they chose
 * to follow stands under their own code.
 *
 * @param list one page, of requests by these ids besides the caller's own.
 */
export async function withFollowed(
  call: Call,
  list: (followed: readonly string[]) => Promise<{ items: RequestSummary[]; next: string | null }>,
): Promise<{ items: RequestSummary[]; next: string | null }> {
  const { actor, trx } = call
  const follows = await followedBy(call)
  const isOwn = (request: Stored) => actor.kind === 'reporter' && request.reporter === actor.id
  const stays = await findAll(
    trx,
    follows.map(({ request }) => request),
  )
  const direct = new Map(
    follows
      .filter(({ from, request }) => from === null && stays.has(request) && !isOwn(stays.get(request)!))
      .map((follow) => [follow.request, follow]),
  )
  const merged = new Map(follows.filter(({ from }) => from !== null).map((follow) => [follow.id, follow]))
  const page = await list([...direct.keys()])
  const standing = new Map(
    (
      await summaries(
        trx,
        [...stays.values()].map((one) => ({ ...one, last: nothingLast(one) })),
        call.language,
      )
    ).map((one) => [one.id, one]),
  )
  const places = await publicPlaces(
    trx,
    page.items.map(({ path }) => path),
  )
  const items = await Promise.all(
    page.items.map(async (item): Promise<RequestSummary> => {
      const into = merged.get(item.id)
      const one = into && standing.get(into.request)
      if (one) return { ...item, ...standsAs(one), follows: true }
      const follow = direct.get(item.id)
      if (!follow) return item
      return { ...item, ...(await followedFacts(trx, follow, item, undefined, places.get(item.path) ?? '')) }
    }),
  )
  return { items, next: page.next }
}
