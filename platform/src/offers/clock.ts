import type { Database, Trx } from '#kernel/db.ts'
import { wholeOf } from '#kernel/db.ts'
import { eachAlone, enterDue } from '#kernel/due.ts'
import type { Log } from '#kernel/log.ts'
import { offeredRequests } from '#requests/by-offer.ts'
import { stillHolds } from './rules.ts'
import { endOffer, offerOn, textOf } from './service.ts'
import * as store from './store.ts'
import type { Offer } from './store.ts'

/**
 * The clock of offers: what was not answered in time is offered on (OF5), what no longer holds ends (OF7). One offer a
 * transaction, locked, by the state it is found in: however often and on however many workers it runs, each step is made once.
 */

const page = 200

/** @returns how many offers went on or ended. */
export async function keepOffers(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const ended = await endWhatChanged(database, district, now, log)
  const made = await enterDue(
    database,
    district,
    {
      task: 'offers',
      what: 'offer',
      atOnce: 1,
      take: (trx, limit, except) => store.roundsOver(trx, textOf(now), limit, except),
      enter: async (trx, due) => {
        for (const offer of due) await offerOn(trx, offer, { now, unanswered: 'late' })
      },
    },
    log,
  )
  return ended + made
}

/** Ends offers whose request went another way: answered or dispatched by the desk, taken back, escalated, erased. */
async function endWhatChanged(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const scope = wholeOf(district)
  const end = async (trx: Trx, id: string) => {
    const offer = await store.find(trx, id, true)
    if (!offer || (await thoseGone(trx, [offer])).length === 0) return false
    await endOffer(trx, offer, 'changed', now)
    return true
  }
  let ended = 0
  let after: string | null = null
  for (;;) {
    const live: Offer[] = await database.within(scope, (trx) => store.liveAfter(trx, after, page))
    const gone = await database.within(scope, (trx) => thoseGone(trx, live))
    const ids = gone.map(({ id }) => id)
    ended += await eachAlone(database, { district, task: 'offers', what: 'offer' }, ids, end, log)
    if (live.length < page) return ended
    after = live.at(-1)?.id ?? null
  }
}

async function thoseGone(trx: Trx, offers: readonly Offer[]): Promise<Offer[]> {
  const live = offers.filter(({ state }) => state === 'open' || state === 'taken')
  const requests = await offeredRequests(
    trx,
    live.map(({ request }) => request),
  )
  return live.filter((offer) => !stillHolds(offer, requests.get(offer.request)))
}
