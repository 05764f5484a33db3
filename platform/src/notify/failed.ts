import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { refuse } from '#kernel/problem.ts'
import type { FailedList, Sent } from './contract.ts'
import * as store from './failed-store.ts'
import type { Which } from './failed-store.ts'
import { aboutRequest } from './store.ts'

/** RQ17: what became of messages, and sending those again that failed. */

/** Failed messages are counted this far. */
const mostCounted = 10_000
/** So many go out again by one press; further ones by the next. */
const mostRepeated = 500

/** One page of messages that failed, for the IT desk: neither to whom nor what they say (NT7). */
export async function failedMessages(
  trx: Trx,
  { limit, after, ...which }: Which & { after?: string | undefined; limit: number },
): Promise<FailedList> {
  const position = after ? readCursor(after, isInstant) : null
  const { rows, next } = pageOf(await store.failedPage(trx, which, position, limit), limit, ({ at, id }) => ({
    key: at,
    id,
  }))
  return { items: rows, next, counts: after ? [] : await store.failedCounts(trx, mostCounted) }
}

/** Puts a failed message back into the outbox; the job sends it at once. */
export async function repeat(trx: Trx, id: string, now: Temporal.Instant): Promise<void> {
  if (!(await store.repeat(trx, id, textOf(now)))) refuse('record.not_found')
  await enqueue(trx, 'send')
}

/** Puts those that failed for a reason back, the oldest first. */
export async function repeatAll(trx: Trx, which: Required<Which>, now: Temporal.Instant): Promise<number> {
  const repeated = await store.repeatAll(trx, which, textOf(now), mostRepeated)
  if (repeated > 0) await enqueue(trx, 'send')
  return repeated
}

/** What became of the messages to a request's reporter, newest first: neither where to nor what they say. */
export async function messagesAbout(trx: Trx, request: string, mayRepeat = false): Promise<Sent[]> {
  return (await aboutRequest(trx, request)).map(({ read, erased, ...row }) => ({
    ...row,
    state: row.state === 'sent' && read ? 'read' : row.state,
    repeatable: mayRepeat && row.state === 'failed' && !erased,
  }))
}

/** Sends a failed message to a request's reporter again, as far as the caller may read it. */
export async function repeatAbout(
  trx: Trx,
  request: string,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  if (!(await store.repeatAbout(trx, request, id, textOf(now)))) refuse('record.not_found')
  await enqueue(trx, 'send')
}

function textOf(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
