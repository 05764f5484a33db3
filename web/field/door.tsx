import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Screen } from '#web/ui/screen.tsx'
import { Loading } from '#web/ui/states.tsx'
import { keepSending } from './kept/sender.ts'
import { useVault } from './kept/vault.ts'
import { CannotKeep } from './cannot-keep.tsx'
import { canKeep } from './able.ts'

const Pages = lazy(async () => ({ default: (await import('./pages/pages.tsx')).Pages }))
const WayIn = lazy(async () => ({ default: (await import('./pages/way-in/way-in.tsx')).WayIn }))
const Unlock = lazy(async () => ({ default: (await import('./pages/way-in/unlock.tsx')).Unlock }))

function Bones() {
  return (
    <Screen top={<header className="top" />}>
      <Loading />
    </Screen>
  )
}

/** Open only to who opened it: sign in the first time, the unlock code each time after that. */
export function Door() {
  const { t } = useTranslation()
  const vault = useVault()
  const open = vault.kind === 'open'
  useEffect(() => (open ? keepSending() : undefined), [open])
  if (!canKeep()) return <CannotKeep />
  return (
    <Suspense fallback={<Bones />}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      {vault.kind === 'starting' && <Bones />}
      {vault.kind === 'empty' && <WayIn gone={vault.gone} />}
      {vault.kind === 'locked' &&
        (vault.gone ? <WayIn gone={vault.gone} kept={vault} /> : <Unlock vault={vault} />)}
      {open && <Pages />}
    </Suspense>
  )
}
