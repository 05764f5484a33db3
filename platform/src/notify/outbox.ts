import { originOf } from './http-answer.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { addressed } from './address.ts'
import type { Addressed } from './address.ts'
import { carry } from './carry.ts'
import type { CarryDeps, Tried } from './carry.ts'
import { endDevice } from './devices.ts'
import { mostTries, waitAfter, withoutNumbers } from './rules.ts'
import * as store from './outbox-store.ts'
import type { Outcome } from './outbox-store.ts'
import { ways } from './sending-contract.ts'

/** Sends what waits in the outbox: text messages, letters, web push, robots. */

/** A message still being sent after this many seconds was cut off with its worker. */
const longestSending = 600
/** How many go out at once: push services and robots are many servers, and one that is slow holds up no other. */
const lanes = { sms: 1, email: 1, push: 4, robot: 4 } as const
/** Seconds after which what was put back because its server is away is looked at again. */
const lookAgain = 60

type Deps = CarryDeps & { now: Temporal.Instant }

type Way = (typeof ways)[number]
type Run = { at: string; away: Set<string>; done: { sent: number; failed: number } }

/**
 * Sends the messages whose time has come, each way by itself, until none is left. Safe on any number of workers. A claim
 * is committed before anything leaves, so a crash sends nothing twice; the one it cut off becomes `failed` with the reason
 * `interrupted` and is repeated by hand (NT4).
 *
 * @returns how many went out and how many failed for good.
 */
export async function sendWaiting(
  database: Database,
  district: string,
  deps: Deps,
): Promise<{ sent: number; failed: number }> {
  const scope = wholeOf(district)
  const within = <T>(work: (trx: Trx) => Promise<T>) => database.within(scope, work)
  const abandoned = textOfInstant(deps.now.subtract({ seconds: longestSending }))
  const run: Run = {
    at: textOfInstant(deps.now),
    away: new Set(),
    done: { sent: 0, failed: await within((trx) => store.giveUp(trx, abandoned)) },
  }
  const sendAll = async (way: Way): Promise<void> => {
    for (;;) {
      const claimed = await within((trx) => claim(trx, way, run, deps))
      if (claimed === 'none') return
      if (claimed !== 'put back') await sendOne(claimed, run, deps, within)
    }
  }
  const due = await within((trx) => store.dueBy(trx, ways, run.at))
  await Promise.all(
    ways
      .filter((way) => due.includes(way))
      .flatMap((way) => Array.from({ length: lanes[way] }, () => sendAll(way))),
  )
  return run.done
}

async function sendOne(
  claimed: Addressed,
  { at, away, done }: Run,
  deps: Deps,
  within: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>,
): Promise<void> {
  const tried = await carry(claimed, deps)
  const outcome = outcomeOf(claimed, tried, deps.now)
  // Whoever did not answer is left alone for the rest of this run: what else is for it keeps its tries.
  if (isAway(tried) && claimed.target) away.add(originOf(claimed.target.url))
  const isGone = !tried.ok && !('without' in tried) && tried.gone === true
  await within(async (trx) => {
    await store.settle(
      trx,
      claimed.all.map(({ id }) => id),
      outcome,
      at,
    )
    if (isGone && claimed.channel === 'push' && claimed.device) await endDevice(trx, claimed.device)
  })
  if (outcome.state === 'sent') done.sent += claimed.all.length
  if (outcome.state === 'failed') done.failed += claimed.all.length
}

/** NT4, NT15, NT16: the next message, with those that go out together with it, unless it has to wait. */
async function claim(trx: Trx, way: Way, run: Run, deps: Deps): Promise<Addressed | 'none' | 'put back'> {
  const first = await store.claimNext(trx, way, run.at)
  if (!first) return 'none'
  const all = first.digest ? await store.claimTogether(trx, first, run.at) : [first]
  const one = await addressed(trx, { ...first, all }, deps.keys, run.at)
  const ids = all.map(({ id }) => id)
  // Asked again when it leaves: a try that was put off, or one repeated by hand, may have come into the night.
  if (one.heldUntil !== null) {
    await store.putBack(trx, ids, one.heldUntil, true)
    return 'put back'
  }
  if (one.target && run.away.has(originOf(one.target.url))) {
    await store.putBack(trx, ids, textOfInstant(deps.now.add({ seconds: lookAgain })), false)
    return 'put back'
  }
  return one
}

function isAway(tried: Tried): boolean {
  return !tried.ok && !('without' in tried) && tried.again !== 'never'
}

function outcomeOf({ tries }: Addressed, answer: Tried, now: Temporal.Instant): Outcome {
  if (answer.ok) return { state: 'sent' }
  if ('without' in answer) return { state: 'failed', reason: answer.without, detail: null }
  const detail = withoutNumbers(answer.reason)
  if (answer.reason === 'no_provider') return { state: 'failed', reason: 'no_provider', detail: null }
  if (answer.gone) return { state: 'failed', reason: 'gone', detail }
  if (answer.again === 'never') return { state: 'failed', reason: 'refused', detail }
  // It may have arrived: sending it again costs or annoys, so that is for a person to decide.
  if (answer.again === 'unknown') return { state: 'failed', reason: 'interrupted', detail }
  const wait = tries < mostTries ? waitAfter(tries, answer.wait) : null
  if (wait === null) return { state: 'failed', reason: 'provider', detail }
  return { state: 'waiting', tryAt: textOfInstant(now.add({ seconds: wait })), reason: 'provider', detail }
}

function textOfInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
