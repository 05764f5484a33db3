import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onServerTime } from '#web/api/client.ts'
import { refusalCode } from '#web/api/problem.ts'
import { syncClock } from '#web/ui/now.ts'
import { needsLogin } from './data/problem.ts'
import { startLanguage } from './i18n.ts'
import { paths } from './paths.ts'
import { makeRouter } from './routes.tsx'
import { applyTheme, currentTheme } from './theme.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import './styles/page.css'
import './styles/ledger.css'
import './styles/beside.css'

/** A session that ended while a page was open: to the log in, and back to the page afterwards. */
function onError(error: Error): void {
  // Production lets desks and administrators in only with a second factor; until it is set up there is one page.
  if (refusalCode(error) === 'access.totp_required') void router.navigate({ to: paths.account })
  if (!needsLogin(error) || location.pathname === paths.login) return
  client.clear()
  void router.navigate({ to: paths.login, search: { to: location.pathname + location.search } })
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry: 1, staleTime: 5_000 }, mutations: { retry: false } },
})
const router = makeRouter(client)

applyTheme(currentTheme())
onServerTime(syncClock)
await startLanguage()
const place = document.getElementById('root')
if (!place) throw new Error('the page has no root element')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
