import { canonical, sha256 } from '#kernel/canonical.ts'
import type { Entry } from './standing.ts'

/** RQ2: each entry carries the hash of the one before. Words stand in it by a salted digest, so that erasing them (RQ15) leaves the chain whole. */

/** A person's words as they are kept beside the entry. */
export type Sealed = { words: string | null; salt: Buffer | null; digest: Buffer | null }

/** Hash before the first entry. */
export const genesis = Buffer.alloc(32)

/** @param salt 16 random bytes, kept as long as the words are. */
export function sealWords(words: string | null, salt: Buffer): Sealed {
  return words === null
    ? { words: null, salt: null, digest: null }
    : { words, salt, digest: sha256(salt, words) }
}

/** The hash of an entry: over the hash before it, its place in the story and everything it says. */
export function linkHash(
  before: Buffer,
  request: string,
  seq: number,
  entry: Entry,
  digest: Buffer | null,
): Buffer {
  const { words: _, ...facts } = entry
  return sha256(before, canonical({ request, seq, ...facts, words: digest?.toString('hex') ?? null }))
}
