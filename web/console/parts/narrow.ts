import { useSyncExternalStore } from 'react'

/** As in the style sheets: on less than this the console shows one thing at a time. */
const narrow = globalThis.matchMedia('(max-width: 767px)')

function listen(onChange: () => void) {
  narrow.addEventListener('change', onChange)
  return () => narrow.removeEventListener('change', onChange)
}

/** Whether the list, the case and the facts come one after the other instead of side by side. */
export function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => narrow.matches)
}
