import type { Carried } from './carrier.ts'

/** What carries a text message. An installation brings its own (sms-http.ts); the demo has one that shows the text instead. */
export type SmsProvider = {
  /** Whether texts are shown on the page because nothing is really sent. */
  shown: boolean
  /**
   * Sends one message; answers within seconds, and says why when it could not.
   * @param key the same for every try of one message, so that a provider can leave out a second delivery
   */
  send(phone: string, text: string, key: string): Promise<Carried>
}

export const demoSms: SmsProvider = { shown: true, send: async () => ({ ok: true }) }

/** An installation without a provider: every message fails with the reason, visibly (RQ17). */
export const noSms: SmsProvider = {
  shown: false,
  send: async () => ({ ok: false, reason: 'no_provider', again: 'never' }),
}
