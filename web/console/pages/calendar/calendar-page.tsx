import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarYear } from '#deadlines/contract.ts'
import { IconButton } from '#web/ui/button.tsx'
import { localTime } from '#web/ui/local-time.ts'
import { useNow } from '#web/ui/now.ts'
import { Failed, Loading, Skeleton } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { useMay } from '../../data/me.ts'
import { problemText } from '../../data/problem.ts'
import { calendarOf } from '../../data/settings.ts'
import { useTitle } from '../../parts/title.ts'
import { Hours } from './hours.tsx'
import { isWeekend, YearGrid } from './year-grid.tsx'
import { YearChange } from './year-change.tsx'
import './calendar.css'

/** Days and hours that are worked: every time limit is counted by them. */
export function CalendarPage() {
  const { t } = useTranslation()
  const now = useNow()
  const [year, setYear] = useState(localTime(now).year)
  const known = useQuery(calendarOf(year))
  useTitle(t('nav.calendar'))
  return (
    <div className="beside">
      <div className="page">
        <header className="page-head">
          <div>
            <h1>{t('nav.calendar')}</h1>
            <p>{t('calendar.what')}</p>
          </div>
          <div className="actions year-choice">
            <IconButton label={t('calendar.before')} icon={ChevronLeft} onClick={() => setYear(year - 1)} />
            <b aria-live="polite">{t('calendar.year', { year })}</b>
            <IconButton label={t('calendar.after')} icon={ChevronRight} onClick={() => setYear(year + 1)} />
            {known.data?.presumed && (
              <Tag tone="none" unknown>
                {t('calendar.presumed')}
              </Tag>
            )}
          </div>
        </header>
        {known.isPending && (
          <Loading>
            <Skeleton shape="line w70" />
            <Skeleton shape="line w70" />
          </Loading>
        )}
        {known.isError && (
          <Failed
            what={t('calendar.failed')}
            safe={problemText(t, known.error)}
            onRetry={() => void known.refetch()}
            busy={known.isFetching}
          />
        )}
      </div>
      {known.data && <Year key={`${known.data.year} ${known.data.version}`} known={known.data} now={now} />}
    </div>
  )
}

/** One year with what is marked in it and not yet saved. */
function Year({ known, now }: { known: CalendarYear; now: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const [off, setOff] = useState<ReadonlySet<string>>(new Set(known.off))
  const [working, setWorking] = useState<ReadonlySet<string>>(new Set(known.working))
  const toggle = (day: string) => {
    const [marked, mark] = isWeekend(day) ? [working, setWorking] : [off, setOff]
    mark(marked.symmetricDifference(new Set([day])))
  }
  const mayChange = may('category.change')
  return (
    <>
      <div className="year-scroll">
        <YearGrid
          year={known.year}
          off={off}
          working={working}
          today={day(now)}
          onToggle={mayChange ? toggle : undefined}
        />
        <p className="year-key">
          <span className="day off">
            1<small>{t('calendar.off')}</small>
          </span>
          {t('calendar.offKey')}
          <span className="day worked">
            1<small>{t('calendar.worked')}</small>
          </span>
          {t('calendar.workedKey')}
        </p>
      </div>
      <aside className="pane" aria-label={t('calendar.pane')}>
        {mayChange && (
          <YearChange
            known={known}
            off={[...off].toSorted()}
            working={[...working].toSorted()}
            onUndo={() => {
              setOff(new Set(known.off))
              setWorking(new Set(known.working))
            }}
          />
        )}
        <Hours known={known} now={now} mayChange={mayChange} />
      </aside>
    </>
  )
}

/** The day it is in the zone of the installation. */
function day(now: string): string {
  const { year, month, day: number } = localTime(now)
  return `${year}-${String(month).padStart(2, '0')}-${String(number).padStart(2, '0')}`
}
