import { Secret, TOTP } from 'otpauth'
import { type Keys, open, seal } from '#kernel/keys.ts'

/** Time-based one-time passwords (RFC 6238): SHA-1, 6 digits, 30 seconds, as every authenticator understands them. */

const period = 30
/** Steps to either side that are still taken, for clocks that are a little off. */
const window = 1

export type Enrolment = { secret: string; uri: string }

/** A fresh secret of 160 bits, and the address an authenticator reads from a picture. */
export function newSecret(account: string, issuer: string): Enrolment {
  const secret = new Secret({ size: 20 })
  return { secret: secret.base32, uri: new TOTP({ issuer, label: account, secret, period }).toString() }
}

/**
 * The time step a code is right for, or null. A step that is not later than `lastStep` was used already and is not taken
 * again (RFC 6238, 5.2), whoever watched it being typed.
 */
export function acceptedStep(
  secret: string,
  code: string,
  lastStep: number | null,
  now: Temporal.Instant,
): number | null {
  const timestamp = now.epochMilliseconds
  const delta = new TOTP({ secret: Secret.fromBase32(secret), period }).validate({
    token: code,
    timestamp,
    window,
  })
  if (delta === null) return null
  const step = Math.floor(timestamp / 1_000 / period) + delta
  return lastStep !== null && step <= lastStep ? null : step
}

export function sealSecret(keys: Keys, person: string, secret: string): Buffer {
  return seal(keys, secret, `credential.totp:${person}`)
}

export function openSecret(keys: Keys, person: string, sealed: Uint8Array): string {
  return open(keys, sealed, `credential.totp:${person}`)
}
