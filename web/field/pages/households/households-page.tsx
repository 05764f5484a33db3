import { Search, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Screen } from '#web/ui/screen.tsx'
import { Empty, Loading } from '#web/ui/states.tsx'
import { useBook } from '../../kept/book.ts'
import type { Household } from '../../kept/overlay.ts'
import { doorState, headOf, households, units } from '../../kept/views.ts'
import { callHousehold, callUnit, careWords, line } from '../../parts/calling.ts'
import { fits } from '../../parts/fits.ts'
import { HouseholdDoor } from '../../parts/household-door.tsx'
import { Foot } from '../../parts/nav.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { UnitDrawing } from './unit-drawing.tsx'
import './households.css'

function HouseholdRow({ household, where }: { household: Household; where: string }) {
  const { t } = useTranslation()
  const head = headOf(household)
  return (
    <Link className="go" href={paths.household(household.id)}>
      <HouseholdDoor household={household} />
      <span className="grow">
        <b>{head?.name ?? callHousehold(t, household)}</b>
        <small>
          {line(t, [
            where,
            t('households.members', { count: household.members.length }),
            ...careWords(t, household).slice(0, 2),
          ])}
        </small>
      </span>
    </Link>
  )
}

const filters = ['late', 'soon', 'care', 'unknown'] as const
type Filter = (typeof filters)[number]

/** The stairwells as they stand, and everybody behind the own doors; found by door, name or first letters. */
export function HouseholdsPage() {
  const { t } = useTranslation()
  useTitle(t('households.title'))
  const book = useBook()
  const now = useNow()
  const [sought, setSought] = useState('')
  const [filter, setFilter] = useState<Filter>()
  const all = households(book)
  const stairs = units(book)
  const isIn = (household: Household, wanted: Filter) =>
    wanted === 'care' ? household.care.length > 0 : doorState(household, now) === wanted
  const found = all.filter(
    (one) => (!sought.trim() || fits(one, sought)) && (filter === undefined || isIn(one, filter)),
  )
  const isWhole = !sought.trim() && filter === undefined
  return (
    <Screen
      top={
        <header className="top households-top">
          <h1>{t('households.title')}</h1>
          <span className="second note">{t('households.count', { count: all.length })}</span>
        </header>
      }
      bar={<Foot />}
    >
      <div className="seek">
        <Icon of={Search} />
        <input
          className="in"
          type="search"
          aria-label={t('households.search')}
          placeholder={t('households.search')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        {sought && <IconButton label={t('households.clear')} icon={X} onClick={() => setSought('')} />}
      </div>
      <div className="filters" role="group" aria-label={t('households.filter')}>
        {filters.map((one) => {
          const count = all.filter((household) => isIn(household, one)).length
          if (count === 0) return null
          return (
            <Button
              key={one}
              small
              aria-pressed={filter === one}
              onClick={() => setFilter(filter === one ? undefined : one)}
            >
              {t(`door.${one === 'care' ? 'heart' : one}`)} {count}
            </Button>
          )
        })}
      </div>
      {!book.ready && <Loading />}
      {isWhole &&
        stairs.map((unit) => (
          <UnitDrawing
            key={unit.path}
            unit={unit}
            households={all.filter(({ path }) => path === unit.path)}
          />
        ))}
      {book.ready && all.length > 0 && found.length === 0 && (
        <Empty title={t('households.none')} why={t('households.none_why')}>
          <Button
            onClick={() => {
              setSought('')
              setFilter(undefined)
            }}
          >
            {t('households.all')}
          </Button>
        </Empty>
      )}
      {book.ready && all.length === 0 && <Empty title={t('today.no_doors')} why={t('today.no_doors_why')} />}
      {found.length > 0 && (
        <Card aria-label={t('households.list')}>
          {found.map((one) => (
            <HouseholdRow key={one.id} household={one} where={callUnit(stairs, one.path)} />
          ))}
        </Card>
      )}
    </Screen>
  )
}
