import path from 'node:path'
import { dayText, isDateFormat, isRounded, numberText } from './numbers.ts'
import { FileRefused, longestCell, mostColumns, mostRows } from './source.ts'
import type { Bytes } from '#kernel/parts.ts'
import type { SheetRow } from './source.ts'
import { readStrings } from './strings.ts'
import type { SharedStrings } from './strings.ts'
import { attribute, drainXml, readXml } from './xml.ts'
import { openZip } from './zip.ts'
import type { Zip } from './zip.ts'

/**
 * Workbooks (ECMA-376), row by row: the sheet streams through the parser, in memory are its shared strings and the row at
 * hand. Formulas count by the value that was last computed; links to other files are never followed.
 */

export type Workbook = {
  /** Sheets that are not hidden, in the order of their tabs. */
  sheets: string[]
  rows(sheet: string): AsyncGenerator<SheetRow[]>
  close(): void
}

type Book = { zip: Zip; from1904: boolean; parts: Map<string, string>; dates: Uint8Array }

/** A path as a part names another, from the folder of that part. */
const resolve = (target: string) =>
  target.startsWith('/') ? target.slice(1) : path.posix.normalize(`xl/${target}`)

async function readDates(zip: Zip): Promise<Uint8Array> {
  const codes = new Map<number, string>()
  const dates: number[] = []
  let inCells = false
  const stream = await zip.open('xl/styles.xml')
  if (!stream) return new Uint8Array()
  await drainXml(stream, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0)
        dates.push(isDateFormat(id, codes.get(id)) ? 1 : 0)
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return Uint8Array.from(dates)
}

export async function openWorkbook(file: Bytes): Promise<Workbook> {
  const zip = await openZip(file)
  try {
    const [workbook, relations] = [
      await zip.open('xl/workbook.xml'),
      await zip.open('xl/_rels/workbook.xml.rels'),
    ]
    if (!workbook || !relations) throw new FileRefused('not_a_workbook')
    const targets = new Map<string, string>()
    await drainXml(relations, {
      open(name, attributes) {
        if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return
        targets.set(attributes['Id'] ?? '', resolve(attributes['Target'] ?? ''))
      },
    })
    const parts = new Map<string, string>()
    const hidden = new Set<string>()
    let from1904 = false
    await drainXml(workbook, {
      open(name, attributes) {
        if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
        if (name !== 'sheet') return
        const title = attributes['name'] ?? ''
        const part = targets.get(attribute(attributes, 'id') ?? '')
        if (part !== undefined) parts.set(title, part)
        if (attributes['state'] !== undefined && attributes['state'] !== 'visible') hidden.add(title)
      },
    })
    if (parts.size === 0) throw new FileRefused('not_a_workbook')
    const book: Book = { zip, from1904, parts, dates: await readDates(zip) }
    return {
      sheets: [...parts.keys()].filter((title) => !hidden.has(title)),
      rows: (sheet) => sheetRows(book, sheet),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** `AB12` is column 27, counted from 0; -1 when the cell does not say where it stands. */
function columnOf(reference: string | undefined): number {
  if (reference === undefined) return -1
  let column = 0
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

async function* sheetRows({ zip, from1904, parts, dates }: Book, sheet: string): AsyncGenerator<SheetRow[]> {
  const part = parts.get(sheet)
  const strings: SharedStrings = await readStrings(await zip.open('xl/sharedStrings.xml'))
  const stream = part === undefined ? undefined : await zip.open(part)
  if (!stream) throw new FileRefused('no_such_sheet')
  let rows: SheetRow[] = []
  let cells: string[] = []
  let rounded: number[] = []
  let row = 0
  let column = -1
  let kind = ''
  let isDate = false
  let text = ''
  let inText = false
  let sounding = false

  /** The cell as text; `b` true or false, `e` an error such as #N/A, `s` a shared string, `str` what a formula gave. */
  const value = (): string => {
    if (text === '') return ''
    if (kind === 's') return strings.at(Number(text)) ?? ''
    if (kind === 'b') return text === '1' ? 'TRUE' : 'FALSE'
    if (kind !== '' && kind !== 'n') return text.trim()
    const number = Number(text)
    if (!Number.isFinite(number)) return text.trim()
    if (isDate) return dayText(number, from1904) ?? numberText(number)
    if (isRounded(number)) rounded.push(column)
    return numberText(number)
  }
  const handlers = {
    open(name: string, attributes: Record<string, string>) {
      if (name === 'c') {
        const stated = columnOf(attributes['r'])
        column = stated < 0 ? column + 1 : stated
        kind = attributes['t'] ?? ''
        isDate = dates[Number(attributes['s'] ?? -1)] === 1
        text = ''
      } else if (name === 'v' || name === 't') inText = !sounding
      else if (name === 'rPh') sounding = true
      else if (name === 'row') {
        const stated = Number(attributes['r'])
        row = Number.isInteger(stated) && stated > row ? stated : row + 1
        if (row > mostRows) throw new FileRefused('too_many_rows', { most: mostRows })
        column = -1
        cells = []
        rounded = []
      }
    },
    text(piece: string) {
      if (inText && text.length < longestCell) text += piece.slice(0, longestCell - text.length)
    },
    close(name: string) {
      if (name === 'v' || name === 't') inText = false
      else if (name === 'rPh') sounding = false
      else if (name === 'c') {
        if (column >= mostColumns) return
        const shown = value()
        if (shown === '') return
        while (cells.length < column) cells.push('')
        cells[column] = shown
      } else if (name === 'row' && cells.length > 0)
        rows.push(rounded.length > 0 ? { row, cells, rounded } : { row, cells })
    },
  }
  for await (const _ of readXml(stream, handlers)) {
    if (rows.length === 0) continue
    const batch = rows
    rows = []
    yield batch
  }
}
