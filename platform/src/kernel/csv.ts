/** CSV (RFC 4180) as it comes, in pieces of any size: quoted fields with delimiters, doubled quotes and line ends in them. */

/** One record; `line` is where it begins in the file, `row` the number a spreadsheet would give it (empty lines count). */
export type CsvRow = { line: number; row: number; fields: string[] }

/** A field longer than allowed: most often a quote that is never closed and swallows the rest of the file. */
export class FieldTooLong extends Error {
  readonly row: number
  constructor(row: number) {
    super(`a field of row ${row} is too long`)
    this.row = row
  }
}

const quote = 34
const lineFeed = 10
const carriageReturn = 13

/** @param mostField longest field in characters; unlimited when left out. */
export function csvParser({ delimiter = ',', mostField = Infinity } = {}) {
  const comma = delimiter.charCodeAt(0)
  let fields: string[] = []
  let field = ''
  let quoted = false
  /** A quote inside quotes was the last character: the next tells whether it was one of a pair. */
  let halfPair = false
  let line = 1
  let row = 1
  let begin = { line, row }

  const endRow = (rows: CsvRow[], last: string): void => {
    if (fields.length > 0 || last !== '') rows.push({ ...begin, fields: [...fields, last] })
    fields = []
    field = ''
  }
  return {
    feed(text: string): CsvRow[] {
      const rows: CsvRow[] = []
      /** What lies between `from` and `at` belongs to the field and is not yet in it. */
      let from = 0
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at)
        if (code === lineFeed) line += 1
        if (halfPair) {
          halfPair = false
          if (code === quote) {
            field += '"'
            from = at + 1
            continue
          }
          quoted = false
          from = at
        }
        if (quoted) {
          if (code !== quote) continue
          field += text.slice(from, at)
          halfPair = true
          from = at + 1
        } else if (code === quote && field === '' && from === at) {
          quoted = true
          from = at + 1
        } else if (code === comma) {
          fields.push(field + text.slice(from, at))
          field = ''
          from = at + 1
        } else if (code === lineFeed) {
          endRow(rows, field + text.slice(from, at))
          row += 1
          begin = { line, row }
          from = at + 1
        } else if (code === carriageReturn) {
          field += text.slice(from, at)
          from = at + 1
        }
      }
      field += text.slice(from)
      if (field.length > mostField) throw new FieldTooLong(begin.row)
      return rows
    },
    /** The last record, when no line end closes it. */
    end(): CsvRow[] {
      const rows: CsvRow[] = []
      endRow(rows, field)
      return rows
    },
  }
}

/** All records of a text that is in memory as a whole. */
export function csvRows(text: string): CsvRow[] {
  const parser = csvParser()
  return [...parser.feed(text), ...parser.end()]
}

/**
 * One value of a row. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection);
 * a number of ours never does.
 */
export function csvValue(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = disarmed(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text that no spreadsheet takes for a formula. */
function disarmed(text: string): string {
  return /^[\s]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text
}
