import { Phone, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button, ButtonLink, IconButton } from '#web/ui/button.tsx'
import { Select } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type Rota, type RotaTurn, useSwap } from '../../data/rota.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { noon, shortDate } from '../../time.ts'
import { hoursSaid } from './said.ts'

/** One turn: who is there and how to reach them, and giving it to somebody else or exchanging it (RT4). */
export function TurnPane(props: {
  rota: Rota
  turn: RotaTurn
  on: string
  now: string
  onClose: () => void
}) {
  const { rota, turn, on, now, onClose } = props
  const { t } = useTranslation()
  return (
    <aside className="pane" aria-label={turn.name}>
      <header>
        <div>
          <h2>{turn.name}</h2>
          <p>
            {t('rota.turnLine', {
              day: shortDate(t, noon(on), now),
              hours: hoursSaid(t, turn.startsAt, turn.endsAt),
            })}
          </p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <section>
        <p>
          {turn.who
            ? turn.standsInFor
              ? t('rota.whoFor', { name: turn.who.name, other: turn.standsInFor.name })
              : t('rota.who', { name: turn.who.name })
            : t('rota.allAway')}
        </p>
        {turn.backup && <p className="note second">{t('rota.backup', { name: turn.backup.name })}</p>}
        {turn.who?.phone && (
          <ButtonLink small icon={Phone} href={`tel:${turn.who.phone}`}>
            {turn.who.phone}
          </ButtonLink>
        )}
      </section>
      <SwapForm rota={rota} turn={turn} on={on} now={now} onDone={onClose} />
    </aside>
  )
}

/** Every other turn of the week that is still to come and is somebody else's, as `line day`. */
function exchangeable(rota: Rota, turn: RotaTurn, now: string) {
  return rota.days.flatMap((day) =>
    day.turns
      .filter((one) => one.startsAt > now && one.person.id !== turn.person.id)
      .map((one) => ({ key: `${one.line} ${day.on}`, line: one.line, on: day.on, turn: one })),
  )
}

function SwapForm(props: { rota: Rota; turn: RotaTurn; on: string; now: string; onDone: () => void }) {
  const { rota, turn, on, now, onDone } = props
  const { t } = useTranslation()
  const tell = useToast()
  const swap = useSwap()
  const [id] = useState(newId)
  const [to, setTo] = useState('')
  const [tried, setTried] = useState(false)
  const others = exchangeable(rota, turn, now)
  const exchange = others.find(({ key }) => key === to)

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!to || swap.isPending) return
    const target = exchange ? { with: { line: exchange.line, on: exchange.on } } : { person: to }
    swap.mutate(
      { id, line: turn.line, on, ...target },
      {
        afterwards: () => tell(t('rota.swapDone')),
        onSuccess: onDone,
      },
    )
  }

  return (
    <section>
      <h3>{t('rota.swap')}</h3>
      <form className="pane-form" onSubmit={submit} noValidate>
        <Select
          label={t('rota.swapTo')}
          value={to}
          error={tried && !to && t('rota.swapMissing')}
          onChange={(event) => setTo(event.target.value)}
        >
          <option value="">{t('field.choose')}</option>
          <optgroup label={t('rota.give')}>
            {rota.people
              .filter((one) => one.id !== turn.person.id)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
          </optgroup>
          {others.length > 0 && (
            <optgroup label={t('rota.exchange')}>
              {others.map((one) => (
                <option key={one.key} value={one.key}>
                  {t('rota.exchangeWith', {
                    name: one.turn.person.name,
                    day: shortDate(t, noon(one.on), now),
                    turn: one.turn.name,
                  })}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
        <ProblemNote error={swap.error} />
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={swap.isPending}>
            {t('rota.swapDo')}
          </Button>
          <p>{t(exchange ? 'rota.causeExchange' : 'rota.causeGive')}</p>
        </div>
      </form>
    </section>
  )
}
