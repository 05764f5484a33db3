import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import uiEn from '../ui/messages/en.json' with { type: 'json' }
import uiZh from '../ui/messages/zh-CN.json' with { type: 'json' }
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

type Texts = { [key: string]: string | Texts }

/** Every text of a catalogue by its whole key. */
function flat(texts: Texts, before = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') all.set(before + key, value)
    else for (const [inner, text] of flat(value, `${before}${key}.`)) all.set(inner, text)
  }
  return all
}

const placeholders = (text: string) => new Set(text.match(/\{\{\w+\}\}/g))

test.each([
  ['phone', zh, en],
  ['ui', uiZh, uiEn],
])(
  'the catalogues of %s have the same keys in both languages, and no placeholder gets lost',
  (_, chinese, english) => {
    const left = flat(chinese)
    const right = flat(english)
    expect([...right.keys()].sort()).toEqual([...left.keys()].sort())
    for (const [key, text] of left) {
      // English takes the name of a month where Chinese takes its number.
      const theirs = [...placeholders(right.get(key) ?? '')].map((name) => name.replace('monthName', 'month'))
      for (const name of theirs)
        expect([...placeholders(text), '{{weekday}}', '{{month}}'], key).toContain(name)
    }
  },
)

test('Chinese texts are set as in print: full-width punctuation, no three dots, no straight quotes', () => {
  for (const [key, text] of [...flat(zh), ...flat(uiZh)]) {
    expect(text, key).not.toMatch(/[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]/)
    expect(text, key).not.toMatch(/\.\.\.|["']/)
  }
})

test('every text that a page of the phone door names is in the catalogue', () => {
  const known = flat(zh)
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  )
  const missing: string[] = []
  for (const name of files) {
    const source = readFileSync(path.join(import.meta.dirname, name), 'utf8')
    for (const [, key] of source.matchAll(/(?<![\w.])t\((?:\w+ \? )?'([\w.]+)'/g)) {
      if (key && !known.has(key) && !known.has(`${key}_other`)) missing.push(`${name}: ${key}`)
    }
  }
  expect(missing).toEqual([])
})
