import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BuildingView } from '#handbook/contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Failed, Loading, Skeleton } from '#web/ui/states.tsx'
import { areaWithAbove } from '../../data/areas.ts'
import { buildingAt } from '../../data/handbook.ts'
import { useMay, useMe } from '../../data/me.ts'
import { problemText } from '../../data/problem.ts'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { dayOf } from '../../time.ts'
import { Browse } from './browse.tsx'
import type { Filter } from './doors.ts'
import { House } from './house.tsx'
import { HouseholdPane } from './household-pane.tsx'
import { Legend } from './legend.tsx'
import { Sections } from './sections.tsx'

/** Buildings and households: a building drawn as it stands, and the household behind the door that is open. */
export function HouseholdsPage() {
  const { t } = useTranslation()
  const now = useNow()
  const { home } = useMe()
  const { path = home, door } = useSearch({ from: `/inside${paths.households}` })
  const go = useNavigate()
  const line = useQuery(areaWithAbove(path))
  const isBuilding = line.data?.items.at(-1)?.kind === 'building'
  const open = (household: string | undefined) =>
    void go({ to: paths.households, search: { path, ...(household && { door: household }) }, replace: true })
  useTitle(t('nav.households'))
  return (
    <div className={door ? 'beside' : 'beside alone'}>
      <div className="page">
        <Sections path={path} />
        {isBuilding ? (
          <Building key={path} path={path} now={now} door={door} onOpen={open} />
        ) : (
          <>
            <header className="page-head flush">
              <div>
                <h1>{t('nav.households')}</h1>
                <p>{t('handbook.what')}</p>
              </div>
            </header>
            <Browse path={path} home={home} />
          </>
        )}
      </div>
      {door && <HouseholdPane key={door} id={door} now={now} onClose={() => open(undefined)} />}
    </div>
  )
}

function Building(props: {
  path: string
  now: string
  door: string | undefined
  onOpen: (household: string | undefined) => void
}) {
  const { path, now, door, onOpen } = props
  const { t } = useTranslation()
  const building = useQuery(buildingAt(path))
  const [filter, setFilter] = useState<Filter>('all')
  if (building.isPending)
    return (
      <Loading>
        <Skeleton shape="line w40" />
        <Skeleton shape="line w70" />
        <Skeleton shape="block" />
        <Skeleton shape="block" />
      </Loading>
    )
  if (building.isError)
    return (
      <Failed
        what={t('handbook.failed')}
        safe={problemText(t, building.error)}
        onRetry={() => void building.refetch()}
        busy={building.isFetching}
      />
    )
  return (
    <>
      <Head building={building.data} now={now} />
      <Legend building={building.data} filter={filter} onFilter={setFilter} />
      <House building={building.data} now={now} filter={filter} open={door} onOpen={onOpen} />
    </>
  )
}

/** Its name, what has been seen of it this month, and the buildings beside it. */
function Head({ building, now }: { building: BuildingView; now: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const doors = building.units.flatMap((unit) => unit.doors)
  const month = dayOf(now).slice(0, 7)
  const seen = doors.filter(({ household }) => household?.metOn?.startsWith(month)).length
  const { previous, next } = building
  return (
    <header className="page-head flush">
      <div>
        <h1>{building.place}</h1>
        <p>
          {t('handbook.buildingSum', {
            floors: building.floors,
            units: building.units.length,
            doors: doors.length,
            month: Number(month.slice(5)),
            monthName: t(`month.${Number(month.slice(5))}`, { ns: 'ui' }),
            seen,
          })}
        </p>
      </div>
      <div className="actions">
        {previous && (
          <Link
            className="btn"
            to={paths.households}
            search={{ path: previous.path }}
            aria-label={t('handbook.previous', { name: previous.name })}
          >
            <Icon of={ChevronLeft} size="s" />
            {previous.name}
          </Link>
        )}
        {next && (
          <Link
            className="btn"
            to={paths.households}
            search={{ path: next.path }}
            aria-label={t('handbook.next', { name: next.name })}
          >
            {next.name}
            <Icon of={ChevronRight} size="s" />
          </Link>
        )}
        {may('household.print') && (
          <Link className="btn" to={paths.print} search={{ path: building.path }}>
            <Icon of={Printer} size="s" />
            {t('handbook.print')}
          </Link>
        )}
      </div>
    </header>
  )
}
