import { useTranslation } from 'react-i18next'

/** A year as one looks at it: twelve months, what is off, what is worked although it is a weekend. */

const dayMs = 86_400_000

/** Days of a month as `YYYY-MM-DD`, and how many places of its first week stay empty; weeks begin on Monday. */
function monthOf(year: number, month: number): { days: string[]; before: number } {
  const first = Date.UTC(year, month, 1)
  const count = (Date.UTC(year, month + 1, 1) - first) / dayMs
  return {
    days: Array.from({ length: count }, (_, at) => new Date(first + at * dayMs).toISOString().slice(0, 10)),
    before: (new Date(first).getUTCDay() + 6) % 7,
  }
}

export const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

type Props = {
  year: number
  /** Weekdays that are off. */
  off: ReadonlySet<string>
  /** Weekend days that are worked. */
  working: ReadonlySet<string>
  today: string
  /** Left out for who may only look. */
  onToggle?: ((day: string) => void) | undefined
}

export function YearGrid({ year, off, working, today, onToggle }: Props) {
  const { t } = useTranslation()
  const kind = (day: string) =>
    off.has(day) ? 'off' : working.has(day) ? 'worked' : isWeekend(day) ? 'weekend' : 'plain'
  return (
    <div className="year">
      {Array.from({ length: 12 }, (_, month) => {
        const { days, before } = monthOf(year, month)
        const name = t('calendar.month', {
          month: month + 1,
          monthName: t(`month.${month + 1}`, { ns: 'ui' }),
        })
        return (
          <section key={month} aria-label={name}>
            <h3>{name}</h3>
            <ol className="month">
              {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
                <li key={`w${weekday}`} className="weekday" aria-hidden="true">
                  {t(`calendar.weekday.${weekday}`)}
                </li>
              ))}
              {days.map((day, index) => (
                <li key={day} style={index === 0 ? { gridColumnStart: before + 1 } : undefined}>
                  <Day
                    day={day}
                    kind={kind(day)}
                    isToday={day === today}
                    onToggle={onToggle && (() => onToggle(day))}
                  />
                </li>
              ))}
            </ol>
          </section>
        )
      })}
    </div>
  )
}

type DayProps = { day: string; kind: string; isToday: boolean; onToggle?: (() => void) | undefined }

function Day({ day, kind, isToday, onToggle }: DayProps) {
  const { t } = useTranslation()
  const className = `day ${kind}${isToday ? ' today' : ''}`
  const inside = (
    <>
      {Number(day.slice(8))}
      {kind === 'off' && <small>{t('calendar.off')}</small>}
      {kind === 'worked' && <small>{t('calendar.worked')}</small>}
    </>
  )
  if (!onToggle) return <span className={className}>{inside}</span>
  return (
    <button
      type="button"
      className={className}
      aria-pressed={kind === 'off' || kind === 'worked'}
      aria-label={t(`calendar.day.${kind}`, { day })}
      onClick={onToggle}
    >
      {inside}
    </button>
  )
}
