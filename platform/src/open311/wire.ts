import type { Problem } from '#kernel/problem.ts'
import type { Wire } from '#kernel/route.ts'
import { errorsSchema } from './contract.ts'
import { words } from './words.ts'
import { plain, xmlOf } from './xml.ts'
import type { Value } from './xml.ts'

/** How Open311 words answers and refusals: XML or JSON by the path's ending, errors as a list of code and description. */

const mediaTypes = { xml: 'text/xml; charset=utf-8', json: 'application/json; charset=utf-8' } as const

/** XML is what the specification requires; whatever else was asked for is refused in it. */
function written(root: string, value: Value, format: string): { mediaType: string; text: string } {
  const isJson = format === 'json'
  const content = plain(value)
  return {
    mediaType: isJson ? mediaTypes.json : mediaTypes.xml,
    text: isJson ? JSON.stringify(content) : xmlOf(root, content),
  }
}

/**
 * The specification knows 400 for what is wrong, 403 for a key that is missing or not valid, 404 for what is not there.
 * Limits and faults keep their own status, which clients know how to wait for.
 */
function statusOf(status: number): number {
  if (status === 401 || status === 403) return 403
  return status === 404 || status === 413 || status === 415 || status === 429 || status >= 500 ? status : 400
}

/** `query.start_date` is `start_date` to somebody who never saw our contracts. */
const bare = (field: string) => field.replace(/^(body|query|params)\./, '')

function descriptions({ detail, field, errors }: Problem): string[] {
  if (errors) return errors.map((one) => `${bare(one.field)}: ${one.message}`)
  return [field ? `${bare(field)}: ${detail}` : detail]
}

/** @param root name of the outermost XML element. */
export function wire(root: string): Wire {
  return {
    write: (output, format) => written(root, output as Value, format),
    refusal: errorsSchema,
    refuse(problem, format, language) {
      const status = statusOf(problem.status)
      const texts = problem.code.startsWith('access.') ? [words[language].errors.key] : descriptions(problem)
      const errors = texts.map((description) => ({ code: status, description }))
      return { status, ...written('errors', errors, format) }
    },
  }
}
