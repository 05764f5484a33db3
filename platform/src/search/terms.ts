import { grams, normalise } from '#text/grams.ts'
import { words } from '#text/words.ts'

/** What somebody typed, taken apart: every term must be found, a term by its words (SE1). */

export type Term = {
  /** As typed, in one spelling. */
  text: string
  /** What the index is asked for; empty when there is nothing long enough. */
  grams: string[]
  /** What it is ranked and highlighted by, the longest first. */
  words: string[]
}

/** More than this is a text and not a search. */
const mostTerms = 8

export function termsOf(typed: string): Term[] {
  const texts = [...new Set(normalise(typed).split(/\s+/))].filter(Boolean)
  return texts.slice(0, mostTerms).map((text) => ({ text, grams: recallOf(text), words: wordsOf(text) }))
}

const runs = /\p{Script=Han}+|[[\p{Letter}\p{Number}]--\p{Script=Han}]+/gv
const isHan = (run: string) => /^\p{Script=Han}/u.test(run)
const lengthOf = (text: string) => [...text].length

/** Up to here a run is taken as it stands; a longer one by its words, which may stand apart in the text. */
const shortRun = 3

function recallOf(text: string): string[] {
  return [...new Set((text.match(runs) ?? []).flatMap((run) => (isHan(run) ? hanGrams(run) : [run])))]
}

function hanGrams(run: string): string[] {
  const length = lengthOf(run)
  if (length < 2) return []
  if (length <= shortRun) return grams(run)
  const long = words(run).filter((word) => lengthOf(word) > 1)
  const covered = long.reduce((sum, word) => sum + lengthOf(word), 0)
  return covered * 2 >= length ? long.flatMap(grams) : grams(run)
}

function wordsOf(text: string): string[] {
  const known = words(text).filter((word) => !isHan(word) || lengthOf(word) > 1)
  // Nothing that jieba calls a word: then the pairs that it was recalled by.
  const found = known.length > 0 ? known : grams(text).filter((gram) => lengthOf(gram) > 1)
  return [...new Set(found)].toSorted((a, b) => b.length - a.length)
}
