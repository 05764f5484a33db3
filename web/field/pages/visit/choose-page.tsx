import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Loading } from '#web/ui/states.tsx'
import { useBook } from '../../kept/book.ts'
import { households, promised, toVisit, units } from '../../kept/views.ts'
import { callHousehold, callUnit, line } from '../../parts/calling.ts'
import { HouseholdDoor } from '../../parts/household-door.tsx'
import { fits } from '../../parts/fits.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import '../households/households.css'

/** Which door: those one should go to come first, then all as one climbs. What was seen on the way needs no door. */
export function ChoosePage() {
  const { t } = useTranslation()
  useTitle(t('visit.choose'))
  const book = useBook()
  const now = useNow()
  const [, go] = useLocation()
  const [sought, setSought] = useState('')
  const all = households(book)
  const stairs = units(book)
  const first = new Set([...promised(all, now), ...toVisit(all, now)].map(({ household }) => household.id))
  const found = all
    .filter((one) => !sought.trim() || fits(one, sought))
    .toSorted((one, other) => Number(first.has(other.id)) - Number(first.has(one.id)))
  return (
    <Screen top={<Top title={t('visit.choose')} onBack={() => go(paths.today())} />}>
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
      </div>
      {!book.ready && <Loading />}
      {book.ready && found.length === 0 && (
        <Empty title={t('households.none')} why={t('households.none_why')} />
      )}
      {found.length > 0 && (
        <Card aria-label={t('households.list')}>
          {found.map((one) => (
            <Link key={one.id} className="go" href={paths.visit(one.id)}>
              <HouseholdDoor household={one} />
              <span className="grow">
                <b>{callHousehold(t, one)}</b>
                <small>{line(t, [callUnit(stairs, one.path), first.has(one.id) && t('visit.should')])}</small>
              </span>
            </Link>
          ))}
        </Card>
      )}
      <Link className="change" href={paths.report()}>
        {t('report.way')}
      </Link>
    </Screen>
  )
}
