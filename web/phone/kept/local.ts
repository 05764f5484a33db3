/** What is kept on this phone. Private windows may refuse; then it lasts as long as the page and nothing breaks. */

export function readKept<T>(
  key: string,
  store: Storage | undefined = safe(() => localStorage),
): T | undefined {
  try {
    const text = store?.getItem(`chuanmen.${key}`)
    return text ? (JSON.parse(text) as T) : undefined
  } catch {
    return undefined
  }
}

export function keep(
  key: string,
  value: unknown,
  store: Storage | undefined = safe(() => localStorage),
): void {
  try {
    if (value === undefined) store?.removeItem(`chuanmen.${key}`)
    else store?.setItem(`chuanmen.${key}`, JSON.stringify(value))
  } catch {
    // full or refused: the page goes on with what it holds in memory
  }
}

/** For this visit only: what was last seen of one's own requests, which the next person at this phone need not find. */
export const forThisVisit = safe(() => sessionStorage)

function safe<T>(get: () => T): T | undefined {
  try {
    return get()
  } catch {
    return undefined
  }
}
