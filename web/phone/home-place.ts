import { useMemo } from 'react'
import { readMe } from '#web/api/me.ts'
import { useRemote } from './kept/remote.ts'
import { type Home, useSettings } from './kept/settings.ts'

/** Where the owner of this phone lives: as chosen on it, else as the community has it for a proven number. */
export function useHome(): Home | null {
  const { home } = useSettings()
  const me = useRemote('me', readMe)
  const known = me.value?.reporter?.home
  return useMemo(() => home ?? (known ? { path: known.path, names: [known.name] } : null), [home, known])
}
