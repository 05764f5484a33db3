import { grams } from '#text/grams.ts'

/** What stands in the index for a request: grams of its text, and marks for what narrows a search (SE1, SE2). Pure. */

/** Marks are `kind:value`; a gram holds letters and digits only and is never taken for one. */
export const mark = {
  /** An area it lies in, by code. */
  area: (code: string) => `a:${code}`,
  /** An organisation with a hand in it. */
  party: (organisation: string) => `p:${organisation}`,
  /** Somebody who serves and has or had a hand in it. */
  person: (person: string) => `h:${person}`,
  state: (state: string) => `s:${state}`,
  category: (code: string) => `c:${code}`,
  group: (letter: string) => `g:${letter}`,
  channel: (channel: string) => `w:${channel}`,
} as const

/** The kinds of mark that are said anew when a request changes; every other is only ever added. */
export const changing: readonly string[] = ['s:', 'c:', 'g:']

/** Text by who may read it: all who reach the request, or only those whom RQ10 lets know. */
export type Text = { text: string; guarded?: boolean }

/** Where a request stands, as far as searches are narrowed by it. `state`: `open`, or the final one. */
export type Standing = { state: string; category: string | null }

/** Whoever has come to have a hand in it. */
export type Hands = { parties: readonly string[]; people: readonly string[] }

export type Document = {
  request: string
  /** `GY-2611-004217`; its number alone finds it. */
  code: string
  path: string
  at: string
  channel: string
  texts: readonly Text[]
  /** Digests that its reporter is found by, see reporters.ts; empty for a confidential one. */
  reporter: readonly string[]
} & Standing &
  Hands

/** Beyond this many grams a text is a novel, and the set would grow past what PostgreSQL takes. */
const mostGrams = 20_000

/** The grams of texts; of guarded ones behind a `!`. */
export function gramsOf(texts: readonly Text[]): string[] {
  const found = new Set<string>()
  for (const { text, guarded } of texts)
    for (const gram of grams(text)) found.add(guarded ? `!${gram}` : gram)
  return [...found].slice(0, mostGrams)
}

export function standingMarks({ state, category }: Standing): string[] {
  const group = category?.slice(0, 1)
  return [
    mark.state(state),
    ...(category ? [mark.category(category)] : []),
    ...(group ? [mark.group(group)] : []),
  ]
}

export function handMarks({ parties, people }: Hands): string[] {
  return [...parties.map(mark.party), ...people.map(mark.person)]
}

/** Everything a request is found by. */
export function lexemesOf(document: Document): string[] {
  const { code, path, at, channel, texts, reporter } = document
  const [district = '', ...below] = path.split('/').filter(Boolean)
  const day = dayOf(at)
  const number = code.split('-').at(-1) ?? ''
  return [
    ...new Set([
      ...gramsOf(texts),
      number,
      number.replace(/^0+/, ''),
      // The district itself is the whole of the index and needs no mark.
      ...below.map(mark.area),
      `d:${district}@${day}`,
      `m:${district}@${day.slice(0, 7)}`,
      mark.channel(channel),
      ...standingMarks(document),
      ...handMarks(document),
      ...reporter,
    ]),
  ].filter(Boolean)
}

/** The day in Shanghai: eight hours ahead, without summer time. */
function dayOf(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** As PostgreSQL reads a lexeme, in a tsvector and in a tsquery: in quotes, quotes and backslashes doubled. */
export function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** A tsquery that any of these satisfies. */
export function anyOf(lexemes: readonly string[]): string {
  return lexemes.map(quoted).join(' | ')
}
