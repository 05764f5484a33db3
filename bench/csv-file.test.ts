import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { csvRecords } from './csv-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chuanmen-csv-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function read(text: string): Promise<string[][]> {
  const file = path.join(folder, 'a.csv')
  writeFileSync(file, text)
  const records: string[][] = []
  for await (const record of csvRecords(file)) records.push(record)
  return records
}

test('a mark at the beginning, quotes, commas and line ends inside quotes, no line end at the end', async () => {
  expect(await read('\u{feff}text,label\r\n"a, ""b""\nc",x\r\n\r\nd,')).toEqual([
    ['text', 'label'],
    ['a, "b"\nc', 'x'],
    ['d', ''],
  ])
})

test('whatever is written, quoted, is read again', async () => {
  const quote = (field: string) => `"${field.replaceAll('"', '""')}"`
  const table = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 3 }))
  await fc.assert(
    fc.asyncProperty(table, async (records) => {
      expect(await read(records.map((fields) => `${fields.map(quote).join(',')}\n`).join(''))).toEqual(
        records,
      )
    }),
  )
})

test('a file longer than one piece, cut in the middle of characters and quotes', async () => {
  const records = Array.from({ length: 20_000 }, (_, i) => ['\u{8def}\u{706f},"', `${i}`])
  const text = records.map(([a, b]) => `"${a!.replace('"', '""')}",${b}\n`).join('')
  expect(await read(text)).toEqual(records)
})
