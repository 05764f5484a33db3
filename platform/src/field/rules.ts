import { keepDays } from './contract.ts'
import type { Device } from './contract.ts'

/** What becomes of a phone and its clock. Pure. */

const dayMilliseconds = 86_400_000

/** When a phone that is not heard of forgets everything. @param seenAt milliseconds */
export function keepUntil(seenAt: number): number {
  return seenAt + keepDays * dayMilliseconds
}

/** In use, withdrawn, or away for longer than it may keep anything (FD10). */
export function stateOf(seenAt: number, withdrawnAt: string | null, now: number): Device['state'] {
  if (withdrawnAt !== null) return 'withdrawn'
  return now > keepUntil(seenAt) ? 'lapsed' : 'open'
}

/**
 * When something was made, by the server's clock (FD8): what the phone's clock said, set right by how far that was ahead when
 * it sent. Nothing is made later than it arrives; all in milliseconds.
 */
export function madeAt(deviceAt: number, offset: number, now: number): number {
  return Math.min(deviceAt - offset, now)
}
