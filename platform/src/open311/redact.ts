import words from './data/personal.json' with { type: 'json' }

/**
 * OP8: finds what is likely personal in a text, so that a desk can clear the rest for everybody. It marks too much rather
 * than too little; the desk decides. Pure: the console shows the marks while somebody writes, the server looks again.
 */

export const markKinds = ['phone', 'identity', 'account', 'email', 'link', 'plate', 'door', 'name'] as const
export type MarkKind = (typeof markKinds)[number]

/** A piece of a text, by its positions in UTF-16. */
export type Mark = { from: number; to: number; kind: MarkKind }

/** Numbers and addresses that say who somebody is, whatever stands around them; never cleared. */
const neverCleared: readonly MarkKind[] = ['phone', 'identity', 'account', 'email']

const any = (list: readonly string[]) => list.join('|')
const digit = `[0-9${words.digits}]`
const surname = `(?:${any(words.double_surnames)}|[${words.surnames}])`
const han = '\\p{Script=Han}'

/** Longest and surest first: what an earlier one took, a later one does not see. */
const patterns: readonly (readonly [MarkKind, RegExp])[] = [
  ['link', /https?:\/\/[!-~]+/giu],
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  [
    'identity',
    /(?<!\d)\d{6}\s?(?:18|19|20)\d{2}\s?(?:0\d|1[0-2])(?:[0-2]\d|3[01])\s?\d{3}[\dXx](?![\dA-Za-z])/gu,
  ],
  ['phone', /(?<!\d)(?:\+?86[-\s]?)?1\d{2}[-\s]?\d{4}[-\s]?\d{4}(?!\d)/gu],
  ['phone', /(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)/gu],
  ['account', /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/gu],
  ['phone', /(?<!\d)[2-9]\d{6,7}(?!\d)/gu],
  ['plate', new RegExp(`[${words.plates}][A-Z][\u00B7\\s]?[A-Z0-9]{5,6}(?![A-Z0-9])`, 'gu')],
  // A flat, with the stairwell and building before it when they stand there: 3号楼2单元401室, 3-2-401.
  [
    'door',
    new RegExp(
      `(?:${digit}+(?:${any(words.buildings)}))?(?:${digit}+(?:${any(words.units)}))?${digit}{2,}(?:${any(words.doors)})(?!${digit})`,
      'gu',
    ),
  ],
  ['door', /(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])/gu],
  [
    'door',
    new RegExp(
      `(?:${digit}+(?:${any(words.buildings)}))?${digit}+(?:${any(words.units)})(?:[0-9]{3,4})?`,
      'gu',
    ),
  ],
  ['name', new RegExp(`(?<=${any(words.called)})\\s*${surname}${han}{1,2}`, 'gu')],
  ['name', new RegExp(`[${words.before}]?${surname}${han}{0,2}?(?:${any(words.titles)})`, 'gu')],
]

/**
 * @param known names that surely stand for somebody here, such as the reporter's own.
 * @returns the marks in order; none overlaps another.
 */
export function marksIn(text: string, known: readonly string[] = []): Mark[] {
  const marks: Mark[] = []
  const add = (from: number, to: number, kind: MarkKind) => {
    if (to > from && !marks.some((mark) => from < mark.to && mark.from < to)) marks.push({ from, to, kind })
  }
  for (const name of known.filter((one) => [...one].length > 1)) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      add(at, at + name.length, 'name')
  }
  for (const [kind, pattern] of patterns)
    for (const match of text.matchAll(pattern)) add(match.index, match.index + match[0].length, kind)
  return marks.toSorted((a, b) => a.from - b.from)
}

/** The text with every mark replaced by what kind of thing stood there. */
export function withoutMarks(text: string, marks: readonly Mark[]): string {
  let clean = ''
  let at = 0
  for (const { from, to, kind } of marks) {
    clean += text.slice(at, from) + words.instead[kind]
    at = to
  }
  return clean + text.slice(at)
}

/** Kinds that still stand in a text and may not: in numbers and addresses of people nobody needs to be asked. */
export function stillPersonal(text: string, known: readonly string[] = []): MarkKind[] {
  return [
    ...new Set(
      marksIn(text, known).flatMap(({ kind, from, to }) =>
        neverCleared.includes(kind) || known.includes(text.slice(from, to)) ? [kind] : [],
      ),
    ),
  ]
}
