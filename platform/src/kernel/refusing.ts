import type { FastifyReply, FastifyRequest } from 'fastify'
import { sqlState } from './db.ts'
import { languageOf, problemDocument, Refusal } from './problem.ts'
import type { Wire } from './route.ts'

/** How what went wrong is said: a problem document, or in the words of an interface with a shape of its own. */

/** Most bytes of a JSON body. */
export const bodyLimit = 256 * 1024

/** What the path ends in, `xml` of `/services.xml`; also of a path that no route has. */
export function formatOf(request: FastifyRequest): string {
  return /\.(\w+)$/.exec(request.url.split('?')[0] ?? '')?.[1] ?? ''
}

/** Errors of the framework that are the caller's, by their status. */
const byStatus = {
  404: 'http.not_found',
  405: 'http.method_not_allowed',
  413: 'input.too_large',
  415: 'input.wrong_media_type',
  429: 'http.too_many',
} as const

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  const status = (error as { statusCode?: number }).statusCode
  if (status === undefined) {
    // The database is away, restarting, or a connection broke: nothing was acknowledged, and another try makes sense.
    const state = sqlState(error)
    const gone =
      /^(08|57P|53)/.test(state ?? '') ||
      /terminated|not queryable|ECONNREFUSED|ECONNRESET|timeout/i.test(String((error as Error).message))
    return gone ? new Refusal('unavailable', { retryAfter: 2 }) : null
  }
  if (status >= 500) return null
  const code = byStatus[status as keyof typeof byStatus] ?? 'input.not_json'
  return new Refusal(code, { params: { limit: `${bodyLimit / 1024} KB`, seconds: 60 } })
}

/** Known failures say what they are; unknown ones leave nothing but an id, and the log the rest. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = refusalOf(error)
  if (!known)
    request.log.error(
      { err: error as Error, requestId: request.id, route: request.routeOptions.url },
      'unexpected error',
    )
  const refusal = known ?? new Refusal('unexpected', { params: { id: request.id } })
  const language = languageOf(request.headers['accept-language'])
  const document = problemDocument(refusal.code, refusal.details, language, request.id)
  if (refusal.details.retryAfter) reply.header('retry-after', refusal.details.retryAfter)
  // The stable code, for whoever cannot read it out of the words.
  reply.header('x-problem', document.code)
  const { wire } = request.routeOptions.config as { wire?: Wire }
  if (wire) {
    const { status, mediaType, text } = wire.refuse(document, formatOf(request), language)
    return reply.code(status).header('cache-control', 'no-store').header('content-type', mediaType).send(text)
  }
  return reply
    .code(document.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(document))
}
