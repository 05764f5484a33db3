import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvParser, FieldTooLong } from './csv.ts'

/** Fed in pieces of a length, as a file comes. */
function read(text: string, piece = text.length || 1, delimiter = ','): string[][] {
  const parser = csvParser({ delimiter })
  const pieces = Array.from({ length: Math.ceil(text.length / piece) }, (_, at) =>
    text.slice(at * piece, (at + 1) * piece),
  )
  return [...pieces.flatMap((one) => parser.feed(one)), ...parser.end()].map(({ fields }) => fields)
}

test('quotes, delimiters and line ends inside quotes, no line end at the end', () => {
  expect(read('text,label\r\n"a, ""b""\nc",x\r\n\r\nd,')).toEqual([
    ['text', 'label'],
    ['a, "b"\nc', 'x'],
    ['d', ''],
  ])
  expect(read('a;"b;c"\n', 1, ';')).toEqual([['a', 'b;c']])
})

test('a row is numbered as a spreadsheet numbers it, a line as an editor does', () => {
  const parser = csvParser()
  const rows = [...parser.feed('a,b\n\n"c\nd",e\nf,g'), ...parser.end()]
  expect(rows.map(({ line, row, fields }) => [line, row, fields[0]])).toEqual([
    [1, 1, 'a'],
    [3, 3, 'c\nd'],
    [5, 4, 'f'],
  ])
})

test('whatever is written, quoted, is read again, in pieces of any size', () => {
  const quote = (field: string) => `"${field.replaceAll('"', '""')}"`
  const table = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 3 }))
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 9 }), (records, piece) => {
      expect(read(records.map((fields) => `${fields.map(quote).join(',')}\n`).join(''), piece)).toEqual(
        records,
      )
    }),
  )
})

test('a quote that is never closed does not swallow the file into memory', () => {
  const parser = csvParser({ mostField: 100 })
  expect(() => parser.feed(`a,b\nc,"${'x'.repeat(200)}`)).toThrow(FieldTooLong)
})
