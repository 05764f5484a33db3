import type { Call } from '#access/route.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { answerTaken, enterGiveBack, enterTakeUp, offeredRequests } from '#requests/by-offer.ts'
import type { OfferMaker, OfferedRequest } from '#requests/by-offer.ts'
import type { BackBasis } from './lists.ts'
import { afterGivingBack, stillHolds } from './rules.ts'
import { endOffer, offerOn, textOf } from './service.ts'
import * as store from './store.ts'
import type { Ask, Offer } from './store.ts'

/**
 * What somebody who was asked does: take it, not now, give it back, answer. Every step locks the offer first and its request
 * second, as the clock does, so that two who say yes in the same moment are one after the other, and one of them is told (OF3).
 */

/** What it was about, for the ledger and for whoever sent it. */
export type Done = { request: string; path: string }

type Held = { offer: Offer; ask: Ask; person: string; maker: OfferMaker; request: OfferedRequest | undefined }

/** Locks an offer that was put before the caller. */
async function held(call: Call, id: string): Promise<Held> {
  const { trx, now, actor } = call
  if (actor.kind !== 'staff') return refuse('access.not_allowed')
  const offer = (await store.find(trx, id, true)) ?? refuse('offer.gone', { field: 'data.offer' })
  const ask =
    (await store.asksOf(trx, [id])).find(({ person }) => person === actor.id) ??
    refuse('offer.gone', { field: 'data.offer' })
  const request = (await offeredRequests(trx, [offer.request])).get(offer.request)
  return {
    offer,
    ask,
    person: actor.id,
    request,
    maker: { trx, now, person: actor.id, channel: 'phone_page' },
  }
}

const doneOf = ({ request, path }: Offer): Done => ({ request, path })

/** The first yes takes it; whoever comes second reads that it is taken, and nothing is lost by asking. */
export async function take(call: Call, id: string): Promise<Done> {
  const { offer, ask, person, maker, request } = await held(call, id)
  if (offer.state === 'taken' && offer.takenBy === person) return doneOf(offer)
  if (offer.state === 'taken' || offer.state === 'done')
    refuse('offer.taken_already', { field: 'data.offer' })
  // Somebody who did not answer in time may still say yes as long as nobody else did.
  const mayStill = ask.answer === null || ask.answer === 'late' || ask.answer === 'not_now'
  if (offer.state !== 'open' || !mayStill || !stillHolds(offer, request))
    refuse('offer.gone', { field: 'data.offer' })
  const at = textOf(call.now)
  await enterTakeUp(
    offer.request,
    { id: derivedId('take_up', id, String(offer.round), person), person, organisation: offer.organisation },
    maker,
  )
  await store.answerAsk(call.trx, { offer: id, person }, { answer: 'taken', at })
  await store.closeAsks(call.trx, id, 'gone', at)
  await store.keep(call.trx, { ...offer, state: 'taken', roundEndsAt: null, takenBy: person, takenAt: at })
  return doneOf(offer)
}

/** Not now, without a reason. Once everybody who was asked has said so it is offered on at once (OF4). */
export async function notNow(call: Call, id: string): Promise<Done> {
  const { offer, ask, person } = await held(call, id)
  if (ask.answer !== null) return doneOf(offer)
  await store.answerAsk(call.trx, { offer: id, person }, { answer: 'not_now', at: textOf(call.now) })
  const waits = (await store.asksOf(call.trx, [id])).some(({ answer }) => answer === null)
  if (offer.state === 'open' && !waits) await offerOn(call.trx, offer, { now: call.now, unanswered: 'gone' })
  return doneOf(offer)
}

/** Given back with a basis: to the next people, or to the desk where it is no small want (OF6). */
export async function giveBack(
  call: Call,
  id: string,
  { entry, basis, words }: { entry: string; basis: BackBasis; words: string | null },
): Promise<Done> {
  const { offer, ask, person, maker, request } = await held(call, id)
  if (ask.answer === 'given_back' && offer.takenBy !== person) return doneOf(offer)
  // What was answered and reopened is with whoever answered it, and may be given back like anything else.
  const again = { ...offer, state: 'taken' as const }
  if (offer.takenBy !== person || offer.state === 'over' || !stillHolds(again, request))
    refuse('offer.gone', { field: 'data.offer' })
  const at = textOf(call.now)
  await enterGiveBack(offer.request, { id: entry, basis, words }, maker)
  await store.answerAsk(call.trx, { offer: id, person }, { answer: 'given_back', at, basis })
  const next = afterGivingBack(basis)
  if (next === 'offer_on') {
    await offerOn(call.trx, offer, { now: call.now, unanswered: 'gone' })
    return doneOf(offer)
  }
  // Why stands in the story already, with the basis.
  await endOffer(call.trx, offer, next, call.now)
  return doneOf(offer)
}

/** The answer, with photos; the reporter has the last word, as always (RQ7). */
export async function answerIt(
  call: Call,
  id: string,
  { entry, words, attachments }: { entry: string; words: string; attachments: readonly string[] },
): Promise<Done> {
  const { offer, person, request } = await held(call, id)
  const mine = offer.takenBy === person && (offer.state === 'taken' || offer.state === 'done')
  if (!mine || !stillHolds({ ...offer, state: 'taken' }, request))
    refuse('offer.gone', { field: 'data.offer' })
  await answerTaken(call, offer.request, { id: entry, person, words, attachments })
  await store.keep(call.trx, { ...offer, state: 'done', overAt: textOf(call.now) })
  return doneOf(offer)
}
