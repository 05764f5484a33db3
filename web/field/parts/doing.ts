import { useRef, useState } from 'react'

/** Something that takes a moment: one at a time, and what went wrong stays until the next try. */
export function useDoing(): {
  busy: boolean
  error: unknown
  run: (work: () => Promise<void>) => Promise<void>
} {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const running = useRef(false)
  const run = async (work: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (failure) {
      setError(failure)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return { busy, error, run }
}
