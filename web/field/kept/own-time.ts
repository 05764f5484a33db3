/**
 * The phone's own time: it follows the clock forward and never goes back, so that setting the clock back does not keep
 * the store open longer. While the page is open it moves on by itself, whatever the clock says.
 */

const minute = 60_000
const day = 24 * 60 * minute

/** Without a word from the server for so long the households are taken off this phone (boundary 9). */
export const longestSilence = 14 * day

let base = { seen: 0, at: 0 }

/** Goes on from what was seen last. */
export function goOnFrom(seen: number): void {
  base = { seen: Math.max(seen, base.seen), at: performance.now() }
}

/** The phone's own time now, ms. */
export function ownTime(): number {
  return Math.max(Date.now(), base.seen + (performance.now() - base.at))
}

/** Too long without contact. */
export function isSilent(contact: number, now: number): boolean {
  return now - contact > longestSilence
}

/**
 * How long after so many wrong codes the next one is taken, ms. The first slips cost nothing; then it grows, and after
 * `mostWrong` the server's half is thrown away: from there on it takes a sign-in, which the server counts itself.
 */
export function delayAfter(wrong: number): number {
  return [0, 0, 0, 5_000, 15_000, minute, 5 * minute, 15 * minute][Math.min(wrong, 7)] ?? 0
}

export const mostWrong = 8

/** Nobody touched the page for so long: it locks. */
export const longestIdle = 10 * minute
