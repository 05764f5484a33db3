import { createCipheriv, createECDH, createPrivateKey, hkdfSync, sign } from 'node:crypto'
import type { Keys } from '#kernel/keys.ts'

/**
 * Web push without a library: what is sent is sealed for one browser (RFC 8291 over RFC 8188, `aes128gcm`), and says
 * who sends it (VAPID, RFC 8292). The push service in between reads neither.
 */

const curve = 'prime256v1'
const fromText = (text: string): Buffer => Buffer.from(text, 'base64url')
const hkdf = (key: Uint8Array, salt: Uint8Array, info: Uint8Array | string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, length))

/** One record is enough: push services take 4,096 bytes (RFC 8291, 4). */
const recordSize = 4_096
const lastRecord = Uint8Array.of(2)

/** RFC 8188 with one record: salt, record size, key id, then the text and its delimiter sealed by AES-128-GCM. */
export function sealRecord(
  text: Uint8Array,
  { ikm, salt, keyId }: { ikm: Uint8Array; salt: Uint8Array; keyId: Uint8Array },
): Buffer {
  const key = hkdf(ikm, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = hkdf(ikm, salt, 'Content-Encoding: nonce\0', 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([
    cipher.update(text),
    cipher.update(lastRecord),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(recordSize)
  return Buffer.concat([salt, size, Uint8Array.of(keyId.length), keyId, sealed])
}

/** What a browser gave when it subscribed, base64url. */
export type Browser = { p256dh: string; auth: string }

/** Whether the key is a point of the curve and the secret has its length. */
export function isBrowserKey({ p256dh, auth }: Browser): boolean {
  try {
    const ecdh = createECDH(curve)
    ecdh.generateKeys()
    ecdh.computeSecret(fromText(p256dh))
    return fromText(p256dh).length === 65 && fromText(auth).length === 16
  } catch {
    return false
  }
}

/** RFC 8291: seals for one browser. @param own a key pair for this message alone, as its private number */
export function sealFor(
  text: Uint8Array,
  { p256dh, auth }: Browser,
  { own, salt }: { own: Uint8Array; salt: Uint8Array },
): Buffer {
  const ecdh = createECDH(curve)
  ecdh.setPrivateKey(own)
  const theirs = fromText(p256dh)
  const ours = ecdh.getPublicKey()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours])
  const ikm = hkdf(ecdh.computeSecret(theirs), fromText(auth), info, 32)
  return sealRecord(text, { ikm, salt, keyId: ours })
}

export type Vapid = { publicKey: string; sign: (text: string) => string }

/**
 * The installation's key pair for VAPID, derived from its key file: the same after every start and in every process, and
 * restored with the file. Browsers are bound to it when they subscribe, so it must not change (docs/adr/0039).
 */
export function vapidOf({ index }: Pick<Keys, 'index'>): Vapid {
  const ecdh = createECDH(curve)
  // A number beyond the order of the curve is refused; one in four billion is.
  for (let round = 0; ; round += 1) {
    try {
      ecdh.setPrivateKey(hkdf(index, Buffer.alloc(0), `chuanmen vapid ${round}`, 32))
      break
    } catch (error) {
      if (round > 8) throw error
    }
  }
  const point = ecdh.getPublicKey()
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: ecdh.getPrivateKey('base64url'),
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  return {
    publicKey: point.toString('base64url'),
    sign: (text) =>
      sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }
}

/** RFC 8292: who sends, to which push service, until when. */
export function vapidHeader(
  vapid: Vapid,
  { audience, expires, subject }: { audience: string; expires: number; subject: string | undefined },
): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { aud: audience, exp: expires, ...(subject && { sub: subject }) }
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  return `vapid t=${text}.${vapid.sign(text)}, k=${vapid.publicKey}`
}
