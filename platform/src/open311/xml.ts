/**
 * OP4: XML and JSON out of the same value. What XML 1.0 cannot hold is replaced before either is written, so that both
 * say the same and both can be read, whatever a person typed.
 */

export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value }

/** What each item of a list is called. */
const items: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  service_request_updates: 'request_update',
  attributes: 'attribute',
  values: 'value',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
}

const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** The text with what is no character of XML 1.0 (section 2.2) replaced by U+FFFD. */
function writable(text: string): string {
  return text.toWellFormed().replaceAll(forbidden, '\uFFFD')
}

/** The value as both formats carry it: an absent or empty text is null. */
export function plain(value: Value): Value {
  if (typeof value === 'string') return value === '' ? null : writable(value)
  if (isList(value)) return value.map((item) => plain(item))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, plain(inner)]])),
    )
  return value
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader of XML turns a bare carriage return into a line feed (section 2.11).
  '\r': '&#13;',
}

function element(name: string, value: Value): string {
  return `<${name}>${content(name, value)}</${name}>`
}

function content(name: string, value: Value): string {
  if (value === null || value === undefined) return ''
  if (isList(value)) return value.map((item) => element(items[name] ?? 'item', item)).join('')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([inner, one]) => element(inner, one))
      .join('')
  return String(value).replaceAll(/[&<>"\r]/g, (character) => escapes[character] ?? character)
}

/** @param root name of the outermost element; of a list its items get theirs from it. */
export function xmlOf(root: string, value: Value): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}\n`
}
