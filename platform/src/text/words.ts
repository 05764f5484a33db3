import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { normalise } from './grams.ts'

/** Cutting Chinese text into words, with the words of community service in the dictionary (`data/words.txt`). */

let cutter: Jieba | undefined

/** Loaded at first use: the dictionary takes a fifth of a second. */
function jieba(): Jieba {
  if (!cutter) {
    cutter = Jieba.withDict(dict)
    cutter.loadDict(readFileSync(path.join(import.meta.dirname, 'data/words.txt')))
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
