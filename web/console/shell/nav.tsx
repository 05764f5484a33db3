import { Columns3, Inbox, type LucideIcon, PhoneIncoming, ScanEye, Tags, Users } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { useMe } from '../data/me.ts'
import { requestCounts } from '../data/requests.ts'
import { paths } from '../paths.ts'

type Entry = { name: string; to: string; icon: LucideIcon; needs: string }

const work: Entry[] = [
  { name: 'inbox', to: paths.inbox, icon: Inbox, needs: 'request.read' },
  { name: 'dispatch', to: paths.dispatch, icon: Columns3, needs: 'request.assign' },
  { name: 'record', to: paths.record, icon: PhoneIncoming, needs: 'request.record' },
]
const keeping: Entry[] = [
  { name: 'people', to: paths.people, icon: Users, needs: 'person.read' },
  { name: 'categories', to: paths.categories, icon: Tags, needs: 'category.read' },
  { name: 'audit', to: paths.audit, icon: ScanEye, needs: 'audit.read' },
]

/** The way to every page that exists and that I may open. */
export function Nav() {
  const { t } = useTranslation()
  const { abilities } = useMe()
  const may = (entry: Entry) => abilities.includes(entry.needs)
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <Link className="rail-logo" to={paths.base}>
        <Mark />
        {t('product')}
      </Link>
      <ul>
        {work.filter(may).map((entry) => (
          <NavItem key={entry.name} entry={entry} />
        ))}
      </ul>
      <ul className="rail-low">
        {keeping.filter(may).map((entry) => (
          <NavItem key={entry.name} entry={entry} />
        ))}
      </ul>
    </nav>
  )
}

function NavItem({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link to={entry.to} activeOptions={{ includeSearch: false }}>
        <Icon of={entry.icon} />
        <span>{t(`nav.${entry.name}`)}</span>
        {entry.name === 'inbox' && <InboxCount />}
      </Link>
    </li>
  )
}

function InboxCount() {
  const { t } = useTranslation()
  const counts = useQuery(requestCounts)
  return counts.data ? (
    <b aria-label={t('nav.waiting', { count: counts.data.mine })}>{counts.data.mine}</b>
  ) : null
}
