import { normalise } from '#text/grams.ts'
import type { Term } from './terms.ts'

/** SE5: which of the newest that were found stands first. Pure; `now` comes from the caller. */

export type Candidate = { title: string; words: string; place: string; at: string }

/** What a place in the text is worth, for the whole term and for a word of it. */
const worth = {
  title: { term: 12, word: 3 },
  words: { term: 6, word: 1.5 },
  place: { term: 6, word: 1.5 },
} as const
const fields = Object.keys(worth) as (keyof typeof worth)[]

/** Of two alike the newer one; a season counts about as much as one word more. */
const recent = 3
const recentDays = 90

export function scoreOf(candidate: Candidate, terms: readonly Term[], now: number): number {
  const plain = {
    title: normalise(candidate.title),
    words: normalise(candidate.words),
    place: normalise(candidate.place),
  }
  let score = 0
  for (const { text, words } of terms) {
    for (const field of fields) {
      if (plain[field].includes(text)) score += worth[field].term
      const inIt = words.filter((word) => plain[field].includes(word)).length
      if (words.length > 0) score += (worth[field].word * inIt) / Math.sqrt(words.length)
    }
  }
  const days = Math.max(0, now - Date.parse(candidate.at)) / 86_400_000
  return score + recent * Math.exp(-days / recentDays)
}
