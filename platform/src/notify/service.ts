import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { refuse } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import { signal } from '#kernel/signals.ts'
import { bucketsOf, bucketsOfReader } from './buckets.ts'
import { copiesOf } from './copies.ts'
import type { Notice, Notices } from './contract.ts'
import { erasedParams, fillWords, isDelivered, isTemplate } from './rules.ts'
import type { Params } from './rules.ts'
import { waysOf } from './outbox-store.ts'
import * as store from './store.ts'
import type { NoticeRow, Reader, Recipient } from './store.ts'
import { ownWords, wordsAt } from './templates.ts'
import type { OwnWords } from './templates.ts'

/** Telling people: an outbox written with the change itself, and notices in the app. What leaves is sent by outbox.ts. */

export type Message = {
  /** The same id is the same message, however often it is told (RQ3). */
  id: string
  to: Recipient
  template: string
  params: Params
  request?: string
  /** ISO instant. */
  at: string
  /**
   * `in_app` when left out. With `sms` the reporter is told outside the app too, by the ways they chose. Those who serve
   * read theirs in the app, and by the ways they asked for; organisations also by their robots.
   */
  channels?: readonly ('in_app' | 'sms')[]
  /** It has to be done now: quiet hours and the day's one message do not hold it, unless it is a reminder. */
  urgent?: boolean
}

/** Writes a message into the outbox, in the transaction of what it tells of (NT1). */
export async function tell(trx: Trx, message: Message): Promise<void> {
  await tellAll(trx, [message])
}

/** Writes many messages in one statement. */
export async function tellAll(trx: Trx, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  const unknown = messages.find(({ template }) => !isTemplate(template))
  if (unknown) throw new Error(`no such message: ${unknown.template}`)
  const ways = Map.groupBy(
    await waysOf(trx, addressees(messages), messages[0]?.at ?? ''),
    ({ addressed }) => addressed,
  )
  const rows = messages.flatMap((message) =>
    copiesOf(message, ways.get(Object.values(message.to)[0] ?? '') ?? []),
  )
  await store.add(trx, rows)
  const inApp = rows.filter(({ channel }) => channel === 'in_app')
  if (inApp.length > 0) signal(trx, 'notice', bucketsOf(inApp))
  // Sent within seconds of the commit; the run each minute finds what was left behind, and what waited for its hour.
  if (rows.some(({ channel, notBefore }) => channel !== 'in_app' && notBefore === null))
    await enqueue(trx, 'send')
}

function addressees(messages: readonly Message[]) {
  const to = messages.map((message) => message.to)
  return {
    reporters: to.flatMap((one) => ('reporter' in one ? [one.reporter] : [])),
    people: to.flatMap((one) => ('person' in one ? [one.person] : [])),
    organisations: to.flatMap((one) => ('organisation' in one ? [one.organisation] : [])),
  }
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

/**
 * RQ15: takes the words out of every message about these requests, also of those to whom it was of concern; what had not
 * left yet never does. The ids are the caller's to vouch for. @returns how many messages
 */
export async function eraseMessages(
  trx: Trx,
  requests: readonly string[],
  now: Temporal.Instant,
): Promise<number> {
  return requests.length === 0 ? 0 : store.erase(trx, requests, textOfInstant(now))
}

/** Unread notices are counted this far; beyond, the number says nothing. */
const mostCounted = 100

/** A notice as its reader sees it, in the words in force when it was told. */
export function noticeOf(
  { id, template, params, request, at, readAt, toReporter, erased }: NoticeRow,
  language: Language,
  own: OwnWords,
): Notice {
  const audience = toReporter ? 'reporter' : 'serving'
  const words = wordsAt(own, { template, channel: 'in_app', audience, language, at }).words
  return {
    id,
    template,
    text: fillWords(words, erased ? erasedParams(words, params, language) : params),
    request,
    at,
    readAt,
  }
}

/** How many notices the reader has not opened, counted up to 100. */
export async function unreadFor(trx: Trx, reader: Reader): Promise<number> {
  return store.unreadCount(trx, reader, mostCounted)
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
  const own = await ownWords(trx)
  return {
    items: rows.map((row) => noticeOf(row, language, own)),
    next,
    unread: await unreadFor(trx, reader),
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
  signal(trx, 'read', bucketsOfReader(reader))
  return noticeOf(row, language, await ownWords(trx))
}

/** At most so many are marked by one press. */
const mostMarked = 1_000

/** Marks everything as read, the newest first. @returns how many are still unread */
export async function markAllRead(trx: Trx, reader: Reader, now: Temporal.Instant): Promise<number> {
  if ((await store.markAllRead(trx, reader, textOfInstant(now), mostMarked)) > 0)
    signal(trx, 'read', bucketsOfReader(reader))
  return unreadFor(trx, reader)
}

function textOfInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
