import { createHash } from 'node:crypto'

/**
 * A UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits, so that ids made later sort later
 * and new rows go to the right-hand edge of an index. Made here because PostgreSQL 15 has no function for it.
 * @param random 10 bytes; taken from the platform's generator when left out
 */
export function uuidv7(
  now: Temporal.Instant,
  random: Uint8Array = crypto.getRandomValues(new Uint8Array(10)),
): string {
  if (random.length < 10) throw new RangeError('uuidv7 needs 10 random bytes')
  const bytes = new Uint8Array(16)
  let milliseconds = now.epochMilliseconds
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = milliseconds % 256
    milliseconds = Math.floor(milliseconds / 256)
  }
  bytes.set(random.subarray(0, 10), 6)
  return format(bytes, 7)
}

/**
 * The same id for the same parts, always: a UUID version 8 (RFC 9562, 5.8) cut from SHA-256. For rows the system makes
 * by itself, so that doing it again after a crash makes the same row and not a second one.
 */
export function derivedId(...parts: readonly string[]): string {
  const hash = createHash('sha256')
  // The length before each part keeps ('ab', 'c') and ('a', 'bc') apart.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return format(hash.digest().subarray(0, 16), 8)
}

function format(bytes: Uint8Array, version: number): string {
  const marked = Uint8Array.from(bytes)
  marked[6] = ((marked[6] ?? 0) & 0x0f) | (version << 4)
  marked[8] = ((marked[8] ?? 0) & 0x3f) | 0x80
  const hex = marked.toHex()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
