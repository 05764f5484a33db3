import { useCallback, useEffect, useRef, useState } from 'react'
import { nowIso } from '#web/ui/now.ts'
import { forThisVisit, keep, readKept } from './local.ts'

export type Remote<T> = {
  /** What was got last, perhaps on an earlier page of this visit. */
  value: T | undefined
  /** When that was, ISO. */
  at: string | undefined
  /** Why the last try brought nothing; the value before stays. */
  error: unknown
  busy: boolean
  again: () => Promise<void>
  /** Puts in what an action has just answered. */
  put: (value: T) => void
}

type Seen<T> = { value: T; at: string }

/**
 * What the server has under a key. What was seen last is shown at once and stays when a fetch fails; a fetch is made
 * anew on arrival and whenever one comes back to the page. `undefined` as key waits.
 */
export function useRemote<T>(key: string | undefined, load: (signal: AbortSignal) => Promise<T>): Remote<T> {
  const [state, setState] = useState<{
    key: string | undefined
    seen: Seen<T> | undefined
    error: unknown
    busy: boolean
  }>({ key: undefined, seen: undefined, error: undefined, busy: true })
  const loading = useRef(load)
  loading.current = load
  const running = useRef<AbortController>(undefined)

  const put = useCallback(
    (value: T) => {
      const seen = { value, at: nowIso() }
      if (key) keep(`seen.${key}`, seen, forThisVisit)
      setState({ key, seen, error: undefined, busy: false })
    },
    [key],
  )

  const again = useCallback(async () => {
    if (!key) return
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    setState((now) => ({ ...now, busy: true }))
    try {
      const value = await loading.current(mine.signal)
      if (!mine.signal.aborted) put(value)
    } catch (error) {
      if (!mine.signal.aborted) setState((now) => ({ ...now, error, busy: false }))
    }
  }, [key, put])

  useEffect(() => {
    setState({
      key,
      seen: key ? readKept<Seen<T>>(`seen.${key}`, forThisVisit) : undefined,
      error: undefined,
      busy: true,
    })
    void again()
    const onReturn = () => {
      if (document.visibilityState === 'visible') void again()
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => {
      document.removeEventListener('visibilitychange', onReturn)
      running.current?.abort()
    }
  }, [key, again])

  const current = state.key === key ? state : { seen: undefined, error: undefined, busy: true }
  return {
    value: current.seen?.value,
    at: current.seen?.at,
    error: current.error,
    busy: current.busy,
    again,
    put,
  }
}

/** Forgets what was seen: after logging in or out it is another person's. */
export function forgetSeen(): void {
  if (!forThisVisit) return
  for (const key of Object.keys(forThisVisit))
    if (key.startsWith('chuanmen.seen.')) forThisVisit.removeItem(key)
}
