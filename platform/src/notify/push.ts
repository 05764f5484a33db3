import { createECDH, randomBytes } from 'node:crypto'
import type { Carried } from '#access/carrier.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Keys } from '#kernel/keys.ts'
import { askedPatience, isPassing, originOf, post } from './http-answer.ts'
import { sealFor, vapidHeader, vapidOf } from './push-crypto.ts'
import type { Browser } from './push-crypto.ts'

/** Web push: a plain notice, sealed for one browser, through the push service that this browser uses. */

export type PushTarget = Browser & { endpoint: string }

/** What the service worker shows and opens; no personal data (NT19). */
export type PushNotice = { title: string; body: string; url: string; tag: string; language: string }

export type PushProvider = {
  /** Origins of push services that the installation allows; none: nobody is asked. */
  origins: readonly string[]
  /** Key that browsers subscribe with. */
  key: string
  send(target: PushTarget, notice: PushNotice, how: { urgent: boolean }): Promise<Carried>
}

export type PushSettings = {
  origins: readonly string[]
  /** Who answers for what is sent: `mailto:` or `https:` (RFC 8292, 2.1). */
  subject: string | undefined
  /** Milliseconds; 10,000 when left out. */
  patience?: number
}

/** How long a push service keeps a notice for a phone that is off: a day; of what is urgent, an hour is news. */
const keptFor = { usual: 86_400, urgent: 3_600 } as const
/** A signature serves for half a day (RFC 8292, 2: a day at most). */
const signedHours = 12

export function webPush(settings: PushSettings, keys: Pick<Keys, 'index'>, clock: Clock): PushProvider {
  const vapid = vapidOf(keys)
  const { origins, subject, patience = 10_000 } = settings
  return {
    origins,
    key: vapid.publicKey,
    async send(target, notice, { urgent }) {
      const audience = originOf(target.endpoint)
      if (!origins.includes(audience)) return { ok: false, reason: 'no_provider', again: 'never' }
      const own = createECDH('prime256v1')
      own.generateKeys()
      const body = sealFor(Buffer.from(JSON.stringify(notice)), target, {
        own: own.getPrivateKey(),
        salt: randomBytes(16),
      })
      const expires = Math.floor(clock.now().add({ hours: signedHours }).epochMilliseconds / 1_000)
      const posted = await post({
        url: target.endpoint,
        body: new Uint8Array(body),
        patience,
        headers: {
          authorization: vapidHeader(vapid, { audience, expires, subject }),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          ttl: String(urgent ? keptFor.urgent : keptFor.usual),
          urgency: urgent ? 'high' : 'normal',
          // A notice that still waits there is replaced by the same one, never doubled (RFC 8030, 5.4).
          topic: Buffer.from(notice.tag.replaceAll('-', ''), 'hex').toString('base64url'),
        },
      })
      if ('carried' in posted) return posted.carried
      const { answered, said } = posted
      if (answered.ok) return { ok: true }
      const reason = `${answered.status} ${said}`.trim()
      // The browser took its subscription back, or the phone is no more (RFC 8030, 7.3).
      if (answered.status === 404 || answered.status === 410)
        return { ok: false, reason, again: 'never', gone: true }
      return isPassing(answered.status)
        ? { ok: false, reason, again: 'later', wait: askedPatience(answered) }
        : { ok: false, reason, again: 'never' }
    },
  }
}

/** An installation that allows no push service: no page offers it (boundary 10). */
export const noPush: PushProvider = {
  origins: [],
  key: '',
  send: async () => ({ ok: false, reason: 'no_provider', again: 'never' }),
}
