import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { acceptedStep, newSecret } from './totp.ts'

const { secret, uri } = newSecret('community', 'Chuanmen')
const codeAt = (seconds: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: seconds * 1_000 })
const instant = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)

test('an authenticator reads the address', () => {
  expect(uri).toMatch(/^otpauth:\/\/totp\/Chuanmen:community\?/)
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20)
})

test('the example of RFC 6238 comes out', () => {
  const known = Secret.fromLatin1('12345678901234567890').base32
  expect(acceptedStep(known, '287082', null, instant(59))).toBe(1)
  expect(acceptedStep(known, '081804', null, instant(1_111_111_109))).toBe(Math.floor(1_111_111_109 / 30))
})

test('AC9 no code serves twice and none older than the last, in whatever order and rhythm codes are given', () => {
  const start = 1_760_000_000
  const tries = fc.array(
    fc.record({ wait: fc.integer({ min: 0, max: 70 }), drift: fc.integer({ min: -90, max: 90 }) }),
    { minLength: 2, maxLength: 40 },
  )
  fc.assert(
    fc.property(tries, (given) => {
      let now = start
      let last: number | null = null
      const used = new Set<string>()
      for (const { wait, drift } of given) {
        now += wait
        const code = codeAt(now + drift)
        const step = acceptedStep(secret, code, last, instant(now))
        if (step === null) continue
        expect(used).not.toContain(`${step}:${code}`)
        if (last !== null) expect(step).toBeGreaterThan(last)
        expect(Math.abs(step - Math.floor(now / 30))).toBeLessThanOrEqual(1)
        used.add(`${step}:${code}`)
        last = step
      }
    }),
  )
})

test('AC9 a code typed right is taken at once and refused the second time', () => {
  const step = acceptedStep(secret, codeAt(1_760_000_000), null, instant(1_760_000_000))
  expect(step).not.toBeNull()
  expect(acceptedStep(secret, codeAt(1_760_000_000), step, instant(1_760_000_003))).toBeNull()
})
