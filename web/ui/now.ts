import { useEffect, useState } from 'react'

/** A phone's clock is often wrong; the difference to the server's is learnt from the `Date` of its answers. */
let ahead = 0

/** Takes the server's time (ms since 1970) as the truth. */
export function syncClock(serverMs: number): void {
  if (Number.isFinite(serverMs)) ahead = serverMs - Date.now()
}

/** The present time as the server has it, ISO. */
export function nowIso(): string {
  return new Date(Date.now() + ahead).toISOString()
}

/** The present time, moving on by itself every half minute while the page is looked at. */
export function useNow(): string {
  const [now, setNow] = useState(nowIso)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setNow(nowIso())
    }, 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
