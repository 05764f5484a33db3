import { useSyncExternalStore } from 'react'

/**
 * What is known of the line, which is only what trying showed: when it was tried last, and what came of it. The phone's own
 * "online" is never asked; it lies.
 */

export type Trouble =
  /** No answer. */
  | 'silent'
  /** The session has ended: log in again. */
  | 'login'
  /** The server cannot now: too much at once, or an error of its own. */
  | 'busy'

export type Line = {
  /** Entries on their way now. */
  sending: ReadonlySet<string>
  /** Fetching what is new. */
  fetching: boolean
  triedAt: string | null
  trouble: Trouble | null
  /** When everything was fetched last. */
  freshAt: string | null
}

const nothing: ReadonlySet<string> = new Set()
let line: Line = { sending: nothing, fetching: false, triedAt: null, trouble: null, freshAt: null }
const listeners = new Set<() => void>()

export function lineNow(): Line {
  return line
}

export function changeLine(change: Partial<Line>): void {
  line = { ...line, ...change }
  for (const listener of listeners) listener()
}

export function nothingSending(): void {
  if (line.sending.size > 0) changeLine({ sending: nothing })
}

export function useLine(): Line {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => line,
  )
}
