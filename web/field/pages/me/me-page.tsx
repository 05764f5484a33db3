import { Bell, ChevronRight, CloudUpload, Download, Lock, MessageSquareMore, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { withdrawDevice } from '#web/api/field.ts'
import { logOut } from '#web/api/me.ts'
import { Card } from '#web/ui/card.tsx'
import { Switch } from '#web/ui/field.tsx'
import { changeLanguage, language } from '#web/ui/i18n.ts'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Screen } from '#web/ui/screen.tsx'
import { Face } from '#web/ui/seal.tsx'
import { canOpenOffline, isApple, isInstalled } from '../../able.ts'
import { useBook } from '../../kept/book.ts'
import { isShown } from '../../kept/entry.ts'
import { useLine } from '../../kept/line.ts'
import { lockUp, useVault, wipe } from '../../kept/vault.ts'
import { households, profile } from '../../kept/views.ts'
import { Foot } from '../../parts/nav.tsx'
import { paths } from '../../paths.ts'
import { changeSettings, useSettings } from '../../settings.ts'
import { useTitle } from '../../title.ts'
import { takeUpdate, useUpdate } from '../../update.ts'
import { LeaveIt } from '../way-in/leave-it.tsx'
import { Devices } from './devices.tsx'
import './me.css'

function Row({ icon, onPress, children }: { icon: typeof Lock; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onPress}>
      <Icon of={icon} />
      <span className="grow">{children}</span>
      <Icon of={ChevronRight} size="s" />
    </button>
  )
}

function Install() {
  const { t } = useTranslation()
  if (isInstalled()) return null
  const how = canOpenOffline()
    ? isApple()
      ? 'apple'
      : 'android'
    : isApple()
      ? 'wechat_apple'
      : 'wechat_other'
  return (
    <Card pad tone="care">
      <h2 className="install">
        <Icon of={Download} />
        {t('install.title')}
      </h2>
      <p>{t(`install.${how}`)}</p>
    </Card>
  )
}

/** Whoever leaves is told here no more. Comes when it is pressed. */
const untold = () =>
  import('#web/api/push.ts').then(({ leaveHere }) => leaveHere('field')).catch(() => undefined)

/** Oneself, this phone, and how its pages look. */
export function MePage() {
  const { t } = useTranslation()
  useTitle(t('nav.me'))
  const book = useBook()
  const line = useLine()
  const vault = useVault()
  const now = useNow()
  const settings = useSettings()
  const update = useUpdate()
  const me = profile(book)
  const waiting = book.queue.filter(isShown).length
  const other = language() === 'en' ? 'zh-CN' : 'en'
  const leave = async () => {
    // Without a line the phone is emptied all the same; the server forgets it after fourteen days of silence.
    if (vault.kind === 'open') await withdrawDevice(vault.device, 'left').catch(() => undefined)
    await untold()
    await logOut().catch(() => undefined)
    await wipe('left')
  }
  return (
    <Screen
      top={
        <header className="top me-top">
          <h1>{t('nav.me')}</h1>
        </header>
      }
      bar={<Foot />}
    >
      {me && (
        <Card pad className="myself">
          <Face name={me.name} />
          <div className="grow">
            <p>
              <b>{me.name}</b>
            </p>
            <p className="note second">{me.organisation}</p>
            <p className="note second">
              {t('me.doors', { count: households(book).length })}
              {me.phone && t('comma')}
              {me.phone}
            </p>
          </div>
        </Card>
      )}
      {update && (
        <Card className="rows me-rows">
          <Row icon={RefreshCw} onPress={takeUpdate}>
            {t('me.update')}
            <small>{t('me.update_why')}</small>
          </Row>
        </Card>
      )}
      <Card className="rows me-rows">
        <Link href={paths.queue()}>
          <Icon of={CloudUpload} />
          <span className="grow">
            {t('queue.title')}
            <small>
              {waiting > 0
                ? t('tray.waiting', { count: waiting })
                : line.freshAt
                  ? t('queue.fresh', { moment: sayMoment(t, line.freshAt, now) })
                  : t('queue.not_tried')}
            </small>
          </span>
          <Icon of={ChevronRight} size="s" />
        </Link>
        <Row icon={Lock} onPress={() => void lockUp()}>
          {t('me.lock')}
          <small>{t('me.lock_why')}</small>
        </Row>
        <Link href={paths.told()}>
          <Icon of={Bell} />
          <span className="grow">
            {t('told.title')}
            <small>{t('told.why')}</small>
          </span>
          <Icon of={ChevronRight} size="s" />
        </Link>
        <Link href={paths.idea()}>
          <Icon of={MessageSquareMore} />
          <span className="grow">{t('idea.title')}</span>
          <Icon of={ChevronRight} size="s" />
        </Link>
      </Card>
      <Card className="rows me-rows">
        <div>
          <Switch label={t('me.elder')} on={settings.elder} onChange={(elder) => changeSettings({ elder })} />
        </div>
        <div>
          <Switch
            label={t('me.contrast')}
            on={settings.contrast}
            onChange={(contrast) => changeSettings({ contrast })}
          />
        </div>
        <button type="button" onClick={() => void changeLanguage(other)}>
          <span className="grow" lang={other}>
            {t('language.other')}
          </span>
        </button>
      </Card>
      <Install />
      <Devices />
      <p className="none">{t('me.kept')}</p>
      <LeaveIt unsent={waiting} onLeave={() => void leave()} />
    </Screen>
  )
}
