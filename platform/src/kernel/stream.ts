import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Feed, Looker } from './feed.ts'
import { civilDay } from './clock.ts'
import type { HttpOptions } from './http.ts'
import type { Language } from './problem.ts'
import type { Route } from './route.ts'

/** Between the server and its feeds: who is looking, and the connection they are answered on. */

/** Looks for a feed. Null once the session ended, or is not what it was when the feed was opened: the client comes back. */
export function lookerFor<Actor>(
  route: Route<string, Actor>,
  { gate, database, clock }: Pick<HttpOptions<Actor>, 'gate' | 'database' | 'clock'>,
  {
    feed,
    token,
    district,
    language,
    opened,
  }: { feed: Feed; token: string | null; district: string; language: Language; opened: Actor },
): Looker {
  const rights = JSON.stringify(opened)
  return async (woken, all) => {
    const { actor } = await gate.identify({ token, key: null }, district, clock.now())
    if (JSON.stringify(actor) !== rights) return null
    const now = clock.now()
    const seen = await feed.options.look(
      {
        actor,
        now,
        language,
        within: (ability, work, note) =>
          database.within(
            { ...gate.scopeFor(actor, ability, district), today: civilDay(now) },
            async (trx) => {
              const result = await work(trx)
              const line = note?.(result)
              if (line) await gate.audit(trx, { actor, ability, now, note: line })
              return result
            },
          ),
      },
      woken,
      all,
    )
    // What leaves is checked, as in every answer.
    for (const { event, data } of seen.events) route.output?.parse({ event, data })
    return seen
  }
}

const mediaType = 'text/event-stream; charset=utf-8'

/** Whether an answer was taken over by a feed. */
export function isStream(reply: FastifyReply): boolean {
  return reply.raw.getHeader('content-type') === mediaType
}

/** Takes the connection over for a feed; null when only its head was asked for. */
export function openStream(request: FastifyRequest, reply: FastifyReply) {
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value)
  reply.raw.setHeader('content-type', mediaType)
  reply.raw.writeHead(200, {
    'cache-control': 'no-store, no-transform',
    // A proxy that collects answers before it passes them on would hold back the news.
    'x-accel-buffering': 'no',
  })
  if (request.method !== 'HEAD') return reply.raw
  reply.raw.end()
  return null
}
