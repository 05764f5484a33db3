import { grams } from '#text/grams.ts'
import { tagged } from '#text/words.ts'
import type { Tagged } from '#text/words.ts'
import names from './data/names.json' with { type: 'json' }
import silent from './data/silent.json' with { type: 'json' }

/**
 * What a text is known by: its words, its characters, and pairs of characters inside runs of words. Never a name, a number
 * or a word that no dictionary knows: what is learned outlives the text, and an erased text (RQ15) must leave nothing
 * personal behind.
 */

const han = /^\p{Script=Han}+$/u
const surnames = new Set(names.surnames)
const before = new Set(names.before)
const title = new RegExp(`^(?:${names.titles})`, 'u')

/** A surname with a title behind it, or with "little" or "old" before it, is a name as well. */
function isPartOfName(all: readonly Tagged[], at: number): boolean {
  const { word } = all[at]!
  const next = all[at + 1]?.word ?? ''
  const signs = [...word]
  const [first = '', second = ''] = signs
  if (signs.length === 1 && surnames.has(first)) {
    return title.test(next) || all[at + 1]?.kind === 'person' || before.has(all[at - 1]?.word ?? '')
  }
  if (signs.length === 2 && before.has(first) && surnames.has(second)) return true
  return signs.length > 1 && surnames.has(first) && title.test(signs.slice(1).join(''))
}

/** Names of people, places and firms, each as it stands in the text. */
export function namesIn(text: string): string[] {
  const all = tagged(text)
  return all.flatMap(({ word, kind }, at) => {
    const mayBeName = kind === 'person' || kind === 'unknown'
    if ((kind === 'place' && word.length > 1) || (mayBeName && surnames.has([...word][0] ?? '')))
      return [word]
    if (!isPartOfName(all, at)) return []
    return [word.length === 1 && surnames.has(word) ? word + (all[at + 1]?.word ?? '') : word]
  })
}

/** Runs of words with nothing between them that may not be learned. */
function runsOf(text: string): string[][] {
  const all = tagged(text)
  const runs: string[][] = [[]]
  all.forEach(({ word, kind }, at) => {
    if (kind === 'word' && han.test(word) && !isPartOfName(all, at)) runs.at(-1)!.push(word)
    else if (runs.at(-1)!.length > 0) runs.push([])
  })
  return runs
}

/** Words that speak for something only by the company they keep. */
const mute = new Set(silent)

/** The words of a text that mean something by themselves, in their order. */
export function wordsOf(text: string): string[] {
  return runsOf(text).flatMap((run) => run.filter((word) => word.length > 1 && !mute.has(word)))
}

/** The terms of a text, repeated ones too. */
export function termsOf(text: string): string[] {
  return runsOf(text).flatMap((run) => {
    const joined = run.join('')
    return [...run.filter((word) => word.length > 1), ...grams(joined), ...joined]
  })
}
