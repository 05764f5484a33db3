import { createReadStream } from 'node:fs'

/**
 * Records of a CSV file (RFC 4180) as they come, however large the file: UTF-8 with or without its mark, quoted fields with
 * commas, doubled quotes and line ends in them.
 */
export async function* csvRecords(file: string): AsyncGenerator<string[]> {
  let fields: string[] = []
  let field = ''
  let quoted = false
  /** A quote inside quotes was the last character: the next tells whether it was one of a pair. */
  let halfPair = false
  let isFirst = true
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 16 })) {
    let text = chunk as string
    if (isFirst) {
      isFirst = false
      text = text.replace(/^\u{feff}/u, '')
    }
    for (const character of text) {
      if (halfPair) {
        halfPair = false
        if (character === '"') {
          field += '"'
          continue
        }
        quoted = false
      }
      if (quoted) {
        if (character === '"') halfPair = true
        else field += character
      } else if (character === '"' && field === '') quoted = true
      else if (character === ',') {
        fields.push(field)
        field = ''
      } else if (character === '\n') {
        fields.push(field)
        if (fields.length > 1 || field !== '') yield fields
        fields = []
        field = ''
      } else if (character !== '\r') field += character
    }
  }
  if (field !== '' || fields.length > 0) yield [...fields, field]
}
