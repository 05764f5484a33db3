import { marksIn } from '#open311/redact.ts'
import type { MarkKind } from '#open311/redact.ts'
import never from './data/never.json' with { type: 'json' }

/** What of a text may never be published with a wish (WI2). Pure: the console marks it while somebody writes, the server refuses it. */

export const wishMarkKinds = ['minor', 'health'] as const
export type WishMarkKind = MarkKind | (typeof wishMarkKinds)[number]
export type WishMark = { from: number; to: number; kind: WishMarkKind }

const any = (list: readonly string[]) => new RegExp(list.join('|'), 'gu')
const patterns: readonly (readonly [WishMarkKind, RegExp])[] = [
  ['minor', new RegExp(`(?<!\\d)(?:\\d|1[0-7])\\s*${never.years}`, 'gu')],
  ['minor', any(never.minor)],
  ['health', any(never.health)],
]

/**
 * Whatever stands for a person, a child or a matter of health or need, in order. It marks too much rather than too little:
 * a book is wished for as well without saying for whom.
 */
export function neverIn(text: string): WishMark[] {
  const marks: WishMark[] = marksIn(text)
  for (const [kind, pattern] of patterns)
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length]
      if (!marks.some((mark) => from < mark.to && mark.from < to)) marks.push({ from, to, kind })
    }
  return marks.toSorted((a, b) => a.from - b.from)
}

/** Most wishes one resident may have open, and most one person or resident may have claimed and not fulfilled. */
export const mostOpen = 3
export const mostClaimed = 5
