import { pinyin } from 'pinyin-pro'
import { normalise } from './grams.ts'

/** Names by the first letters of their sounds, as people type them in a hurry: `wxm` for a name of three characters. */

/** First letters of the sounds of a name, surname read as a surname; letters and digits stand for themselves. */
export function initials(name: string): string {
  return pinyin(normalise(name), { pattern: 'first', toneType: 'none', type: 'array', surname: 'head' })
    .join('')
    .replace(/[^\p{Letter}\p{Number}]/gu, '')
}
