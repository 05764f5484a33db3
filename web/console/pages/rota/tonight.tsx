import { useQuery } from '@tanstack/react-query'
import { Phone, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tonight as Answer } from '#rota/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { sayMoment } from '#web/ui/say-time.ts'
import { Tag } from '#web/ui/tag.tsx'
import { rotaTonight } from '../../data/rota.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { hoursSaid } from './said.ts'

/** Desks in sight; the others are one press away. */
const first = 6

type Item = Answer['items'][number]

/** RT8: who is there tonight at each desk of my area, and where nobody is. */
export function Tonight(props: { now: string; chosen: string; onChoose: (organisation: string) => void }) {
  const { now, chosen, onChoose } = props
  const { t } = useTranslation()
  const known = useQuery(rotaTonight)
  const [all, setAll] = useState(false)
  const items = known.data?.items ?? []
  const holes = items.filter((item) => item.holes.length > 0).length
  if (known.isSuccess && items.length === 0) return null
  return (
    <section className="rota-tonight" aria-labelledby="rota-tonight">
      <header>
        <h2 id="rota-tonight">{t('rota.tonight')}</h2>
        {known.isSuccess && (
          <p>
            {holes > 0
              ? t('rota.tonightHoles', { count: items.length, holes })
              : t('rota.tonightWhole', { count: items.length })}
          </p>
        )}
      </header>
      <ListStates list={known} count={items.length} failed={t('rota.failed')} bones={2} wide>
        <ul>
          {(all ? items : items.slice(0, first)).map((item) => (
            <Desk
              key={item.organisation.id}
              item={item}
              now={now}
              open={item.organisation.id === chosen}
              onChoose={onChoose}
            />
          ))}
        </ul>
        {items.length > first && (
          <Button kind="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('rota.fewer') : t('rota.others', { count: items.length - first })}
          </Button>
        )}
      </ListStates>
    </section>
  )
}

function Desk(props: { item: Item; now: string; open: boolean; onChoose: (organisation: string) => void }) {
  const { item, now, open, onChoose } = props
  const { t } = useTranslation()
  const { organisation, phone, turns, holes } = item
  const coming = turns.filter(({ who }) => who !== null)
  return (
    <li>
      <button
        type="button"
        className="row-title"
        aria-current={open ? 'true' : undefined}
        onClick={() => onChoose(organisation.id)}
      >
        {organisation.name}
      </button>
      {coming.map((turn) => (
        <p key={`${turn.line} ${turn.startsAt}`}>
          {turn.startsAt <= now
            ? t('rota.untilThen', { name: turn.who?.name, until: sayMoment(t, turn.endsAt, now) })
            : t('rota.fromThen', { name: turn.who?.name, hours: hoursSaid(t, turn.startsAt, turn.endsAt) })}
        </p>
      ))}
      {holes.map((hole) => (
        <Tag key={hole.from} tone="late" icon={TriangleAlert}>
          {t('rota.hole', { hours: hoursSaid(t, hole.from, hole.until) })}
        </Tag>
      ))}
      {phone && (
        <p className="rota-phone">
          <Icon of={Phone} size="s" />
          {phone}
        </p>
      )}
    </li>
  )
}
