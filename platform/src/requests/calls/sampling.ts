import { sha256 } from '#kernel/canonical.ts'

/** Who is called today: drawn by lot that anybody can draw again from the seed, the day and the ids. */

/**
 * Draws a share of what was answered, one at least where there is any. Which ones depends on the seed, the day and the
 * ids alone: not on their order, not on who asks, and nobody can foresee it before the seed is made.
 *
 * @param percent of the ids, rounded up.
 */
export function drawn(seed: string, day: string, ids: readonly string[], percent: number): string[] {
  const lots = [...new Set(ids)]
    .map((id) => ({ id, lot: sha256(`${seed} ${day} ${id}`).toString('hex') }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
  return lots.slice(0, Math.ceil((lots.length * percent) / 100)).map(({ id }) => id)
}
