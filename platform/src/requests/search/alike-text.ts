import type { Trx } from '#kernel/db.ts'
import { mark } from '#search/lexemes.ts'
import { newest, recall } from '#search/service.ts'
import { grams, normalise } from '#text/grams.ts'
import { words as wordsIn } from '#text/words.ts'
import { briefs } from './store.ts'
import { told } from '../view.ts'

/** Requests that say much the same, whatever became of them: for suggestions to staff, never for decisions. */

export type Alike = { request: string; score: number }

/** What they must be besides: final states, a category, an area by path. */
export type AlikeFilter = { states?: readonly string[]; category?: string; path?: string }

/** The index is asked for any two of so many words; more would find everything. */
const mostWords = 6
/** Among so many of the newest the likest are chosen. */
const mostRead = 200

/** The words that a text is about: of two characters or more, the long ones first. */
function about(text: string): string[] {
  const long = wordsIn(text).filter((word) => [...word].length > 1)
  return [...new Set(long)].toSorted((a, b) => b.length - a.length)
}

/** How much of two texts is the same, 0 to 1: the cosine of their words, long ones counting for more. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const weight = (words: ReadonlySet<string>) => [...words].reduce((sum, { length }) => sum + length, 0)
  return weight(one.intersection(other)) / Math.sqrt(weight(one) * weight(other) || 1)
}

/** Requests in reach that say what this text says, the likest first; `score` is 0 to 1. */
export async function alikeText(
  trx: Trx,
  text: string,
  { states = [], category, path }: AlikeFilter,
  limit: number,
  now: string,
): Promise<Alike[]> {
  const words = about(normalise(text))
  const sought = words.slice(0, mostWords)
  if (sought.length === 0) return []
  const pairs = sought.flatMap((one, index) =>
    sought.slice(index + 1).map((other) => [...grams(one), ...grams(other)]),
  )
  const area = path?.split('/').filter(Boolean).slice(1).at(-1)
  const any = (marks: string[]) => (marks.length > 0 ? [{ grams: [], marks }] : [])
  const found = await recall(
    trx,
    [
      { grams: [], marks: [], sets: pairs.length > 0 ? pairs : [grams(sought[0]!)] },
      ...any(states.map(mark.state)),
      ...any(category ? [mark.category(category)] : []),
      ...any(area ? [mark.area(area)] : []),
    ],
    newest(now),
    mostRead,
  )
  const rows = await briefs(
    trx,
    found.map(({ request }) => request),
  )
  const own = new Set(words)
  return rows
    .map((row) => {
      const { id, title, words: said } = told(row)
      return { request: id, score: likeness(own, new Set(about(`${title}\n${said}`))) }
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
}
