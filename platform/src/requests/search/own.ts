import { holds } from '#search/highlight.ts'
import type { Term } from '#search/terms.ts'
import type { Brief, Told } from './store.ts'
import { writtenIn } from './searchable.ts'

/** What residents find: their own requests, by what they themselves read of them. */
export function saysAll(
  { title, words, place, code }: Brief,
  area: string,
  story: readonly Told[],
  terms: readonly Term[],
): boolean {
  const read = story.filter(({ visible }) => visible).flatMap(writtenIn)
  const texts = [title, words, `${area}${place}`, code, ...read]
  return terms.every((term) => texts.some((text) => holds(text, term)))
}
