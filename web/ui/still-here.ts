import { useCallback, useEffect, useRef } from 'react'

/**
 * Whether the page or form that asked still stands. An answer that comes late must not lead anywhere: who asked may have
 * gone on to another page, and would be called back from it.
 */
export function useStillHere(): () => boolean {
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  return useCallback(() => here.current, [])
}
