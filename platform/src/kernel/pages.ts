import serve from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** What makes the field door installable, under addresses that never change and are asked for anew. */
const installed = {
  'service-worker.js': 'text/javascript; charset=utf-8',
  'manifest.webmanifest': 'application/manifest+json; charset=utf-8',
  'icon-180.png': 'image/png',
  'icon-192.png': 'image/png',
  'icon-512.png': 'image/png',
}

/** The built pages of the three doors. Assets carry a hash in their name and are kept for a year; pages are asked for anew. */
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
  const field = await readFile(path.join(dist, 'field/index.html'), 'utf8')
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
  const asPage = 'text/html; charset=utf-8'
  for (const url of ['/field', '/field/*'])
    server.get(url, (_request, reply) => reply.type(asPage).header('cache-control', 'no-cache').send(field))
  for (const [name, type] of Object.entries(installed)) {
    const file = await readFile(path.join(dist, 'field', name))
    server.get(`/field/${name}`, (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'no-cache')
        // The worker lies below the door it serves; it takes the address without a slash along.
        .header('service-worker-allowed', '/field')
        .send(file),
    )
  }
  const pushWorker = await readFile(path.join(dist, 'push-worker.js'))
  server.get('/push-worker.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(pushWorker),
  )
  server.get('/*', (request, reply) => {
    if (request.url.startsWith('/api/') || path.extname(request.url.split('?')[0] ?? ''))
      return reply.callNotFound()
    return reply.type(asPage).header('cache-control', 'no-cache').send(phone)
  })
}
