import type { Actor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import { Feed } from '#kernel/feed.ts'
import type { Ability } from '#access/permissions.ts'
import type { Trx } from '#kernel/db.ts'
import type { FeedCall, FeedEvent, Look } from '#kernel/feed.ts'
import { refuse } from '#kernel/problem.ts'
import type { Signal } from '#kernel/signals.ts'
import { bucketsOfReader } from './buckets.ts'
import type { StreamEvent } from './contract.ts'
import { noticeOf, unreadFor } from './service.ts'
import { freshNotices } from './store.ts'
import type { Reader, Since } from './store.ts'
import { ownWords } from './templates.ts'

/**
 * Notices live: exactly the rows of /api/notices, in the order in which they may be shown, from a cursor on that survives
 * breaks and restarts; and which requests changed that the reader may read.
 */

/** Versions of requests, as far as the transaction may read them; handed in by the composition root. */
export type RequestVersions = (trx: Trx, ids: readonly string[]) => Promise<{ id: string; version: number }[]>

type One = FeedCall<Actor, Ability>

/** So many notices go out in one look; the rest follows in the next. */
const mostAtOnce = 50
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const farAhead: Since = { writtenIn: 1n << 62n, id: lastId }

/** `transaction.message`: everything up to it was told. */
function readCursor(text: string | null | undefined): Since | null {
  const found = /^(\d{1,18})\.([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(text ?? '')
  return found ? { writtenIn: BigInt(found[1]!), id: found[2]! } : null
}

function writeCursor({ writtenIn, id }: Since): string {
  return `${writtenIn}.${id}`
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/
const mostWatched = 20

function watchedIn(text: string | undefined): string[] {
  const ids = text ? text.split(',') : []
  if (ids.length > mostWatched || ids.some((id) => !uuid.test(id)))
    refuse('input.invalid', { field: 'query.requests', params: { count: 1 } })
  return ids
}

/** Whether a request's signal may concern a reader: it is open on the page, or of an organisation or area they serve in. */
function mayConcern(
  { keys }: Signal,
  watched: readonly string[],
  organisations: readonly string[],
  paths: readonly string[],
) {
  const [id = '', place = '', ...parties] = keys
  return (
    watched.includes(id) ||
    parties.some((one) => organisations.includes(one)) ||
    paths.some((path) => place.startsWith(path) || path.startsWith(place))
  )
}

type Options = {
  /** Of the organisations and areas through which the caller reads requests. */
  serves: { organisations: readonly string[]; paths: readonly string[] }
  reader: (actor: Actor) => Reader
  query: { after?: string | undefined; requests?: string | undefined; once: 'true' | 'false' }
  versions: RequestVersions
}

/** Opens the stream of one reader. */
export function openNotices(call: Call, { serves, reader: readerOf, query, versions }: Options): Feed {
  const watched = watchedIn(query.requests)
  const own = bucketsOfReader(readerOf(call.actor))
  let since = readCursor(call.lastEventId ?? query.after)
  let resumed = since !== null
  let greeted = false
  let unread = 0
  const told = new Map<string, number>()

  async function notices(trx: Trx, { language }: One, reader: Reader): Promise<Look> {
    // Without a cursor only the edge is asked for: what stands before it is in /api/notices.
    const { rows, edge, next } = await freshNotices(trx, reader, since ?? farAhead, mostAtOnce)
    if (!since || since.writtenIn >= next) {
      // A cursor of a database that was put back to an earlier day continues nothing either.
      resumed = false
      since = { writtenIn: edge - 1n, id: lastId }
      return { events: [], soon: true }
    }
    const ready = rows.filter((row) => BigInt(row.writtenIn) < edge)
    if (ready.length === 0) return { events: [], soon: rows.length > 0 }
    const words = await ownWords(trx)
    const events = ready.map(({ writtenIn, ...notice }) => ({
      event: 'notice',
      id: writeCursor({ writtenIn: BigInt(writtenIn), id: notice.id }),
      data: noticeOf(notice, language, words),
    }))
    return { events, soon: rows.length > ready.length || rows.length === mostAtOnce }
  }

  async function changed(one: One, woken: readonly Signal[], all: boolean) {
    const ids = new Set(all ? watched : [])
    for (const { topic, keys } of woken) if (topic === 'request' && keys[0]) ids.add(keys[0])
    if (ids.size === 0) return []
    const known = await one.within('request.read', (trx) => versions(trx, [...ids]))
    return known.flatMap(({ id, version }): StreamEvent[] => {
      // At the start the version of what is open on the page is told: it may have changed since it was read.
      if (told.get(id) === version) return []
      if (watched.includes(id)) told.set(id, version)
      return [{ event: 'request', data: { id, version } }]
    })
  }

  return new Feed({
    once: query.once === 'true',
    wants: (signal) =>
      signal.topic === 'request'
        ? mayConcern(signal, watched, serves.organisations, serves.paths)
        : signal.keys.some((key) => own.includes(key)),
    async look(one: One, woken, all) {
      const reader = readerOf(one.actor)
      const news = all || woken.some(({ topic }) => topic !== 'request')
      const began = since
      const {
        events: fresh,
        soon,
        count,
      } = news
        ? await one.within(
            'notice.read',
            async (trx) => ({ ...(await notices(trx, one, reader)), count: await unreadFor(trx, reader) }),
            ({ events }) =>
              events.length > 0
                ? { subjectKind: 'notice', detail: { rows: events.length, live: true } }
                : null,
          )
        : { events: [], soon: false, count: unread }
      const requests = await changed(one, woken, all)
      // From here on nothing fails: only now the cursor moves.
      since = readCursor(fresh.at(-1)?.id) ?? since
      const events: FeedEvent[] = [...fresh, ...requests]
      const start = resumed ? began : since
      if (!greeted) {
        const id = start ? writeCursor(start) : undefined
        events.unshift({ event: 'ready', data: { resumed, unread: count }, id })
      } else if (count !== unread) events.push({ event: 'unread', data: { unread: count } })
      greeted = true
      unread = count
      return { events, soon: soon ?? false }
    },
  })
}
