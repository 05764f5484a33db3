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

/** Claimed and sent together; small, so that a stop leaves few of them open. */
const batch = 20
/** A message still being sent after this many seconds was cut off with its worker. */
const longestSending = 600

export type Carriers = { sms: Pick<SmsProvider, 'send'>; mail: Pick<MailProvider, 'send'> }
type Deps = Carriers & {
  keys: Keys
  now: Temporal.Instant
  /** Where the product stands, for the link in a letter. */
  publicUrl: string | undefined
}

type Addressed = Due & { phone: string | null; address: Address | undefined }

/**
 * Sends the messages whose time has come, in claims of twenty, until none is left. Safe on any number of workers. A claim
 * is committed before anything leaves, so a crash sends nothing twice; what it cut off becomes `failed` with the reason
 * `interrupted` and is repeated by hand (NT4).
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
  for (;;) {
    const { due, own } = await database.within(scope, (trx) => claim(trx, at, deps.keys))
    if (due.length === 0) return done
    // Each way in its own order: a mail server that hangs holds up no text message.
    await Promise.all(
      [...Map.groupBy(due, ({ channel }) => channel).values()].map(async (some) => {
        for (const one of some) {
          const outcome = outcomeOf(one, await carry(one, own, deps), deps.now)
          await database.within(scope, (trx) => store.settle(trx, one.id, outcome, at))
          if (outcome.state === 'sent') done.sent += 1
          if (outcome.state === 'failed') done.failed += 1
        }
      }),
    )
  }
}

async function claim(trx: Trx, at: string, keys: Keys): Promise<{ due: Addressed[]; own: OwnWords }> {
  const claimed = await store.claimDue(trx, at, batch)
  if (claimed.length === 0) return { due: [], own: new Map() }
  const reporters = await reportersByIds(
    trx,
    claimed.flatMap(({ reporter }) => reporter ?? []),
    keys,
  )
  const addresses = await addressesOf(
    trx,
    claimed.flatMap(({ reporter, person }) => reporter ?? person ?? []),
    keys,
  )
  return {
    due: claimed.map((one) => ({
      ...one,
      phone: (one.reporter && reporters.get(one.reporter)?.phone) || null,
      address: addresses.get(one.reporter ?? one.person ?? ''),
    })),
    own: await ownWords(trx),
  }
}

type Tried = Carried | { ok: false; without: FailureReason }

async function carry(one: Addressed, own: OwnWords, { sms, mail, publicUrl }: Deps): Promise<Tried> {
  const { id, channel, template, params, phone, address, at } = one
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
