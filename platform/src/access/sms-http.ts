import { createHmac } from 'node:crypto'
import type { Clock } from '#kernel/clock.ts'
import type { Carried } from './carrier.ts'
import type { SmsProvider } from './sms.ts'

/** Text messages by whatever provider takes JSON over HTTP: the installation says where, in which form, how it is signed. */

export type SmsSettings = {
  url: string
  /** JSON in whose texts `{phone}`, `{text}`, `{key}` and `{at}` are filled in. */
  body: string
  /** Signs each call: HMAC-SHA256 over `at.body`, in hex. */
  secret: string | undefined
  /** Text in every answer by which the provider accepts; any 2xx accepts where none is given. */
  accepted: string | undefined
}

const patience = 10_000
/** Enough of an answer to say why; the rest is not read. */
const mostAnswer = 4_000

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Fills the gaps inside the texts of the JSON, so that no word of a message can change its form. */
function filled(shape: Json, values: Record<string, string>): Json {
  if (typeof shape === 'string')
    return shape.replaceAll(/\{(\w+)\}/g, (gap, name: string) => values[name] ?? gap)
  if (Array.isArray(shape)) return shape.map((one) => filled(one, values))
  if (shape && typeof shape === 'object')
    return Object.fromEntries(Object.entries(shape).map(([key, one]) => [key, filled(one, values)]))
  return shape
}

/** Refusals after which the same call may be taken later. */
const busy = new Set([408, 425, 429, 502, 503, 504])

/** Errors by which no connection was made: nothing can have been taken. */
const notReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export function httpSms(settings: SmsSettings, clock: Clock): SmsProvider {
  const shape = JSON.parse(settings.body) as Json
  return {
    shown: false,
    async send(phone, text, key): Promise<Carried> {
      const at = clock.now().toString({ smallestUnit: 'second' })
      const body = JSON.stringify(filled(shape, { phone, text, key, at }))
      const signature =
        settings.secret && createHmac('sha256', settings.secret).update(`${at}.${body}`).digest('hex')
      try {
        const answer = await fetch(settings.url, {
          method: 'POST',
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(patience),
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'idempotency-key': key,
            ...(signature && { 'x-timestamp': at, 'x-signature': signature }),
          },
        })
        const said = (await answer.text()).slice(0, mostAnswer)
        if (answer.ok && (!settings.accepted || said.includes(settings.accepted))) return { ok: true }
        return {
          ok: false,
          reason: `${answer.status} ${said}`.trim(),
          again: busy.has(answer.status) ? 'later' : 'never',
        }
      } catch (error) {
        const cause = (error as { cause?: { code?: string } }).cause?.code
        return {
          ok: false,
          reason: cause ?? String(error),
          again: cause && notReached.has(cause) ? 'later' : 'unknown',
        }
      }
    },
  }
}
