import { createHmac } from 'node:crypto'
import type { Carried } from '#access/carrier.ts'
import type { Clock } from '#kernel/clock.ts'
import { askedPatience, isPassing, originOf, post } from './http-answer.ts'
import type { RobotKind } from './sending-contract.ts'

/** Robots in chat groups: WeChat Work, DingTalk, and JSON over HTTP in whatever form a server takes. */

export type RobotTarget = {
  kind: RobotKind
  url: string
  secret: string | null
  shape: string | null
  accepted: string | null
}
/** What is posted: plain words with a code, never a name or anybody's words (NT19). */
export type RobotNotice = { text: string; code: string; link: string; key: string }

export type RobotProvider = {
  /** Origins that the installation lets robots stand at; none: nobody is asked. */
  origins: readonly string[]
  /** The demonstration sends nothing. */
  shown: boolean
  send(target: RobotTarget, notice: RobotNotice): Promise<Carried>
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Fills the gaps inside the texts of the JSON, so that no word of a message can change its form. */
function filled(shape: Json, values: Readonly<Record<string, string>>): Json {
  if (typeof shape === 'string')
    return shape.replaceAll(/\{(\w+)\}/g, (gap, name: string) => values[name] ?? gap)
  if (Array.isArray(shape)) return shape.map((one) => filled(one, values))
  if (shape && typeof shape === 'object')
    return Object.fromEntries(Object.entries(shape).map(([key, one]) => [key, filled(one, values)]))
  return shape
}

/** DingTalk: HMAC-SHA256 over the time and the secret, keyed by the secret, in the address (its "sign" setting). */
function dingtalkUrl(url: string, secret: string | null, milliseconds: number): string {
  if (secret === null) return url
  const sign = createHmac('sha256', secret).update(`${milliseconds}\n${secret}`).digest('base64')
  const signed = new URL(url)
  signed.searchParams.set('timestamp', String(milliseconds))
  signed.searchParams.set('sign', sign)
  return signed.href
}

/** Codes by which the two services say "too often" or "busy", beside HTTP 200: worth another try. */
const passing: Readonly<Record<string, readonly number[]>> = {
  wecom: [-1, 45009, 45033],
  dingtalk: [-1, 130101, 410100, 90018],
}

type Call = { url: string; body: string; headers: Record<string, string> }

function callOf(target: RobotTarget, notice: RobotNotice, now: Temporal.Instant): Call {
  const text = notice.link ? `${notice.text}\n${notice.link}` : notice.text
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  if (target.kind !== 'http') {
    const url =
      target.kind === 'dingtalk' ? dingtalkUrl(target.url, target.secret, now.epochMilliseconds) : target.url
    return { url, headers, body: JSON.stringify({ msgtype: 'text', text: { content: text } }) }
  }
  const at = now.toString({ smallestUnit: 'second' })
  const body = JSON.stringify(
    filled(JSON.parse(target.shape ?? '{"text":"{text}"}') as Json, { ...notice, at }),
  )
  const signature = target.secret && createHmac('sha256', target.secret).update(`${at}.${body}`).digest('hex')
  return {
    url: target.url,
    body,
    headers: {
      ...headers,
      'idempotency-key': notice.key,
      ...(signature && { 'x-timestamp': at, 'x-signature': signature }),
    },
  }
}

/** What a service means by its answer. WeChat Work and DingTalk answer 200 whatever happened, and say it in `errcode`. */
function judged({ kind, accepted }: RobotTarget, answered: Response, said: string): Carried {
  const reason = `${answered.status} ${said}`.trim()
  if (isPassing(answered.status)) return { ok: false, reason, again: 'later', wait: askedPatience(answered) }
  if (!answered.ok) return { ok: false, reason, again: 'never', gone: answered.status === 410 }
  if (kind === 'http')
    return !accepted || said.includes(accepted) ? { ok: true } : { ok: false, reason, again: 'never' }
  const code = Number(/"errcode"\s*:\s*(-?\d+)/.exec(said)?.[1] ?? Number.NaN)
  if (code === 0) return { ok: true }
  return { ok: false, reason, again: passing[kind]?.includes(code) ? 'later' : 'never' }
}

export function httpRobots(
  { origins, patience = 10_000 }: { origins: readonly string[]; patience?: number },
  clock: Clock,
): RobotProvider {
  return {
    origins,
    shown: false,
    async send(target, notice) {
      if (!origins.includes(originOf(target.url))) return { ok: false, reason: 'no_provider', again: 'never' }
      const posted = await post({ ...callOf(target, notice, clock.now()), patience })
      return 'carried' in posted ? posted.carried : judged(target, posted.answered, posted.said)
    },
  }
}

export const noRobots: RobotProvider = {
  origins: [],
  shown: false,
  send: async () => ({ ok: false, reason: 'no_provider', again: 'never' }),
}

/** The demonstration shows robots as they would be, and sends nothing. */
export const demoRobots: RobotProvider = {
  origins: ['https://qyapi.weixin.qq.com', 'https://oapi.dingtalk.com'],
  shown: true,
  send: async () => ({ ok: true }),
}
