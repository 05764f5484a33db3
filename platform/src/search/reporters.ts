import { phoneIndex } from '#access/reporters.ts'
import { blindIndex } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { normalise } from '#text/grams.ts'
import { initials } from '#text/pinyin.ts'

/** SE4: reporters are found through keyed digests; the index holds neither their names nor their numbers. */

/** Half of the digest tells people of one city apart and takes half the room. */
const short = (digest: string) => digest.slice(0, 22)

const nameMark = (keys: Keys, name: string) => `n:${short(blindIndex(keys, 'search.name', name))}`
const initialsMark = (keys: Keys, letters: string) =>
  `i:${short(blindIndex(keys, 'search.initials', letters))}`
const phoneMark = (keys: Keys, phone: string) => `f:${short(phoneIndex(keys, phone))}`

const oneWord = (name: string) => normalise(name).replaceAll(/\s/g, '')

/** What the reporter of a request is found by. */
export function reporterMarks(
  keys: Keys,
  { name, phone }: { name?: string | null | undefined; phone?: string | null | undefined },
): string[] {
  const known = oneWord(name ?? '')
  const letters = initials(known)
  return [
    ...(known ? [nameMark(keys, known)] : []),
    ...(letters.length > 1 ? [initialsMark(keys, letters)] : []),
    ...(phone ? [phoneMark(keys, phone)] : []),
  ]
}

/** What a term would find a reporter by: a whole name, the initials of one, or a whole number. */
export function soughtReporter(keys: Keys, term: string): string[] {
  if (/^1\d{10}$/.test(term)) return [phoneMark(keys, term)]
  if (/^[a-z]{2,6}$/.test(term)) return [initialsMark(keys, term), nameMark(keys, term)]
  return /^[\p{Script=Han}·]{2,12}$/u.test(term) ? [nameMark(keys, term)] : []
}
