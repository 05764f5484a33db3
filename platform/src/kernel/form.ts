import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal, refuse } from './problem.ts'

/** Bodies of forms (application/x-www-form-urlencoded, UTF-8), for the routes that say so. */

export type Form = { [name: string]: string | string[] | Form }

const mediaType = 'application/x-www-form-urlencoded'
/** Most fields of one form. */
const mostFields = 500
const nested = /^([^[\]]+)\[([^[\]]+)\](?:\[\])?$/

/**
 * Reads a form as text; `a[b]=c` stands as `{ a: { b: [c] } }`, a name given several times as a list. A field left empty
 * was not filled in, and so is not there.
 */
export function readForm(text: string): Form {
  const fields = text.split('&').filter((field) => field !== '')
  if (fields.length > mostFields) refuse('input.too_large', { params: { limit: `${mostFields}` } })
  // URLSearchParams would put U+FFFD where the bytes are not UTF-8, and so change what somebody said.
  for (const field of fields) checkBytes(field)
  const form: Form = Object.create(null) as Form
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue
    const inner = nested.exec(name)
    if (inner?.[1] !== undefined && inner[2] !== undefined) {
      const before = form[inner[1]]
      const map: Form =
        typeof before === 'object' && !Array.isArray(before) ? before : (Object.create(null) as Form)
      map[inner[2]] = [...asList(map[inner[2]]), value]
      form[inner[1]] = map
    } else {
      const before = asList(form[name])
      form[name] = before.length > 0 ? [...before, value] : value
    }
  }
  return form
}

/** Parameters of an address without those left empty, as a form has them. */
export function filled(query: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== ''))
}

function asList(value: Form[string] | undefined): string[] {
  return typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
}

function checkBytes(field: string): void {
  try {
    decodeURIComponent(field.replaceAll('+', ' '))
  } catch {
    refuse('input.not_form')
  }
}

/** Lets the server read forms. Only a route that declares `form` gets one; to any other it is the wrong media type. */
export function acceptForms(server: FastifyInstance): void {
  server.addContentTypeParser(mediaType, { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, readForm(new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer)))
    } catch (error) {
      done(error instanceof Refusal ? error : new Refusal('input.not_form'))
    }
  })
}

export function isForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === mediaType
}
