import { holds } from '#search/highlight.ts'
import type { Term } from '#search/terms.ts'
import type { Told } from './search-store.ts'
import { writtenIn } from './searchable.ts'
import type { Stored } from './store.ts'

/** What residents find: their own requests, by what they themselves read of them. */
export function saysAll(
  { title, words, place, code }: Stored,
  area: string,
  story: readonly Told[],
  terms: readonly Term[],
): boolean {
  const read = story.filter(({ visible }) => visible).flatMap(writtenIn)
  const texts = [title, words, `${area}${place}`, code, ...read]
  return terms.every((term) => texts.some((text) => holds(text, term)))
}
