import { fill } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import type { CellFault } from './check.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

/** What is wrong with a cell and what was expected, in the language of the reader. */

export const wordsIn = (language: Language) => (language === 'en' ? en : zh)

export function reasonOf(language: Language, code: string, params: Record<string, string | number>): string {
  const { reason } = wordsIn(language)
  return Object.hasOwn(reason, code) ? fill(reason[code as CellFault], params) : code
}

/** A cell as spreadsheets call it: column 5 of row 17 is F17. */
export function cellName(row: number, col: number): string {
  let letters = ''
  for (let left = col + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return `${letters}${row}`
}
