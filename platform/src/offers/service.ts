import type { Call } from '#access/route.ts'
import type { Ranked } from '#engines/offers/contract.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import { enterOffer, enterUnoffer, offeredRequest, offeredRequests } from '#requests/by-offer.ts'
import type { OfferedRequest } from '#requests/by-offer.ts'
import { usuallyAtOnce } from './lists.ts'
import type { Helpers, HelperView, NewOffer, OverReason } from './contract.ts'
import { compoundOf, findHelpers } from './finding.ts'
import { afterRound, roundEnd } from './rules.ts'
import * as store from './store.ts'
import type { Offer } from './store.ts'

/** A desk offers a small want to people, offers it on, and gets it back (OF1 to OF7). */

const nextShown = 20

export const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Refuses what is not a desk's to offer now. */
function checkOfferable(request: OfferedRequest | undefined): OfferedRequest {
  if (!request || request.erased) return refuse('request.not_found')
  // RQ10: who is not to be known is not put before neighbours.
  if (request.inConfidence) refuse('offer.in_confidence')
  return request
}

/** Who would be asked, who next, and why not the others; nothing is written. */
export async function proposed(
  { trx, now }: Call,
  id: string,
  want: { skills: readonly string[]; slots: readonly string[] },
): Promise<Helpers> {
  const request = checkOfferable(await offeredRequest(trx, id))
  const before = await store.hadBefore(trx, id)
  const { answer, people } = await findHelpers(
    trx,
    { ...request, ...want },
    { now, before, many: usuallyAtOnce },
  )
  const view = ({ id: person, cost, parts, skills }: Ranked): HelperView => {
    const { name = '', roles = [] } = people.get(person) ?? {}
    return { id: person, name, cost, parts, skills, roles }
  }
  return {
    chosen: answer.chosen.map(view),
    next: answer.next.slice(0, nextShown).map(view),
    nextMany: answer.next.length,
    left: [...Map.groupBy(answer.left, ({ why }) => why)].map(([why, all]) => ({ why, many: all.length })),
  }
}

/** The desk offers a request that it holds; the same id twice is one offer (OF2). */
export async function makeOffer(call: Call, id: string, input: NewOffer): Promise<string> {
  const { trx, now, actor } = call
  if (actor.kind !== 'staff') return refuse('access.not_allowed')
  // Held before anything is read: the same, sent twice at the same time, waits here and then finds itself.
  const held = await offeredRequest(trx, id, { lock: true })
  const known = await store.find(trx, input.id)
  if (known)
    return known.request === id && known.by === actor.id ? known.id : refuse('id_taken', { field: 'body.id' })
  const request = checkOfferable(held)
  const live = (await store.ofRequest(trx, id)).some(({ state }) => state === 'open' || state === 'taken')
  if (live) refuse('offer.offered_already')
  const before = await store.hadBefore(trx, id)
  const many = input.people?.length ?? usuallyAtOnce
  const found = await findHelpers(trx, { ...request, ...input }, { now, before, many })
  const able = [...found.answer.chosen, ...found.answer.next]
  const chosen = input.people
    ? input.people.map(
        (person) =>
          able.find((one) => one.id === person) ?? refuse('offer.cannot_ask', { field: 'body.people' }),
      )
    : found.answer.chosen
  if (chosen.length === 0) refuse('offer.nobody')
  const entered = await enterOffer(call, id, {
    id: input.id,
    words: input.words,
    people: new Set(chosen).size,
  })
  // The same, sent twice at the same time: the other one was first.
  if (!entered) return input.id
  const offer: Offer = {
    id: input.id,
    request: id,
    path: compoundOf(request.path),
    organisation:
      request.holder?.organisation ?? refuse('request.not_in_this_state', { params: { kind: 'offer' } }),
    by: actor.id,
    at: textOf(now),
    skills: [...input.skills],
    slots: [...input.slots],
    lon: found.spot?.lon ?? null,
    lat: found.spot?.lat ?? null,
    hours: input.hours,
    state: 'open',
    round: 1,
    roundEndsAt: textOf(roundEnd(now, input.hours)),
    takenBy: null,
    takenAt: null,
    overAt: null,
    overFor: null,
  }
  if (!(await store.add(trx, offer))) refuse('offer.offered_already')
  await ask(trx, offer, [...new Set(chosen)], request, now)
  return offer.id
}

/** Puts an offer before people and tells them. */
async function ask(
  trx: Trx,
  offer: Offer,
  chosen: readonly Ranked[],
  request: OfferedRequest,
  now: Temporal.Instant,
): Promise<void> {
  const at = textOf(now)
  await store.askPeople(
    trx,
    chosen.map(({ id: person, cost, parts, skills }, index) => ({
      ...{ offer: offer.id, person, round: offer.round, rank: index + 1, cost, parts, skills },
      askedAt: at,
      until: offer.roundEndsAt ?? at,
    })),
  )
  await tellAll(
    trx,
    chosen.map(({ id: person }) => ({
      id: derivedId('offer.asked', offer.id, person),
      to: { person },
      template: 'offer.asked',
      params: { code: request.code },
      at,
    })),
  )
}

/**
 * The next round, or back to the desk with the reason (OF5). The offer is locked by whoever calls. Each step comes from the
 * state it leaves, and that state is gone with it: done twice it is done once.
 */
export async function offerOn(
  trx: Trx,
  offer: Offer,
  { now, unanswered }: { now: Temporal.Instant; unanswered: 'late' | 'gone' },
): Promise<void> {
  const at = textOf(now)
  await store.closeAsks(trx, offer.id, unanswered, at)
  const before = await store.hadBefore(trx, offer.request)
  const request = (await offeredRequests(trx, [offer.request])).get(offer.request)
  if (!request) return endOffer(trx, offer, 'changed', now)
  const { path, lon, lat } = request
  const found = await findHelpers(trx, { ...offer, path, lon, lat }, { now, before, many: usuallyAtOnce })
  const next = afterRound(offer.round, found.answer.chosen.length > 0)
  if (next !== 'ask') {
    await enterUnoffer(
      offer.request,
      { id: derivedId('unoffer', offer.id, String(offer.round)), reason: next, asked: before.size },
      { trx, now, channel: 'clock' },
    )
    return endOffer(trx, offer, next, now)
  }
  const again: Offer = {
    ...offer,
    state: 'open',
    round: offer.round + 1,
    roundEndsAt: textOf(roundEnd(now, offer.hours)),
    takenBy: null,
    takenAt: null,
  }
  await store.keep(trx, again)
  await ask(trx, again, found.answer.chosen, request, now)
}

/** It is over: whoever still thought about it need not. */
export async function endOffer(
  trx: Trx,
  offer: Offer,
  overFor: OverReason,
  now: Temporal.Instant,
): Promise<void> {
  const at = textOf(now)
  await store.closeAsks(trx, offer.id, 'gone', at)
  await store.keep(trx, { ...offer, state: 'over', roundEndsAt: null, overAt: at, overFor })
}

/** The desk takes its offer back while nobody has it; done twice it is done once. */
export async function withdrawOffer(call: Call, id: string): Promise<Offer> {
  const { trx, now, actor } = call
  const offer = (await store.find(trx, id, true)) ?? refuse('record.not_found')
  if (offer.state === 'over' && offer.overFor === 'withdrawn') return offer
  if (offer.state !== 'open') refuse('offer.taken_already')
  const before = await store.hadBefore(trx, offer.request)
  const maker = { trx, now, channel: 'console' as const, ...(actor.kind === 'staff' && { person: actor.id }) }
  const entry = {
    id: derivedId('unoffer', offer.id, String(offer.round)),
    reason: 'withdrawn',
    asked: before.size,
  }
  await enterUnoffer(offer.request, entry, maker)
  await endOffer(trx, offer, 'withdrawn', now)
  return (await store.find(trx, id)) ?? offer
}
