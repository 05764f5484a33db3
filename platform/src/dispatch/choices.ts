import type { Trx } from '#kernel/db.ts'
import type { Command } from '#requests/commands.ts'
import { findTold, returnersOf } from '#requests/past.ts'
import * as store from './choice-store.ts'
import { chooser, tableAt } from './choosing.ts'
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
  const proposing = chooser(trx, await tableAt(trx, now, 'zh-CN'), now)
  const at = now.toString({ smallestUnit: 'millisecond' })
  const rows: store.StoredChoice[] = []
  for (const { request, command } of dispatches) {
    const matter = await matterOf(trx, request)
    if (!matter || matter.isConfidential) continue
    const choice = await proposing(matter)
    const chosen = command.lead.organisation
    rows.push(rowOf(choice, { ...matter, entry: command.id, request, at, chosen }))
  }
  await store.add(trx, rows)
}

export type RequestMatter = {
  category: string | null
  path: string
  openPath: string
  except: string[]
  isConfidential: boolean
}

/** What the rules need to know of a request within reach: whom it is about, who has it and who sent it back are left out. */
export async function matterOf(trx: Trx, id: string): Promise<RequestMatter | undefined> {
  const request = await findTold(trx, id)
  if (!request) return undefined
  const { standing } = request
  return {
    category: standing.state === 'submitted' ? null : standing.category,
    path: request.path,
    openPath: request.openPath,
    except: [
      standing.desk,
      ...(standing.holder && standing.state !== 'assigned' ? [standing.holder.organisation] : []),
      ...request.complainedOf,
      ...(standing.returns > 0 ? await returnersOf(trx, id) : []),
    ],
    isConfidential: request.confidential,
  }
}
