import { ChevronRight, type LucideIcon, MessageCircle, Mic, NotebookText, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { language } from '#web/ui/i18n.ts'
import { Icon } from '#web/ui/icon.tsx'
import { useSettings } from '../../kept/settings.ts'
import { paths } from '../../paths.ts'
import './doors.css'

function DoorLink({
  to,
  icon,
  name,
  under,
  hot,
  className,
}: {
  to: string
  icon: LucideIcon
  name: string
  under: string
  hot?: boolean
  className?: string
}) {
  return (
    <Link href={to} className={className ?? ''}>
      <span className="panel">
        <Icon of={icon} size="l" />
      </span>
      <span className="panel">
        <b>{name}</b>
        <small className={hot ? 'hot' : undefined}>{under}</small>
      </span>
      <Icon of={ChevronRight} className="go" />
    </Link>
  )
}

/** The three doors. `waiting` counts my requests that wait for my word. */
export function Doors({ waiting }: { waiting: number }) {
  const { t } = useTranslation()
  const { elder } = useSettings()
  const lying = elder || language() === 'en'
  return (
    <nav className={lying ? 'doors lying' : 'doors'} aria-label={t('home.doors')}>
      <DoorLink
        to={paths.say()}
        icon={elder ? Mic : MessageCircle}
        name={t('say.title')}
        under={elder ? t('home.say_elder') : t('home.say')}
        className="say"
      />
      <DoorLink
        to={paths.mine()}
        icon={NotebookText}
        name={t('mine.title')}
        under={
          waiting > 0
            ? t(elder ? 'home.waiting_door_elder' : 'home.waiting', { count: waiting })
            : t('home.mine')
        }
        hot={waiting > 0}
      />
      <DoorLink to={paths.people()} icon={Users} name={t('people.title')} under={t('home.people')} />
    </nav>
  )
}
