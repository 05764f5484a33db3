import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarYear, HoursOfDay } from '#deadlines/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useHoursChange } from '../../data/settings.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { shortDate } from '../../time.ts'

/** The hours of a working day: those of today, those entered for later, and the way to enter others. */
export function Hours({ known, now, mayChange }: { known: CalendarYear; now: string; mayChange: boolean }) {
  const { t } = useTranslation()
  const said = (hours: HoursOfDay) =>
    hours.map(({ from, until }) => t('calendar.span', { from, until })).join(t('story.listComma'))
  return (
    <section>
      <h3>{t('calendar.hours')}</h3>
      <p>{said(known.hours)}</p>
      {known.ahead.map(({ validFrom, hours }) => (
        <p className="note second" key={validFrom}>
          {t('calendar.ahead', {
            from: shortDate(t, `${validFrom}T00:00:00+08:00`, now),
            hours: said(hours),
          })}
        </p>
      ))}
      {mayChange && <HoursForm known={known} />}
    </section>
  )
}

function HoursForm({ known }: { known: CalendarYear }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [hours, setHours] = useState(known.hours)
  const [from, setFrom] = useState<string>()
  const [tried, setTried] = useState(false)
  const change = useHoursChange(known)
  const isOrdered = hours.every(
    (span, index) => span.from < span.until && (hours[index - 1]?.until ?? '') < span.from,
  )
  const set = (at: number, part: 'from' | 'until', clock: string) =>
    setHours(hours.map((span, index) => (index === at ? { ...span, [part]: clock } : span)))

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!isOrdered || !from || change.isPending) return
    change.mutate({ hours, validFrom: from }, { afterwards: () => tell(t('calendar.hoursSaved')) })
  }

  return (
    <form className="pane-form" onSubmit={submit} noValidate>
      {hours.map((span, index) => (
        <div className="span" key={index}>
          {(['from', 'until'] as const).map((part) => (
            <TextInput
              key={part}
              type="time"
              label={t(`calendar.${part}.${index}`)}
              value={span[part]}
              onChange={(event) => set(index, part, event.target.value)}
            />
          ))}
        </div>
      ))}
      <DateField label={t('categories.from')} hint={t('calendar.fromHint')} value={from} onChange={setFrom} />
      {tried && !(isOrdered && from) && (
        <p className="deed-missing" role="alert">
          {t(isOrdered ? 'calendar.dayMissing' : 'calendar.disordered')}
        </p>
      )}
      <ProblemNote error={change.error} />
      <Button type="submit" busy={change.isPending}>
        {t('calendar.saveHours')}
      </Button>
    </form>
  )
}
