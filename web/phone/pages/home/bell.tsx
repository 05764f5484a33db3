import { Bell as BellIcon, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Icon } from '#web/ui/icon.tsx'
import { paths } from '../../paths.ts'

/** The way to what I was told; how many are new stands beside it and changes by itself. */
export function Bell({ unread }: { unread: number }) {
  const { t } = useTranslation()
  const name = unread > 0 ? t('notices.unread', { count: unread }) : t('notices.title')
  return (
    <Link href={paths.notices()} className="home-bell" aria-label={name}>
      <Icon of={BellIcon} />
      {unread > 0 && <b aria-hidden="true">{unread > 99 ? t('notices.most') : unread}</b>}
      <span className="vh" aria-live="polite">
        {unread > 0 && name}
      </span>
    </Link>
  )
}

/** The same as one large line, for elder mode. */
export function BellLine({ unread }: { unread: number }) {
  const { t } = useTranslation()
  return (
    <Link href={paths.notices()} aria-live="polite">
      <Icon of={BellIcon} />
      <span className="grow">{t('notices.unread', { count: unread })}</span>
      <Icon of={ChevronRight} />
    </Link>
  )
}
