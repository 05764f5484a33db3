/**
 * How edits of one household that did not know of each other come together, field by field (HH6). Pure: the same set of
 * entries gives the same state, in whatever order they arrived.
 */

/** What one entry says about one field. Values are compared as `same` says: sealed ones by their index. */
export type Word<Value = unknown> = {
  entry: string
  /** The household's version that the entry made, and the one its maker had seen. */
  version: number
  base: number
  by: string
  /** By the clock of the maker's device; orders nothing but one person's own words, and what is shown until somebody chooses. */
  deviceAt: string
  value: Value
}

/** Of two moments of entering the later; the id decides between equal ones, so that no order is left to chance. */
function isLater(one: Word, other: Word): boolean {
  return one.deviceAt === other.deviceAt ? one.entry > other.entry : one.deviceAt > other.deviceAt
}

/** Whether `one` takes the place of `other`: its maker had seen it, or said both, this one later. */
function replaces(one: Word, other: Word): boolean {
  if (one.base >= other.version) return true
  return one.by === other.by && other.base < one.version && isLater(one, other)
}

export type Settled<Value> = {
  /** What stands in the field; until somebody chooses, the word that was said last. */
  value: Value
  /** Entries that stand against each other; empty when all agree. */
  contested: string[]
}

/** What is left of everything that was said about a field. @param words at least one. */
export function settle<Value>(
  words: readonly Word<Value>[],
  same: (one: Value, other: Value) => boolean,
): Settled<Value> {
  const standing = words.filter((word) => !words.some((other) => other !== word && replaces(other, word)))
  // Two phones of one person whose clocks disagree can replace each other in a circle; then the last word counts.
  const heads = standing.length > 0 ? standing : words
  const last = heads.reduce((latest, word) => (isLater(word, latest) ? word : latest))
  const against = standing.filter((word) => !same(word.value, last.value))
  return {
    value: last.value,
    contested: against.length === 0 ? [] : standing.map(({ entry }) => entry).toSorted(),
  }
}

export type Fate = 'applied' | 'merged' | 'conflict'

/** What is said of an entry that was taken in: nobody else was there, others touched other things, or a choice is open. */
export function fateOf({ base, before }: { base: number; before: number }, contested: boolean): Fate {
  if (contested) return 'conflict'
  return base < before ? 'merged' : 'applied'
}
