import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import zh from './messages/zh-CN.json' with { type: 'json' }
import offers from './pages/offers/messages/zh-CN.json' with { type: 'json' }

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

/** Some pages bring their own words with them. */
const known = new Map([...flat(zh), ...flat(offers)])
const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(import.meta.dirname, name), 'utf8') }))

test('Chinese texts are set as in print: full-width punctuation, no three dots, no straight quotes', () => {
  const wrong = /[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]|\.\.\.|["']/
  expect([...known].filter(([, text]) => wrong.test(text))).toEqual([])
})

test('every text that a page of the field door names is in the catalogue', () => {
  const missing = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/(?<![\w.])t\((?:\w+ \? )?'([\w.]+)'/g)]
      .map(([, key = '']) => key)
      .filter((key) => !known.has(key) && !known.has(`${key}_other`))
      .map((key) => `${name}: ${key}`),
  )
  expect(missing).toEqual([])
})

test('every text of the catalogue is named by a page', () => {
  const all = sources.map(({ text }) => text).join('\n')
  const unused = [...known.keys()]
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => {
      const group = key.slice(0, key.lastIndexOf('.') + 1)
      const above = group.slice(0, -1).slice(0, group.slice(0, -1).lastIndexOf('.') + 1)
      return !all.includes(key) && !all.includes(`${group}\${`) && !(above && all.includes(`${above}\${`))
    })
  expect(unused).toEqual([])
})
