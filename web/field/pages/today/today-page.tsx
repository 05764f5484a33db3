import { ChevronDown, CircleAlert, MessageSquareMore } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayDate } from '#web/ui/say-time.ts'
import { Screen } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useBook } from '../../kept/book.ts'
import { useLine } from '../../kept/line.ts'
import { isScarce } from '../../kept/room.ts'
import { tryNow } from '../../kept/sender.ts'
import { type Due, households, ownRequests, promised, toVisit, units } from '../../kept/views.ts'
import { callHousehold, callUnit, careWords, line } from '../../parts/calling.ts'
import { DayTag } from '../../parts/day-tag.tsx'
import { HouseholdDoor } from '../../parts/household-door.tsx'
import { Foot } from '../../parts/nav.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import './today.css'

// What stands below the doors comes with the other pages, which the service worker has put by.
const RequestNews = lazy(async () => ({ default: (await import('../report/request-news.tsx')).RequestNews }))
const OffersPart = lazy(async () => ({ default: (await import('../offers/offers-part.tsx')).OffersPart }))

/** So many rows stand open; the rest is one press away. */
const inSight = 4

/** One way to a door: who, why, and by when. */
function Row({ due, why, when }: { due: Due; why: string; when: ReactNode }) {
  const { t } = useTranslation()
  const book = useBook()
  const { household } = due
  return (
    <Link className="go" href={paths.visit(household.id)}>
      <HouseholdDoor household={household} />
      <span className="grow">
        <b>{callHousehold(t, household)}</b>
        <small>{line(t, [callUnit(units(book), household.path), why])}</small>
      </span>
      <span className="when">{when}</span>
    </Link>
  )
}

function Part<One>({
  title,
  all,
  row,
}: {
  title: string
  all: readonly One[]
  row: (one: One) => ReactNode
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const rest = all.length - inSight
  if (all.length === 0) return null
  return (
    <section aria-label={title}>
      <div className="sec">
        <h2>
          {title} <b>{all.length}</b>
        </h2>
        {rest > 0 && !open && (
          <button type="button" onClick={() => setOpen(true)}>
            {t('today.more', { count: rest })}
            <Icon of={ChevronDown} size="s" />
          </button>
        )}
      </div>
      <Card>{(open ? all : all.slice(0, inSight)).map(row)}</Card>
    </section>
  )
}

/** Room is running out: said before anything is lost. */
function useScarce(): boolean {
  const [scarce, setScarce] = useState(false)
  useEffect(() => {
    isScarce().then(setScarce, () => setScarce(false))
  }, [])
  return scarce
}

/** Today: what was promised, where one should go, what became of what was reported, and what waits on this phone. */
export function TodayPage() {
  const { t } = useTranslation()
  useTitle(t('today.title'))
  const book = useBook()
  const lineNow = useLine()
  const now = useNow()
  const scarce = useScarce()
  const all = households(book)
  const promises = promised(all, now)
  const tasks = toVisit(all, now)
  const conflicts = all.reduce((sum, one) => sum + one.conflicts.length, 0)
  const requests = ownRequests(book)
  const first = book.ready && all.length === 0 && !lineNow.freshAt
  return (
    <Screen
      top={
        <header className="top today-top">
          <h1>{t('today.title')}</h1>
          <time dateTime={now}>{sayDate(t, now, now)}</time>
          <Link className="idea" href={paths.idea()}>
            <Icon of={MessageSquareMore} />
            {t('idea.short')}
          </Link>
        </header>
      }
      bar={<Foot />}
    >
      {scarce && (
        <Card pad tone="care" role="status">
          <p>{t('room.scarce')}</p>
        </Card>
      )}
      {conflicts > 0 && (
        <Link className="card to-choose" href={paths.conflicts()}>
          <Icon of={CircleAlert} />
          <span className="grow">{t('today.conflicts', { count: conflicts })}</span>
        </Link>
      )}
      {!book.ready && <Loading />}
      {first && !lineNow.trouble && (
        <Loading>
          <RowBones rows={6} />
        </Loading>
      )}
      {first && lineNow.trouble && (
        <Failed what={t('today.nothing_yet')} safe={t('today.nothing_yet_why')} onRetry={tryNow} />
      )}
      <Part
        title={t('today.promised')}
        all={promises}
        row={(one) => (
          <Row
            key={one.promise}
            due={one}
            why={one.words ?? ''}
            when={one.days === 0 && one.at ? <time>{one.at}</time> : <DayTag {...one} />}
          />
        )}
      />
      <Suspense>
        <OffersPart />
      </Suspense>
      <Part
        title={t('today.due')}
        all={tasks}
        row={(one) => (
          <Row
            key={one.task}
            due={one}
            why={line(t, [
              careWords(t, one.household)[0],
              one.title,
              one.tries > 0 && t('today.tries', { count: one.tries }),
            ])}
            when={<DayTag {...one} />}
          />
        )}
      />
      {book.ready && all.length > 0 && promises.length + tasks.length === 0 && (
        <Empty title={t('today.empty')} why={t('today.empty_why')} />
      )}
      {book.ready && all.length === 0 && lineNow.freshAt && (
        <Empty title={t('today.no_doors')} why={t('today.no_doors_why')} />
      )}
      <Suspense>
        <RequestNews requests={requests} />
      </Suspense>
    </Screen>
  )
}
