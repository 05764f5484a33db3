import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { ClockSelect } from '#web/ui/told/clock-select.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { robots, sending, type SendingState, useQuietChange } from '../../data/sending.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { RobotPane } from './robot-pane.tsx'
import { Robots } from './robots.tsx'
import './sending.css'

/** The ways by which messages leave (NT15, NT17, NT18): what is set up, what waits, quiet hours, robots. */
export function SendingPage() {
  const { t } = useTranslation()
  useTitle(t('nav.sending'))
  const state = useQuery(sending)
  const list = useQuery(robots)
  const [open, setOpen] = useState<string>()
  const chosen = list.data?.items.find(({ id }) => id === open)
  const origins = state.data?.ways.find(({ channel }) => channel === 'robot')?.origins ?? []
  const close = () => setOpen(undefined)
  return (
    <div className={open ? 'beside' : 'beside alone'}>
      <div className="page sending">
        <header className="page-head">
          <div>
            <h1>{t('nav.sending')}</h1>
            <p>{t('sending.what')}</p>
          </div>
        </header>
        <ListStates list={state} count={state.data?.ways.length ?? 0} failed={t('sending.failed')} bones={4}>
          {state.data && <WaysTable ways={state.data.ways} />}
        </ListStates>
        {state.data && (
          <QuietForm
            key={state.data.version}
            from={state.data.quiet.from}
            until={state.data.quiet.until}
            version={state.data.version}
          />
        )}
        <section className="sending-part" aria-labelledby="robots">
          <header>
            <h2 id="robots">{t('sending.robots')}</h2>
            {origins.length > 0 && (
              <Button small icon={Plus} onClick={() => setOpen('new')}>
                {t('sending.add')}
              </Button>
            )}
          </header>
          <p className="note second">
            {t(origins.length > 0 ? 'sending.robotsWhat' : 'sending.robotsNowhere')}
          </p>
          <Robots list={list} open={open} onOpen={setOpen} />
        </section>
      </div>
      {open === 'new' && <RobotPane origins={origins} onDone={setOpen} onClose={close} />}
      {chosen && (
        <RobotPane
          key={`${chosen.id} ${chosen.version}`}
          robot={chosen}
          origins={origins}
          onDone={setOpen}
          onClose={close}
        />
      )}
    </div>
  )
}

function WaysTable({ ways }: { ways: SendingState['ways'] }) {
  const { t } = useTranslation()
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">{t('sending.way')}</th>
          <th scope="col">{t('sending.state')}</th>
          <th scope="col">{t('sending.sent')}</th>
          <th scope="col">{t('sending.waiting')}</th>
          <th scope="col">{t('sending.failures')}</th>
        </tr>
      </thead>
      <tbody>
        {ways.map(({ channel, state, origins, waiting, held, sent, failed }) => (
          <tr key={channel}>
            <td className="nb">
              <b>{t(`channel.${channel}`)}</b>
            </td>
            <td>
              <Tag tone={state === 'set_up' ? 'done' : undefined}>{t(`sending.states.${state}`)}</Tag>
              <small>{origins.length > 0 ? origins.join(' ') : t(`sending.how.${channel}`)}</small>
            </td>
            <td className="nb" data-label={t('sending.sent')}>
              {t('sending.count', { count: sent })}
            </td>
            <td className="nb" data-label={t('sending.waiting')}>
              {t('sending.count', { count: waiting })}
              {held > 0 && <small>{t('sending.held', { count: held })}</small>}
            </td>
            <td className="nb" data-label={t('sending.failures')}>
              {failed > 0 ? (
                <Link className="row-title" to={paths.messages}>
                  {t('sending.count', { count: failed })}
                </Link>
              ) : (
                t('sending.count', { count: 0 })
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function QuietForm({ from: first, until: last, version }: { from: string; until: string; version: number }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [from, setFrom] = useState(first)
  const [until, setUntil] = useState(last)
  const change = useQuietChange(version)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!change.isPending) change.mutate({ from, until }, { onSuccess: () => tell(t('sending.quietSaved')) })
  }
  return (
    <section className="sending-part" aria-labelledby="quiet">
      <header>
        <h2 id="quiet">{t('sending.quiet')}</h2>
      </header>
      <p className="note second">{t('sending.quietWhat')}</p>
      <form className="sending-quiet" onSubmit={submit} noValidate>
        <ClockSelect label={t('sending.from')} value={from} onChange={setFrom} />
        <ClockSelect label={t('sending.until')} value={until} onChange={setUntil} />
        <Button type="submit" busy={change.isPending} aria-disabled={from === first && until === last}>
          {t('sending.save')}
        </Button>
      </form>
      <ProblemNote error={change.error} />
    </section>
  )
}
