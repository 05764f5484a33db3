import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Call } from '#access/route.ts'
import type { MailProvider } from '#access/carrier.ts'
import { reportersByIds } from '#access/reporters.ts'
import { afterCommit } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { open, seal } from '#kernel/keys.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse, refuseAndKeep } from '#kernel/problem.ts'
import type { Contact, ContactChange } from './contract.ts'
import { devicesOf } from './devices.ts'
import { kindsFor } from './kinds.ts'
import { codeLetter } from './letter.ts'
import { ownerOf } from './owner.ts'
import type { PushProvider } from './push.ts'
import { clockOf, minuteOf, quietHours, quietOf, shownQuiet, usualQuiet } from './quiet.ts'
import { quietNow } from './sending.ts'
import { keepWay, lockWay, waysAmong } from './ways-store.ts'
import type { WayRow } from './ways-store.ts'

/** How somebody wants to be told beside the app: text messages, letters by e-mail, in which language. */

/** A code serves for 15 minutes and 5 tries; one a minute, ten in 24 hours go out for one person. */
export const emailCodes = { minutes: 15, tries: 5, pauseSeconds: 60, perDay: 10 } as const

export type WaysDeps = { keys: Keys; mail: MailProvider; push: Pick<PushProvider, 'origins' | 'key'> }

export type Address = { email: string | null } & Pick<WayRow, 'language' | 'quietFrom' | 'quietUntil'>

const sealed = (kind: 'email' | 'pending', owner: string) => `contact_way.${kind}:${owner}`

/** Where letters go, for the outbox. */
export async function addressesOf(
  trx: Trx,
  owners: readonly string[],
  keys: Keys,
): Promise<Map<string, Address>> {
  const rows = owners.length === 0 ? [] : await waysAmong(trx, [...new Set(owners)])
  return new Map(
    rows.map(({ owner, email, byEmail, language, quietFrom, quietUntil }) => [
      owner,
      {
        email: email && byEmail ? open(keys, email, sealed('email', owner)) : null,
        language,
        quietFrom,
        quietUntil,
      },
    ]),
  )
}

/** What a first row begins with. */
const firstOf = ({ now, language }: Pick<Call, 'now' | 'language'>) => ({ at: textOf(now), language })

/** How I am told. */
export async function contactOf(call: Call, { keys, mail, push }: WaysDeps): Promise<Contact> {
  const { owner, kind } = ownerOf(call)
  const [row] = await waysAmong(call.trx, [owner])
  const reporter =
    kind === 'reporter' ? (await reportersByIds(call.trx, [owner], keys)).get(owner) : undefined
  return {
    bySms: row?.bySms ?? true,
    byEmail: row?.byEmail ?? false,
    language: row?.language ?? call.language,
    phone: reporter?.phone ?? null,
    email: row?.email ? open(keys, row.email, sealed('email', owner)) : null,
    pending: row?.pending ? open(keys, row.pending, sealed('pending', owner)) : null,
    emailPossible: mail.able,
    pushKey: push.origins.length > 0 ? push.key : null,
    devices: await devicesOf(call.trx, owner),
    kinds: [...kindsFor[kind === 'reporter' ? 'reporter' : 'serving']],
    declined: row?.declined ?? [],
    quiet: row ? shownQuiet(quietOf(row.quietFrom, row.quietUntil)) : null,
    districtQuiet: quietHours((await quietNow(call.trx)) ?? usualQuiet),
    digestAt: row?.digestAt == null ? null : clockOf(row.digestAt),
  }
}

/** Changes by which ways I am told. */
export async function changeContact(
  call: Call,
  { quiet, digestAt, declined, ...change }: ContactChange,
): Promise<void> {
  const { owner, kind } = ownerOf(call)
  const row = await lockWay(call.trx, owner, kind, firstOf(call))
  if (change.byEmail && !row.email) refuse('contact.no_email', { field: 'body.byEmail' })
  await keepWay(
    call.trx,
    {
      ...row,
      ...change,
      ...(declined && { declined: [...new Set(declined)] }),
      ...(quiet !== undefined && { quietFrom: minuteOf(quiet?.from), quietUntil: minuteOf(quiet?.until) }),
      ...(digestAt !== undefined && { digestAt: minuteOf(digestAt) }),
    },
    textOf(call.now),
  )
}

/** Sends a code to an address, after the commit; one that could not be sent is not counted. @returns the code */
export async function sendEmailCode(
  call: Call,
  email: string,
  { keys, mail }: Pick<WaysDeps, 'keys' | 'mail'>,
): Promise<string> {
  if (!mail.able) refuse('contact.no_mail', { field: 'body.email' })
  const { trx, now, language } = call
  const { owner, kind } = ownerOf(call)
  const before = await lockWay(trx, owner, kind, firstOf(call))
  const isFreshDay = !before.codeSentAt || hoursSince(before.codeSentAt, now) >= 24
  refuseTooSoon(before, now, isFreshDay)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const at = textOf(now)
  const after = {
    ...before,
    pending: seal(keys, email, sealed('pending', owner)),
    codeHash: hashCode(keys, owner, code),
    codeTries: 0,
    codeSentAt: at,
    codeExpiresAt: now.add({ minutes: emailCodes.minutes }).toString(),
    codeCount: isFreshDay ? 1 : before.codeCount + 1,
  }
  await keepWay(trx, after, at)
  afterCommit(trx, async ({ within }) => {
    const letter = codeLetter(code, emailCodes.minutes, language)
    const sent = await mail.send({ ...letter, to: email, key: derivedId('email_code', owner, at) })
    if (sent.ok) return
    await within(async (next) => {
      const { codeHash } = await lockWay(next, owner, kind, firstOf(call))
      if (codeHash === after.codeHash)
        await keepWay(next, { ...before, pending: after.pending, codeHash: null }, at)
    })
    if (sent.again === 'never') refuse('contact.not_taken', { field: 'body.email' })
    refuse('unavailable', { retryAfter: emailCodes.pauseSeconds })
  })
  return code
}

function refuseTooSoon({ codeSentAt, codeCount }: WayRow, now: Temporal.Instant, isFreshDay: boolean): void {
  if (!codeSentAt) return
  const sent = Temporal.Instant.from(codeSentAt)
  const waits = [
    sent.add({ seconds: emailCodes.pauseSeconds }),
    ...(!isFreshDay && codeCount >= emailCodes.perDay ? [sent.add({ hours: 24 })] : []),
  ].map((at) => Math.ceil(now.until(at).total('seconds')))
  const seconds = Math.max(...waits)
  if (seconds > 0) refuse('http.too_many', { retryAfter: seconds, params: { seconds } })
}

const hoursSince = (at: string, now: Temporal.Instant) => Temporal.Instant.from(at).until(now).total('hours')

/** Proves the address by its code; letters go there from now on. */
export async function proveEmail(call: Call, code: string, keys: Keys): Promise<void> {
  const { trx, now } = call
  const { owner, kind } = ownerOf(call)
  const at = textOf(now)
  const row = await lockWay(trx, owner, kind, firstOf(call))
  const isLiving =
    row.codeHash !== null &&
    row.codeTries < emailCodes.tries &&
    row.codeExpiresAt !== null &&
    Temporal.Instant.compare(Temporal.Instant.from(row.codeExpiresAt), now) > 0
  if (!isLiving || !row.pending || !sameText(row.codeHash ?? '', hashCode(keys, owner, code))) {
    if (isLiving) await keepWay(trx, { ...row, codeTries: row.codeTries + 1 }, at)
    refuseAndKeep(
      'contact.wrong_code',
      { field: 'body.code' },
      {
        subjectKind: kind,
        subject: owner,
        detail: { step: 'email_code', outcome: isLiving ? 'wrong' : 'expired' },
      },
    )
  }
  const email = open(keys, row.pending, sealed('pending', owner))
  await keepWay(
    trx,
    {
      ...row,
      email: seal(keys, email, sealed('email', owner)),
      byEmail: true,
      pending: null,
      codeHash: null,
    },
    at,
  )
}

/** Takes the address away; nothing more is sent there. */
export async function removeEmail(call: Call): Promise<void> {
  const { owner, kind } = ownerOf(call)
  const at = textOf(call.now)
  const row = await lockWay(call.trx, owner, kind, firstOf(call))
  await keepWay(call.trx, { ...row, email: null, byEmail: false, pending: null, codeHash: null }, at)
}

/** Keyed, because a million codes are tried in no time; bound to whose address it proves. */
function hashCode(keys: Keys, owner: string, code: string): string {
  return createHmac('sha256', keys.session).update(`email_code\0${owner}\0${code}`).digest('base64url')
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

function textOf(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
