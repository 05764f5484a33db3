import { Building2, CalendarDays, PencilLine, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Icon } from '#web/ui/icon.tsx'
import { paths } from '../paths.ts'
import { Tray } from './tray.tsx'

/** Under the thumb: what waits, and the three places with the one thing to do between them. */
export function Foot() {
  const { t } = useTranslation()
  const [here] = useLocation()
  const at = (path: string) => (here === path ? ('page' as const) : undefined)
  return (
    <footer className="foot">
      <Tray />
      <nav className="nav" aria-label={t('nav.label')}>
        <Link href={paths.today()} aria-current={at(paths.today())}>
          <Icon of={CalendarDays} />
          {t('nav.today')}
        </Link>
        <Link href={paths.households()} aria-current={at(paths.households())}>
          <Icon of={Building2} />
          {t('nav.households')}
        </Link>
        <Link className="btn primary" href={paths.choose()}>
          <Icon of={PencilLine} />
          {t('nav.visit')}
        </Link>
        <Link href={paths.me()} aria-current={at(paths.me())}>
          <Icon of={UserRound} />
          {t('nav.me')}
        </Link>
      </nav>
    </footer>
  )
}
