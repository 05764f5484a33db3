/** Room on the phone. */

/** The browser said that there is no room left. Dexie wraps it. */
export function isFull(error: unknown): boolean {
  for (let now: unknown = error; now instanceof Error; now = now.cause ?? (now as { inner?: unknown }).inner)
    if (now.name === 'QuotaExceededError') return true
  return false
}

/** Below this much (bytes) one is told before anything is lost. */
const scarce = 20_000_000

/** Whether room is getting scarce; unknown counts as enough. */
export async function isScarce(): Promise<boolean> {
  const { quota, usage } =
    (await (navigator.storage as Partial<StorageManager> | undefined)?.estimate?.()) ?? {}
  return quota !== undefined && usage !== undefined && quota - usage < scarce
}
