import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { Filters } from './data/requests.ts'
import { meQuery } from './data/me.ts'
import { PageFailed, PageMissing } from './parts/page-states.tsx'
import { readDispatchSearch } from './pages/dispatch/search.ts'
import { readOfferSearch } from './pages/offers/search.ts'
import { readVisitSearch } from './pages/visits/search.ts'
import { readWhistleSearch } from './pages/whistles/search.ts'
import { paths } from './paths.ts'

type Context = { client: QueryClient }

const root = createRootRouteWithContext<Context>()({
  notFoundComponent: PageMissing,
  errorComponent: PageFailed,
})

const login = createRoute({
  getParentRoute: () => root,
  path: paths.login,
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === 'string' ? { to: search.to } : {},
  component: lazyRouteComponent(() => import('./pages/login/login-page.tsx'), 'LoginPage'),
})

/** Everything behind the login. Who is not logged in is sent there and comes back to the page that was asked for. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData(meQuery)
    if (me.kind !== 'staff') redirect({ to: paths.login, search: { to: location.href }, throw: true })
    // Until an own password and, where the post needs one, an authenticator are set up, nothing else opens.
    if (me.due.length > 0 && location.pathname !== paths.account) redirect({ to: paths.account, throw: true })
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
})

const start = createRoute({
  getParentRoute: () => inside,
  path: paths.base,
  beforeLoad: async ({ context }) => {
    const { abilities } = await context.client.ensureQueryData(meQuery)
    if (abilities.includes('request.read'))
      redirect({ to: paths.inbox, search: { queue: 'mine' }, throw: true })
    redirect({ to: abilities.includes('audit.read') ? paths.audit : paths.people, throw: true })
  },
})

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined)

const queues = ['mine', 'review', 'watching', 'heard', 'all'] as const

/** What the address says, or the default; anything else in it is dropped. */
function readFilters(search: Record<string, unknown>): Filters {
  const queue = queues.find((one) => one === search.queue) ?? 'mine'
  const overdue =
    search.overdue === 'true' || search.overdue === true
      ? 'true'
      : search.overdue === 'false' || search.overdue === false
        ? 'false'
        : undefined
  const read = {
    state: text(search.state),
    group: text(search.group),
    channel: text(search.channel),
    overdue,
    path: text(search.path),
    // The address is read as JSON where it can be: a bare number was typed as one.
    q: text(typeof search.q === 'number' ? String(search.q) : search.q),
  }
  return {
    queue,
    ...(Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Omit<
      Filters,
      'queue'
    >),
  }
}

const inbox = createRoute({
  getParentRoute: () => inside,
  path: paths.inbox,
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./pages/inbox/inbox-page.tsx'), 'InboxPage'),
})

const dispatch = createRoute({
  getParentRoute: () => inside,
  path: paths.dispatch,
  validateSearch: readDispatchSearch,
  component: lazyRouteComponent(() => import('./pages/dispatch/dispatch-page.tsx'), 'DispatchPage'),
})

const routing = createRoute({
  getParentRoute: () => inside,
  path: paths.routing,
  component: lazyRouteComponent(() => import('./pages/routing/routing-page.tsx'), 'RoutingPage'),
})

const visits = createRoute({
  getParentRoute: () => inside,
  path: paths.visits,
  validateSearch: readVisitSearch,
  component: lazyRouteComponent(() => import('./pages/visits/visits-page.tsx'), 'VisitsPage'),
})

const whistles = createRoute({
  getParentRoute: () => inside,
  path: paths.whistles,
  validateSearch: readWhistleSearch,
  component: lazyRouteComponent(() => import('./pages/whistles/whistles-page.tsx'), 'WhistlesPage'),
})

const whistleFigures = createRoute({
  getParentRoute: () => inside,
  path: paths.whistleFigures,
  component: lazyRouteComponent(() => import('./pages/whistles/figures-page.tsx'), 'WhistleFiguresPage'),
})

const offers = createRoute({
  getParentRoute: () => inside,
  path: paths.offers,
  validateSearch: readOfferSearch,
  component: lazyRouteComponent(() => import('./pages/offers/offers-page.tsx'), 'OffersPage'),
})

const calls = createRoute({
  getParentRoute: () => inside,
  path: paths.calls,
  component: lazyRouteComponent(() => import('./pages/calls/calls-page.tsx'), 'CallsPage'),
})

/** Whose rota, and a day of its week. */
const rota = createRoute({
  getParentRoute: () => inside,
  path: paths.rota,
  validateSearch: (search: Record<string, unknown>): { organisation?: string; week?: string } => {
    const [organisation, week] = [text(search.organisation), text(search.week)]
    return { ...(organisation && { organisation }), ...(week && { week }) }
  },
  component: lazyRouteComponent(() => import('./pages/rota/rota-page.tsx'), 'RotaPage'),
})

const mediation = createRoute({
  getParentRoute: () => inside,
  path: paths.mediation,
  component: lazyRouteComponent(() => import('./pages/mediation/mediation-page.tsx'), 'MediationPage'),
})

const matters = createRoute({
  getParentRoute: () => inside,
  path: paths.matters,
  component: lazyRouteComponent(() => import('./pages/matters/matters-page.tsx'), 'MattersPage'),
})

const record = createRoute({
  getParentRoute: () => inside,
  path: paths.record,
  component: lazyRouteComponent(() => import('./pages/record/record-page.tsx'), 'RecordPage'),
})

const exporting = createRoute({
  getParentRoute: () => inside,
  path: paths.exports,
  component: lazyRouteComponent(() => import('./pages/exports/exports-page.tsx'), 'ExportsPage'),
})

const importing = createRoute({
  getParentRoute: () => inside,
  path: paths.import,
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
})

/** The area, and the household whose pane is open. */
const readPlace = (search: Record<string, unknown>): { path?: string; door?: string } => {
  const [path, door] = [text(search.path), text(search.door)]
  return { ...(path && { path }), ...(door && { door }) }
}

const households = createRoute({
  getParentRoute: () => inside,
  path: paths.households,
  validateSearch: readPlace,
  component: lazyRouteComponent(() => import('./pages/households/households-page.tsx'), 'HouseholdsPage'),
})

const care = createRoute({
  getParentRoute: () => inside,
  path: paths.care,
  component: lazyRouteComponent(() => import('./pages/care/care-page.tsx'), 'CarePage'),
})

const acquaintance = createRoute({
  getParentRoute: () => inside,
  path: paths.acquaintance,
  validateSearch: readPlace,
  component: lazyRouteComponent(
    () => import('./pages/acquaintance/acquaintance-page.tsx'),
    'AcquaintancePage',
  ),
})

const cards = createRoute({
  getParentRoute: () => inside,
  path: paths.cards,
  validateSearch: readPlace,
  component: lazyRouteComponent(() => import('./pages/cards/cards-page.tsx'), 'CardsPage'),
})

const print = createRoute({
  getParentRoute: () => inside,
  path: paths.print,
  validateSearch: readPlace,
  component: lazyRouteComponent(() => import('./pages/print/print-page.tsx'), 'PrintPage'),
})

const twice = createRoute({
  getParentRoute: () => inside,
  path: paths.twice,
  component: lazyRouteComponent(() => import('./pages/twice/twice-page.tsx'), 'TwicePage'),
})

const plans = createRoute({
  getParentRoute: () => inside,
  path: paths.plans,
  component: lazyRouteComponent(() => import('./pages/plans/plans-page.tsx'), 'PlansPage'),
})

const meetings = createRoute({
  getParentRoute: () => inside,
  path: paths.meetings,
  component: lazyRouteComponent(() => import('./pages/meetings/meetings-page.tsx'), 'MeetingsPage'),
})

const meeting = createRoute({
  getParentRoute: () => inside,
  path: paths.meeting,
  component: lazyRouteComponent(() => import('./pages/meetings/meetings-page.tsx'), 'MeetingPage'),
})

const plansPrint = createRoute({
  getParentRoute: () => inside,
  path: paths.plansPrint,
  component: lazyRouteComponent(() => import('./pages/plans/print-page.tsx'), 'PlanPrintPage'),
})

const people = createRoute({
  getParentRoute: () => inside,
  path: paths.people,
  component: lazyRouteComponent(() => import('./pages/people/people-page.tsx'), 'PeoplePage'),
})

const audit = createRoute({
  getParentRoute: () => inside,
  path: paths.audit,
  component: lazyRouteComponent(() => import('./pages/audit/audit-page.tsx'), 'AuditPage'),
})

const categories = createRoute({
  getParentRoute: () => inside,
  path: paths.categories,
  component: lazyRouteComponent(() => import('./pages/categories/categories-page.tsx'), 'CategoriesPage'),
})

const calendar = createRoute({
  getParentRoute: () => inside,
  path: paths.calendar,
  component: lazyRouteComponent(() => import('./pages/calendar/calendar-page.tsx'), 'CalendarPage'),
})

const organisations = createRoute({
  getParentRoute: () => inside,
  path: paths.organisations,
  component: lazyRouteComponent(
    () => import('./pages/organisations/organisations-page.tsx'),
    'OrganisationsPage',
  ),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: paths.settings,
  component: lazyRouteComponent(() => import('./pages/settings/history-page.tsx'), 'HistoryPage'),
})

const messages = createRoute({
  getParentRoute: () => inside,
  path: paths.messages,
  component: lazyRouteComponent(() => import('./pages/messages/messages-page.tsx'), 'MessagesPage'),
})

const sending = createRoute({
  getParentRoute: () => inside,
  path: paths.sending,
  component: lazyRouteComponent(() => import('./pages/sending/sending-page.tsx'), 'SendingPage'),
})

const templates = createRoute({
  getParentRoute: () => inside,
  path: paths.templates,
  component: lazyRouteComponent(() => import('./pages/templates/templates-page.tsx'), 'TemplatesPage'),
})

const erasures = createRoute({
  getParentRoute: () => inside,
  path: paths.erasures,
  component: lazyRouteComponent(() => import('./pages/erasures/erasures-page.tsx'), 'ErasuresPage'),
})

const account = createRoute({
  getParentRoute: () => inside,
  path: paths.account,
  component: lazyRouteComponent(() => import('./pages/account/account-page.tsx'), 'AccountPage'),
})

const routeTree = root.addChildren([
  login,
  inside.addChildren([
    start,
    inbox,
    dispatch,
    routing,
    visits,
    whistles,
    whistleFigures,
    calls,
    offers,
    rota,
    mediation,
    matters,
    record,
    importing,
    households,
    care,
    acquaintance,
    cards,
    print,
    twice,
    plans,
    plansPrint,
    meetings,
    meeting,
    exporting,
    people,
    categories,
    calendar,
    organisations,
    settings,
    messages,
    sending,
    templates,
    audit,
    erasures,
    account,
  ]),
])

export function makeRouter(client: QueryClient) {
  return createRouter({ routeTree, context: { client }, defaultPreload: 'intent', scrollRestoration: false })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
