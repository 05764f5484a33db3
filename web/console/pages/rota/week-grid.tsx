import { ArrowLeftRight, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { Tag } from '#web/ui/tag.tsx'
import type { Rota, RotaTurn } from '../../data/rota.ts'
import { dayOf, noon, shortDate } from '../../time.ts'
import { hoursSaid } from './said.ts'

type Day = Rota['days'][number]

/** Seven days beside one another, each with its turns in order and the hours in which nobody is there. */
export function WeekGrid(props: {
  rota: Rota
  now: string
  onTurn: (open: { turn: RotaTurn; on: string }) => void
}) {
  const { rota, now, onTurn } = props
  return (
    <ol className="rota-days">
      {rota.days.map((day, index) => (
        <Column key={day.on} day={day} weekday={index + 1} rota={rota} now={now} onTurn={onTurn} />
      ))}
    </ol>
  )
}

function Column(props: {
  day: Day
  weekday: number
  rota: Rota
  now: string
  onTurn: (open: { turn: RotaTurn; on: string }) => void
}) {
  const { day, weekday, rota, now, onTurn } = props
  const { t } = useTranslation()
  const isToday = day.on === dayOf(now)
  return (
    <li className={isToday ? 'today' : undefined} aria-current={isToday ? 'date' : undefined}>
      <h3>
        <b>{t(`weekday.${weekday}`, { ns: 'ui' })}</b>
        <span>{shortDate(t, noon(day.on), now)}</span>
        {!day.working && <small>{t(day.presumed ? 'rota.offPresumed' : 'rota.off')}</small>}
      </h3>
      {day.turns.map((turn) => (
        <Turn
          key={turn.line}
          turn={turn}
          now={now}
          onOpen={rota.mayChange && turn.endsAt > now ? () => onTurn({ turn, on: day.on }) : undefined}
        />
      ))}
      {day.holes.map((hole) => (
        <p key={hole.from} className="rota-hole">
          <Icon of={TriangleAlert} size="s" />
          <span>{t('rota.hole', { hours: hoursSaid(t, hole.from, hole.until) })}</span>
        </p>
      ))}
      {day.turns.length === 0 && day.holes.length === 0 && (
        <p className="rota-none">{t(rota.organisation.level ? 'rota.deskOnly' : 'rota.nobody')}</p>
      )}
    </li>
  )
}

function Turn({ turn, now, onOpen }: { turn: RotaTurn; now: string; onOpen: (() => void) | undefined }) {
  const { t } = useTranslation()
  const isNow = turn.startsAt <= now && turn.endsAt > now
  const inside = (
    <>
      <span className="rota-turn-line">
        <b>{turn.name}</b>
        <span>{hoursSaid(t, turn.startsAt, turn.endsAt)}</span>
      </span>
      {turn.who ? (
        <span className="rota-turn-who">
          {isNow && <Seal name={turn.who.name} />}
          <b>{turn.who.name}</b>
        </span>
      ) : (
        <Tag tone="late" icon={TriangleAlert}>
          {t('rota.allAway')}
        </Tag>
      )}
      {turn.standsInFor && <small>{t('rota.standsIn', { name: turn.standsInFor.name })}</small>}
      {turn.swapped && (
        <small>
          <Icon of={ArrowLeftRight} size="s" />
          {t('rota.swapped')}
        </small>
      )}
      {!turn.standsInFor && turn.backup && <small>{t('rota.backup', { name: turn.backup.name })}</small>}
    </>
  )
  const name = ['rota-turn', isNow && 'now', turn.endsAt <= now && 'past'].filter(Boolean).join(' ')
  return onOpen ? (
    <button type="button" className={name} onClick={onOpen}>
      {inside}
    </button>
  ) : (
    <div className={name}>{inside}</div>
  )
}
