import { useEffect, useState } from 'react'

/** A phone's clock is often wrong; the difference to the server's is learnt from the `Date` of its answers. */
let ahead = 0
const listeners = new Set<() => void>()

/** A difference below this (ms) changes no word on a page; the header counts in whole seconds. */
const noticeable = 30_000

/** Takes the server's time (ms since 1970) as the truth. */
export function syncClock(serverMs: number): void {
  if (!Number.isFinite(serverMs)) return
  const difference = serverMs - Date.now()
  if (Math.abs(difference - ahead) < noticeable) return
  ahead = difference
  for (const listener of listeners) listener()
}

/** The present time as the server has it, ISO. */
export function nowIso(): string {
  return new Date(Date.now() + ahead).toISOString()
}

/** The present time, moving on by itself every half minute while the page is looked at. */
export function useNow(): string {
  const [now, setNow] = useState(nowIso)
  useEffect(() => {
    const tick = () => setNow(nowIso())
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') tick()
    }, 30_000)
    listeners.add(tick)
    tick()
    return () => {
      clearInterval(timer)
      listeners.delete(tick)
    }
  }, [])
  return now
}
