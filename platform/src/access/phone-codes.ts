import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { afterCommit } from '#kernel/db.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { fill, type Language, refuse, refuseAndKeep } from '#kernel/problem.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { correctReporter, phoneIndex, provenReporter } from './reporters.ts'
import type { Call } from './route.ts'
import { endSession, openSession, sessionSeconds } from './sessions.ts'
import type { SmsProvider } from './sms.ts'
import * as store from './store.ts'

/** Residents at the door: a code to the phone, and the phone is proven. */

const texts = { 'zh-CN': zh, en }

/** A code serves for 5 minutes and 5 tries; one a minute, ten in 24 hours go to one phone. */
export const phoneCodes = { minutes: 5, tries: 5, pauseSeconds: 60, perDay: 10 } as const

/**
 * Sends a code. The answer is the same for every phone, known or not.
 * @returns the code, for the demonstration to show
 */
export async function sendPhoneCode(
  call: Call,
  phone: string,
  deps: { keys: Keys; sms: SmsProvider },
): Promise<string> {
  const { trx, now, language } = call
  const index = phoneIndex(deps.keys, phone)
  const before = await store.phoneCode(trx, index)
  if (before) refuseTooSoon(before, now)
  const freshDay =
    !before || Temporal.Instant.compare(Temporal.Instant.from(before.daySince).add({ hours: 24 }), now) <= 0
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const at = now.toString({ smallestUnit: 'millisecond' })
  const written = await store.writePhoneCode(trx, index, {
    hash: hashCode(deps.keys, index, code),
    tries: 0,
    sentAt: at,
    expiresAt: now.add({ minutes: phoneCodes.minutes }).toString(),
    dayCount: freshDay ? 1 : before.dayCount + 1,
    daySince: freshDay ? at : before.daySince,
  })
  if (!written)
    refuse('http.too_many', {
      retryAfter: phoneCodes.pauseSeconds,
      params: { seconds: phoneCodes.pauseSeconds },
    })
  // After the commit, so that nothing is sent for a transaction that is rolled back; a code that could not be sent is then
  // taken back, and locks nobody out.
  afterCommit(trx, async ({ within }) => {
    const sent = await deps.sms.send(phone, smsText(language, code), derivedId('phone_code', index, at))
    if (sent.ok) return
    await within((next) => store.takeBackPhoneCode(next, index, at, before ?? null))
    refuse('unavailable', { retryAfter: phoneCodes.pauseSeconds })
  })
  return code
}

function smsText(language: Language, code: string): string {
  return fill(texts[language]['sms.code'], { code, minutes: phoneCodes.minutes })
}

function refuseTooSoon({ sentAt, dayCount, daySince }: store.PhoneCode, now: Temporal.Instant): void {
  const next = Temporal.Instant.from(sentAt).add({ seconds: phoneCodes.pauseSeconds })
  const dayEnds = Temporal.Instant.from(daySince).add({ hours: 24 })
  const waits = [next, ...(dayCount >= phoneCodes.perDay ? [dayEnds] : [])].map((at) =>
    Math.ceil(now.until(at).total('seconds')),
  )
  const seconds = Math.max(...waits)
  if (seconds > 0) refuse('http.too_many', { retryAfter: seconds, params: { seconds } })
}

/** Uses a code up. @throws Refusal `access.wrong_code`, counting the try. */
async function useCode({ trx, now }: Call, phone: string, code: string, keys: Keys): Promise<void> {
  const index = phoneIndex(keys, phone)
  const sent = await store.phoneCode(trx, index)
  const living =
    sent &&
    sent.hash !== null &&
    sent.tries < phoneCodes.tries &&
    Temporal.Instant.compare(Temporal.Instant.from(sent.expiresAt), now) > 0
  const right = living && sameText(sent.hash ?? '', hashCode(keys, index, code))
  if (!right) {
    if (living) await store.tryPhoneCode(trx, index, false)
    refuseAndKeep(
      'access.wrong_code',
      {},
      { subjectKind: 'reporter', detail: { step: 'phone_code', outcome: living ? 'wrong' : 'expired' } },
    )
  }
  await store.tryPhoneCode(trx, index, true)
}

/** Boundary 5: a reporter corrects their own number; the new one is proven by a code first. */
export async function changePhone(
  call: Call,
  { phone, code }: { phone: string; code: string },
  keys: Keys,
): Promise<void> {
  if (call.actor.kind !== 'reporter') refuse('access.not_allowed')
  await useCode(call, phone, code, keys)
  if (!(await correctReporter(call.trx, { id: call.actor.id, phone }, keys))) refuse('access.phone_taken')
}

/**
 * Proves a phone by its code and opens the reporter's session. What this browser said or followed without an account is
 * carried along.
 */
export async function provePhone(
  call: Call,
  { phone, code, reporter: given }: { phone: string; code: string; reporter?: string | undefined },
  keys: Keys,
): Promise<string> {
  const { trx, now, actor } = call
  await useCode(call, phone, code, keys)
  const said = actor.kind === 'reporter' ? await saidBy(call, actor.id) : []
  const followed = 'requests' in actor ? actor.requests : []
  const reporter = await provenReporter(trx, { id: given ?? uuidv7(now), phone }, now, keys)
  if (call.session) await endSession(trx, call.session, now)
  const requests = [...new Set([...followed, ...said])].slice(-50)
  call.setSession(
    await openSession(trx, { kind: 'reporter', reporter, requests }, now),
    sessionSeconds.reporter,
  )
  return reporter
}

/** Requests of a reporter that only this browser knew. */
async function saidBy({ trx }: Call, reporter: string): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select app.said_by(${reporter}) as ids`.execute(trx)
  return rows[0]?.ids ?? []
}

/** Keyed, because a million codes are tried in no time; bound to the phone it went to. */
function hashCode(keys: Keys, index: string, code: string): string {
  return createHmac('sha256', keys.session).update(`phone_code\0${index}\0${code}`).digest('base64url')
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
