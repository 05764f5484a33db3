import { createRoot } from 'react-dom/client'
import { onServerTime } from '#web/api/client.ts'
import { startI18n } from '#web/ui/i18n.ts'
import { syncClock } from '#web/ui/now.ts'
import { Toasts } from '#web/ui/toast.tsx'
import { applySettings } from './kept/settings.ts'
import { Pages } from './pages.tsx'

applySettings()
onServerTime(syncClock)
await startI18n(
  {
    phone: { 'zh-CN': () => import('./messages/zh-CN.json'), en: () => import('./messages/en.json') },
    requests: {
      'zh-CN': () => import('#requests/messages/zh-CN.json'),
      en: () => import('#requests/messages/en.json'),
    },
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
