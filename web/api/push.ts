import { newId } from './ids.ts'
import { type Contact, forgetBrowser, readContact, tellBrowser } from './notices.ts'

/** Web push in this browser: whether it can, whether it is on, switching it on and off. */

export type Door = Contact['devices'][number]['door']

/** The field door has a service worker of its own, which takes the pushes along; the others get one that does nothing else. */
const workers = {
  phone: { script: '/push-worker.js', scope: '/' },
  console: { script: '/push-worker.js', scope: '/console' },
  field: { script: '/field/service-worker.js', scope: '/field' },
} as const satisfies Record<Door, { script: string; scope: string }>

/** A browser that can be told at all. Inside WeChat, and on iOS outside the home screen, there is none of it. */
export function canBeTold(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
}

/** Its owner said no to this site; only in the browser's own settings can that be taken back. */
export function isBlocked(): boolean {
  return canBeTold() && Notification.permission === 'denied'
}

const remembered = (door: Door) => `chuanmen.told.${door}`

function idHere(door: Door): string | null {
  try {
    return localStorage.getItem(remembered(door))
  } catch {
    return null
  }
}

/** Which of my browsers this one is, as far as it remembers; undefined when it is none of them. */
export function deviceHere(door: Door, devices: Contact['devices']): string | undefined {
  const id = idHere(door)
  return id && canBeTold() && devices.some((one) => one.id === id) ? id : undefined
}

/** Whether this browser still has the subscription that it remembers; its owner may have taken it away in the browser. */
export async function isSubscribed(door: Door): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration(workers[door].scope)
  return Boolean(await registration?.pushManager.getSubscription())
}

async function workerOf(door: Door): Promise<ServiceWorkerRegistration> {
  const { script, scope } = workers[door]
  const registration = await navigator.serviceWorker.register(script, { scope })
  const coming = registration.installing ?? registration.waiting
  if (!registration.active && coming)
    await new Promise<void>((done) => {
      coming.addEventListener('statechange', () => coming.state === 'activated' && done())
    })
  return registration
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
}

function textOf(key: ArrayBuffer | null): string {
  const text = String.fromCodePoint(...new Uint8Array(key ?? new ArrayBuffer(0)))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Its owner was asked and said no, or put the question away. */
export class NotAllowed extends Error {
  override name = 'NotAllowed'
}

/** The browser knows no push service that it reaches. */
export class NoService extends Error {
  override name = 'NoService'
}

/** Asks the person, subscribes this browser, and tells the server. To be called by a press. */
export async function switchOn(door: Door, key: string, label: string | undefined): Promise<Contact> {
  if ((await Notification.requestPermission()) !== 'granted') throw new NotAllowed()
  const { pushManager } = await workerOf(door)
  // One that was made for another key, of an earlier installation, would never be told.
  await (await pushManager.getSubscription())?.unsubscribe()
  const made = await pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
    .catch((cause: unknown) => {
      throw new NoService('', { cause })
    })
  const id = newId()
  const after = await tellBrowser({
    id,
    door,
    endpoint: made.endpoint,
    p256dh: textOf(made.getKey('p256dh')),
    auth: textOf(made.getKey('auth')),
    label: label ?? null,
  })
  localStorage.setItem(remembered(door), id)
  return after
}

/** Forgets this browser on the server, then here. */
export async function switchOff(door: Door, id: string): Promise<Contact> {
  const after = await forgetBrowser(id)
  await stopHere(door)
  return after
}

/** Takes the subscription back in this browser: from then on nothing reaches it, whatever the server still knows. */
async function stopHere(door: Door): Promise<void> {
  if (!canBeTold()) return
  const registration = await navigator.serviceWorker.getRegistration(workers[door].scope)
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
  localStorage.removeItem(remembered(door))
}

/**
 * NT17: whoever logs out is told here no more, because the next one with this device would read it. Before the session ends;
 * without a line the browser forgets all the same, and the push service says so to the server.
 */
export async function leaveHere(door: Door): Promise<void> {
  const id = idHere(door)
  if (id === null) return
  await forgetBrowser(id).catch(() => undefined)
  await stopHere(door).catch(() => undefined)
}

/** NT17: somebody logged in where another one was told, whose session ended by itself: that one is told here no more. */
export async function takeOver(door: Door): Promise<void> {
  if (idHere(door) === null) return
  const { devices } = await readContact()
  if (deviceHere(door, devices) === undefined) await stopHere(door)
}
