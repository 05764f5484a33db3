import { useSyncExternalStore } from 'react'

/**
 * Keeps the door itself on the phone. A new version is fetched in the background and waits; the person puts it on when it
 * suits, or it is put on when all pages were closed. Nothing of the queue is touched by it.
 */

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()

function notice(registration: ServiceWorkerRegistration): void {
  waiting = registration.waiting
  for (const listener of listeners) listener()
}

export async function keepDoor(): Promise<void> {
  const workers = (navigator as Partial<Navigator>).serviceWorker
  if (!workers || import.meta.env.DEV) return
  const registration = await workers.register('/field/service-worker.js', { scope: '/field' })
  notice(registration)
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => {
      // The very first one takes over by itself; there is nothing it would replace.
      if (workers.controller) notice(registration)
    })
  })
}

/** Whether a new version waits. */
export function useUpdate(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting !== null,
  )
}

/** Puts the new version on. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take-over')
}
