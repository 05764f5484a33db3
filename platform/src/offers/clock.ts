import { sql } from 'kysely'
import type { Database, Trx } from '#kernel/db.ts'
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

const batch = 200

/** @returns how many offers went on or ended. */
export async function keepOffers(
  database: Database,
  district: string,
  now: Temporal.Instant,
  log?: Log,
): Promise<number> {
  const scope = { district, reach: 'district' as const, paths: [], organisations: [] }
  let made = await endWhatChanged(database, scope, now)
  const failed: string[] = []
  for (;;) {
    let due: Offer | undefined
    try {
      await database.within(scope, async (trx) => {
        ;[due] = await store.roundsOver(trx, textOf(now), 1, failed)
        if (due) await offerOn(trx, due, { now, unanswered: 'late' })
      })
      if (!due) return made
      made += 1
    } catch (error) {
      // Nobody's fault when the database itself does not answer: that ends the run.
      await database.within(scope, (trx) => sql`select 1`.execute(trx))
      if (!due) throw error
      failed.push(due.id)
      log?.error({ task: 'offers', district, err: error }, `offer ${due.id} could not be offered on`)
    }
  }
}

/** Ends offers whose request went another way: answered or dispatched by the desk, taken back, escalated, erased. */
async function endWhatChanged(
  database: Database,
  scope: Parameters<Database['within']>[0],
  now: Temporal.Instant,
): Promise<number> {
  let ended = 0
  let after: string | null = null
  for (;;) {
    const live: Offer[] = await database.within(scope, (trx) => store.liveAfter(trx, after, batch))
    const gone = await database.within(scope, (trx) => thoseGone(trx, live))
    for (const { id } of gone)
      await database.within(scope, async (trx) => {
        const offer = await store.find(trx, id, true)
        if (!offer || (await thoseGone(trx, [offer])).length === 0) return
        await endOffer(trx, offer, 'changed', now)
        ended += 1
      })
    if (live.length < batch) return ended
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
