import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import uiZh from '../ui/messages/zh-CN.json' with { type: 'json' }
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

test('Chinese texts are set as in print: full-width punctuation, no three dots, no straight quotes', () => {
  const wrong = /[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]|\.\.\.|["']/
  const badly = [...flat(zh), ...flat(uiZh)].filter(([, text]) => wrong.test(text))
  expect(badly).toEqual([])
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
