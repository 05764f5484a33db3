import type { ComponentProps, ReactNode } from 'react'
import './card.css'

/** What can be held. `pad` gives it its inner margin, `tone="care"` the blue-grey ground of a hint. */
export function Card({
  pad,
  tone,
  className,
  ...rest
}: { pad?: boolean | undefined; tone?: 'care' | undefined } & ComponentProps<'section'>) {
  return <section {...rest} className={['card', pad && 'pad', tone, className].filter(Boolean).join(' ')} />
}

/** A headed part of a page; `more` is the way to the rest of it. */
export function Section({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="sec">
        <h2>{title}</h2>
        {more}
      </div>
      {children}
    </section>
  )
}
