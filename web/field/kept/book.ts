import { useSyncExternalStore } from 'react'
import type { FeedPage, Item } from '#web/api/field.ts'
import type { OutboxRow } from './database.ts'
import type { Queued } from './entry.ts'
import { open, openBytes, seal, sealBytes } from './sealing.ts'
import { onVault, openedKey, store, vaultNow } from './vault.ts'

/**
 * What lies on this phone, opened: what the feed brought, and the queue of what was done here. A phone holds some thirty
 * households, so all of it is held in memory while the store is open, and forgotten when it closes. Everything is sealed
 * before a transaction begins and opened after it ended.
 */

type Held = { items: ReadonlyMap<string, Item>; queue: readonly Queued[] }
export type Book = Held & { ready: boolean }

const shut: Book = { ready: false, items: new Map(), queue: [] }
let book: Book = shut
const listeners = new Set<() => void>()
const told = new BroadcastChannel('chuanmen-field-book')

function become(next: Book): void {
  book = next
  for (const listener of listeners) listener()
}

export function bookNow(): Book {
  return book
}

export function onBook(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useBook(): Book {
  return useSyncExternalStore(onBook, bookNow)
}

const keyOf = ({ kind, id }: Pick<Item, 'kind' | 'id'>) => `${kind}/${id}`

/** The key, or the work is given up: the store was closed meanwhile, and nothing may be written past the lock. */
function key(): CryptoKey {
  const now = openedKey()
  if (!now) throw new Error('locked')
  return now
}

async function load(): Promise<void> {
  const kept = await store()
  const [records, rows] = await Promise.all([kept.records.toArray(), kept.outbox.orderBy('order').toArray()])
  const mine = openedKey()
  if (!mine) return
  const items = await Promise.all(
    records
      .filter((row) => !row.key.startsWith('draft/'))
      .map(async (row) => [row.key, await open<Item>(mine, row.key, row.box)] as const),
  )
  const queue = await Promise.all(
    rows.map(async (row) => ({
      ...(await open<Queued>(mine, `outbox/${row.id}`, row.box)),
      state: row.state,
    })),
  )
  if (openedKey() === mine) become({ ready: true, items: new Map(items), queue })
}

/** Opens with the vault and closes with it; other tabs tell when they wrote. */
export function followVault(): void {
  onVault(() => {
    if (vaultNow().kind === 'open') void load()
    else become(shut)
  })
  told.addEventListener('message', () => {
    if (vaultNow().kind === 'open') void load()
  })
}

/** Puts one page of the feed and its cursor into the store, together or not at all. */
export async function takePage(page: FeedPage): Promise<void> {
  const mine = key()
  const come = page.items.filter((item) => !item.gone)
  const gone = page.items.filter((item) => item.gone).map(keyOf)
  const rows = await Promise.all(
    come.map(async (item) => ({ key: keyOf(item), box: await seal(mine, keyOf(item), item) })),
  )
  const kept = await store()
  await kept.transaction('rw', kept.lock, kept.records, kept.outbox, async () => {
    if (page.reset) await kept.records.filter((row) => !row.key.startsWith('draft/')).delete()
    await kept.records.bulkDelete(gone)
    await kept.records.bulkPut(rows)
    await kept.lock.update('lock', { cursor: page.cursor })
    // What the feed has brought stands in the items themselves from now on.
    if (!page.more) await kept.outbox.where('state').equals('settled').modify({ state: 'covered' })
  })
  const items = new Map(page.reset ? [] : book.items)
  for (const one of gone) items.delete(one)
  for (const item of come) items.set(keyOf(item), item)
  const queue = page.more
    ? book.queue
    : book.queue.map((one) => (one.state === 'settled' ? { ...one, state: 'covered' as const } : one))
  become({ ready: book.ready, items, queue })
  told.postMessage('changed')
}

async function rowOf(one: Queued): Promise<OutboxRow> {
  const place = `outbox/${one.entry.id}`
  return { id: one.entry.id, state: one.state, box: await seal(key(), place, one) }
}

export type NewFile = { id: string; blob: Blob }

/**
 * Puts something done here into the queue, with its photos and recordings, and takes what it mends out of the way. Only
 * when this has ended is it on the phone; it throws when there is no room.
 */
export async function enqueue(one: Queued, files: readonly NewFile[] = []): Promise<void> {
  const mine = key()
  const row = await rowOf(one)
  const mended = book.queue.find((other) => other.entry.id === one.entry.mends)
  const oldRow = mended && (await rowOf({ ...mended, state: 'covered', mendedBy: one.entry.id }))
  const sealed = await Promise.all(
    files.map(async ({ id, blob }) => ({
      id,
      entry: one.entry.id,
      bytes: blob.size,
      box: await sealBytes(mine, `file/${id}`, await blob.arrayBuffer()),
    })),
  )
  const kept = await store()
  await kept.transaction('rw', kept.outbox, kept.files, async () => {
    await kept.files.bulkPut(sealed)
    await kept.outbox.add(row)
    if (oldRow)
      await kept.outbox.where('id').equals(oldRow.id).modify({ state: oldRow.state, box: oldRow.box })
  })
  const others = book.queue.map((other) =>
    other === mended ? { ...other, state: 'covered' as const, mendedBy: one.entry.id } : other,
  )
  become({ ...book, queue: [...others, one] })
  told.postMessage('changed')
}

/** Writes what became of entries, all of them in one transaction. */
export async function record(changed: readonly Queued[]): Promise<void> {
  const rows = await Promise.all(changed.map(rowOf))
  const kept = await store()
  await kept.transaction('rw', kept.outbox, async () => {
    for (const { id, state, box } of rows) await kept.outbox.where('id').equals(id).modify({ state, box })
  })
  const now = new Map(changed.map((one) => [one.entry.id, one]))
  become({ ...book, queue: book.queue.map((one) => now.get(one.entry.id) ?? one) })
  told.postMessage('changed')
}

/** Takes everything about households off at once; the queue stays until it could be sent. */
export async function dropHouseholds(): Promise<void> {
  const kept = await store()
  await kept.transaction('rw', kept.lock, kept.records, async () => {
    await kept.records.clear()
    await kept.lock.update('lock', { cursor: null })
  })
  become({ ...book, items: new Map() })
  told.postMessage('changed')
}

/** Takes entries out of the queue for good, with their files. */
export async function takeOut(ids: readonly string[]): Promise<void> {
  const kept = await store()
  await kept.transaction('rw', kept.outbox, kept.files, async () => {
    await kept.outbox.where('id').anyOf(ids).delete()
    await kept.files.where('entry').anyOf(ids).delete()
  })
  become({ ...book, queue: book.queue.filter((one) => !ids.includes(one.entry.id)) })
  told.postMessage('changed')
}

/** A photo or recording as it was put in; undefined when it is not here any more. */
export async function fileBytes(id: string): Promise<ArrayBuffer | undefined> {
  const row = await (await store()).files.get(id)
  return row && openBytes(key(), `file/${id}`, row.box)
}

export async function dropFile(id: string): Promise<void> {
  await (await store()).files.delete(id)
}

/** What is being written and not yet done, so that a phone call in between costs nothing. */
export async function keepDraft(name: string, draft: unknown): Promise<void> {
  const place = `draft/${name}`
  const kept = await store()
  if (draft === undefined) await kept.records.delete(place)
  else await kept.records.put({ key: place, box: await seal(key(), place, draft) })
}

export async function keptDraft<T>(name: string): Promise<T | undefined> {
  const row = await (await store()).records.get(`draft/${name}`)
  return row && open<T>(key(), `draft/${name}`, row.box)
}
