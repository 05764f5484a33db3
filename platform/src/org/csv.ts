/** One record of a CSV file (RFC 4180), with the line it begins on. */
export type CsvRow = { line: number; fields: string[] }

/** Splits CSV text into records. Quotes may hold commas, quotes (doubled) and line ends; empty lines are left out. */
export function csvRows(text: string): CsvRow[] {
  const rows: CsvRow[] = []
  let fields: string[] = []
  let field = ''
  let quoted = false
  let line = 1
  let start = 1
  const endRow = () => {
    fields.push(field)
    if (fields.length > 1 || field !== '') rows.push({ line: start, fields })
    fields = []
    field = ''
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\n') line += 1
    if (quoted) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') {
        field += '"'
        at += 1
      } else quoted = false
    } else if (character === '"' && field === '') quoted = true
    else if (character === ',') {
      fields.push(field)
      field = ''
    } else if (character === '\n') {
      endRow()
      start = line
    } else if (character !== '\r') field += character
  }
  if (field !== '' || fields.length > 0) endRow()
  return rows
}
