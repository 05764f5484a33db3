import type { OfferState, OverReason } from './contract.ts'
import type { BackBasis } from './lists.ts'

/** What follows in an offer. Pure; the service brings people, request and time. */

/** Rounds after which a desk is better asked than a sixth row of neighbours. */
const mostRounds = 5

/** What was given back on this ground is offered on, or is no small want and goes to the desk (OF6). */
export function afterGivingBack(basis: BackBasis): 'offer_on' | OverReason {
  return basis === 'unsafe' || basis === 'not_small' ? 'not_small' : 'offer_on'
}

/** What is left to do once a round is over: the next round, or the desk with the reason (OF5). */
export function afterRound(round: number, anybody: boolean): 'ask' | OverReason {
  if (!anybody) return 'nobody_left'
  return round >= mostRounds ? 'asked_enough' : 'ask'
}

/** How a request stands, as far as an offer of it goes. */
export type RequestNow = {
  state: string
  holder: { organisation: string; person?: string | undefined } | null
  erased: boolean
}

/**
 * Whether an offer still holds (OF7): one that is open needs its request taken up and at its desk; one that is taken needs it
 * to be with whoever took it. Whatever else happened (answered at the desk, dispatched, taken back, escalated) ended it.
 */
export function stillHolds(
  offer: { state: OfferState; organisation: string; takenBy: string | null },
  request: RequestNow | undefined,
): boolean {
  if (!request || request.erased) return false
  if (offer.state === 'open')
    return request.state === 'accepted' && request.holder?.organisation === offer.organisation
  if (offer.state !== 'taken') return true
  const mine = request.holder?.person === offer.takenBy
  return mine && (request.state === 'in_progress' || request.state === 'suspended')
}

/** When a round ends. Hours of the day do not count: whoever is asked in the evening may answer in the morning. */
export function roundEnd(now: Temporal.Instant, hours: number): Temporal.Instant {
  const end = now.add({ hours }).toZonedDateTimeISO('Asia/Shanghai')
  // Nobody is pressed at night: what would end then ends at eight in the morning.
  if (end.hour >= 8 && end.hour < 22) return end.toInstant()
  const day = end.hour >= 22 ? end.add({ days: 1 }) : end
  return day.withPlainTime('08:00').toInstant()
}
