import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { type OfferView, offerPages } from '../../data/offers.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { exactly, when } from '../../time.ts'
import { OfferState } from './offer-state.tsx'
import { offerTabs } from './search.ts'
import { WishesTab } from './wishes-tab.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import '../../styles/inbox.css'
import './offers.css'

const route = getRouteApi('/inside/console/offers')

/** What neighbours do for one another: small wants put before people, and wishes. */
export function OffersPage() {
  const { t } = useTranslation()
  const { tab } = route.useSearch()
  const navigate = route.useNavigate()
  useTitle(t('nav.offers'))
  return (
    <div className="page offers">
      <header className="page-head">
        <div>
          <h1>{t('nav.offers')}</h1>
          <p>{t(`offers.what.${tab}`)}</p>
        </div>
      </header>
      <Tabs
        label={t('nav.offers')}
        tabs={offerTabs.map((one) => ({ value: one, label: t(`offers.tab.${one}`) }))}
        value={tab}
        onChange={(to) => void navigate({ search: { tab: to } })}
      />
      {tab === 'wishes' ? <WishesTab /> : <OffersTab key={tab} state={tab} />}
    </div>
  )
}

function OffersTab({ state }: { state: 'live' | 'over' }) {
  const { t } = useTranslation()
  const now = useNow()
  const list = useInfiniteQuery(offerPages(state))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ListStates
      list={list}
      count={items.length}
      failed={t('offers.listFailed')}
      empty={{ title: t(`offers.none.${state}`), why: t(`offers.noneWhy.${state}`) }}
      bones={4}
      wide
    >
      <ul className="offer-list">
        {items.map((one) => (
          <Row key={one.id} offer={one} now={now} />
        ))}
      </ul>
      <MorePages list={list} label={t('offers.more')} />
    </ListStates>
  )
}

function Row({ offer, now }: { offer: OfferView; now: string }) {
  const { t } = useTranslation()
  return (
    <li className="card offer-row">
      <div>
        <h2>
          <Link to={paths.inbox} params={{ id: offer.request.id }} search={{ queue: 'all' }}>
            {offer.request.title || offer.request.code}
          </Link>
        </h2>
        <p className="note" title={exactly(t, offer.at)}>
          {t('offers.line', {
            ...{ code: offer.request.code, place: offer.place, by: offer.by },
            when: when(t, offer.at, now),
          })}
        </p>
      </div>
      <OfferState offer={offer} now={now} />
    </li>
  )
}
