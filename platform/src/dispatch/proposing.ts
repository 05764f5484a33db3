import type { Call } from '#access/route.ts'
import { organisationNames } from '#org/service.ts'
import type { Chosen } from './board-contract.ts'
import * as choices from './choice-store.ts'
import type { StoredChoice } from './choice-store.ts'
import { mattersOf } from './choices.ts'
import { chooserFor, explained, tableAt } from './choosing.ts'
import type { RouteView } from './contract.ts'
import type { Choice, Ground } from './rules.ts'
import { versions } from './rule-store.ts'

/** Whom a page of requests is proposed to, and what was chosen for one before. */

/**
 * Proposals for requests within reach, in the order of the ids; null for what is weighed by the desk alone (RQ10). Nothing is
 * said of an id beyond reach, not even that it was asked for.
 */
export async function proposalsFor(
  { trx, now, language }: Call,
  ids: readonly string[],
): Promise<{ request: string; route: RouteView | null }[]> {
  const table = await tableAt(trx, now, language)
  const matters = await mattersOf(trx, ids)
  const open = [...matters.values()].filter(({ isConfidential }) => !isConfidential)
  const proposing = await chooserFor(trx, table, now, open)
  const made = ids.flatMap((request): { request: string; choice: Choice | null }[] => {
    const matter = matters.get(request)
    return matter ? [{ request, choice: matter.isConfidential ? null : proposing(matter) }] : []
  })
  const views = await explained(
    trx,
    made.flatMap(({ choice }) => choice ?? []),
    table,
  )
  let next = 0
  return made.map(({ request, choice }) => {
    const route = choice ? (views[next] ?? null) : null
    if (choice) next += 1
    return { request, route }
  })
}

/** Every dispatch of a request with the proposal of its time: as the table stood then, not as it stands now. */
export async function chosenFor({ trx, now, language }: Call, request: string): Promise<Chosen> {
  const kept = await choices.choicesOf(trx, request)
  const table = await tableAt(trx, now, language)
  const all = await versions(trx)
  const groundOf = (one: StoredChoice): Ground => {
    const rule = all.find(({ id, version }) => id === one.rule?.id && version === one.rule.version)
    return { why: one.why, organisation: one.proposed, failed: null, ...(rule && { rule }) }
  }
  const views = await explained(
    trx,
    kept.map((one) => ({ organisation: one.proposed, ground: groundOf(one), passed: [] })),
    table,
  )
  const names = await organisationNames(
    trx,
    kept.map(({ chosen }) => chosen),
  )
  return {
    items: kept.map((one, index) => {
      const { passed: _, ...route } = views[index]!
      return {
        at: one.at,
        chosen: { id: one.chosen, name: names.get(one.chosen)?.shortName ?? '' },
        followed: one.proposed === null ? null : one.proposed === one.chosen,
        route,
      }
    }),
  }
}
