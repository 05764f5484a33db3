import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeContact, type Contact, forgetBrowser } from '#web/api/notices.ts'
import {
  canBeTold,
  deviceHere,
  type Door,
  isBlocked,
  isSubscribed,
  NoService,
  NotAllowed,
  switchOff,
  switchOn,
} from '#web/api/push.ts'
import { Button } from '../button.tsx'
import { Select, Switch } from '../field.tsx'
import { withWords } from '../i18n.ts'
import { useNow } from '../now.ts'
import { sayMoment } from '../say-time.ts'
import { ClockSelect } from './clock-select.tsx'
import { Kinds } from './kinds.tsx'
import zh from './messages/zh-CN.json'
import './how-told.css'

/** Seldom opened, so its words come with it. */
const words = { 'zh-CN': zh, en: () => import('./messages/en.json') }

type Props = {
  door: Door
  known: Contact
  onChanged: (after: Contact) => void
  /** What went wrong, in the words of the door. */
  wordsOf: (error: unknown) => string
  /** What this browser may be called in the list. */
  label?: string | undefined
}

/** How I am told, beside the app: on this device, what by which way, when, and in which language. The same on all three doors. */
export function HowTold(props: Props) {
  const [ready, setReady] = useState(false)
  useEffect(() => {
    void withWords('told', words).then(() => setReady(true))
  }, [])
  return ready ? <Choices {...props} /> : null
}

type Work = (deed: () => Promise<Contact>) => void
type Choice = Partial<Pick<Contact, 'declined' | 'quiet' | 'digestAt' | 'language'>>

/**
 * What is chosen goes out one after the other, so that no answer overtakes a later one, and is shown at once, so that the
 * next choice builds on it. Busy until the last answer is here.
 */
function useChoices(server: Contact, onChanged: (after: Contact) => void) {
  const [error, setError] = useState<unknown>()
  const [chosen, setChosen] = useState<Choice>()
  const waiting = useRef(0)
  const last = useRef<Promise<unknown>>(undefined)
  const work: Work = (deed) => {
    waiting.current += 1
    setError(undefined)
    setChosen((before) => before ?? {})
    // At once where nothing is before it: some browsers ask their owner only in the very press.
    const done = waiting.current === 1 ? deed() : Promise.resolve(last.current).then(deed)
    last.current = done.then(onChanged, setError).finally(() => {
      waiting.current -= 1
      if (waiting.current === 0) setChosen(undefined)
    })
  }
  const known = { ...server, ...chosen }
  const change = (more: Choice) => {
    work(() =>
      changeContact({ bySms: known.bySms, byEmail: known.byEmail, language: known.language, ...more }),
    )
    setChosen((before) => ({ ...before, ...more }))
  }
  return { known, busy: chosen !== undefined, error, work, change }
}

function Choices({ door, known: server, onChanged, wordsOf, label }: Props) {
  const { t } = useTranslation('told')
  const { known, busy, error, work, change } = useChoices(server, onChanged)
  const wrong = () => {
    if (error instanceof NotAllowed) return t('not_allowed')
    if (error instanceof NoService) return t('no_service')
    return wordsOf(error)
  }
  return (
    <div className="told" aria-busy={busy}>
      {known.pushKey !== null && (
        <Browsers door={door} known={known} pushKey={known.pushKey} label={label} work={work} />
      )}
      <Kinds known={known} onChange={(declined) => change({ declined })} />
      <When known={known} onChange={change} />
      <Select
        label={t('language')}
        hint={t('language_hint')}
        value={known.language}
        onChange={({ target }) => change({ language: target.value === 'en' ? 'en' : 'zh-CN' })}
      >
        <option value="zh-CN" lang="zh-CN">
          {t('chinese')}
        </option>
        <option value="en" lang="en">
          {t('english')}
        </option>
      </Select>
      <div aria-live="polite">{error !== undefined && <p className="wrong">{wrong()}</p>}</div>
    </div>
  )
}

function Browsers({
  door,
  known,
  pushKey,
  label,
  work,
}: Pick<Props, 'door' | 'known' | 'label'> & {
  pushKey: string
  work: Work
}) {
  const { t } = useTranslation('told')
  const now = useNow()
  const [lost, setLost] = useState<string>()
  const remembered = deviceHere(door, known.devices)
  useEffect(() => {
    if (remembered) void isSubscribed(door).then((still) => still || setLost(remembered))
  }, [door, remembered])
  const here = remembered === lost ? undefined : remembered
  const others = known.devices.filter(({ id }) => id !== here)
  return (
    <div role="group" className="told-here" aria-label={t('here')}>
      {canBeTold() ? (
        <Switch
          label={t('here')}
          on={here !== undefined}
          onChange={(on) =>
            work(() =>
              on ? switchOn(door, pushKey, label) : here ? switchOff(door, here) : Promise.resolve(known),
            )
          }
        />
      ) : (
        <p>{t('cannot')}</p>
      )}
      <p className="note second">{t(isBlocked() ? 'blocked' : 'plain')}</p>
      {others.length > 0 && (
        <ul className="told-others">
          {others.map((device) => (
            <li key={device.id}>
              <span>
                {device.label ?? t(`door.${device.door}`)}
                <small>{t('since', { moment: sayMoment(t, device.since, now) })}</small>
              </span>
              <Button small onClick={() => work(() => forgetBrowser(device.id))}>
                {t('forget')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Hours offered for the one message of the day. */
const digestHours = ['08:00', '12:00', '18:00', '20:00']

function When({ known, onChange }: { known: Contact; onChange: (more: Choice) => void }) {
  const { t } = useTranslation('told')
  const { quiet, districtQuiet, digestAt } = known
  const way = quiet === null ? 'district' : quiet.from === quiet.until ? 'none' : 'own'
  const hours = digestAt === null || digestHours.includes(digestAt) ? digestHours : [...digestHours, digestAt]
  const span = (one: { from: string; until: string }) =>
    one.from === one.until ? t('quiet_none') : t('span', one)
  const choose = (to: string) =>
    onChange({
      quiet:
        to === 'district'
          ? null
          : to === 'none'
            ? { from: '00:00', until: '00:00' }
            : { from: '21:00', until: '08:00' },
    })
  return (
    <>
      <Select
        label={t('quiet')}
        hint={t('quiet_hint', { span: span(districtQuiet) })}
        value={way}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="district">{t('quiet_district')}</option>
        <option value="own">{t('quiet_own')}</option>
        <option value="none">{t('quiet_off')}</option>
      </Select>
      {way === 'own' && quiet && (
        <div className="told-hours">
          {(['from', 'until'] as const).map((end) => (
            <ClockSelect
              key={end}
              label={t(`quiet_${end}`)}
              value={quiet[end]}
              onChange={(clock) => onChange({ quiet: { ...quiet, [end]: clock } })}
            />
          ))}
        </div>
      )}
      <Select
        label={t('digest')}
        hint={t('digest_hint')}
        value={digestAt ?? ''}
        onChange={({ target }) => onChange({ digestAt: target.value || null })}
      >
        <option value="">{t('digest_off')}</option>
        {hours.map((at) => (
          <option key={at} value={at}>
            {t('digest_at', { at })}
          </option>
        ))}
      </Select>
    </>
  )
}
