import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { useMay, useMe } from '../../data/me.ts'
import { type Rota, type RotaTurn, rotaOf } from '../../data/rota.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { dayOf, daysLater, noon, shortDate } from '../../time.ts'
import { paths } from '../../paths.ts'
import { Lines } from './lines.tsx'
import { LinePane } from './line-pane.tsx'
import { NumberLine } from './number-line.tsx'
import { PlaceNow } from './place-now.tsx'
import { Tonight } from './tonight.tsx'
import { TurnPane } from './turn-pane.tsx'
import { WeekGrid } from './week-grid.tsx'
import './rota.css'

type Open = { line: true } | { turn: RotaTurn; on: string } | undefined

/** Who is on duty (X3): tonight at the desks of my area, the week of one of them, its lines, and who answers for a place now. */
export function RotaPage() {
  const { t } = useTranslation()
  const now = useNow()
  const me = useMe()
  const may = useMay()
  const search = useSearch({ strict: false }) as { organisation?: string; week?: string }
  const navigate = useNavigate()
  const [open, setOpen] = useState<Open>()
  useTitle(t('nav.rota'))
  const organisation = search.organisation ?? me.posts[0]?.organisation.id ?? ''
  const known = useQuery(rotaOf(organisation, search.week))
  const rota = known.data
  const go = (whose: string, week: string | undefined) => {
    setOpen(undefined)
    void navigate({ to: paths.rota, search: { organisation: whose, ...(week && { week }) } })
  }
  return (
    <div className={open ? 'beside' : 'beside alone'}>
      <div className="page rota">
        <header className="page-head">
          <div>
            <h1>{t('nav.rota')}</h1>
            {may('request.read') && (
              <p>
                <Link to={paths.inbox} search={{ queue: 'heard' }}>
                  {t('rota.heard')}
                </Link>
              </p>
            )}
            {rota && <NumberLine key={`${rota.organisation.id} ${rota.version}`} rota={rota} />}
          </div>
          {rota?.mayChange && (
            <div className="actions">
              <Button kind={open ? 'plain' : 'primary'} icon={Plus} onClick={() => setOpen({ line: true })}>
                {t('rota.new')}
              </Button>
            </div>
          )}
        </header>
        {may('rota.change') && (
          <Tonight now={now} chosen={organisation} onChoose={(id) => go(id, undefined)} />
        )}
        <ListStates list={known} count={rota ? 1 : 0} failed={t('rota.failed')} bones={5} wide>
          {rota && <Week rota={rota} now={now} onWeek={(week) => go(organisation, week)} onTurn={setOpen} />}
        </ListStates>
        {rota && <Lines rota={rota} now={now} />}
        <PlaceNow now={now} />
      </div>
      {open && rota && 'line' in open && (
        <LinePane rota={rota} now={now} onClose={() => setOpen(undefined)} />
      )}
      {open && rota && 'turn' in open && (
        <TurnPane
          key={`${open.turn.line} ${open.on}`}
          rota={rota}
          turn={open.turn}
          on={open.on}
          now={now}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}

function Week(props: {
  rota: Rota
  now: string
  onWeek: (day: string | undefined) => void
  onTurn: (open: { turn: RotaTurn; on: string }) => void
}) {
  const { rota, now, onWeek, onTurn } = props
  const { t } = useTranslation()
  const [monday, sunday] = [rota.days[0]?.on ?? '', rota.days[6]?.on ?? '']
  const isThis = rota.days.some(({ on }) => on === dayOf(now))
  return (
    <section className="rota-week" aria-labelledby="rota-week">
      <header>
        <h2 id="rota-week">{t('rota.weekOf', { name: rota.organisation.name })}</h2>
        <div className="rota-walk">
          {!isThis && (
            <Button small onClick={() => onWeek(undefined)}>
              {t('rota.thisWeek')}
            </Button>
          )}
          <IconButton
            label={t('rota.before')}
            icon={ChevronLeft}
            onClick={() => onWeek(daysLater(monday, -7))}
          />
          <b aria-live="polite">
            {t('rota.span', {
              from: shortDate(t, noon(monday), now),
              until: shortDate(t, noon(sunday), now),
            })}
          </b>
          <IconButton
            label={t('rota.after')}
            icon={ChevronRight}
            onClick={() => onWeek(daysLater(monday, 7))}
          />
        </div>
      </header>
      <WeekGrid rota={rota} now={now} onTurn={onTurn} />
    </section>
  )
}
