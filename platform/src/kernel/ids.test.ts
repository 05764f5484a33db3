import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { derivedId, uuidv7 } from './ids.ts'

test('a UUIDv7 carries its millisecond, version and variant', () => {
  const id = uuidv7(Temporal.Instant.from('2026-11-21T00:30:00.123Z'), new Uint8Array(10).fill(0xff))
  expect(id).toBe(`${timePart('2026-11-21T00:30:00.123Z')}-7fff-bfff-ffffffffffff`)
  expect(z.uuidv7().safeParse(id).success).toBe(true)
})

test('UUIDv7 made later sort later', () => {
  const instant = fc.integer({ min: 0, max: 4_102_444_800_000 })
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      fc.pre(one < other)
      const earlier = uuidv7(Temporal.Instant.fromEpochMilliseconds(one))
      const later = uuidv7(Temporal.Instant.fromEpochMilliseconds(other))
      expect(earlier < later).toBe(true)
    }),
  )
})

test('a thousand UUIDv7 of one millisecond differ', () => {
  const now = Temporal.Instant.from('2026-11-21T00:30:00Z')
  expect(new Set(Array.from({ length: 1000 }, () => uuidv7(now))).size).toBe(1000)
})

test('a derived id depends on every part and on where parts end', () => {
  expect(derivedId('a', 'b')).toBe(derivedId('a', 'b'))
  expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'))
  expect(derivedId('a')).not.toBe(derivedId('a', ''))
  expect(z.uuid().safeParse(derivedId('warning', '50')).success).toBe(true)
  expect(derivedId('x')[14]).toBe('8')
})

function timePart(at: string): string {
  const hex = Temporal.Instant.from(at).epochMilliseconds.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
