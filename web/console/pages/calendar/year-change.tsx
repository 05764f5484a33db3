import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarYear } from '#deadlines/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Switch, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { calendarEffect, useYearChange } from '../../data/settings.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { exactly } from '../../time.ts'

type Props = { known: CalendarYear; off: string[]; working: string[]; onUndo: () => void }

/** What was marked in the year: what it would do, on whose word it is, and the button that makes it so. */
export function YearChange({ known, off, working, onUndo }: Props) {
  const { t } = useTranslation()
  const tell = useToast()
  const [notice, setNotice] = useState('')
  const [published, setPublished] = useState(!known.presumed)
  const [tried, setTried] = useState(false)
  const change = useYearChange(known)
  const isChanged =
    off.join() !== known.off.join() || working.join() !== known.working.join() || published === known.presumed
  const effect = useQuery({
    ...calendarEffect({ year: known.year, off, working, published }),
    enabled: isChanged,
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!notice.trim() || !isChanged || change.isPending) return
    change.mutate(
      { off, working, published, notice: notice.trim() },
      { afterwards: () => tell(t('calendar.saved')) },
    )
  }

  return (
    <section>
      <h3>{t('calendar.change')}</h3>
      {!isChanged && <p className="note second">{t('calendar.mark')}</p>}
      <form className="pane-form" onSubmit={submit} noValidate>
        {isChanged && effect.data && (
          <div className="effect" aria-live="polite">
            <p>{t('calendar.days', { count: effect.data.days.length })}</p>
            <ul>
              {effect.data.days.slice(0, 8).map(({ day, works }) => (
                <li key={day}>{t(works ? 'calendar.willWork' : 'calendar.willRest', { day })}</li>
              ))}
            </ul>
            {effect.data.example && effect.data.example.before !== effect.data.example.after && (
              <p>
                {t('calendar.example', {
                  before: exactly(t, effect.data.example.before),
                  after: exactly(t, effect.data.example.after),
                })}
              </p>
            )}
            <p>{t('calendar.keep', { count: effect.data.running })}</p>
          </div>
        )}
        <Switch label={t('calendar.published')} on={published} onChange={setPublished} />
        <TextInput
          label={t('calendar.notice')}
          hint={t('calendar.noticeHint')}
          value={notice}
          maxLength={80}
          error={tried && !notice.trim() && t('calendar.noticeMissing')}
          onChange={(event) => setNotice(event.target.value)}
        />
        <ProblemNote error={change.error} />
        <div className="deed-do">
          <Button
            type="submit"
            kind={isChanged ? 'primary' : 'plain'}
            disabled={!isChanged}
            busy={change.isPending}
          >
            {t('calendar.save')}
          </Button>
          {isChanged && (
            <Button kind="quiet" onClick={onUndo}>
              {t('calendar.undo')}
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}
