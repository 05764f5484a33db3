/** What this browser can do for the door. */

/** Inside WeChat (its own browser): on iOS nothing stays there after it is closed. */
export function isInsideWechat(agent: string = navigator.userAgent): boolean {
  return /MicroMessenger/i.test(agent)
}

export function isApple(agent: string = navigator.userAgent): boolean {
  return /iPhone|iPad|iPod/.test(agent)
}

/** It can keep things sealed at all: a secure address, a store, and keys. */
export function canKeep(): boolean {
  return isSecureContext && 'indexedDB' in globalThis && 'crypto' in globalThis && 'subtle' in crypto
}

/** It can open without a line. */
export function canOpenOffline(): boolean {
  return 'serviceWorker' in navigator && !(isInsideWechat() && isApple())
}

/** Opened from the home screen. */
export function isInstalled(): boolean {
  return (
    matchMedia('(display-mode: standalone)').matches ||
    ('standalone' in navigator && navigator.standalone === true)
  )
}

/** What its holder may call this phone until they call it otherwise. */
export function makeOf(agent: string = navigator.userAgent): string | undefined {
  if (/iPhone/.test(agent)) return 'iPhone'
  if (/iPad/.test(agent)) return 'iPad'
  const model = /Android [\d.]+; ([^;)]+)/.exec(agent)?.[1]?.trim()
  return model && model !== 'K' ? model.slice(0, 60) : undefined
}
