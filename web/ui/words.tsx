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

const code = /([A-Z]{2,4}-W?\d{4}-\d{4,6})/

/** A text in which the code of a request or a wish stays on one line: half a code is read out wrongly on the phone. */
export function Coded({ children }: { children: string }): ReactNode {
  return children.split(code).map((piece, index) =>
    index % 2 === 1 ? (
      <span key={index} className="nb">
        {piece}
      </span>
    ) : (
      piece
    ),
  )
}
