import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from './problem.ts'

/** What stands before every route: headers, limits, and the refusal of writes that another site started. */

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * CSRF: a browser says where a write comes from (Fetch Metadata, or Origin in older ones). Programs send neither and
 * carry no cookie of ours unless somebody put it there on purpose.
 */
export function refuseOtherSites(request: FastifyRequest): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new Refusal('access.other_site')
    return
  }
  const origin = request.headers.origin
  if (origin === undefined) return
  if (!URL.canParse(origin) || new URL(origin).host !== request.host) throw new Refusal('access.other_site')
}

/** Security headers. Scripts come from here only, never inline; the console's page asks for nonces on its own route. */
export async function guard(server: FastifyInstance, options: { tls: boolean }): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(options.tls && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: options.tls ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
  server.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(self), microphone=(self), geolocation=(self)')
  })
  // Coarse, by address: whole compounds share one behind their carrier. The limit of each route counts callers (http.ts).
  await server.register(rateLimit, {
    global: true,
    max: 3_000,
    timeWindow: '1 minute',
    // An office behind one address opens thirty files a page; they are kept for a year and cost nothing to give.
    allowList: (request) => request.url.startsWith('/assets/'),
    errorResponseBuilder: (_request, context) => tooMany(context.ttl),
  })
}

export function tooMany(milliseconds: number): Refusal {
  const seconds = Math.ceil(milliseconds / 1_000)
  return new Refusal('http.too_many', { retryAfter: seconds, params: { seconds } })
}
