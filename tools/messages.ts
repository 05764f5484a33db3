import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `node tools/messages.ts`: both languages complete. Same keys, same placeholders, no empty text, in every catalogue. */

const root = join(import.meta.dirname, '..')

type Catalogue = { [key: string]: string | Catalogue }

function flat(catalogue: Catalogue, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') texts.set(prefix + key, value)
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) texts.set(inner, text)
  }
  return texts
}

/** English has plural forms that Chinese has not. */
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '')

/** Sorted names of what is filled in; a month is a figure in Chinese and a word in English. */
const placeholders = (text: string) =>
  [...new Set(text.match(/\{\{?\s*[\w.]+/g))]
    .map((found) => found.replaceAll(/[{\s]/g, '').replace(/^month\w*$/i, 'month'))
    .toSorted()
    .join(' ')

function read(file: string): Map<string, string> {
  const catalogue: Catalogue = JSON.parse(readFileSync(join(root, file), 'utf8'))
  return new Map([...flat(catalogue)].map(([key, text]) => [withoutPlural(key), text]))
}

const problems: string[] = []
for (const file of globSync('{platform,web}/**/messages/zh-CN.json', {
  cwd: root,
  exclude: ['**/dist/**'],
})) {
  const chinese = read(file)
  const english = read(join(dirname(file), 'en.json'))
  for (const [key, text] of chinese) {
    const other = english.get(key)
    if (other === undefined) problems.push(`${file}: ${key} has no English text`)
    else if (placeholders(text) !== placeholders(other))
      problems.push(`${file}: ${key} names other placeholders in English`)
    if ((text.trim() === '') !== (other?.trim() === ''))
      problems.push(`${file}: ${key} is empty in one language`)
  }
  for (const key of english.keys())
    if (!chinese.has(key)) problems.push(`${file}: ${key} has no Chinese text`)
}
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exitCode = problems.length > 0 ? 1 : 0
