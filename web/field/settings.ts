import { useSyncExternalStore } from 'react'

/** How this phone shows the pages: large, with strong contrast. The same choice counts at the residents' door. */
type Settings = { elder: boolean; contrast: boolean }

const key = 'chuanmen.settings'

function remembered(): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>
  } catch {
    return {}
  }
}

const first = remembered()
let settings: Settings = { elder: first['elder'] === true, contrast: first['contrast'] === true }
const listeners = new Set<() => void>()

/** Applied before the first page is drawn. */
export function applySettings(): void {
  const { dataset } = document.documentElement
  if (settings.elder) dataset['elder'] = ''
  else delete dataset['elder']
  if (settings.contrast) dataset['contrast'] = 'high'
  else delete dataset['contrast']
}

export function changeSettings(change: Partial<Settings>): void {
  settings = { ...settings, ...change }
  try {
    // What else the other door keeps there stays.
    localStorage.setItem(key, JSON.stringify({ ...remembered(), ...settings }))
  } catch {
    // A private window may refuse; it then lasts as long as the page.
  }
  applySettings()
  for (const listener of listeners) listener()
}

export function useSettings(): Settings {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => settings,
  )
}
