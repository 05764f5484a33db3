import type { OwnCopy } from '#web/api/erasure.ts'

/** The copy as files that open everywhere. Made on the phone, out of what the page shows. */

export function asJson({ parts }: OwnCopy): string {
  return JSON.stringify(parts, null, 2)
}

/** A cell that a spreadsheet would take for a formula is led by an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** With a byte order mark, without which a spreadsheet takes Chinese for something else. */
export function asCsv({ parts }: OwnCopy): string {
  const rows = parts.flatMap(({ title, rows: lines }) => lines.map(({ what, value }) => [title, what, value]))
  return `\u{feff}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Gives a file to the person who asked for it. */
export function save(text: string, kind: 'json' | 'csv', name: string): void {
  const type = kind === 'json' ? 'application/json' : 'text/csv'
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = Object.assign(document.createElement('a'), { href: url, download: `${name}.${kind}` })
  link.click()
  URL.revokeObjectURL(url)
}
