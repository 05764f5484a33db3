import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onServerTime } from '#web/api/client.ts'
import { syncClock } from '#web/ui/now.ts'
import { startLanguage } from './i18n.ts'
import { makeRouter } from './routes.tsx'
import { applyTheme, currentTheme } from './theme.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import './styles/page.css'

const client = new QueryClient({
  defaultOptions: {
    queries: { retry: 1, staleTime: 5_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})

applyTheme(currentTheme())
onServerTime(syncClock)
await startLanguage()
const place = document.getElementById('root')
if (!place) throw new Error('the page has no root element')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={makeRouter(client)} />
    </QueryClientProvider>
  </StrictMode>,
)
