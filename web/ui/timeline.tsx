import type { ReactNode } from 'react'
import './timeline.css'

export type TimelineItem = {
  id: string
  /** ISO time, for the machine */ at: string
  /** the day in words */ day: string
  children: ReactNode
}

/** The story, newest first. A day is written once, at its newest entry; the newest entry carries the filled dot. */
export function Timeline({ label, items }: { label: string; items: TimelineItem[] }) {
  const dated = items.some((item) => item.day.length > 3)
  return (
    <ol className={dated ? 'tl dated' : 'tl'} aria-label={label}>
      {items.map((item, index) => (
        <li key={item.id}>
          <time className="day" dateTime={item.at}>
            {index > 0 && items[index - 1]?.day === item.day ? (
              <span className="vh">{item.day}</span>
            ) : (
              item.day
            )}
          </time>
          <span className={index === 0 ? 'dot now' : 'dot'} aria-hidden="true" />
          <div className="t">{item.children}</div>
        </li>
      ))}
    </ol>
  )
}

/** What comes next: each step its time first, then what happens. `mark` replaces the dot (the seal of the holder). */
export function Steps({
  steps,
}: {
  steps: { id: string; mark?: ReactNode; line: ReactNode; under: ReactNode }[]
}) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.id}>
          {step.mark ?? <span className="dot" aria-hidden="true" />}
          <div>
            <p>{step.line}</p>
            <small>{step.under}</small>
          </div>
        </li>
      ))}
    </ol>
  )
}
