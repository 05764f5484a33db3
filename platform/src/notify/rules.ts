import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

/** What a message says, when it is tried again, and when it counts as delivered. Pure. */

export type Params = Record<string, string | number>
/** Who reads it: whoever said something, or those who serve. */
export type Audience = 'reporter' | 'serving'

const catalogues: Record<'zh-CN' | 'en', Record<string, Record<Audience, string>>> = { 'zh-CN': zh, en }

export function isTemplate(template: string): boolean {
  return Object.hasOwn(zh, template)
}

/** The words of a message. A value that is missing stays visible as `{name}`, so that a test finds it. */
export function textOf(
  template: string,
  audience: Audience,
  params: Params,
  language: 'zh-CN' | 'en',
): string {
  const text = catalogues[language][template]?.[audience] ?? template
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** Minutes until a message that did not go out is tried again, after the first, second ... try. */
const waits = [1, 5, 30, 120] as const

/** NT3: five tries in all. */
export const mostTries = waits.length + 1

/** Seconds to wait after so many tries; null when there is no further one. */
export function waitAfter(tries: number): number | null {
  const minutes = waits[tries - 1]
  return minutes === undefined ? null : minutes * 60
}

/** One message of a notice: what became of it. */
export type Sending = { channel: 'in_app' | 'sms'; state: string; reason: string | null; read: boolean }

/**
 * NT5: a notice is delivered when a text message went out, when it was opened in the app, or when the app is the only
 * way there is to this person. A text message that failed or still waits is no delivery.
 */
export function isDelivered(sendings: readonly Sending[]): boolean {
  const texts = sendings.filter(({ channel, reason }) => channel === 'sms' && reason !== 'no_phone')
  const inApp = sendings.filter(({ channel }) => channel === 'in_app')
  if (texts.some(({ state }) => state === 'sent') || inApp.some(({ read }) => read)) return true
  return texts.length === 0 && inApp.length > 0
}

/** What a provider says may name the number; only the rest is kept. */
export function withoutNumbers(reason: string): string {
  return reason.replace(/\d{7,}/g, '***').slice(0, 200)
}
