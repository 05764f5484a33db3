import type { Trx } from '#kernel/db.ts'
import { placeOf } from '#org/service.ts'
import { states } from './lifecycle.ts'
import type { State } from './lifecycle-rule.ts'
import { findAll } from './store.ts'

/** How requests stand, for whoever keeps a record beside them and follows them: no words, no story, one query for many. */

export type Stands = {
  id: string
  code: string
  /** As everybody may read it (RQ10). */
  title: string
  state: State
  final: boolean
  path: string
  place: string
  dueAt: string | null
  overdue: boolean
  /** The organisation that holds it (RQ1). */
  holder: string | null
  points: string[]
  /** How many said it (RQ13). */
  people: number
  /** Ids of the supervisions that stand. */
  supervisions: string[]
}

/** Those of the requests that the transaction reaches, in the order asked for. */
export async function standsOf(trx: Trx, ids: readonly string[]): Promise<Stands[]> {
  const found = await findAll(trx, ids)
  const requests = ids.flatMap((id) => found.get(id) ?? [])
  const places = await placeOf(
    trx,
    requests.map(({ path }) => path),
  )
  return requests.map(({ standing, ...request }) => ({
    id: request.id,
    code: request.code,
    title: request.title,
    state: standing.state,
    final: states[standing.state].final,
    path: request.path,
    place: `${places.get(request.path) ?? ''}${request.place}`,
    dueAt: standing.term?.dueAt ?? null,
    overdue: request.overdue,
    holder: standing.holder?.organisation ?? null,
    points: standing.points,
    people: standing.followers + 1,
    supervisions: standing.supervisions.map(({ id }) => id),
  }))
}
