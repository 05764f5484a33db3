import { useSyncExternalStore } from 'react'
import { keep, readKept } from './local.ts'

/** How this phone shows the pages, and where its owner lives. Kept on the phone only. */
export type Home = {
  /** path of the area, a unit at the finest */
  path: string
  /** names from the community down */
  names: string[]
  /** number on the door, 602 */
  door?: string | undefined
}
type Settings = { elder: boolean; contrast: boolean; home: Home | null }

let settings: Settings = {
  elder: false,
  contrast: false,
  home: null,
  ...readKept<Partial<Settings>>('settings'),
}
const listeners = new Set<() => void>()

function show(): void {
  const { dataset } = document.documentElement
  if (settings.elder) dataset.elder = ''
  else delete dataset.elder
  if (settings.contrast) dataset.contrast = 'high'
  else delete dataset.contrast
}

/** Applied before the first page is drawn. */
export function applySettings(): void {
  show()
}

export function changeSettings(change: Partial<Settings>): void {
  settings = { ...settings, ...change }
  keep('settings', settings)
  show()
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
