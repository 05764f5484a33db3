import { normalise } from '#text/grams.ts'

/** SE6: where something was found, as ranges of UTF-16 positions `[from, to)` in the text as it stands. Pure. */

export type Range = [from: number, to: number]

/** What a term is looked for by: itself when it is there, else its words. */
type Sought = { text: string; words: readonly string[] }

/** A text in its one spelling, with the place in the original of every position in it. */
function spelled(text: string): { plain: string; at: number[] } {
  let plain = ''
  const at: number[] = []
  let from = 0
  for (const sign of text) {
    const one = normalise(sign)
    for (let n = 0; n < one.length; n += 1) at.push(from)
    plain += one
    from += sign.length
  }
  at.push(from)
  return { plain, at }
}

/** Every place of the needle, side by side or apart. */
function placesOf(needle: string, plain: string): Range[] {
  const found: Range[] = []
  for (let at = plain.indexOf(needle); at >= 0 && needle; at = plain.indexOf(needle, at + needle.length))
    found.push([at, at + needle.length])
  return found
}

/** In order, each character in one range at most. */
function merged(ranges: Range[]): Range[] {
  const inOrder = ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])
  const whole: Range[] = []
  for (const [from, to] of inOrder) {
    const last = whole.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else whole.push([from, to])
  }
  return whole
}

/** Whether the text holds a term whole, or every word of it. */
export function holds(text: string, { text: whole, words }: Sought): boolean {
  const { plain } = spelled(text)
  return plain.includes(whole) || (words.length > 0 && words.every((word) => plain.includes(word)))
}

/** Where the terms stand in the text. */
export function rangesOf(text: string, terms: readonly Sought[]): Range[] {
  const { plain, at } = spelled(text)
  const found = terms.flatMap(({ text: whole, words }) =>
    plain.includes(whole) ? placesOf(whole, plain) : words.flatMap((word) => placesOf(word, plain)),
  )
  // A sign that is spelled with several (㎡ as m2) is shown whole.
  return merged(
    found.map(([from, to]): Range => [at[from]!, at[to - 1]! === at[to]! ? nextAfter(at, to) : at[to]!]),
  )
}

function nextAfter(at: readonly number[], position: number): number {
  return at.find((place) => place > at[position - 1]!) ?? at.at(-1)!
}

/** How much of a text is shown around the first place of what was found. */
const before = 16
const length = 90

/** A piece of the text with what was found in it; the beginning when nothing was. `cut` says that something comes before. */
export function excerptOf(
  text: string,
  terms: readonly Sought[],
): { text: string; ranges: Range[]; found: boolean } {
  const ranges = rangesOf(text, terms)
  const first = ranges[0]?.[0] ?? 0
  let from = first > before ? first - before : 0
  // Not into the middle of a pair of surrogates.
  if (from > 0 && /[\uDC00-\uDFFF]/.test(text[from]!)) from -= 1
  let to = Math.min(text.length, from + length)
  if (to < text.length && /[\uDC00-\uDFFF]/.test(text[to]!)) to += 1
  const [head, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : '']
  const shift = head.length - from
  return {
    text: `${head}${text.slice(from, to).replaceAll(/\s/g, ' ')}${tail}`,
    ranges: ranges
      .filter(([start]) => start < to)
      .map(([start, end]) => [start + shift, Math.min(end, to) + shift]),
    found: ranges.length > 0,
  }
}
