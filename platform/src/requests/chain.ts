import { canonical, sha256 } from '#kernel/canonical.ts'
import { derivedId } from '#kernel/ids.ts'
import { freeText } from './entry.ts'
import type { Entry } from './entry.ts'

/**
 * RQ2: each entry carries the hash of the one before. What a person wrote stands in it by a salted digest: the words, and
 * every free text of `data`. Erasing them (RQ15) therefore leaves the chain whole (docs/adr/0013).
 */

/** Values of an entry by key. */
type Values = Record<string, unknown>

/** An entry's texts as they are kept beside it, and its data without them. */
export type Sealed = {
  words: string | null
  texts: Values | null
  salt: Buffer | null
  digest: Buffer | null
  data: Values
}

/** The id of the nth entry that follows by rule from what a person entered. */
export const followingId = (command: string, nth: number): string =>
  derivedId('follows', command, String(nth))

/** Hash before the first entry. */
export const genesis = Buffer.alloc(32)

/**
 * Takes what a person wrote out of an entry. The keys that `freeText` names keep their shape in `data`, with every text
 * in it empty: how many points were asked is a fact, what they say is not.
 *
 * @param salt 16 random bytes, kept as long as the texts are.
 */
export function seal(entry: Pick<Entry, 'kind' | 'words' | 'data'>, salt: Buffer): Sealed {
  const { words } = entry
  const written = Object.entries(entry.data).filter(
    ([key, value]) => freeText[entry.kind]?.includes(key) && hasText(value),
  )
  const texts = written.length > 0 ? Object.fromEntries(written) : null
  const data = {
    ...entry.data,
    ...Object.fromEntries(written.map(([key, value]) => [key, emptied(value)])),
  }
  return words === null && !texts
    ? { words, texts, salt: null, digest: null, data }
    : { words, texts, salt, digest: digestOf(words, texts, salt), data }
}

/** The other way round. Of erased texts only the shape is left. */
export function unseal({ data, texts }: Pick<Sealed, 'data' | 'texts'>): Values {
  return { ...data, ...texts }
}

function digestOf(words: string | null, texts: Values | null, salt: Buffer): Buffer {
  // No text of the database holds a NUL, so that words cannot pass for texts.
  return texts ? sha256(salt, words ?? '', '\0', canonical(texts)) : sha256(salt, words ?? '')
}

function hasText(value: unknown): boolean {
  if (typeof value === 'string') return value !== ''
  return typeof value === 'object' && value !== null && Object.values(value).some(hasText)
}

/** The same value with every text in it empty. */
function emptied(value: unknown): unknown {
  if (typeof value === 'string') return ''
  if (Array.isArray(value)) return value.map(emptied)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)]))
}

/** The hash of an entry: over the hash before it, its place in the story, its facts, and the digest of its texts. */
export function linkHash(
  before: Buffer,
  request: string,
  seq: number,
  entry: Entry,
  sealed: Pick<Sealed, 'data' | 'digest'>,
): Buffer {
  const { words: _, ...facts } = entry
  return sha256(
    before,
    canonical({ request, seq, ...facts, data: sealed.data, words: sealed.digest?.toString('hex') ?? null }),
  )
}

/** An entry as it is kept: with its number, its texts apart, and the hash that says it follows the one before. */
export type Link = { seq: number; entry: Entry; sealed: Sealed; hash: Buffer }

/** What is left of an entry once its texts are erased. */
export function withoutTexts({ entry, sealed }: Pick<Link, 'entry' | 'sealed'>): Entry {
  return { ...entry, words: null, data: sealed.data } as unknown as Entry
}

/** Where the chain of a story breaks first, by the entry's number; null when it is whole. Erased texts do not break it. */
export function brokenAt(request: string, story: readonly Link[]): number | null {
  let before: Buffer = genesis
  for (const [index, { seq, entry, sealed, hash }] of story.entries()) {
    const { words, texts, salt, digest } = sealed
    const isSaid = salt ? digest?.equals(digestOf(words, texts, salt)) : words === null && texts === null
    const isWhole = seq === index + 1 && isSaid && linkHash(before, request, seq, entry, sealed).equals(hash)
    if (!isWhole) return seq
    before = hash
  }
  return null
}
