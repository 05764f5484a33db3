import { grams } from '#text/grams.ts'
import signs from './data/points.json' with { type: 'json' }

/** What makes a good answer (RQ7), as far as it can be seen from the words. Pure: the console says it while one writes. */

/** What stands where an answer given before names something of that case; an answer is not sent while one is left. */
export const { gap } = signs

/** Common to any two sentences, and so no sign that one speaks of the other. */
const enough = 0.3

/** Whether an answer speaks of a point: it has a good part of the point's pairs of characters. */
export function speaksOf(answer: string, point: string): boolean {
  const sought = grams(point)
  if (sought.length === 0) return true
  const said = new Set(grams(answer))
  return sought.filter((gram) => said.has(gram)).length / sought.length >= enough
}

export type Cover = 'done' | 'open'
export type Missing =
  | { what: 'words' }
  | { what: 'gap' }
  /** Word for word what another case was answered. */
  | { what: 'borrowed' }
  /** Nobody said yet whether these points are answered or open. */
  | { what: 'points'; indexes: number[] }
  /** Said to be answered, yet not a word about them. */
  | { what: 'unspoken'; indexes: number[] }

/**
 * What an answer still lacks. With a single point the whole answer speaks of it; with several each is named.
 *
 * @param covers what was said about each point, in order
 * @param borrowed beginnings taken from answers to other cases
 */
export function missingIn(
  answer: string,
  points: readonly string[],
  covers: readonly (Cover | undefined)[],
  borrowed: readonly string[] = [],
): Missing[] {
  const indexes = (isMissing: (index: number) => boolean) =>
    points.flatMap((_, index) => (isMissing(index) ? [index] : []))
  const unsaid = indexes((index) => covers[index] === undefined)
  const unspoken = indexes(
    (index) => points.length > 1 && covers[index] !== undefined && !speaksOf(answer, points[index]!),
  )
  return [
    ...(answer.trim() === '' ? [{ what: 'words' } as const] : []),
    ...(answer.includes(gap) ? [{ what: 'gap' } as const] : []),
    ...(borrowed.some((start) => start.trim() === answer.trim()) ? [{ what: 'borrowed' } as const] : []),
    ...(unsaid.length > 0 ? [{ what: 'points', indexes: unsaid } as const] : []),
    ...(answer.trim() !== '' && unspoken.length > 0
      ? [{ what: 'unspoken', indexes: unspoken } as const]
      : []),
  ]
}
