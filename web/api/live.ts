import { useSyncExternalStore } from 'react'

/**
 * News as they happen (Server-Sent Events), on one connection a page, while the page is in sight. The browser comes back
 * by itself after a break and continues from its cursor; where it cannot, pages go on asking now and then.
 */

export type News =
  /** The stream stands (again): what one shows may be old, unless it was resumed. */
  | { kind: 'ready'; resumed: boolean }
  | { kind: 'notice' }
  /** A request that may be read here has this version now. */
  | { kind: 'request'; id: string; version: number }

type State = { live: boolean; unread: number | undefined }

/** After a refusal the server is left alone for so long. */
const rest = 60_000
/** A page that is left gives the next one so long to read on, in milliseconds. */
const leaving = 1_000
/** So many requests can be watched at once. */
const mostWatched = 20

let state: State = { live: false, unread: undefined }
let source: EventSource | undefined
let cursor: string | undefined
let resting: ReturnType<typeof setTimeout> | undefined
let asked = new Set<string>()
const readers = new Set<(news: News) => void>()
const showing = new Set<() => void>()
const watched = new Map<string, number>()

function change(to: Partial<State>): void {
  if ((to.live ?? state.live) === state.live && (to.unread ?? state.unread) === state.unread) return
  state = { ...state, ...to }
  for (const show of showing) show()
}

function tell(news: News): void {
  for (const read of readers) read(news)
}

function address(): string {
  const ids = [...watched.keys()].slice(-mostWatched).join(',')
  const search = new URLSearchParams({ ...(cursor && { after: cursor }), ...(ids && { requests: ids }) })
  return search.size > 0 ? `/api/notices/stream?${search}` : '/api/notices/stream'
}

function close(): void {
  source?.close()
  source = undefined
  change({ live: false })
}

/** Opens, closes or keeps the connection, as the page is in sight and somebody reads. */
function settle(): void {
  const wanted =
    readers.size > 0 && document.visibilityState === 'visible' && typeof EventSource !== 'undefined'
  // What is watched in vain does no harm; only for a further request it is opened anew, from the same cursor.
  const isMissing = [...watched.keys()].some((id) => !asked.has(id))
  if (!wanted || isMissing) close()
  if (!wanted || source || resting) return
  asked = new Set(watched.keys())
  const made = new EventSource(address())
  source = made
  const on = (event: string, hear: (data: Record<string, unknown>) => void) =>
    made.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) => {
      if (lastEventId) cursor = lastEventId
      hear(JSON.parse(data) as Record<string, unknown>)
    })
  on('ready', ({ resumed, unread }) => {
    change({ live: true, unread: Number(unread) })
    tell({ kind: 'ready', resumed: resumed === true })
  })
  on('unread', ({ unread }) => change({ unread: Number(unread) }))
  on('notice', () => tell({ kind: 'notice' }))
  on('request', ({ id, version }) => tell({ kind: 'request', id: String(id), version: Number(version) }))
  made.addEventListener('error', () => {
    change({ live: false })
    // The browser tries again by itself unless the server said no.
    if (made.readyState !== EventSource.CLOSED || source !== made) return
    close()
    resting = setTimeout(() => {
      resting = undefined
      settle()
    }, rest)
  })
}

let heard = false

/** Reads the news until the returned function is called. @param ids requests that are open on the page */
export function hearNews(read: (news: News) => void, ids: readonly string[] = []): () => void {
  if (!heard) document.addEventListener('visibilitychange', settle)
  heard = true
  readers.add(read)
  for (const id of ids) watched.set(id, (watched.get(id) ?? 0) + 1)
  settle()
  return () => {
    readers.delete(read)
    for (const id of ids) {
      const left = (watched.get(id) ?? 1) - 1
      if (left > 0) watched.set(id, left)
      else watched.delete(id)
    }
    // The next page is about to read: one connection serves both.
    setTimeout(settle, leaving)
  }
}

/** After logging in or out it is another person's. */
export function forgetNews(): void {
  clearTimeout(resting)
  resting = undefined
  cursor = undefined
  close()
  state = { live: false, unread: undefined }
  for (const show of showing) show()
  settle()
}

/** Whether news arrive by themselves; where not, ask now and then. */
export function isLive(): boolean {
  return state.live
}

/** How many notices are unread, as far as the stream says. */
export function learnUnread(unread: number): void {
  change({ unread })
}

export function useLive(): State {
  return useSyncExternalStore(
    (show) => {
      showing.add(show)
      return () => showing.delete(show)
    },
    () => state,
  )
}
