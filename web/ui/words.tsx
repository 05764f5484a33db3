import type { ComponentProps, ReactNode } from 'react'
import './words.css'

/** A person's own words, in kaiti and quotation marks; nothing else on a page is set like this. */
export function Words({ children }: { children: string }) {
  return <q className="words">{children}</q>
}

/** A figure with its unit inside a sentence; the link opens the records that make it up. `act` where one has to act. */
export function Figure({ act, children, ...rest }: { act?: boolean | undefined } & ComponentProps<'a'>) {
  return (
    <a {...rest} className={act ? 'fig act' : 'fig'}>
      {children}
    </a>
  )
}

/** A key on the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return <kbd className="key">{children}</kbd>
}
