import serve from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** The built pages of the two doors. Assets carry a hash in their name and are kept for a year; pages are asked for anew. */
export async function pages(server: FastifyInstance, dist: string): Promise<void> {
  await server.register(serve, {
    root: path.join(dist, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    decorateReply: false,
  })
  const phone = await readFile(path.join(dist, 'phone/index.html'), 'utf8')
  const consolePage = await readFile(path.join(dist, 'console/index.html'), 'utf8')

  /** The console's style elements carry a nonce, new with each answer. */
  const sendConsole = { helmet: { enableCSPNonces: true } }
  for (const url of ['/console', '/console/*']) {
    server.get(url, sendConsole, (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(
          consolePage.replaceAll(
            'CSP_NONCE',
            (reply as unknown as { cspNonce: { style: string } }).cspNonce.style,
          ),
        ),
    )
  }
  server.get('/*', (request, reply) => {
    if (request.url.startsWith('/api/') || path.extname(request.url.split('?')[0] ?? ''))
      return reply.callNotFound()
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(phone)
  })
}
