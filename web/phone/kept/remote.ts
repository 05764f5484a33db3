import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { nowIso } from '#web/ui/now.ts'
import { forThisVisit, keep, readKept } from './local.ts'

/**
 * What the server has, under a key of ours. What was seen last is shown at once and stays when a fetch fails; it is
 * shared by the pages of this visit and forgotten with it.
 */

type Seen<T> = { value: T; at: string }
type State = { seen: Seen<unknown> | undefined; error: unknown; busy: boolean }

export type Remote<T> = {
  value: T | undefined
  /** When the value was got, ISO. */
  at: string | undefined
  /** Why the last try brought nothing; the value before stays. */
  error: unknown
  busy: boolean
  again: () => Promise<void>
  /** Puts in what an action has just answered. */
  put: (value: T) => void
}

const states = new Map<string, State>()
const running = new Map<string, AbortController>()
const listeners = new Set<() => void>()
const waiting: State = { seen: undefined, error: undefined, busy: true }

function stateOf(key: string | undefined): State {
  if (!key) return waiting
  let state = states.get(key)
  if (!state) {
    // Busy from the start: the fetch follows at once, and a page must not look empty before it.
    state = { seen: readKept<Seen<unknown>>(`seen.${key}`, forThisVisit), error: undefined, busy: true }
    states.set(key, state)
  }
  return state
}

function change(key: string, to: Partial<State>): void {
  states.set(key, { ...stateOf(key), ...to })
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function put(key: string, value: unknown): void {
  const seen = { value, at: nowIso() }
  keep(`seen.${key}`, seen, forThisVisit)
  change(key, { seen, error: undefined, busy: false })
}

async function fetchInto<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Promise<void> {
  running.get(key)?.abort()
  const mine = new AbortController()
  running.set(key, mine)
  change(key, { busy: true })
  try {
    const value = await load(mine.signal)
    if (!mine.signal.aborted) put(key, value)
  } catch (error) {
    if (!mine.signal.aborted) change(key, { error, busy: false })
  }
}

/** Fetches on arrival and whenever one comes back to the page. Without a key it waits. */
export function useRemote<T>(key: string | undefined, load: (signal: AbortSignal) => Promise<T>): Remote<T> {
  const state = useSyncExternalStore(subscribe, () => stateOf(key))
  const fetchNow = useEffectEvent(() => {
    if (key) void fetchInto(key, load)
  })
  useEffect(() => {
    if (!key) return undefined
    fetchNow()
    const onReturn = () => {
      if (document.visibilityState === 'visible') fetchNow()
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => {
      document.removeEventListener('visibilitychange', onReturn)
      running.get(key)?.abort()
    }
  }, [key])
  return {
    value: state.seen?.value as T | undefined,
    at: state.seen?.at,
    error: state.error,
    busy: state.busy,
    again: async () => {
      if (key) await fetchInto(key, load)
    },
    put: (value) => {
      if (!key) return
      // What was asked for before the action knows nothing of it, and may come after it.
      running.get(key)?.abort()
      put(key, value)
    },
  }
}

/** Forgets what was seen: after logging in or out it is another person's. */
export function forgetSeen(): void {
  states.clear()
  if (!forThisVisit) return
  for (const key of Object.keys(forThisVisit))
    if (key.startsWith('chuanmen.seen.')) forThisVisit.removeItem(key)
}
