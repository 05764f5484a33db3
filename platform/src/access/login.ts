import type { Trx } from '#kernel/db.ts'
import { blindIndex, type Keys } from '#kernel/keys.ts'
import { refuse, refuseAndKeep } from '#kernel/problem.ts'
import { checkPassword, hashPassword, passwordLength, unfitPassword } from './passwords.ts'
import { endSession, endSessionsOf, halfLoggedIn, openSession, sessionSeconds } from './sessions.ts'
import type { Call } from './route.ts'
import * as store from './store.ts'
import { acceptedStep, type Enrolment, newSecret, openSecret, sealSecret } from './totp.ts'

/** Staff at the door. A wrong try is counted and written down although it is refused: `refuseAndKeep`. */

export const lockout = { failures: 5, minutes: 15 } as const

type LoggedIn = { person: string; name: string; mustChange: boolean; second: boolean }

/**
 * The first step of a login. Unknown logins take as long, are counted and locked like known ones, so that the answer
 * does not tell which exist.
 * @returns `second`: the password was right, and the session that was set only serves to give the second factor
 */
export async function logIn(
  call: Call,
  { login, password }: { login: string; password: string },
  keys: Keys,
): Promise<LoggedIn> {
  const { trx, now } = call
  const index = loginIndex(keys, login)
  const { failures } = await notLocked(trx, index, now)
  const known = await store.credentialByLogin(trx, login)
  const { right, rehash } = await checkPassword(password, known?.hash ?? null)
  if (!known || !right)
    return countFailure(trx, {
      index,
      failures,
      person: known?.person,
      now,
      code: 'access.wrong_login',
      step: 'password',
    })
  if (rehash)
    await store.writePassword(trx, known.person, await hashPassword(password), known.mustChange, now)
  if (call.session) await endSession(trx, call.session, now)
  const second = known.totp !== null
  const kind = second ? 'second_factor' : 'staff'
  call.setSession(await openSession(trx, { kind, person: known.person }, now), sessionSeconds[kind])
  // With a second factor the counter stays: the right password must not buy fresh guesses at the code.
  if (!second) await store.writeFailures(trx, index, 0, null, now)
  return { person: known.person, name: known.name, mustChange: known.mustChange, second }
}

/** The second step: a code of the authenticator, each at most once. */
export async function giveSecondFactor(call: Call, code: string, keys: Keys): Promise<LoggedIn> {
  const { trx, now } = call
  const person = await halfLoggedIn(trx, call.session, now)
  const known = person && (await store.credentialOf(trx, person))
  if (!known || !known.active || !known.totp || !call.session) return refuse('access.log_in')
  const index = loginIndex(keys, known.login ?? known.person)
  const { failures } = await notLocked(trx, index, now)
  const step = acceptedStep(openSecret(keys, known.person, known.totp), code, known.totpLastStep, now)
  if (step === null) {
    return countFailure(trx, {
      index,
      failures,
      person: known.person,
      now,
      code: 'access.wrong_code',
      step: 'second_factor',
    })
  }
  await store.writeTotp(trx, known.person, { lastStep: step })
  await store.writeFailures(trx, index, 0, null, now)
  await endSession(trx, call.session, now)
  call.setSession(await openSession(trx, { kind: 'staff', person: known.person }, now), sessionSeconds.staff)
  return { person: known.person, name: known.name, mustChange: known.mustChange, second: false }
}

/** Changes one's own password; every other session of the person ends, this browser gets a new one. */
export async function changePassword(
  call: Call,
  { current, password }: { current: string; password: string },
  keys: Keys,
): Promise<void> {
  const { trx, now } = call
  const known = await confirmed(call, current, keys)
  refuseUnfit(password, known.login, 'body.password')
  if ((await checkPassword(password, known.hash)).right)
    refuse('access.password_unfit', { field: 'body.password', params: { length: passwordLength } })
  await store.writePassword(trx, known.person, await hashPassword(password), false, now)
  await renewSession(call, known.person)
}

/** Offers an authenticator; it counts only once a code of it was given. To replace one takes the password again. */
export async function offerSecondFactor(
  call: Call,
  password: string | undefined,
  keys: Keys,
  issuer: string,
): Promise<Enrolment> {
  const own = await ownCredential(call)
  const known =
    own.totp === null && password === undefined ? own : await confirmed(call, password ?? '', keys)
  const enrolment = newSecret(known.login ?? known.name, issuer)
  await store.writeTotp(call.trx, known.person, { pending: sealSecret(keys, known.person, enrolment.secret) })
  return enrolment
}

/** Takes the offered authenticator into use, in place of the one before; other sessions of the person end. */
export async function confirmSecondFactor(call: Call, code: string, keys: Keys): Promise<void> {
  const { trx, now } = call
  const known = await ownCredential(call)
  if (!known.totpPending) refuse('record.not_found')
  const index = loginIndex(keys, known.login ?? known.person)
  const { failures } = await notLocked(trx, index, now)
  const step = acceptedStep(openSecret(keys, known.person, known.totpPending), code, null, now)
  if (step === null) {
    return countFailure(trx, {
      index,
      failures,
      person: known.person,
      now,
      code: 'access.wrong_code',
      step: 'enrolment',
    })
  }
  await store.writeFailures(trx, index, 0, null, now)
  await store.writeTotp(trx, known.person, { sealed: known.totpPending, pending: null, lastStep: step })
  await renewSession(call, known.person)
}

/**
 * Gives somebody a password for the next login, to be changed there. Ends the person's sessions.
 * @param resetSecondFactor also takes the authenticator away, for one that was lost
 */
export async function setPassword(
  trx: Trx,
  given: { person: string; password: string; mustChange: boolean; resetSecondFactor?: boolean },
  now: Temporal.Instant,
  keys: Keys,
): Promise<void> {
  const { person, password, mustChange, resetSecondFactor = false } = given
  const known = (await store.personExists(trx, person)) ?? refuse('record.not_found')
  refuseUnfit(password, known.login, 'body.password')
  await store.writePassword(trx, person, await hashPassword(password), mustChange, now)
  if (resetSecondFactor) await store.writeTotp(trx, person, { sealed: null, pending: null, lastStep: null })
  await endSessionsOf(trx, person, now)
  // Whoever vouches for the person also opens the lock.
  const index = loginIndex(keys, known.login ?? person)
  await store.failuresOf(trx, index, now)
  await store.writeFailures(trx, index, 0, null, now)
}

function refuseUnfit(password: string, login: string | null, field: string): void {
  if (unfitPassword(password, login))
    refuse('access.password_unfit', { field, params: { length: passwordLength } })
}

/** The actor's own credential, after asking for the password again: an unattended screen must not be enough. */
async function confirmed(call: Call, password: string, keys: Keys): Promise<store.Credential> {
  const known = await ownCredential(call)
  const index = loginIndex(keys, known.login ?? known.person)
  const { failures } = await notLocked(call.trx, index, call.now)
  const { right } = await checkPassword(password, known.hash)
  if (right) return known
  return countFailure(call.trx, {
    index,
    failures,
    person: known.person,
    now: call.now,
    code: 'access.wrong_login',
    step: 'confirmation',
  })
}

async function ownCredential({ actor, trx }: Call): Promise<store.Credential> {
  if (actor.kind !== 'staff') refuse(actor.kind === 'anyone' ? 'access.log_in' : 'access.not_allowed')
  return (await store.credentialOf(trx, actor.id)) ?? refuse('access.not_allowed')
}

async function renewSession(call: Call, person: string): Promise<void> {
  await endSessionsOf(call.trx, person, call.now)
  call.setSession(await openSession(call.trx, { kind: 'staff', person }, call.now), sessionSeconds.staff)
}

function loginIndex(keys: Keys, login: string): string {
  return blindIndex(keys, 'login', login.trim().toLowerCase())
}

async function notLocked(trx: Trx, index: string, now: Temporal.Instant): Promise<store.Failures> {
  const counted = await store.failuresOf(trx, index, now)
  if (counted.lockedUntil === null) return counted
  const seconds = Math.ceil(now.until(Temporal.Instant.from(counted.lockedUntil)).total('seconds'))
  return refuse('access.locked', { retryAfter: seconds, params: { minutes: Math.ceil(seconds / 60) } })
}

type Failure = {
  index: string
  /** Before this one. */
  failures: number
  person: string | undefined
  now: Temporal.Instant
  code: 'access.wrong_login' | 'access.wrong_code'
  step: 'password' | 'second_factor' | 'confirmation' | 'enrolment'
}

async function countFailure(trx: Trx, { index, failures, person, now, code, step }: Failure): Promise<never> {
  const count = failures + 1
  const locks = count >= lockout.failures
  await store.writeFailures(
    trx,
    index,
    count,
    locks ? now.add({ minutes: lockout.minutes }).toString() : null,
    now,
  )
  return refuseAndKeep(
    code,
    { params: { limit: lockout.failures, minutes: lockout.minutes } },
    {
      subjectKind: 'person',
      ...(person && { subject: person }),
      detail: { step, outcome: locks ? 'locked' : 'wrong' },
    },
  )
}
