import { createRoot } from 'react-dom/client'
import requestsZh from '#requests/messages/zh-CN.json'
import { onServerTime } from '#web/api/client.ts'
import { startI18n } from '#web/ui/i18n.ts'
import { syncClock } from '#web/ui/now.ts'
import { Toasts } from '#web/ui/toast.tsx'
import zh from './messages/zh-CN.json'
import { applySettings } from './kept/settings.ts'
import { Pages } from './pages.tsx'

applySettings()
onServerTime(syncClock)
await startI18n(
  {
    phone: { 'zh-CN': zh, en: () => import('./messages/en.json') },
    requests: { 'zh-CN': requestsZh, en: () => import('#requests/messages/en.json') },
  },
  'phone',
)

const root = document.querySelector('#root')
if (root)
  createRoot(root).render(
    <Toasts>
      <Pages />
    </Toasts>,
  )
