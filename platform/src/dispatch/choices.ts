import type { Trx } from '#kernel/db.ts'
import type { Command } from '#requests/commands.ts'
import { findAllTold, returnersOf } from '#requests/past.ts'
import * as store from './choice-store.ts'
import { chooserFor, tableAt } from './choosing.ts'
import type { Choice } from './rules.ts'

/** What was chosen is kept beside what had been proposed, in the transaction of the entry (DP9). */

/** The community of a place: a stairwell with a time would be a person (RQ15). */
const communityOf = (path: string) => `${path.split('/').filter(Boolean).slice(0, 3).join('/')}/`

/** A choice as it is kept, whoever makes the row: the service here, or the demo's loader. */
export function rowOf(
  choice: Choice,
  of: { entry: string; request: string; path: string; category: string | null; at: string; chosen: string },
): store.StoredChoice {
  const { ground } = choice
  return {
    ...of,
    path: communityOf(of.path),
    proposed: choice.organisation,
    why: ground.why,
    rule: ground.rule ? { id: ground.rule.id, version: ground.rule.version } : null,
    precedent: ground.precedent?.request ?? null,
  }
}

/** One thing that a person entered about a request. */
type Entered = { request: string; command: Command }

/** Notes every `assign` among what was entered. Of what lies in confidence nothing is noted (RQ10). */
export async function noteDispatches(
  trx: Trx,
  entered: readonly Entered[],
  now: Temporal.Instant,
): Promise<void> {
  const dispatches = entered.flatMap(({ request, command }) =>
    command.kind === 'assign' ? [{ request, command }] : [],
  )
  if (dispatches.length === 0) return
  const matters = await mattersOf(
    trx,
    dispatches.map(({ request }) => request),
  )
  const noted = dispatches.flatMap(({ request, command }) => {
    const matter = matters.get(request)
    return matter && !matter.isConfidential ? [{ request, command, matter }] : []
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
    noted.map(({ request, command, matter }) =>
      rowOf(proposing(matter), {
        ...matter,
        entry: command.id,
        request,
        at,
        chosen: command.lead.organisation,
      }),
    ),
  )
}

export type RequestMatter = {
  category: string | null
  path: string
  openPath: string
  except: string[]
  isConfidential: boolean
}

/**
 * What the rules need to know of the requests within reach: whom each is about, who has it and who sent it back are left out.
 */
export async function mattersOf(trx: Trx, ids: readonly string[]): Promise<Map<string, RequestMatter>> {
  const told = await findAllTold(trx, ids)
  const returners = await returnersOf(
    trx,
    [...told.values()].filter(({ standing }) => standing.returns > 0).map(({ id }) => id),
  )
  return new Map(
    [...told].map(([id, { standing, path, openPath, complainedOf, confidential }]) => [
      id,
      {
        category: standing.state === 'submitted' ? null : standing.category,
        path,
        openPath,
        except: [
          standing.desk,
          ...(standing.holder && standing.state !== 'assigned' ? [standing.holder.organisation] : []),
          ...complainedOf,
          ...(returners.get(id) ?? []),
        ],
        isConfidential: confidential,
      },
    ]),
  )
}
