import type { ReactNode } from 'react'
import './words.css'

/** A text with what was found in it marked; ranges are positions `[from, to)`, in order and apart. */
export function Marked({
  text,
  ranges,
}: {
  text: string
  ranges: readonly (readonly [number, number])[]
}): ReactNode {
  const pieces: ReactNode[] = []
  let at = 0
  for (const [from, to] of ranges) {
    pieces.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  return [...pieces, text.slice(at)]
}
