import type { ReactNode } from 'react'
import './words.css'

/** A person's own words, in kaiti and quotation marks; nothing else on a page is set like this. */
export function Words({ children }: { children: string }) {
  return <q className="words">{children}</q>
}

/** A key on the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return <kbd className="key">{children}</kbd>
}
