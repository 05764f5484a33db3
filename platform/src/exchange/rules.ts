import words from './data/words.json' with { type: 'json' }

/** How words and dates of offices are read. Pure. */

export type Word = 'relations' | 'away' | 'care'

const tidy = (text: string) => text.normalize('NFKC').trim().toLowerCase()

const byWord = Object.fromEntries(
  (['relations', 'away', 'care'] as const).map((group) => [
    group,
    new Map(
      Object.entries(words[group]).flatMap(([key, list]) => list.map((word) => [tidy(word), key] as const)),
    ),
  ]),
) as Record<Word, Map<string, string>>

/** What a word stands for in a group; undefined for one that nobody told. */
export const meaning = (group: Word, text: string): string | undefined => byWord[group].get(tidy(text))

/** The words that are understood, one for each meaning, for whoever has to mend a cell. */
export const wordsOf = (group: Word): string =>
  Object.values(words[group])
    .map(([first]) => first)
    .join(words.comma)

/** A cell that says there is nothing. */
export const isNothing = (text: string): boolean => text === '' || words.nothing.includes(tidy(text))

/** Several things in one cell. */
export const listed = (text: string): string[] =>
  text.split(/[\s,;/|\uff0c\uff1b\u3001]+/).filter((part) => part !== '')

const year = String.raw`(19\d\d|20\d\d)`
const dayForms = [
  new RegExp(String.raw`^${year}[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?(?:[T ].*)?$`),
  new RegExp(String.raw`^${year}(\d\d)(\d\d)$`),
]
const monthForms = [
  new RegExp(String.raw`^${year}[-/.\u5e74](\d{1,2})\u6708?$`),
  new RegExp(String.raw`^${year}(\d\d)$`),
]
const yearForm = new RegExp(String.raw`^${year}\u5e74?$`)

/** A day in any of the notations that are in use, as `YYYY-MM-DD`; null for none, or one that no calendar has. */
export function readDay(text: string): string | null {
  const tidied = tidy(text)
  for (const form of dayForms) {
    const [, y, m, d] = form.exec(tidied) ?? []
    if (y === undefined || m === undefined || d === undefined) continue
    const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)))
    if (date.getUTCMonth() !== Number(m) - 1 || date.getUTCDate() !== Number(d)) return null
    return date.toISOString().slice(0, 10)
  }
  return null
}

/** The year of a birthday, a month or a year. */
export function readYear(text: string): number | null {
  const day = readDay(text)
  if (day !== null) return Number(day.slice(0, 4))
  const tidied = tidy(text)
  for (const form of monthForms) {
    const [, y, m] = form.exec(tidied) ?? []
    if (y !== undefined && Number(m) >= 1 && Number(m) <= 12) return Number(y)
  }
  const [, only] = yearForm.exec(tidied) ?? []
  return only === undefined ? null : Number(only)
}

export type Level = keyof typeof words.endings

/** Numbers up to 99 written in Han characters, as figures. */
function figures(text: string): string {
  const value = (one: string | undefined, without: number) => (one ? words.digits.indexOf(one) : without)
  const digit = `[${words.digits}]`
  return text.replaceAll(
    new RegExp(`(${digit})?${words.ten}(${digit})?|${digit}`, 'g'),
    (whole, tens: string, ones: string) =>
      whole.includes(words.ten)
        ? String(value(tens, 1) * 10 + value(ones, 0))
        : String(words.digits.indexOf(whole)),
  )
}

/** A name of a place as it is compared: building 3, number 3 and `3#` are the same building. */
export function placeKey(level: Level, text: string): string {
  const plain = tidy(text).replaceAll(/\s/g, '')
  const ending = words.endings[level].find((one) => plain.endsWith(one) && plain.length > one.length)
  const core = ending === undefined ? plain : plain.slice(0, -ending.length)
  if (level === 'community' || level === 'compound') return core
  return figures(core).replace(/^0+(?=\d)/, '')
}

/** Mobile number, or a landline with its area code, without blanks and dashes inside. */
export function readPhone(text: string): string | null {
  const plain = tidy(text).replaceAll(/[\s()]/g, '')
  const mobile = plain.replace(/^(\+?86)(?=1)/, '').replaceAll('-', '')
  if (/^1\d{10}$/.test(mobile)) return mobile
  return /^0\d{2,3}-?\d{7,8}$/.test(plain) ? plain : null
}

/** The first characters and the last, stars between: enough to find the cell, not enough to use. */
export function masked(text: string): string {
  const letters = [...text]
  if (letters.length <= 2) return '*'.repeat(letters.length)
  const shown = letters.length >= 8 ? 3 : 1
  return (
    letters.slice(0, shown).join('') +
    '*'.repeat(Math.max(1, letters.length - shown - 1)) +
    (letters.at(-1) ?? '')
  )
}

/** Digits that could be a phone or identity number: masked in samples even where nobody said what the column is. */
export const looksPrivate = (text: string): boolean => /^[\d\s-]{7,}[\dXx]?$/.test(text.trim())
