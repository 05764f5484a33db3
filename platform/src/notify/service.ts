import { reportersByIds } from '#access/reporters.ts'
import type { SmsProvider } from '#access/sms.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { enqueue } from '#kernel/enqueue.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import type { Failed, Notice, Notices } from './contract.ts'
import { isDelivered, isTemplate, mostTries, textOf, waitAfter, withoutNumbers } from './rules.ts'
import type { Params } from './rules.ts'
import * as store from './store.ts'
import type { Due, NoticeRow, Outcome, Reader, Recipient, Sent } from './store.ts'

/** Telling people: an outbox written with the change itself, notices in the app, and text messages sent by a job. */

export type Message = {
  /** The same id is the same message, however often it is told (RQ3). */
  id: string
  to: Recipient
  template: string
  params: Params
  request?: string
  /** ISO instant. */
  at: string
  /** `in_app` when left out. Text messages go to reporters only; those who serve read theirs in the app. */
  channels?: readonly ('in_app' | 'sms')[]
}

/** Writes a message into the outbox, in the transaction of what it tells of (NT1). */
export async function tell(trx: Trx, message: Message): Promise<void> {
  await tellAll(trx, [message])
}

/** Writes many messages in one statement. */
export async function tellAll(trx: Trx, messages: readonly Message[]): Promise<void> {
  const rows = messages.flatMap((message) => {
    const { id, to, template, params, request = null, at, channels = ['in_app'] } = message
    if (!isTemplate(template)) throw new Error(`no such message: ${template}`)
    return channels
      .filter((channel) => channel === 'in_app' || 'reporter' in to)
      .map((channel) => ({
        id: channel === 'in_app' ? id : derivedId(channel, id),
        channel,
        to,
        template,
        params,
        request,
        at,
      }))
  })
  if (rows.length > 0) await store.add(trx, rows)
  // Sent within seconds of the commit; the run each minute finds what was left behind.
  if (rows.some(({ channel }) => channel === 'sms')) await enqueue(trx, 'send')
}

/** NT5: whether the newest notice of this kind about a request has reached its reporter. */
export async function deliveredFor(trx: Trx, request: string, template: string): Promise<boolean> {
  return (await deliveredAmong(trx, [request], template)).has(request)
}

/** NT5: those of the requests whose newest notice of this kind has reached the reporter. */
export async function deliveredAmong(
  trx: Trx,
  requests: readonly string[],
  template: string,
): Promise<Set<string>> {
  if (requests.length === 0) return new Set()
  const sendings = Map.groupBy(await store.newestOf(trx, requests, template), ({ request }) => request)
  return new Set([...sendings].filter(([, of]) => isDelivered(of)).map(([request]) => request))
}

/** What became of the messages to a request's reporter, newest first (RQ17). */
export async function messagesAbout(trx: Trx, request: string): Promise<Sent[]> {
  return store.aboutRequest(trx, request)
}

/** Unread notices are counted this far; beyond, the number says nothing. */
const mostCounted = 100

function noticeOf(
  { id, template, params, request, at, readAt, toReporter }: NoticeRow,
  language: Language,
): Notice {
  return {
    id,
    template,
    text: textOf(template, toReporter ? 'reporter' : 'serving', params, language),
    request,
    at,
    readAt,
  }
}

/** One page of the reader's own notices, newest first, in the reader's language. */
export async function noticesFor(
  trx: Trx,
  reader: Reader,
  page: { after?: string | undefined; limit: number },
  language: Language,
): Promise<Notices> {
  const after = page.after ? readCursor(page.after, isInstant) : null
  const { rows, next } = pageOf(
    await store.noticePage(trx, reader, after, page.limit),
    page.limit,
    ({ at, id }) => ({ key: at, id }),
  )
  return {
    items: rows.map((row) => noticeOf(row, language)),
    next,
    unread: await store.unreadCount(trx, reader, mostCounted),
  }
}

/** Marks a notice as read; reading twice keeps the first time. */
export async function markRead(
  trx: Trx,
  reader: Reader,
  id: string,
  now: Temporal.Instant,
  language: Language,
): Promise<Notice> {
  const row = (await store.markRead(trx, reader, id, textOfInstant(now))) ?? refuse('record.not_found')
  return noticeOf(row, language)
}

/** One page of messages that failed, for the IT desk: neither to whom nor what they say. */
export async function failedMessages(
  trx: Trx,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: Failed[]; next: string | null }> {
  const after = page.after ? readCursor(page.after, isInstant) : null
  const { rows, next } = pageOf(await store.failedPage(trx, after, page.limit), page.limit, ({ at, id }) => ({
    key: at,
    id,
  }))
  return { items: rows, next }
}

/** Puts a failed message back into the outbox; the next run of the job sends it. */
export async function repeat(trx: Trx, id: string, now: Temporal.Instant): Promise<void> {
  if (!(await store.repeat(trx, id, textOfInstant(now)))) refuse('record.not_found')
}

/** Claimed and sent together; small, so that a stop leaves few of them open. */
const batch = 20
/** A message still being sent after this many seconds was cut off with its worker. */
const longestSending = 600

/**
 * Sends the text messages whose time has come, in claims of twenty, until none is left. Safe on any number of workers.
 * A claim is committed before anything leaves, so a crash sends nothing twice; what it cut off becomes `failed` with the
 * reason `interrupted` and is repeated by hand (NT4).
 *
 * @returns how many went out and how many failed for good.
 */
export async function sendWaiting(
  database: Database,
  district: string,
  { sms, keys, now }: { sms: Pick<SmsProvider, 'send'>; keys: Keys; now: Temporal.Instant },
): Promise<{ sent: number; failed: number }> {
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  const at = textOfInstant(now)
  const abandoned = textOfInstant(now.subtract({ seconds: longestSending }))
  const done = { sent: 0, failed: await database.within(scope, (trx) => store.giveUp(trx, abandoned)) }
  for (;;) {
    const { due, phones } = await database.within(scope, async (trx) => {
      const claimed = await store.claimDue(trx, at, batch)
      const reporters = await reportersByIds(
        trx,
        claimed.flatMap(({ reporter }) => reporter ?? []),
        keys,
      )
      return { due: claimed, phones: new Map([...reporters].map(([id, { phone }]) => [id, phone])) }
    })
    if (due.length === 0) return done
    for (const one of due) {
      const outcome = await deliver(one, (one.reporter && phones.get(one.reporter)) || null, sms, now)
      await database.within(scope, (trx) => store.settle(trx, one.id, outcome, at))
      if (outcome.state === 'sent') done.sent += 1
      if (outcome.state === 'failed') done.failed += 1
    }
  }
}

async function deliver(
  { id, template, params, tries }: Due,
  phone: string | null,
  sms: Pick<SmsProvider, 'send'>,
  now: Temporal.Instant,
): Promise<Outcome> {
  if (phone === null) return { state: 'failed', reason: 'no_phone', detail: null }
  // Text messages go out in the language of the installation's residents.
  const answer = await sms
    .send(phone, textOf(template, 'reporter', params, 'zh-CN'), id)
    .catch((error: unknown) => ({ ok: false as const, reason: String(error) }))
  if (answer.ok) return { state: 'sent' }
  const detail = withoutNumbers(answer.reason)
  const wait = tries < mostTries ? waitAfter(tries) : null
  if (wait === null) return { state: 'failed', reason: 'provider', detail }
  return { state: 'waiting', tryAt: textOfInstant(now.add({ seconds: wait })), reason: 'provider', detail }
}

function textOfInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
