import { ChevronDown, ChevronUp, CircleAlert, CloudUpload, Image, LogIn } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Icon } from '#web/ui/icon.tsx'
import { clockTime, localTime } from '#web/ui/local-time.ts'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { useBook } from '../kept/book.ts'
import { isShown, isUnsent, type Queued, standing } from '../kept/entry.ts'
import { useLine } from '../kept/line.ts'
import { paths } from '../paths.ts'
import { entryIcon, entryWords } from './entry-words.ts'
import './tray.css'

const SignInAgain = lazy(async () => ({ default: (await import('./sign-in-again.tsx')).SignInAgain }))

/** So many of the queue are named in the tray; all of them stand on the page of the queue. */
const named = 3

function Row({ one }: { one: Queued }) {
  const { t } = useTranslation()
  const book = useBook()
  const { sending } = useLine()
  const now = useNow()
  const made = localTime(one.entry.deviceAt)
  const state = standing(one, sending)
  const when = made.serial === localTime(now).serial ? clockTime(made) : sayMoment(t, one.entry.deviceAt, now)
  return (
    <li>
      <Icon of={state === 'refused' ? CircleAlert : state === 'files' ? Image : entryIcon(one)} size="s" />
      <span className="what">{entryWords(t, book, one)}</span>
      <span className="at">{state === 'waiting' ? when : t(`fate.${state}`)}</span>
    </li>
  )
}

/**
 * What waits on this phone: how many, when it was tried, and each of them. The connection shown is that of the queue, never
 * a guess.
 */
export function Tray() {
  const { t } = useTranslation()
  const book = useBook()
  const line = useLine()
  const now = useNow()
  const [open, setOpen] = useState(false)
  const [signing, setSigning] = useState(false)
  const waiting = book.queue.filter(isShown)
  const refused = waiting.filter(({ problem }) => problem !== null).length
  const unsent = waiting.filter(isUnsent).length
  const login = line.trouble === 'login'
  if (waiting.length === 0 && !login) return null
  const tried = () => {
    if (login) return t('tray.login')
    if (line.sending.size > 0) return t('tray.sending')
    if (!line.trouble || !line.triedAt) return undefined
    const then = localTime(line.triedAt)
    const moment = then.serial === localTime(now).serial ? clockTime(then) : sayMoment(t, line.triedAt, now)
    return t('tray.tried', { moment })
  }
  const title =
    unsent > 0
      ? t('tray.waiting', { count: unsent })
      : refused > 0
        ? t('tray.refused', { count: refused })
        : waiting.length > 0
          ? t('tray.files')
          : t('tray.nothing')
  return (
    <section className="tray" aria-label={t('tray.label')}>
      <button type="button" className="tray-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon of={CloudUpload} />
        <span className="count" role="status">
          {title}
        </span>
        <small>{tried()}</small>
        <Icon of={open ? ChevronDown : ChevronUp} size="s" />
      </button>
      {open && (
        <>
          <ul>
            {waiting.slice(-named).map((one) => (
              <Row key={one.entry.id} one={one} />
            ))}
          </ul>
          <p className="tray-foot">
            <Link href={paths.queue()}>{t('tray.all')}</Link>
          </p>
        </>
      )}
      {login && (
        <button type="button" className="tray-login" onClick={() => setSigning(true)}>
          <Icon of={LogIn} size="s" />
          {t('tray.sign_in')}
        </button>
      )}
      {signing && (
        <Suspense>
          <SignInAgain onClose={() => setSigning(false)} />
        </Suspense>
      )}
    </section>
  )
}
