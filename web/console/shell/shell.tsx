import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { Toasts } from '#web/ui/toast.tsx'
import { useAreaNames } from '../data/areas.ts'
import { useMe } from '../data/me.ts'
import { dateAndClock } from '../time.ts'
import { useNews } from '../data/notices.ts'
import { Bell } from './bell.tsx'
import { Find } from './find.tsx'
import { Rail } from './rail.tsx'
import { Who } from './who.tsx'
import '../styles/shell.css'
import '../styles/rail.css'
import '../styles/head.css'
import '../styles/find.css'

/** The frame around every page: where I may go, where I am, who I am. */
export function Shell() {
  const { t } = useTranslation()
  const now = useNow()
  const { abilities } = useMe()
  useNews(abilities.includes('notice.read'))
  return (
    <Toasts>
      <div className="console">
        <a className="skip" href="#main">
          {t('nav.skip')}
        </a>
        <Rail />
        <header className="head">
          <div className="head-side">
            <Area />
          </div>
          {abilities.includes('request.read') ? <Find /> : <span />}
          <div className="head-side end">
            <time dateTime={now}>{dateAndClock(t, now)}</time>
            {abilities.includes('notice.read') && <Bell />}
            <Who />
          </div>
        </header>
        <main className="console-main" id="main" tabIndex={-1}>
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </Toasts>
  )
}

/** The area I answer for, with what it belongs to. */
function Area() {
  const { t } = useTranslation()
  const { home } = useMe()
  const names = useAreaNames(home)
  return (
    <div className="head-area" role="group" aria-label={t('head.area')}>
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && <i aria-hidden="true">/</i>}
          {index === names.length - 1 ? <b>{name}</b> : name}
        </span>
      ))}
    </div>
  )
}
