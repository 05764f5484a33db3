import type { Trx } from '#kernel/db.ts'
import type { Command } from '#requests/commands.ts'
import { findAllTold, givenOut, returnersOf } from '#requests/past.ts'
import type { Told } from '#requests/past.ts'
import * as store from './choice-store.ts'
import { chooserFor, tableAt } from './choosing.ts'
import type { Choice, Matter } from './rules.ts'

/** What was chosen is kept beside what had been proposed, in the transaction of the entry (DP9). */

/** The community of a place: a stairwell with a time would be a person (RQ15). */
const communityOf = (path: string) => `${path.split('/').filter(Boolean).slice(0, 3).join('/')}/`

/** A choice as it is kept, whoever makes the row: the service here, or the demo's loader. */
export function rowOf(
  choice: Choice,
  of: Pick<store.StoredChoice, 'entry' | 'request' | 'turn' | 'path' | 'category' | 'at' | 'chosen'>,
): store.StoredChoice {
  const { ground } = choice
  const { entry, request, turn, category, at, chosen } = of
  return {
    ...{ entry, request, turn, category, at, chosen },
    path: communityOf(of.path),
    proposed: choice.organisation,
    why: ground.why,
    rule: ground.rule ? { id: ground.rule.id, version: ground.rule.version } : null,
    precedent: ground.precedent?.request ?? null,
  }
}

/** One thing that a person entered about a request. */
type Entered = { request: string; command: Command }

/**
 * Notes everything among what was entered that gave a request out: assigned, passed on, handed over. Of what lies in
 * confidence nothing is noted (RQ10).
 */
export async function noteDispatches(
  trx: Trx,
  entered: readonly Entered[],
  now: Temporal.Instant,
): Promise<void> {
  const given = await givenOut(
    trx,
    entered.map(({ command }) => command),
  )
  if (given.length === 0) return
  const matters = await mattersOf(
    trx,
    given.map(({ request }) => request),
  )
  const noted = given.flatMap((one) => {
    const matter = matters.get(one.request)
    if (!matter || matter.isConfidential) return []
    // Who has it by now is the choice itself; whoever passed it on is as little proposed as whoever sent it back.
    const except = [...matter.besides, ...(one.passedOnBy === null ? [] : [one.passedOnBy])]
    return [{ ...one, matter: { ...matter, except } }]
  })
  const proposing = await chooserFor(
    trx,
    await tableAt(trx, now, 'zh-CN'),
    now,
    noted.map(({ matter }) => matter),
  )
  const at = now.toString({ smallestUnit: 'millisecond' })
  await store.add(
    trx,
    noted.map(({ entry, request, organisation, turn, matter }) =>
      rowOf(proposing(matter), { ...matter, entry, request, turn, at, chosen: organisation }),
    ),
  )
}

export type RequestMatter = Matter & {
  openPath: string
  /** Who is not proposed, but for whoever has it now. */
  besides: string[]
  isConfidential: boolean
}

/** What the rules need to know of a request: whom it is about, who has it and who sent it back are left out. */
export function matterOf(
  { standing, path, openPath, complainedOf, confidential }: Told,
  returners: readonly string[],
): RequestMatter {
  const besides = [standing.desk, ...complainedOf, ...returners]
  return {
    category: standing.state === 'submitted' ? null : standing.category,
    path,
    openPath,
    besides,
    except: [...besides, ...(standing.holder ? [standing.holder.organisation] : [])],
    isConfidential: confidential,
  }
}

/** The same of all that are within reach. */
export async function mattersOf(trx: Trx, ids: readonly string[]): Promise<Map<string, RequestMatter>> {
  const told = await findAllTold(trx, ids)
  const returners = await returnersOf(
    trx,
    [...told.values()].filter(({ standing }) => standing.returns > 0).map(({ id }) => id),
  )
  return new Map([...told].map(([id, request]) => [id, matterOf(request, returners.get(id) ?? [])]))
}
