/**
 * Overlapping 2-grams: what text is found by. They need no dictionary, so every place a word stands in is found, also
 * inside words that a dictionary would have cut elsewhere. Pure; the phone may use it.
 */

const runs = /\p{Script=Han}+|[[\p{Letter}\p{Number}]--\p{Script=Han}]+/gv
const han = /^\p{Script=Han}/u

/** One spelling for what people type in several: width, case, and the compatibility forms of Unicode (NFKC). */
export function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/**
 * The grams of a text, each once, in the order of their first place: two neighbouring characters of each run of Han
 * characters (a run of one gives that one), and each run of letters and digits as a whole.
 */
export function grams(text: string): string[] {
  const found = new Set<string>()
  for (const [run] of normalise(text).matchAll(runs)) {
    if (!han.test(run)) {
      found.add(run)
      continue
    }
    const signs = [...run]
    if (signs.length === 1) found.add(run)
    for (let at = 1; at < signs.length; at += 1) found.add(signs[at - 1]! + signs[at]!)
  }
  return [...found]
}
