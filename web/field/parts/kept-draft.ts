import { useEffect, useRef, useState } from 'react'
import { keepDraft, keptDraft } from '../kept/book.ts'

/** After the last letter so much is waited (ms) before the draft is sealed away. */
const pause = 400

/**
 * A form whose content outlives a phone call: kept sealed while it is written, there again when one comes back, gone when it
 * was done. `fresh` begins with what is handed in, whatever was kept.
 */
export function useKeptDraft<Draft extends object>(
  name: string,
  first: Draft,
  fresh = false,
): [Draft, (change: Partial<Draft>) => void, () => Promise<void>] {
  const [draft, setDraft] = useState(first)
  const touched = useRef(fresh)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    let gone = false
    keptDraft<Draft>(name).then(
      (kept) => {
        if (kept && !touched.current && !gone) setDraft(kept)
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [name])
  const change = (part: Partial<Draft>) => {
    touched.current = true
    const next = { ...draft, ...part }
    setDraft(next)
    clearTimeout(timer.current)
    // Where there is no room for the draft the form itself still holds it.
    timer.current = setTimeout(() => void keepDraft(name, next).catch(() => undefined), pause)
  }
  const forget = () => {
    clearTimeout(timer.current)
    return keepDraft(name, undefined)
  }
  return [draft, change, forget]
}
