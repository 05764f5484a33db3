/**
 * Keeps the field door on the phone: its page, its scripts, its pictures. It never touches what people wrote: that lies in
 * IndexedDB, which an upgrade leaves alone. `/api` and the other doors are not its business. The build puts in the list of
 * files and a version that changes with any of them (vite.config.ts).
 */
const version = 'FIELD_VERSION'
const files = 'FIELD_FILES' as unknown as readonly string[]
const cacheName = `chuanmen-field-${version}`

/** The page is kept under this address and serves every address of the door. */
const page = '/field'

/** What of a service worker is used here; the library for workers does not go together with the one for pages. */
type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void }
type Fetching = Event & { request: Request; respondWith: (answer: Promise<Response>) => void }
type Keeper = {
  addEventListener(type: 'install' | 'activate', run: (event: Extendable) => void): void
  addEventListener(type: 'fetch', run: (event: Fetching) => void): void
  addEventListener(type: 'message', run: (event: MessageEvent<unknown>) => void): void
  skipWaiting: () => Promise<void>
  importScripts: (address: string) => void
  clients: { claim: () => Promise<void> }
}
const worker = globalThis as unknown as Keeper

// What is pushed is shown by the worker that the other doors have; a browser keeps it together with this one.
worker.importScripts('/push-worker.js')

worker.addEventListener('install', (event) => {
  const keepAll = async () => {
    const cache = await caches.open(cacheName)
    // Asked for anew: a browser's own cache may still hold the page of the version before.
    await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))
  }
  event.waitUntil(keepAll())
})

worker.addEventListener('activate', (event) => {
  const clear = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('chuanmen-field-') && name !== cacheName) await caches.delete(name)
    await worker.clients.claim()
  }
  event.waitUntil(clear())
})

/** The open pages run on the version they began with until the person says "now" (`update.ts`). */
worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting()
})

async function kept(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(address)) ?? fetch(request)
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (pathname === page || pathname.startsWith(`${page}/`)) event.respondWith(kept(page, request))
    return
  }
  if (files.includes(pathname)) event.respondWith(kept(pathname, request))
})
