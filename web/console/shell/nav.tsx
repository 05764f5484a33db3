import {
  Building,
  Building2,
  CalendarDays,
  Clock,
  Columns3,
  CopyCheck,
  DoorOpen,
  Eraser,
  FileDown,
  FileUp,
  Handshake,
  HandHelping,
  History,
  Inbox,
  ListChecks,
  type LucideIcon,
  MailWarning,
  Megaphone,
  MessageSquareText,
  PhoneIncoming,
  PhoneOutgoing,
  Route,
  ScanEye,
  Send,
  Tags,
  Users,
  UsersRound,
  Waypoints,
} from 'lucide-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Ability, Role } from '#access/permissions.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { useMe } from '../data/me.ts'
import { requestCounts } from '../data/requests.ts'
import { savedViews, viewCounts } from '../data/views.ts'
import { whistleCounts } from '../data/whistles.ts'
import { paths } from '../paths.ts'

type Entry = {
  name: string
  to: string
  /** Pages beside it that have no entry of their own. */
  also?: readonly string[]
  icon: LucideIcon
  for: (me: ReturnType<typeof useMe>) => boolean
}

const desks: Role[] = ['community_desk', 'subdistrict_desk', 'district_desk']
const may = (ability: Ability) => (me: ReturnType<typeof useMe>) => me.abilities.includes(ability)
const serves = (roles: Role[]) => (me: ReturnType<typeof useMe>) =>
  me.posts.some((post) => roles.includes(post.role))

const work: Entry[] = [
  { name: 'inbox', to: paths.inbox, icon: Inbox, for: may('request.read') },
  {
    name: 'whistles',
    to: paths.whistles,
    also: [paths.whistleFigures],
    icon: Megaphone,
    for: may('whistle.read'),
  },
  { name: 'dispatch', to: paths.dispatch, icon: Columns3, for: may('dispatch.board') },
  { name: 'visits', to: paths.visits, icon: DoorOpen, for: serves([...desks, 'grid_worker']) },
  {
    name: 'households',
    to: paths.households,
    also: [paths.care, paths.acquaintance, paths.cards, paths.print],
    icon: Building,
    for: may('household.read'),
  },
  { name: 'meetings', to: paths.meetings, icon: UsersRound, for: may('meeting.read') },
  { name: 'plans', to: paths.plans, icon: Waypoints, for: may('liaison.read') },
  { name: 'offers', to: paths.offers, icon: HandHelping, for: may('offer.make') },
  { name: 'calls', to: paths.calls, icon: PhoneOutgoing, for: may('call.read') },
  { name: 'rota', to: paths.rota, icon: Clock, for: may('rota.read') },
  { name: 'mediation', to: paths.mediation, icon: Handshake, for: may('mediation.read') },
  { name: 'matters', to: paths.matters, icon: ListChecks, for: may('matter.read') },
  { name: 'record', to: paths.record, icon: PhoneIncoming, for: serves([...desks, 'grid_worker']) },
]
const keeping: Entry[] = [
  { name: 'exports', to: paths.exports, icon: FileDown, for: may('export.make') },
  { name: 'import', to: paths.import, icon: FileUp, for: may('register.import') },
  { name: 'twice', to: paths.twice, icon: CopyCheck, for: may('duplicate.read') },
  { name: 'people', to: paths.people, icon: Users, for: may('person.read') },
  { name: 'categories', to: paths.categories, icon: Tags, for: may('request.read') },
  { name: 'routing', to: paths.routing, icon: Route, for: may('routing.read') },
  { name: 'calendar', to: paths.calendar, icon: CalendarDays, for: may('request.read') },
  { name: 'organisations', to: paths.organisations, icon: Building2, for: may('person.read') },
  { name: 'templates', to: paths.templates, icon: MessageSquareText, for: may('template.change') },
  { name: 'sending', to: paths.sending, icon: Send, for: may('sending.set') },
  { name: 'messages', to: paths.messages, icon: MailWarning, for: may('notice.repeat') },
  { name: 'erasures', to: paths.erasures, icon: Eraser, for: may('erasure.decide') },
  { name: 'settings', to: paths.settings, icon: History, for: may('setting.read') },
  { name: 'audit', to: paths.audit, icon: ScanEye, for: may('audit.read') },
]

/** The way to every page that exists and that I may open. */
export function Nav() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <nav className="rail" id="rail" aria-label={t('nav.label')}>
      <Link className="rail-logo" to={paths.base}>
        <Mark />
        {t('product')}
      </Link>
      <ul>
        {work
          .filter((entry) => entry.for(me))
          .map((entry) => (
            <NavItem key={entry.name} entry={entry} />
          ))}
      </ul>
      <ul className="rail-low">
        {keeping
          .filter((entry) => entry.for(me))
          .map((entry) => (
            <NavItem key={entry.name} entry={entry} />
          ))}
      </ul>
    </nav>
  )
}

function NavItem({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const isBeside = useLocation({ select: ({ pathname }) => entry.also?.includes(pathname) ?? false })
  return (
    <li>
      <Link
        to={entry.to}
        activeOptions={{ includeSearch: false }}
        {...(isBeside && { 'aria-current': 'true' })}
      >
        <Icon of={entry.icon} />
        <span>{t(`nav.${entry.name}`)}</span>
        {entry.name === 'inbox' && <InboxCount />}
        {entry.name === 'whistles' && <WhistleCount />}
      </Link>
      {entry.name === 'inbox' && <Views />}
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

function WhistleCount() {
  const { t } = useTranslation()
  const counts = useQuery(whistleCounts)
  return counts.data && counts.data.mine > 0 ? (
    <b aria-label={t('nav.whistlesWaiting', { count: counts.data.mine })}>{counts.data.mine}</b>
  ) : null
}

/** Searches that I keep, and that my organisation shares, with how many each shows. */
function Views() {
  const { t } = useTranslation()
  const views = useQuery(savedViews)
  const counts = useQuery(viewCounts)
  const items = views.data?.items ?? []
  if (items.length === 0) return null
  return (
    <ul className="rail-views" aria-label={t('views.label')}>
      {items.map((view) => {
        const count = counts.data?.get(view.id)
        return (
          <li key={view.id}>
            <Link
              to={paths.inbox}
              params={{ id: undefined }}
              search={view.query}
              activeOptions={{ exact: false, includeSearch: true }}
              title={view.by ? t('views.by', { name: view.name, by: view.by }) : view.name}
            >
              <span>{view.name}</span>
              {count && (
                <b aria-label={t('views.count', { count: count.count })}>
                  {t(count.more ? 'views.more' : 'views.number', { count: count.count })}
                </b>
              )}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
