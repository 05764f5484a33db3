import { judge } from '#engines/classify/score.ts'
import type { Reader } from '#engines/classify/score.ts'
import type { urgencies } from '#requests/lists.ts'
import urgencyWords from './data/urgency.json' with { type: 'json' }
import { termsOf, wordsOf } from './terms.ts'

/** What the words of a text say about its category and its urgency. */

const mostReasons = 3
/** A text is not understood by one short word: so many signs of telling words it must have. */
const fewestSigns = 3

export type CategoryVerdict = { sure: boolean; guesses: { code: string; because: string[] }[] }

/** Reasons that a person recognises: whole words of the text, none inside another. */
function wordsAmong(because: readonly string[], text: string): string[] {
  const words = new Set(wordsOf(text))
  const whole = because.filter((term) => words.has(term))
  return whole
    .filter((term) => !whole.some((other) => other !== term && other.includes(term)))
    .slice(0, mostReasons)
}

/** @param isInUse whether a category may be chosen now. */
export function categoryOf(model: Reader, text: string, isInUse: (code: string) => boolean): CategoryVerdict {
  const { isSure, guesses } = judge(model, termsOf(text))
  const inUse = guesses
    .filter(({ label }) => isInUse(label))
    .map(({ label, because }) => ({ code: label, because: wordsAmong(because, text) }))
  const first = inUse[0]
  const sure = isSure && first !== undefined && first.code === guesses[0]?.label
  return { sure: sure && first.because.join('').length >= fewestSigns, guesses: inUse }
}

type Urgency = (typeof urgencies)[number]
export type UrgencyVerdict = { urgency: Urgency; sure: boolean; danger: boolean; because: string[] }

/** How many characters before a word of danger a "no" may stand and still mean it. */
const reach = 3

/** Words of danger that are said, and not denied or feared. */
export function dangersIn(text: string): string[] {
  return urgencyWords.danger.filter((word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const before = text.slice(Math.max(0, at - reach), at)
      if (!urgencyWords.not.some((no) => before.endsWith(no))) return true
    }
    return false
  })
}

/** Danger speaks for itself, whatever was learned; else what was learned, when it is sure; else: as most are. */
export function urgencyOf(model: Reader, text: string): UrgencyVerdict {
  const dangers = dangersIn(text)
  if (dangers.length > 0)
    return { urgency: 'now', sure: true, danger: true, because: dangers.slice(0, mostReasons) }
  const { isSure, guesses } = judge(model, termsOf(text))
  const [first] = guesses
  if (!isSure || !first) return { urgency: 'by_date', sure: false, danger: false, because: [] }
  const because = wordsAmong(first.because, text)
  return { urgency: first.label as Urgency, sure: true, danger: false, because }
}
