import { useQuery } from '@tanstack/react-query'
import { useSearch, useNavigate } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { cardsAt } from '../../data/handbook.ts'
import { useMe } from '../../data/me.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { Sections } from '../households/sections.tsx'
import { ContactCard } from './contact-card.tsx'
import '../print/sheet.css'
import './cards.css'

/** Contact cards (L2) of an area: one for each stairwell a liaison has, eight on a sheet of A4, to be hung at the entrance. */
export function CardsPage() {
  const { t } = useTranslation()
  const { home } = useMe()
  const { path = home } = useSearch({ from: `/inside${paths.cards}` })
  const go = useNavigate()
  const cards = useQuery(cardsAt(path))
  const items = cards.data?.cards ?? []
  useTitle(t('cards.title'))
  return (
    <div className="page">
      <Sections path={path} />
      <header className="page-head flush">
        <div>
          <h1>{t('cards.title')}</h1>
          <p>
            {cards.data
              ? t('cards.sum', { place: cards.data.place || cards.data.name, count: items.length })
              : t('cards.what')}
          </p>
        </div>
        <div className="actions">
          <Button kind="primary" icon={Printer} onClick={() => print()} aria-disabled={items.length === 0}>
            {t('cards.print')}
          </Button>
        </div>
      </header>
      <div className="no-print place-here">
        <PlacePicker
          home={home}
          value={path}
          onChange={(to) => void go({ to: paths.cards, search: { path: to } })}
        />
      </div>
      <ListStates
        list={cards}
        count={items.length}
        failed={t('cards.failed')}
        empty={{ title: t('cards.none'), why: t('cards.noneWhy') }}
      >
        <ul className="card-sheet">
          {items.map((one) => (
            <li key={one.id}>
              <ContactCard card={one} />
            </li>
          ))}
        </ul>
      </ListStates>
      {cards.data && cards.data.more > 0 && (
        <p className="muted">{t('cards.more', { count: cards.data.more })}</p>
      )}
    </div>
  )
}
