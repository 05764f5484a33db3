import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { personNames } from '#people/service.ts'
import * as store from './acquaintance-store.ts'
import type { HeardLine, StairsMet } from './acquaintance-store.ts'

/** First acquaintance (认亲): whether the liaison of today has met a household, so that nobody is left out; and what was heard. */

export type { StairsMet } from './acquaintance-store.ts'

/** Of these households those whose liaison has met them. A new liaison has not, whoever went there before. */
export async function acquainted(
  trx: Trx,
  pairs: readonly { household: string; person: string }[],
): Promise<Set<string>> {
  return new Set(pairs.length === 0 ? [] : await store.metBy(trx, pairs))
}

export async function metByStairs(trx: Trx, path: string, now: Temporal.Instant): Promise<StairsMet[]> {
  return store.metByStairs(trx, path, civilDay(now))
}

/** The latest visits to one door: who went, whether somebody was met, what was heard. */
export async function heardAt(trx: Trx, household: string, limit: number): Promise<HeardLine[]> {
  const lines = await store.latestAt(trx, household, limit)
  const people = await personNames(
    trx,
    lines.map(({ person }) => person),
  )
  return lines.map((line) => ({ ...line, person: people.get(line.person)?.name ?? '' }))
}
