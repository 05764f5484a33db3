import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { SetupError } from './postgres-install.ts'
import { keyFolder, readSecrets, writeSecrets } from './secret-file.ts'

/** The installation's secrets, 32 random bytes each. Losing the file loses every phone and identity number. */
export type Keys = {
  /** AES-256-GCM keys of encrypted columns by number; new values are sealed with `current`, old ones stay readable. */
  field: { current: number; byNumber: ReadonlyMap<number, Buffer> }
  /** HMAC key of blind indexes. */
  index: Buffer
  /** HMAC key of sessions and codes. */
  session: Buffer
  /** HMAC key that signs the audit chain's heads. */
  anchor: Buffer
  /** Names this key file without revealing it; the database remembers it, see `migrate`. */
  fingerprint: string
}

const secret = z
  .base64()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'expected 32 bytes in base64')
const fileShape = z.object({
  version: z.literal(1),
  field: z.object({
    current: z.int().min(1).max(65_535),
    keys: z.record(z.string().regex(/^[1-9]\d{0,4}$/), secret),
  }),
  index: secret,
  session: secret,
  anchor: secret,
})
type KeyFile = z.infer<typeof fileShape>

/** Reads the key file; makes it first when `create` is set and there is none. Undefined: none, and not to be made. */
export function loadKeys(dataDir: string, options: { create: true }): Keys
export function loadKeys(dataDir: string, options: { create: boolean }): Keys | undefined
export function loadKeys(dataDir: string, options: { create: boolean }): Keys | undefined {
  const file = keyFile(dataDir)
  if (options.create && readSecrets(file) === undefined) writeSecrets(file, freshKeyFile(), 'keep')
  const content = readSecrets(file)
  if (content === undefined) return undefined
  const parsed = fileShape.safeParse(content)
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the file').join(', ')
    throw new SetupError(
      `The key file ${file} is damaged (${places}). It was not touched; put back a saved copy.`,
    )
  }
  return keysOf(parsed.data)
}

/** Keys that are in no file, for tests. */
export function temporaryKeys(): Keys {
  return keysOf(freshKeyFile())
}

export function keyFile(dataDir: string): string {
  return path.join(keyFolder(dataDir), 'chuanmen.json')
}

/**
 * Encrypts one value of a personal field: key number (2 bytes), nonce (12), tag (16), ciphertext.
 * @param context what the value belongs to, such as `reporter.phone:<id>`; a value moved elsewhere does not open
 */
export function seal(keys: Keys, plaintext: string, context: string): Buffer {
  return sealBytes(keys, Buffer.from(plaintext), context)
}

/** The same for bytes, such as a part of a file. */
export function sealBytes(keys: Keys, plaintext: Uint8Array, context: string): Buffer {
  const head = Buffer.alloc(2)
  head.writeUInt16BE(keys.field.current)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', fieldKey(keys, keys.field.current), nonce)
  cipher.setAAD(Buffer.from(context))
  // In this mode nothing comes of the end but the tag.
  const body = cipher.update(plaintext)
  cipher.final()
  return Buffer.concat([head, nonce, cipher.getAuthTag(), body])
}

/** The value that `seal` was given. Throws when a byte, the context or the key is another one. */
export function open(keys: Keys, sealed: Uint8Array, context: string): string {
  return openBytes(keys, sealed, context).toString('utf8')
}

/** The bytes that `sealBytes` was given. Throws as `open` does. */
export function openBytes(keys: Keys, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < 30) throw new Error('Not a sealed value: too short')
  const decipher = createDecipheriv(
    'aes-256-gcm',
    fieldKey(keys, bytes.readUInt16BE(0)),
    bytes.subarray(2, 14),
    {
      authTagLength: 16,
    },
  )
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(14, 30))
  const plaintext = decipher.update(bytes.subarray(30))
  // Throws where a byte is another one.
  decipher.final()
  return plaintext
}

/**
 * What an encrypted column is searched by: equal values give equal text, and nobody without the key can try values.
 * @param kind keeps the fields apart, such as `phone`
 * @param normalised the value in its one spelling (digits only, upper case)
 */
export function blindIndex(keys: Keys, kind: string, normalised: string): string {
  return createHmac('sha256', keys.index).update(`${kind}\0${normalised}`).digest('base64url')
}

function fieldKey(keys: Keys, number: number): Buffer {
  const key = keys.field.byNumber.get(number)
  if (key === undefined) throw new Error(`The key file holds no field key number ${number}`)
  return key
}

function freshKeyFile(): KeyFile {
  const fresh = (): string => randomBytes(32).toString('base64')
  return {
    version: 1,
    field: { current: 1, keys: { 1: fresh() } },
    index: fresh(),
    session: fresh(),
    anchor: fresh(),
  }
}

function keysOf(file: KeyFile): Keys {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
  const byNumber = new Map(
    Object.entries(file.field.keys).map(([number, key]) => [Number(number), bytes(key)]),
  )
  if (!byNumber.has(file.field.current))
    throw new SetupError('The key file names a current field key that it does not hold.')
  const first = byNumber.get(Math.min(...byNumber.keys())) ?? Buffer.alloc(0)
  // Neither the session key (may be replaced to end all sessions) nor later field keys change whose database this is.
  const fingerprint = createHash('sha256')
    .update(Buffer.concat([Buffer.from('chuanmen keys 1'), first, bytes(file.index), bytes(file.anchor)]))
    .digest('hex')
    .slice(0, 32)
  return {
    field: { current: file.field.current, byNumber },
    index: bytes(file.index),
    session: bytes(file.session),
    anchor: bytes(file.anchor),
    fingerprint,
  }
}
