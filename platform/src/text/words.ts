import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { normalise } from './grams.ts'

/** Cutting Chinese text into words, with the words of community service in the dictionary (`data/words.txt`). */

const ownWords = path.join(import.meta.dirname, 'data/words.txt')

let cutter: Jieba | undefined
let own: ReadonlySet<string> | undefined

/** Loaded at first use: the dictionary takes a fifth of a second. */
function jieba(): Jieba {
  if (!cutter) {
    cutter = Jieba.withDict(dict)
    cutter.loadDict(readFileSync(ownWords))
  }
  return cutter
}

const meaning = /[\p{Letter}\p{Number}]/u

/** The words of a text in their order, repeated ones too; marks and spaces are left out. */
export function words(text: string): string[] {
  return jieba()
    .cut(normalise(text), true)
    .filter((word) => meaning.test(word))
}

/**
 * What a word is: one of the tongue; what may be somebody's name (some ordinary words are among them); a place or firm; one
 * that no dictionary knows; a number; a mark.
 */
export type Tagged = { word: string; kind: 'word' | 'person' | 'place' | 'unknown' | 'number' | 'mark' }

const kindOfTag = (tag: string): Tagged['kind'] =>
  tag.startsWith('nr')
    ? 'person'
    : /^n[stz]/.test(tag)
      ? 'place'
      : /^(?:x|eng)$/.test(tag)
        ? 'unknown'
        : 'word'
const digits = /\p{Number}/u

/** The words of a text with what each is, in their order, marks too: for whoever must tell words from names. */
export function tagged(text: string): Tagged[] {
  own ??= new Set(
    readFileSync(ownWords, 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[0] ?? ''),
  )
  const known = own
  return jieba()
    .tag(normalise(text), true)
    .map(({ word, tag }) => ({
      word,
      kind: !meaning.test(word)
        ? 'mark'
        : digits.test(word) || (tag === 'm' && word.length > 1)
          ? 'number'
          : known.has(word)
            ? 'word'
            : kindOfTag(tag),
    }))
}
