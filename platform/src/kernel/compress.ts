import type { FastifyReply, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Large answers over weak lines: brotli where it is taken, else gzip. */

/** Shorter answers fit into one packet anyway. */
const leastBytes = 1_000
/** Beyond this, brotli takes longer than it saves on the line. */
const quality = 5

const brotli = promisify(brotliCompress)
const zipped = promisify(gzip)

export async function sendCompressed(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): Promise<FastifyReply> {
  const takes = (coding: string) =>
    new RegExp(`(^|[,\\s])${coding}\\s*(;\\s*q=(?!0(\\.0*)?\\s*(,|$))[\\d.]+)?\\s*(,|$)`).test(
      request.headers['accept-encoding'] ?? '',
    )
  const bytes = Buffer.from(text)
  reply.header('vary', 'accept-encoding')
  if (bytes.length < leastBytes) return reply.send(text)
  if (takes('br')) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }
    return reply.header('content-encoding', 'br').send(await brotli(bytes, { params }))
  }
  if (takes('gzip')) return reply.header('content-encoding', 'gzip').send(await zipped(bytes))
  return reply.send(text)
}
