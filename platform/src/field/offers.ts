import type { Call } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import type { PhoneOffer } from '#offers/contract.ts'
import type { BackBasis } from '#offers/lists.ts'
import type { Deed, Entered } from './understood.ts'

/** Small wants on the phone. Offers stand beside this folder; the composition root hands in what is needed of them. */

type Done = { request: string; path: string }

export type FieldOffers = {
  onPhone(call: Call): Promise<PhoneOffer[]>
  take(call: Call, offer: string): Promise<Done>
  notNow(call: Call, offer: string): Promise<Done>
  giveBack(
    call: Call,
    offer: string,
    given: { entry: string; basis: BackBasis; words: string | null },
  ): Promise<Done>
  answerIt(
    call: Call,
    offer: string,
    answer: { entry: string; words: string; attachments: readonly string[] },
  ): Promise<Done>
}

type OfOffer = Extract<Entered, { kind: 'offer.answer' | 'offer.give_back' | 'offer.done' }>

export function isOfOffer(entry: Entered): entry is OfOffer {
  return entry.kind === 'offer.answer' || entry.kind === 'offer.give_back' || entry.kind === 'offer.done'
}

/** What somebody said to an offer, whenever it arrives: whoever was first has it, and the other reads so (FD7). */
export async function offerDone(
  call: Call,
  offers: FieldOffers,
  entry: OfOffer,
  isOpen: boolean,
): Promise<Deed> {
  if (!isOpen) refuse('field.withdrawn')
  const done = await entered(call, offers, entry)
  return { fate: 'applied', path: done.path, requests: [done.request] }
}

function entered(call: Call, offers: FieldOffers, entry: OfOffer): Promise<Done> {
  const { offer } = entry.data
  switch (entry.kind) {
    case 'offer.answer':
      return entry.data.answer === 'take' ? offers.take(call, offer) : offers.notNow(call, offer)
    case 'offer.give_back':
      return offers.giveBack(call, offer, {
        entry: entry.id,
        basis: entry.data.basis,
        words: entry.data.words ?? null,
      })
    case 'offer.done':
      // Photos come after the words; those that are here already are attached with them (FD12).
      return offers.answerIt(call, offer, { entry: entry.id, words: entry.data.words, attachments: [] })
  }
}
