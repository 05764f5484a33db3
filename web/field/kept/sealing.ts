/**
 * How what lies on this phone is sealed (docs/adr/0030). A random data key seals everything (AES-GCM). It is itself kept
 * sealed under a key that takes two halves: the unlock code, stretched (PBKDF2, 600,000 rounds), and a secret that the
 * server released when the person signed in. Neither half opens anything alone.
 */

/** OWASP's figure for PBKDF2 with SHA-256; a store remembers its own, so that it can rise. */
const rounds = 600_000
/** Ten to the sixth guesses take hours, whatever stretches them: six digits are not enough. */
export const shortestCode = 8

const ivBytes = 12
const utf8 = new TextEncoder()

/** How the data key is kept: useless without the code and the server's half. */
export type KeptKey = { salt: Uint8Array<ArrayBuffer>; rounds: number; sealed: Uint8Array<ArrayBuffer> }

function random(bytes: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(bytes))
}

/** The server's half as a key that scripts can use and not read. */
export function halfOf(secret: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(secret.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0),
  )
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}

async function outerKey(
  code: string,
  half: CryptoKey,
  { salt, rounds: times }: Pick<KeptKey, 'salt' | 'rounds'>,
): Promise<CryptoKey> {
  const words = await crypto.subtle.importKey('raw', utf8.encode(code.normalize('NFKC')), 'PBKDF2', false, [
    'deriveBits',
  ])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times }
  const stretched = await crypto.subtle.deriveBits(how, words, 256)
  const mixed = await crypto.subtle.sign('HMAC', half, stretched)
  return crypto.subtle.importKey('raw', mixed, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function keyOf(raw: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** A new data key, and how it is kept. The bare bytes exist in this function only. */
export async function makeKey(code: string, half: CryptoKey): Promise<{ key: CryptoKey; kept: KeptKey }> {
  const raw = random(32)
  const under = { salt: random(16), rounds }
  const sealed = await sealBytes(await outerKey(code, half, under), 'key', raw)
  const key = await keyOf(raw)
  raw.fill(0)
  return { key, kept: { ...under, sealed } }
}

/** The data key again; undefined when the code (or the server's half) is not the one. */
export async function openKey(code: string, half: CryptoKey, kept: KeptKey): Promise<CryptoKey | undefined> {
  const raw = await openBytes(await outerKey(code, half, kept), 'key', kept.sealed).catch(() => undefined)
  return raw && keyOf(raw)
}

/** Seals bytes for one place; in another place they do not open, so that nobody swaps two boxes. */
export async function sealBytes(
  key: CryptoKey,
  place: string,
  bytes: BufferSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = random(ivBytes)
  const how = { name: 'AES-GCM', iv, additionalData: utf8.encode(place) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, bytes))
  const box = new Uint8Array(ivBytes + sealed.length)
  box.set(iv)
  box.set(sealed, ivBytes)
  return box
}

export function openBytes(key: CryptoKey, place: string, box: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const how = { name: 'AES-GCM', iv: box.subarray(0, ivBytes), additionalData: utf8.encode(place) }
  return crypto.subtle.decrypt(how, key, box.subarray(ivBytes))
}

export function seal(key: CryptoKey, place: string, value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  return sealBytes(key, place, utf8.encode(JSON.stringify(value)))
}

export async function open<T>(key: CryptoKey, place: string, box: Uint8Array<ArrayBuffer>): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, place, box))) as T
}

/** Codes that a thief tries first: one character, a run, a keyboard row, or what the person types elsewhere. */
export function isGuessable(code: string, others: readonly string[]): boolean {
  const plain = code.toLowerCase()
  if (new Set(plain).size < 4) return true
  const runs = [
    '01234567890',
    '09876543210',
    'abcdefghijklmnopqrstuvwxyz',
    'qwertyuiop',
    'asdfghjkl',
    'zxcvbnm',
  ]
  if (runs.some((run) => run.includes(plain))) return true
  if (/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/.test(plain)) return true
  if (/^(.{1,4})\1+$/.test(plain) || /^(?:password|chuanmen|woaini)\d*$/.test(plain)) return true
  return others.some(
    (other) => other !== '' && (plain === other.toLowerCase() || plain.includes(other.toLowerCase())),
  )
}
