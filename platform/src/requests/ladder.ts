import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { areNotToKnow, desksBeside, obstacleToBringingIn } from './confidence/rules.ts'
import { tellMatter } from './confidence/store.ts'
import type { Entry, Maker } from './entry.ts'
import { broughtIn, joining } from './joined.ts'
import type { Joined } from './joined.ts'
import { obstacle, partiesOf } from './rules.ts'
import type { Party } from './lifecycle-rule.ts'
import { actorOf, checkNamed, makerOf, refuseBy, worldFor, write } from './service.ts'
import { apply } from './standing.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'
import { titleOf } from './title.ts'

/**
 * What a whistle, a meeting or another capability enters into a request, in the caller's transaction: one ledger, so that
 * the request has one holder (RQ1), its due time stays (RQ4) and all that is known travels with it (RQ11).
 *
 * Each takes an id made by whoever asks (or derived by a job, as `requests/clock.ts` derives its own): the same id again
 * changes nothing (RQ3). What the table or the rules refuse is thrown as a problem. The transaction has to reach the
 * request; a job does, a person by the area of the post or after `reachRequests`.
 */

/** In whose name it is entered, and when. A job enters as `system`. */
export type Entering = {
  now: Temporal.Instant
  by: Maker
  channel?: 'console' | 'meeting' | 'clock' | undefined
}

const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

type Of<K extends Joined['kind']> = Omit<Extract<Joined, { kind: K }>, 'kind'>

/** RQ18: the town's desk judges it from now on. By whoever holds it, or a desk over it. */
export async function enterWhistle(call: Call, request: string, step: Of<'whistle'>): Promise<Stored> {
  return enterAs(call, request, { kind: 'whistle', ...step })
}

/** The town blows: the lead department has it, the assisting ones are told. The whistle's own clock waits for them. */
export async function enterBlow(
  trx: Trx,
  request: string,
  step: Of<'blow'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'blow', ...step }, entering)
}

/** The lead department is there: work goes on, with the person who came. */
export async function enterReportIn(
  trx: Trx,
  request: string,
  step: Of<'report_in'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'report_in', ...step }, entering)
}

/** An assisting department is there; who holds it stays. */
export async function enterJoin(
  trx: Trx,
  request: string,
  step: Of<'join'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'join', ...step }, entering)
}

/** The town sends it back to the desk that whistled, with advice (the words). */
export async function enterSendBack(
  trx: Trx,
  request: string,
  step: Of<'send_back'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'send_back', ...step }, entering)
}

/** It is on the agenda of a meeting; who holds it stays. */
export async function enterTable(
  trx: Trx,
  request: string,
  step: Of<'table'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'table', ...step }, entering)
}

/** A meeting decided: lead, assisting, what is demanded and by when. It binds: it is not sent back. */
export async function enterDecide(
  trx: Trx,
  request: string,
  step: Of<'decide'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'decide', ...step }, entering)
}

/** A demand with a due time: an unanswered whistle, a late task of a meeting. Whoever holds it and `above` are told. */
export async function enterSupervise(
  trx: Trx,
  request: string,
  step: Of<'supervise'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'supervise', ...step }, entering)
}

/** Ends a supervision that another capability began; `supervision` is the id of the entry that began it. */
export async function enterLift(
  trx: Trx,
  request: string,
  step: Of<'lift'>,
  entering: Entering,
): Promise<Stored> {
  return enterByRule(trx, request, { kind: 'lift', ...step }, entering)
}

/** A step that takes a part in the request: the person who calls is judged by the table. */
async function enterAs(call: Call, id: string, step: Joined): Promise<Stored> {
  const request = await locked(call.trx, id)
  const actor = actorOf(call.actor)
  const by = makerOf(actor, request.standing)
  const parties = partiesOf(request.standing, request.path, actor)
  return enterStep(call.trx, request, step, { now: call.now, by, channel: 'console' }, parties)
}

/** A step that follows by rule from what was decided elsewhere, in the name of whoever decided it there. */
async function enterByRule(trx: Trx, id: string, step: Joined, entering: Entering): Promise<Stored> {
  return enterStep(trx, await locked(trx, id), step, entering, ['system'])
}

async function locked(trx: Trx, id: string): Promise<Stored> {
  return (await store.find(trx, id, { lock: true })) ?? refuse('request.not_found')
}

async function enterStep(
  trx: Trx,
  request: Stored,
  step: Joined,
  { now, by, channel }: Entering,
  parties: readonly Party[],
): Promise<Stored> {
  const already = await store.entryAt(trx, step.id)
  if (already) {
    const isSame = already.request === request.id && already.kind === step.kind
    return isSame ? request : refuse('id_taken', { field: 'body.id' })
  }
  const at = textOf(now)
  const { standing } = request
  const stop = obstacle(standing, step.kind, parties, at)
  if (stop) refuseBy(stop)
  const world = await worldFor(trx, request.path, at)
  const receivers = broughtIn(step)
  if (step.kind === 'blow' || step.kind === 'decide')
    await checkNamed(
      trx,
      [step.lead, ...receivers.slice(1).map((organisation) => ({ organisation }))],
      'body.lead',
      at,
    )
  const words = step.words ?? null
  const guarded = obstacleToBringingIn(
    standing,
    receivers,
    { words, isSaidTwice: false, field: 'lead' },
    world.desks,
  )
  if (guarded) refuseBy(guarded)
  const draft = joining(standing, step, { ...world, desks: desksBeside(world.desks, standing.complainedOf) })
  if ('refused' in draft) refuseBy(draft)
  const entry = {
    ...draft,
    at,
    channel: channel ?? (by.kind === 'system' ? 'clock' : 'console'),
    by,
  } as Entry
  // RQ10: whoever may not know the reporter reads what was written for them, and nothing else.
  if (request.confided && words && areNotToKnow(standing, receivers, world.desks))
    await tellMatter(trx, request.id, titleOf(words), words)
  const [after] = await write(trx, [
    { request, entries: [entry], standing: apply(standing, entry), desks: world.desks },
  ])
  return after!
}
