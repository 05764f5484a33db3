import { useSyncExternalStore } from 'react'
import type { Lock } from './database.ts'
import { delayAfter, goOnFrom, isSilent, longestIdle, mostWrong, ownTime } from './own-time.ts'
import { halfOf, makeKey, openKey } from './sealing.ts'

/** The lock of this phone: what state it is in, and every way from one to another. Dexie comes when it is first needed. */

/** Why nothing, or nothing readable, is kept here any more. */
export type Gone = 'silent' | 'withdrawn' | 'left' | 'wrong'

export type Vault =
  | { kind: 'starting' }
  /** Nothing is kept: sign in. */
  | { kind: 'empty'; gone: Gone | null }
  /** Kept and closed. Without the server's half (`gone` says why) the code alone opens nothing: sign in first. */
  | { kind: 'locked'; person: string; unsent: number; wrong: number; notBefore: number; gone: Gone | null }
  | { kind: 'open'; person: string; device: string }

/** What the server gives at a sign-in. */
export type Released = { device: string; secret: string; person: string }

let vault: Vault = { kind: 'starting' }
let dataKey: CryptoKey | undefined
const listeners = new Set<() => void>()
const name = 'chuanmen-field'
const told = new BroadcastChannel('chuanmen-field-lock')

function become(next: Vault): void {
  vault = next
  for (const listener of listeners) listener()
}

export function vaultNow(): Vault {
  return vault
}

export function onVault(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useVault(): Vault {
  return useSyncExternalStore(onVault, vaultNow)
}

/** The data key while the store is open. */
export function openedKey(): CryptoKey | undefined {
  return dataKey
}

export async function store() {
  const { database } = await import('./database.ts')
  return database
}

async function isKept(): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false
  const known = (await (indexedDB as Partial<IDBFactory>).databases?.().catch(() => undefined)) ?? [{ name }]
  return known.some((one) => one.name === name)
}

export async function keptLock(): Promise<Lock | undefined> {
  return (await store()).lock.get('lock')
}

async function changeLock(change: Partial<Lock>): Promise<void> {
  await (await store()).lock.update('lock', change)
}

async function closed(lock: Lock, gone: Gone | null = null): Promise<Vault> {
  const unsent = await (await store()).outbox.where('state').equals('stays').count()
  const { person, wrong, notBefore } = lock
  return { kind: 'locked', person, unsent, wrong, notBefore, gone: lock.half ? null : (gone ?? 'silent') }
}

/**
 * Looks at what is kept, at each start. After 14 days of silence the households are taken off; what was written and not
 * sent stays sealed, and from then on opens only with the server's half, which is gone from here (docs/adr/0030).
 * @param serverTime asks for the true time, in case it was only the phone's clock that ran away
 */
export async function startVault(serverTime: () => Promise<number | undefined>): Promise<void> {
  const lock = (await isKept()) ? await keptLock() : undefined
  if (!lock) return become({ kind: 'empty', gone: null })
  goOnFrom(lock.seen)
  let seen = ownTime()
  if (lock.half && isSilent(lock.contact, seen)) {
    const truth = await serverTime()
    if (truth === undefined || isSilent(lock.contact, truth)) return forget('silent')
    seen = truth
  }
  await changeLock({ seen })
  return become(await closed(lock))
}

/** Takes the households off, and everything else too when nothing waits to be sent. */
async function forget(gone: Gone): Promise<void> {
  const kept = await store()
  // What was looked at offline is told as well, so that the resident can read it.
  if ((await kept.outbox.where('state').anyOf('stays', 'reads').count()) === 0) return wipe(gone)
  await kept.transaction('rw', kept.lock, kept.records, async () => {
    await kept.records.clear()
    await kept.lock.update('lock', { half: null, cursor: null })
  })
  dataKey = undefined
  const lock = await keptLock()
  if (lock) become(await closed(lock, gone))
}

/** Takes everything off this phone. */
export async function wipe(gone: Gone | null): Promise<void> {
  dataKey = undefined
  const kept = await store()
  await kept.delete()
  // It stands ready for the next one who signs in.
  await kept.open()
  told.postMessage('closed')
  become({ kind: 'empty', gone })
  // Nobody's phone is told of nobody's affairs (NT17).
  await import('#web/api/push.ts').then(({ leaveHere }) => leaveHere('field')).catch(() => undefined)
}

/** First time on this phone: chooses the code, makes the key. Throws when the phone has no room or refuses to keep. */
export async function setUp(code: string, { device, secret, person }: Released): Promise<void> {
  const half = await halfOf(secret)
  const { key, kept } = await makeKey(code, half)
  const now = ownTime()
  const lock: Lock = {
    key: 'lock',
    device,
    person,
    kept,
    half,
    wrong: 0,
    notBefore: 0,
    seen: now,
    contact: now,
    cursor: null,
  }
  await (await store()).lock.put(lock)
  // Ask that the system does not clear it when room gets scarce; it may say no.
  void (navigator.storage as Partial<StorageManager> | undefined)?.persist?.().catch(() => false)
  dataKey = key
  goOnFrom(now)
  become({ kind: 'open', person, device })
}

/** The server has released its half again after a sign-in; the code opens as before. */
export async function giveHalf(secret: string): Promise<void> {
  const now = ownTime()
  await changeLock({ half: await halfOf(secret), wrong: 0, notBefore: 0, seen: now, contact: now })
  const lock = await keptLock()
  if (lock) become(await closed(lock))
}

/** Tries a code. Wrong ones make the next wait, and the last of them throws the server's half away. */
export async function unlock(code: string): Promise<boolean> {
  const lock = await keptLock()
  if (!lock?.half || ownTime() < lock.notBefore) return false
  const key = await openKey(code, lock.half, lock.kept)
  if (key) {
    await changeLock({ wrong: 0, notBefore: 0, seen: ownTime() })
    dataKey = key
    become({ kind: 'open', person: lock.person, device: lock.device })
    return true
  }
  const wrong = lock.wrong + 1
  const change = {
    wrong,
    notBefore: ownTime() + delayAfter(wrong),
    half: wrong < mostWrong ? lock.half : null,
  }
  await changeLock(change)
  become(await closed({ ...lock, ...change }, 'wrong'))
  return false
}

/** Closes it; what is open in other tabs is told too. */
export async function lockUp(tell = true): Promise<void> {
  if (vault.kind !== 'open') return
  dataKey = undefined
  const lock = await keptLock()
  become(lock ? await closed(lock) : { kind: 'empty', gone: null })
  if (tell) told.postMessage('closed')
}

/** The server was heard: the fourteen days begin anew. */
export async function heard(): Promise<void> {
  await changeLock({ contact: ownTime(), seen: ownTime() })
}

/** Locks by itself when nobody touches the page for a while, also when the phone slept meanwhile. */
export function lockWhenIdle(): () => void {
  let touched = ownTime()
  const touch = () => {
    touched = ownTime()
  }
  const look = () => {
    if (vault.kind !== 'open') return
    if (ownTime() - touched > longestIdle) void lockUp()
    else void changeLock({ seen: ownTime() })
  }
  const timer = setInterval(look, 30_000)
  const events = ['pointerdown', 'keydown', 'scroll'] as const
  for (const event of events) addEventListener(event, touch, { passive: true })
  document.addEventListener('visibilitychange', look)
  const onTold = () => void lockUp(false)
  told.addEventListener('message', onTold)
  return () => {
    clearInterval(timer)
    for (const event of events) removeEventListener(event, touch)
    document.removeEventListener('visibilitychange', look)
    told.removeEventListener('message', onTold)
  }
}
