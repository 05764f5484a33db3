import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startWebServer } from './outside.ts'

/**
 * A push service on this machine with browsers behind it: it takes what RFC 8030 says it may take, holds the signature to
 * RFC 8292, and what arrives is opened as a browser opens it (RFC 8291), by code of its own.
 */

/** `after`: milliseconds that it takes its time. */
type Answer = number | 'hang' | 'break' | { status: number; headers?: Record<string, string>; after?: number }

type Shown = { browser: number; notice: Record<string, string>; headers: IncomingMessage['headers'] }

const bytes = (text: string) => Buffer.from(text, 'base64url')
const hkdf = (key: Buffer, salt: Buffer, info: Buffer | string, length: number) =>
  Buffer.from(hkdfSync('sha256', key, salt, info, length))

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Whether the header names this service, has not run out, and is signed by the key that the browser subscribed with. */
function isVouchedFor(
  header: string,
  { origin, key, now }: { origin: string; key: string; now: number },
): boolean {
  const [, token = '', shown = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const { aud, exp } = JSON.parse(bytes(claims).toString()) as { aud: string; exp: number }
  const point = bytes(shown)
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x!, y: y! } })
  return (
    shown === key &&
    aud === origin &&
    exp > now &&
    exp <= now + 86_400 &&
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      bytes(signature),
    )
  )
}

/** @param now seconds, of the clock that the sender lives by */
export async function startPushService(now: () => number) {
  const browsers: { ecdh: ReturnType<typeof createECDH>; auth: Buffer; key: string }[] = []
  const shown: Shown[] = []
  const refused: string[] = []
  let answer: (browser: number) => Answer = () => 201

  function opened(browser: number, body: Buffer): Record<string, string> {
    const { ecdh, auth } = browsers[browser]!
    const salt = body.subarray(0, 16)
    const sender = body.subarray(21, 21 + body[20]!)
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender])
    const ikm = hkdf(ecdh.computeSecret(sender), auth, info, 32)
    const sealed = body.subarray(21 + sender.length)
    const decipher = createDecipheriv(
      'aes-128-gcm',
      hkdf(ikm, salt, 'Content-Encoding: aes128gcm\0', 16),
      hkdf(ikm, salt, 'Content-Encoding: nonce\0', 12),
    )
    decipher.setAuthTag(sealed.subarray(-16))
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    // The last record ends in a 2 and nothing after it.
    if (text.at(-1) !== 2) throw new Error('not the last record')
    return JSON.parse(text.subarray(0, -1).toString()) as Record<string, string>
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const browser = Number(/^\/to\/(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN)
    const body = await bodyOf(request)
    const { headers } = request
    const key = browsers[browser]?.key ?? ''
    const fits =
      headers['content-encoding'] === 'aes128gcm' &&
      Number(headers['ttl']) >= 0 &&
      isVouchedFor(headers['authorization'] ?? '', { origin, key, now: now() })
    if (!fits) {
      refused.push(JSON.stringify(headers))
      response.writeHead(403).end()
      return
    }
    const what = answer(browser)
    if (what === 'break') {
      request.socket.destroy()
      return
    }
    const {
      status,
      headers: more = {},
      after = 0,
    } = typeof what === 'object' ? what : { status: what === 'hang' ? 201 : what }
    if (status < 300) shown.push({ browser, notice: opened(browser, body), headers })
    if (what === 'hang') return
    setTimeout(() => response.writeHead(status, more).end(), after)
  }

  const { origin, down, up } = await startWebServer((request, response) => void take(request, response))
  return {
    origin,
    /** What was shown in the browsers, in the order in which it came. */
    shown,
    /** What did not fit the standards. */
    refused,
    /** A new browser that subscribed with that key. */
    browser(key: string) {
      const ecdh = createECDH('prime256v1')
      ecdh.generateKeys()
      const auth = randomBytes(16)
      const number = browsers.push({ ecdh, auth, key }) - 1
      return {
        number,
        endpoint: `${origin}/to/${number}`,
        p256dh: ecdh.getPublicKey('base64url'),
        auth: auth.toString('base64url'),
      }
    },
    answers: (how: typeof answer) => void (answer = how),
    down,
    up,
    close: down,
  }
}
