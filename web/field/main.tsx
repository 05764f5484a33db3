import { createRoot } from 'react-dom/client'
import { onServerTime } from '#web/api/client.ts'
import { startI18n } from '#web/ui/i18n.ts'
import { syncClock } from '#web/ui/now.ts'
import { Toasts } from '#web/ui/toast.tsx'
import requests from 'virtual:request-words'
import { Door } from './door.tsx'
import { followVault } from './kept/book.ts'
import { lockWhenIdle, startVault } from './kept/vault.ts'
import zh from './messages/zh-CN.json'
import { serverTime } from './session.ts'
import { applySettings } from './settings.ts'
import { keepDoor } from './update.ts'

applySettings()
onServerTime(syncClock)
followVault()
void startVault(serverTime)
await startI18n(
  {
    field: { 'zh-CN': zh, en: () => import('./messages/en.json') },
    requests: { 'zh-CN': requests, en: () => import('#requests/messages/en.json') },
  },
  'field',
)
lockWhenIdle()

const root = document.querySelector('#root')
if (root)
  createRoot(root).render(
    <Toasts>
      <Door />
    </Toasts>,
  )
// The door itself is kept after it stands, so that the first opening is not slower for it.
keepDoor().catch(() => undefined)
