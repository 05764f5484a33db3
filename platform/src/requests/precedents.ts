import type { Trx } from '#kernel/db.ts'
import { lineOf } from '#org/rules.ts'
import { organisationNames } from '#org/service.ts'
import { rank } from './climbing.ts'
import type { Entry } from './entry.ts'
import { levels } from './lifecycle-rule.ts'
import type { Level } from './lifecycle-rule.ts'
import { returnersOf } from './past.ts'
import { addPrecedents, endPrecedent, precedentsAt } from './precedent-store.ts'
import type { NewPrecedent, Precedent } from './precedent-store.ts'
import type { World } from './rules.ts'
import type { Stored } from './store.ts'

/**
 * RQ6: the decision after a second return binds, and is kept as a precedent that dispatch proposes the next time. A meeting
 * may keep one as well. Read by `precedentsFor`.
 */

export type { Precedent }

/**
 * Precedents that hold at each of these places for a category, in the order asked: the nearest area first, the newest of each
 * first.
 */
export async function precedentsFor(
  trx: Trx,
  matters: readonly { category: string; path: string }[],
  limit = 5,
): Promise<Precedent[][]> {
  return precedentsAt(
    trx,
    matters.map(({ category, path }) => ({ category, line: lineOf(path) })),
    limit,
  )
}

/** Keeps one that no entry of a request makes by itself, such as a meeting's word on a whole kind. */
export async function keepPrecedent(trx: Trx, precedent: NewPrecedent): Promise<void> {
  await addPrecedents(trx, [precedent])
}

/** It was decided otherwise since; what was decided by it stays. */
export async function liftPrecedent(trx: Trx, id: string, at: string): Promise<boolean> {
  return endPrecedent(trx, id, at)
}

/** Entered together with the decision itself: what binds here is a precedent for the area of the desk that decided. */
export async function keepPrecedents(trx: Trx, request: Stored, entries: readonly Entry[]): Promise<void> {
  const { category } = request.standing
  const binding = entries.flatMap((entry) => (entry.kind === 'assign' && entry.data.binding ? [entry] : []))
  if (!category || binding.length === 0) return
  const known = await organisationNames(
    trx,
    binding.flatMap(({ by }) => by.organisation ?? []),
  )
  await addPrecedents(
    trx,
    binding.map(({ id, at, by, words, data }) => {
      const area = by.organisation ? known.get(by.organisation)?.path : undefined
      return {
        id,
        category,
        path: area && request.path.startsWith(area) ? area : (lineOf(request.path)[0] ?? request.path),
        organisation: data.holder.organisation,
        request: request.id,
        basis: data.authority ?? '',
        // What was written about a confidential request is not for everybody who dispatches (RQ10).
        words: request.confidential ? null : words,
        byPerson: by.person ?? null,
        byOrganisation: by.organisation ?? null,
        at,
      }
    }),
  )
}

/**
 * RQ6: the nearest level whose desk stands over everybody who sent it back, the one who does so now among them, and above
 * the desk that gave it out. Departments of the district are under the district's desk alone.
 */
export async function commonLevel(
  trx: Trx,
  { id, standing }: Stored,
  desks: World['desks'],
): Promise<Level | undefined> {
  if (standing.returns === 0) return undefined
  const returners = [
    ...((await returnersOf(trx, [id])).get(id) ?? []),
    ...(standing.holder ? [standing.holder.organisation] : []),
  ]
  const above = levels.filter((level) => rank(level) > rank(standing.level) && desks[level])
  const known = await organisationNames(trx, [...returners, ...above.map((level) => desks[level]!)])
  const areas = returners.flatMap((one) => known.get(one)?.path ?? [])
  return above.find((level) => {
    const area = known.get(desks[level]!)?.path
    return area !== undefined && areas.every((path) => path.startsWith(area))
  })
}
