import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'

/** A browser's EventSource, as far as tests need it: reads events off a real connection, and remembers the cursor. */

export type Told = { event: string; id: string | undefined; data: Record<string, unknown> }

export type Stream = {
  status: number
  headers: IncomingMessage['headers']
  told: Told[]
  /** Waits until an event of this kind (and this content) was told, and gives it back. */
  hear(event: string, fits?: (data: Record<string, unknown>) => boolean): Promise<Told>
  /** The id of the last event: where to continue. */
  cursor(): string | undefined
  /** Resolves when the server ended it. */
  ended: Promise<void>
  /** Stops and starts taking what the server sends. */
  pause(): void
  resume(): void
  close(): void
}

function parsed(block: string): Told | null {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const at = line.indexOf(': ')
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 2))
  }
  const data = fields.get('data')
  if (data === undefined) return null
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id'),
    data: JSON.parse(data) as Record<string, unknown>,
  }
}

/** Opens a stream and waits for the head of the answer. */
export async function openStream(
  base: string,
  { token, after, query = '' }: { token?: string | undefined; after?: string | undefined; query?: string },
): Promise<Stream> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = httpRequest(`${base}/api/notices/stream${query}`, {
      // A connection of its own, as a tab has.
      agent: false,
      headers: {
        accept: 'text/event-stream',
        ...(token && { cookie: `chuanmen_session=${token}` }),
        ...(after && { 'last-event-id': after }),
      },
    })
    asked.on('response', resolve)
    asked.on('error', reject)
    asked.end()
  })
  const told: Told[] = []
  const waiting = new Set<() => void>()
  const ended = Promise.withResolvers<void>()
  let rest = ''
  answer.setEncoding('utf8')
  answer.on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const one = parsed(block)
      if (one) told.push(one)
    }
    for (const look of waiting) look()
  })
  answer.on('close', () => ended.resolve())
  answer.on('error', () => ended.resolve())
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    told,
    ended: ended.promise,
    cursor: () => told.findLast(({ id }) => id !== undefined)?.id,
    pause: () => answer.pause(),
    resume: () => answer.resume(),
    close: () => answer.destroy(),
    hear(event, fits = () => true) {
      return new Promise((resolve) => {
        const look = () => {
          const found = told.find((one) => one.event === event && fits(one.data))
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      })
    },
  }
}
