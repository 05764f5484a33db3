import { useEffect, useState } from 'react'

/** What was written, once the hands have rested for a moment. */
export function useSettled(value: string, milliseconds = 600): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
