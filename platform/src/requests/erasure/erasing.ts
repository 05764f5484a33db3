import type { Call } from '#access/route.ts'
import { eraseReporter, reportersByIds } from '#access/reporters.ts'
import { calendarOf } from '#deadlines/service.ts'
import { addLimit } from '#deadlines/rules.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { eraseMessages, tell } from '#notify/service.ts'
import { fileKey, removeOf } from '../files/attachments.ts'
import { withoutTexts } from '../chain.ts'
import { answerLimit, ending } from './places.ts'
import type { AskErasure, DecideErasure, ErasureView } from './contract.ts'
import * as erasures from './store.ts'
import type { Counts, Erasure } from './store.ts'
import { desksOver, write } from '../service.ts'
import { reindex } from '../search/searchable.ts'
import { erasePrecedents } from '../precedent-store.ts'
import { apply, fold } from '../standing.ts'
import { find, story } from '../store.ts'
import type { Stored } from '../store.ts'

/**
 * Erasing personal data (RQ15). What stands in the database goes in one transaction, together with the record that it
 * was asked for; files and old versions of rows go with the job `erase`, which may be repeated.
 */

type Deps = { keys: Keys }

const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** What a reporter asks to have erased: done at once, unless a statutory exception stands against it. */
export async function ask(call: Call, input: AskErasure, deps: Deps): Promise<ErasureView> {
  const { trx, actor } = call
  if (actor.kind !== 'reporter') refuse('access.not_allowed')
  await reachRequests(trx, [...actor.requests, input.id])
  const before = await erasures.find(trx, input.id)
  if (before) return viewOf(before)
  const [first, ...others] = await ownRequests(call, input, deps)
  if (input.scope !== 'account') {
    const { id, code } = first ?? refuse('request.not_found')
    return viewOf(await wish(call, { id: input.id, scope: input.scope, request: id, code }, deps))
  }
  return eraseAccount(call, input.id, first ? [first, ...others] : [], deps)
}

/**
 * The requests that are meant, locked, each of them the caller's own: said under the number that is proven here, or by
 * this browser when it had left none.
 */
async function ownRequests({ trx, actor }: Call, input: AskErasure, { keys }: Deps): Promise<Stored[]> {
  if (actor.kind !== 'reporter') return []
  const ids =
    input.scope === 'account'
      ? [...new Set([...(await erasures.requestsOf(trx, actor.id)), ...actor.requests])]
      : [input.request]
  const own: Stored[] = []
  for (const id of ids) {
    const request = await find(trx, id, { lock: true })
    const { reporter = null } = request ?? {}
    if (!request || reporter === null) continue
    const unknown = reporter !== actor.id && (await reportersByIds(trx, [reporter], keys)).get(reporter)
    if (reporter === actor.id || (unknown && unknown.phone === null)) own.push(request)
    else if (input.scope !== 'account') refuse('erasure.not_yours')
  }
  return own
}

/** Writes one wish down and fulfils it, unless something stands against it. */
async function wish(
  call: Call,
  { id, scope, request, code }: { id: string; scope: 'person' | 'all'; request: string; code: string },
  deps: Deps,
): Promise<Erasure> {
  const { trx, actor, now } = call
  const at = textOf(now)
  const hold = await erasures.holdOn(trx, request, at)
  await erasures.add(trx, {
    id,
    scope,
    request,
    code,
    reporter: 'id' in actor ? actor.id : null,
    askedAt: at,
    dueAt: addLimit(at, answerLimit, await calendarOf(trx, at)).due,
    state: 'waiting',
    ground: hold?.ground ?? null,
  })
  if (!hold) await fulfil(call, { id, request, scope }, deps)
  return (await erasures.find(trx, id)) ?? refuse('id_taken', { field: 'body.id' })
}

/** Erases, and says so in the wish. */
async function fulfil(
  call: Call,
  { id, request, scope }: { id: string; request: string; scope: 'person' | 'all' },
  deps: Deps,
): Promise<void> {
  const reach = [...(call.scope.requests ?? []), id]
  const at = textOf(call.now)
  const { counts, files } = await eraseNow(call.trx, request, { scope, at, keys: deps.keys, reach })
  await erasures.erased(call.trx, id, { counts, files, at })
  await enqueue(call.trx, 'erase')
}

type Erase = { scope: 'person' | 'all'; at: string; keys: Keys; reach?: readonly string[] }

/**
 * Erases who said it, or everything that was said, of a request in reach (`reach` is what else stays so). One that is still open ends with it, as far as
 * nobody is left who could end it.
 */
export async function eraseNow(
  trx: Trx,
  id: string,
  { scope, at, keys, reach = [] }: Erase,
): Promise<{ counts: Counts; files: string[] }> {
  const before = (await find(trx, id, { lock: true })) ?? refuse('request.not_found')
  const files = await removeOf(trx, id, scope === 'all' ? ['photo', 'voice'] : ['voice'])
  const left = scope === 'all' ? fold((await story(trx, id)).map(withoutTexts)) : before.standing
  const emptied = scope === 'all' ? await eraseMessages(trx, [id], Temporal.Instant.from(at)) : null
  if (scope === 'all') await erasePrecedents(trx, id)
  const { entries, messages } = await erasures.eraseRequest(trx, id, scope, left, at)
  // Only now: before, the transaction had to reach it as its reporter, or whoever decides.
  await reachRequests(trx, [...reach, id])
  const request = (await find(trx, id)) ?? refuse('request.not_found')
  const end = ending(request.standing, scope, derivedId('erased', id), at)
  if (end) {
    const desks = await desksOver(trx, request.path)
    await write(trx, [{ request, entries: [end], standing: apply(request.standing, end), desks }])
  }
  await reindex(trx, [id], keys)
  return { counts: { requests: 1, entries, attachments: files.length, messages: emptied ?? messages }, files }
}

/** Everything of a reporter: each request by itself, then the account, once none is left. */
async function eraseAccount(
  call: Call,
  id: string,
  requests: readonly Stored[],
  deps: Deps,
): Promise<ErasureView> {
  const { trx, actor, now } = call
  if (actor.kind !== 'reporter') refuse('access.not_allowed')
  const at = textOf(now)
  await erasures.add(trx, {
    id,
    scope: 'account',
    request: null,
    code: null,
    reporter: actor.id,
    askedAt: at,
    dueAt: addLimit(at, answerLimit, await calendarOf(trx, at)).due,
    state: 'waiting',
    ground: null,
  })
  for (const { id: request, code } of requests)
    await wish(call, { id: derivedId('erase', id, request), scope: 'all', request, code }, deps)
  // Without its reporter the wish is reached by its id alone.
  await reachRequests(trx, [...actor.requests, id])
  if (await endAccount(trx, actor.id, at)) call.setSession(null)
  return viewOf((await erasures.find(trx, id)) ?? refuse('id_taken', { field: 'body.id' }))
}

/** Erases an account that somebody wished gone, once no request of it waits. @returns whether it did. */
async function endAccount(trx: Trx, reporter: string, at: string): Promise<boolean> {
  const own = await erasures.ofReporter(trx, reporter)
  const account = own.find(({ scope, state }) => scope === 'account' && state === 'waiting')
  const parts = own.filter(({ scope }) => scope === 'all')
  if (!account || parts.some(({ state }) => state === 'waiting')) return false
  const sum = (of: keyof Counts) => parts.reduce((total, { counts }) => total + counts[of], 0)
  const counts = {
    requests: sum('requests'),
    entries: sum('entries'),
    attachments: sum('attachments'),
    messages: sum('messages'),
  }
  await erasures.eraseWishes(trx, reporter, at)
  const attached = await eraseReporter(trx, reporter)
  if (!attached) return false
  const files = attached.map(({ id, sha256 }) => fileKey(id, Buffer.from(sha256, 'hex')))
  await erasures.erased(trx, account.id, { counts, files, at })
  await enqueue(trx, 'erase')
  return true
}

/** The security administrator decides about a wish that a statutory exception stands against. */
export async function decideErasure(
  call: Call,
  id: string,
  decision: DecideErasure,
  deps: Deps,
): Promise<ErasureView> {
  const { trx, actor, now, scope } = call
  if (actor.kind !== 'staff') refuse('access.not_allowed')
  const one = (await erasures.find(trx, id, { lock: true })) ?? refuse('record.not_found')
  const { request, reporter, code } = one
  if (one.state !== 'waiting' || request === null || one.scope === 'account') refuse('erasure.decided')
  const at = textOf(now)
  if (decision.decision === 'refuse') {
    await erasures.refuse(trx, id, { ...decision, person: actor.id, at })
    if (reporter) await refuseAccount(trx, reporter, { ...decision, person: actor.id, at })
  } else {
    await erasures.allow(trx, id, actor.id, at)
    await erasures.endHold(trx, { request }, actor.id, at)
    await reachRequests(trx, [...(scope.requests ?? []), request])
    await fulfil(call, { id, request, scope: one.scope }, deps)
    if (reporter && (await endAccount(trx, reporter, at)))
      return viewOf((await erasures.find(trx, id)) ?? one)
  }
  if (reporter)
    await tell(trx, {
      id: derivedId('erasure', id),
      to: { reporter },
      template: decision.decision === 'refuse' ? 'erasure.refused' : 'erasure.done',
      params: { code: code ?? '' },
      at,
      // What was erased is told where one looks oneself; a refusal comes by whatever way they want to be told.
      ...(decision.decision === 'refuse'
        ? { request, channels: ['in_app', 'sms'] as const }
        : { channels: ['in_app'] as const }),
    })
  return viewOf((await erasures.find(trx, id)) ?? one)
}

/** An account stays as long as one of its requests has to. */
async function refuseAccount(
  trx: Trx,
  reporter: string,
  decided: Parameters<typeof erasures.refuse>[2],
): Promise<void> {
  const account = (await erasures.waitingOf(trx, reporter)).find(({ scope }) => scope === 'account')
  if (account) await erasures.refuse(trx, account.id, decided)
}

export function viewOf({ request: _, reporter: __, ...view }: Erasure): ErasureView {
  return view
}
