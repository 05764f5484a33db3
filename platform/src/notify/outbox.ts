import type { Carried, MailProvider } from '#access/carrier.ts'
import { reportersByIds } from '#access/reporters.ts'
import type { SmsProvider } from '#access/sms.ts'
import type { Database, Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import type { FailureReason } from './contract.ts'
import { letterOf } from './letter.ts'
import { erasedParams, fillWords, mostTries, waitAfter, withoutNumbers } from './rules.ts'
import * as store from './store.ts'
import type { Due, Outcome } from './store.ts'
import { ownWords, wordsAt } from './templates.ts'
import type { OwnWords } from './templates.ts'
import { addressesOf } from './ways.ts'
import type { Address } from './ways.ts'

/** Sends what waits in the outbox: text messages and letters. */

/** Each way goes on by itself: a mail server that hangs holds up no text message. */
const ways = ['sms', 'email'] as const
/** A message still being sent after this many seconds was cut off with its worker. */
const longestSending = 600

export type Carriers = { sms: Pick<SmsProvider, 'send'>; mail: Pick<MailProvider, 'send'> }
type Deps = Carriers & {
  keys: Keys
  now: Temporal.Instant
  /** Where the product stands, for the link in a letter. */
  publicUrl: string | undefined
}

type Addressed = Due & { phone: string | null; address: Address | undefined; own: OwnWords }

/**
 * Sends the messages whose time has come, one after the other on each way, until none is left. Safe on any number of
 * workers. A claim is committed before anything leaves, so a crash sends nothing twice; the one it cut off becomes
 * `failed` with the reason `interrupted` and is repeated by hand (NT4).
 *
 * @returns how many went out and how many failed for good.
 */
export async function sendWaiting(
  database: Database,
  district: string,
  deps: Deps,
): Promise<{ sent: number; failed: number }> {
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  const at = textOfInstant(deps.now)
  const abandoned = textOfInstant(deps.now.subtract({ seconds: longestSending }))
  const done = { sent: 0, failed: await database.within(scope, (trx) => store.giveUp(trx, abandoned)) }
  const sendAll = async (way: (typeof ways)[number]): Promise<void> => {
    for (;;) {
      const claimed = await database.within(scope, (trx) => claim(trx, way, at, deps.keys))
      if (!claimed) return
      const outcome = outcomeOf(claimed, await carry(claimed, deps), deps.now)
      await database.within(scope, (trx) => store.settle(trx, claimed.id, outcome, at))
      if (outcome.state === 'sent') done.sent += 1
      if (outcome.state === 'failed') done.failed += 1
    }
  }
  await Promise.all(ways.map(sendAll))
  return done
}

async function claim(
  trx: Trx,
  way: (typeof ways)[number],
  at: string,
  keys: Keys,
): Promise<Addressed | undefined> {
  const due = await store.claimNext(trx, way, at)
  if (!due) return undefined
  const owner = due.reporter ?? due.person ?? ''
  const reporters = due.reporter ? await reportersByIds(trx, [due.reporter], keys) : undefined
  return {
    ...due,
    phone: reporters?.get(owner)?.phone ?? null,
    address: (await addressesOf(trx, [owner], keys)).get(owner),
    own: await ownWords(trx),
  }
}

type Tried = Carried | { ok: false; without: FailureReason }

async function carry(one: Addressed, { sms, mail, publicUrl }: Deps): Promise<Tried> {
  const { id, channel, template, params, phone, address, own, at } = one
  const audience = one.reporter ? 'reporter' : 'serving'
  // Text messages and letters go out in Chinese, unless whoever gets them chose otherwise.
  const language = address?.language ?? 'zh-CN'
  const { words, subject } = wordsAt(own, { template, channel, audience, language, at })
  const text = fillWords(words, params)
  const failed = (error: unknown): Carried => ({ ok: false, reason: String(error), again: 'unknown' })
  if (channel === 'sms')
    return phone === null ? { ok: false, without: 'no_phone' } : sms.send(phone, text, id).catch(failed)
  if (!address?.email) return { ok: false, without: 'no_email' }
  const letter = letterOf({
    text,
    subject,
    params: erasedParams(words, params, language),
    audience,
    language,
    link: publicUrl && one.request ? linkTo(publicUrl, audience, one.request) : null,
  })
  return mail.send({ ...letter, to: address.email, key: id }).catch(failed)
}

function linkTo(publicUrl: string, audience: 'reporter' | 'serving', request: string): string {
  return `${publicUrl.replace(/\/$/, '')}/${audience === 'reporter' ? 'mine' : 'console/inbox'}/${request}`
}

function outcomeOf({ tries }: Due, answer: Tried, now: Temporal.Instant): Outcome {
  if (answer.ok) return { state: 'sent' }
  if ('without' in answer) return { state: 'failed', reason: answer.without, detail: null }
  const detail = withoutNumbers(answer.reason)
  if (answer.reason === 'no_provider') return { state: 'failed', reason: 'no_provider', detail: null }
  if (answer.again === 'never') return { state: 'failed', reason: 'refused', detail }
  // It may have arrived: sending it again costs or annoys, so that is for a person to decide.
  if (answer.again === 'unknown') return { state: 'failed', reason: 'interrupted', detail }
  const wait = tries < mostTries ? waitAfter(tries) : null
  if (wait === null) return { state: 'failed', reason: 'provider', detail }
  return { state: 'waiting', tryAt: textOfInstant(now.add({ seconds: wait })), reason: 'provider', detail }
}

function textOfInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
