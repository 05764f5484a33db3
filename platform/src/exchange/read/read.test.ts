import { writeXlsxStream } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { memoryBytes } from './bytes.ts'
import { csvShape, csvSource } from './csv-source.ts'
import { dayText, isDateFormat, numberText } from './numbers.ts'
import { FileRefused, formatOf } from './source.ts'
import type { SheetRow } from './source.ts'
import { openWorkbook } from './xlsx-source.ts'
import { workbookOf, zipOf } from './zip-fixture.ts'

const collect = async (rows: AsyncIterable<SheetRow[]>): Promise<SheetRow[]> => {
  const all: SheetRow[] = []
  for await (const batch of rows) all.push(...batch)
  return all
}

async function csv(bytes: Uint8Array): Promise<SheetRow[]> {
  const file = memoryBytes(bytes)
  return collect(csvSource(file, await csvShape(file)))
}

async function sheet(bytes: Uint8Array): Promise<SheetRow[]> {
  const book = await openWorkbook(memoryBytes(bytes))
  try {
    return await collect(book.rows(book.sheets[0] ?? ''))
  } finally {
    book.close()
  }
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'taken',
    (error: unknown) => (error instanceof FileRefused ? error.fault : String(error)),
  )
}

/** GB18030 as a Chinese Excel saves it: two characters are enough to tell it from UTF-8. */
const gb = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x41, 0x0a, 0xcd, 0xf5, 0xbb, 0xaa, 0x2c, 0x31, 0x0a])

describe('CSV', () => {
  test('the notation is found: UTF-8 with or without its mark, GB18030, UTF-16; comma, semicolon, tab', async () => {
    const expected = [
      { row: 1, cells: ['姓名', 'A'] },
      { row: 2, cells: ['王华', '1'] },
    ]
    expect(await csv(Buffer.from('姓名,A\n王华,1\n'))).toEqual(expected)
    expect(await csv(Buffer.from('\u{feff}姓名;A\r\n王华;1'))).toEqual(expected)
    expect(await csv(gb)).toEqual(expected)
    expect(await csv(Buffer.from('\u{feff}姓名\tA\n王华\t1\n', 'utf16le'))).toEqual(expected)
  })

  test('bytes that are text in no notation, and a quote that is never closed, are named', async () => {
    expect(await refusal(csv(Buffer.from([0x41, 0x2c, 0xff, 0xff, 0x0a])))).toBe('encoding')
    expect(await refusal(csv(Buffer.from(`a,b\n"${'x'.repeat(80_000)}`)))).toBe('quote_open')
    expect(() => formatOf(new Uint8Array())).toThrow(FileRefused)
    expect(() => formatOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]))).toThrow(FileRefused)
  })

  test('blanks and the apostrophe that keeps digits as text fall away', async () => {
    expect(await csv(Buffer.from("a, '131003199001010011 ,\u{3000}b\n"))).toEqual([
      { row: 1, cells: ['a', '131003199001010011', 'b'] },
    ])
  })
})

describe('workbooks', () => {
  test('what hucre writes is read: texts, numbers, days, formulas by their last value', async () => {
    const rows = [
      ['姓名', '身份证号', '入住', '金额'],
      ['王华', '131003199001010011', new Date(Date.UTC(2020, 4, 1)), 12.5],
      [null, '', null, 3],
    ]
    const stream = writeXlsxStream(rows, { name: '居民', columns: [{}, {}, { numFmt: 'yyyy-mm-dd' }, {}] })
    const read = await sheet(Buffer.from(await new Response(stream).arrayBuffer()))
    expect(read[0]?.cells).toEqual(['姓名', '身份证号', '入住', '金额'])
    expect(read[1]?.cells).toEqual(['王华', '131003199001010011', '2020-05-01', '12.5'])
    expect(read[2]).toEqual({ row: 3, cells: ['', '', '', '3'] })
  })

  test('shared strings with runs and sounds, cells that skip columns and rows, errors, truths, a rounded number', async () => {
    const bytes = workbookOf(
      `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
       <row r="4"><c r="B4" t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c r="D4"><f>1+1</f><v>2</v></c><c r="E4"><v>1.31003199001010011E17</v></c></row>
       <row><c><v>7</v></c></row>`,
      [
        {
          name: 'xl/sharedStrings.xml',
          text: '<sst><si><r><t>王</t></r><r><t>华</t></r><rPh><t>wang</t></rPh></si><si><t xml:space="preserve"> b </t></si></sst>',
        },
      ],
    )
    expect(await sheet(bytes)).toEqual([
      { row: 1, cells: ['王华', '', 'b'] },
      { row: 4, cells: ['', '#N/A', 'TRUE', '2', '131003199001010016'], rounded: [4] },
      { row: 5, cells: ['7'] },
    ])
  })

  test('days and numbers as a person sees them', () => {
    expect(dayText(43_952, false)).toBe('2020-05-01')
    expect(dayText(1, false)).toBe('1900-01-01')
    expect(dayText(61, false)).toBe('1900-03-01')
    expect(dayText(0, true)).toBeNull()
    expect(numberText(0.1 + 0.2)).toBe('0.3')
    expect(numberText(1e-7)).toBe('0.0000001')
    expect([14, 31, 58].every((id) => isDateFormat(id, undefined))).toBe(true)
    expect(isDateFormat(170, 'yyyy"年"m"月"')).toBe(true)
    expect(isDateFormat(171, '0.00"days"')).toBe(false)
  })
})

describe('hostile workbooks', () => {
  const cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'

  test('a zip bomb is refused by what it says of itself, and stopped when it lied', async () => {
    const bomb = Buffer.alloc(60_000_000, 0x20)
    const named = (claims?: number) => ({
      name: 'xl/worksheets/sheet1.xml',
      text: bomb,
      ...(claims && { claims }),
    })
    expect(await refusal(sheet(workbookOf('', [named()])))).toBe('too_packed')
    expect(await refusal(sheet(workbookOf('', [named(2_000)])))).toBe('damaged')
  })

  test('a document type is refused, and with it entities that grow or that lead to files and networks', async () => {
    const xxe = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    const laugh = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    for (const head of [xxe, laugh]) expect(await refusal(sheet(workbookOf(cell, [], head)))).toBe('doctype')
    expect(await refusal(sheet(workbookOf('<row><c><v>&e;</v></c></row>')))).toBe('damaged')
  })

  test('names that lead out of the folder lead nowhere, external sheets are not followed', async () => {
    expect(await refusal(sheet(workbookOf(cell, [{ name: '../../evil.xml', text: 'x' }])))).toBe('damaged')
    const outside = {
      name: 'xl/_rels/workbook.xml.rels',
      text: '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://example.org/s.xml"/></Relationships>',
    }
    expect(await refusal(sheet(workbookOf(cell, [outside])))).toBe('not_a_workbook')
  })

  test('cut off, no workbook, no zip, broken XML, a huge cell', async () => {
    const whole = workbookOf(cell)
    expect(await refusal(sheet(whole.subarray(0, whole.length - 30)))).toBe('damaged')
    expect(await refusal(sheet(zipOf([{ name: 'a.txt', text: 'a' }])))).toBe('not_a_workbook')
    expect(await refusal(sheet(workbookOf('<row><c>')))).toBe('damaged')
    const [row] = await sheet(
      workbookOf(
        `<row><c t="inlineStr"><is><t>${'x'.repeat(3_000_000)}</t></is></c><c r="ZZZZ1"><v>1</v></c></row>`,
      ),
    )
    expect(row?.cells).toHaveLength(1)
    expect(row?.cells[0]?.length).toBeLessThan(200_000)
  })
})
