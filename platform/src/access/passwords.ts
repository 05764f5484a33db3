import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Passwords as argon2id in PHC text: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, base64 without padding. */

const derive = promisify(argon2)

/**
 * OWASP Password Storage Cheat Sheet, argon2id, second configuration: 19 MiB, 2 passes, 1 lane. Node derives in its
 * thread pool, so the event loop stays free.
 */
const current = { memory: 19_456, passes: 2, parallelism: 1 }
const saltLength = 16
const tagLength = 32

/** Fewest characters. NIST SP 800-63B asks for length and against lists, not for kinds of characters. */
export const passwordLength = 10

type Parsed = { memory: number; passes: number; parallelism: number; salt: Buffer; tag: Buffer }

/** Hashes a password with a fresh salt and today's parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength)
  const tag = await derived(password, { ...current, salt, tag: Buffer.alloc(tagLength) })
  const { memory, passes, parallelism } = current
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/**
 * Compares in constant time. Without a hash (nobody has that login) it works as long and says no, so that an answer's
 * delay does not tell which logins exist.
 * @returns `rehash`: right, but hashed with parameters of another day
 */
export async function checkPassword(
  password: string,
  hash: string | null,
): Promise<{ right: boolean; rehash: boolean }> {
  const parsed = hash === null ? null : parse(hash)
  if (!parsed) {
    await derived(password, { ...current, salt: Buffer.alloc(saltLength), tag: Buffer.alloc(tagLength) })
    return { right: false, rehash: false }
  }
  const right = timingSafeEqual(await derived(password, parsed), parsed.tag)
  const { memory, passes, parallelism } = current
  const same = parsed.memory === memory && parsed.passes === passes && parsed.parallelism === parallelism
  return { right, rehash: right && !same }
}

const easy = ['password', 'qwerty', '123456', 'abcdef', '111111', '000000', 'admin', 'chuanmen']

/** Why a password will not do, or null. Easily guessed ones are refused also when something was hung on to them. */
export function unfitPassword(password: string, login: string | null): 'short' | 'login' | 'easy' | null {
  const normal = normalise(password).toLowerCase()
  if ([...normal].length < passwordLength) return 'short'
  if (login && normal.includes(login.toLowerCase()) && normal.length < login.length + 6) return 'login'
  const rest = easy.reduce((text, word) => text.replaceAll(word, ''), normal)
  if (/^\d+$/.test(normal) || new Set(normal).size < 4 || rest.length < 5) return 'easy'
  return null
}

function parse(hash: string): Parsed | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash)
  if (!match) return null
  const [, memory, passes, parallelism, salt = '', tag = ''] = match
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

function derived(password: string, { memory, passes, parallelism, salt, tag }: Parsed): Promise<Buffer> {
  return derive('argon2id', {
    message: normalise(password),
    nonce: salt,
    parallelism,
    tagLength: tag.length,
    memory,
    passes,
  })
}

/** The same password typed on another keyboard is the same password (NIST SP 800-63B, 3.1.1.2). */
function normalise(password: string): string {
  return password.normalize('NFKC')
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
