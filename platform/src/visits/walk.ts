import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import type { Recorded, WalkInput } from './contract.ts'
import { rewrite } from './folding.ts'
import { countedDay } from './rules.ts'
import * as tasks from './task-store.ts'
import * as store from './visit-store.ts'
import type { StoredVisit } from './visit-store.ts'

/** Walks through grids, which are visits to no door. */

const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** A walk through a grid: answers the walk that is due there. */
export async function recordWalk(call: Call, input: WalkInput): Promise<Recorded> {
  const { trx, now } = call
  const person = call.actor.kind === 'staff' ? call.actor.id : refuse('access.not_allowed')
  const day = countedDay(input.deviceAt, text(now))
  const known = await store.visitById(trx, input.id)
  if (known && (known.person !== person || known.path !== input.path))
    refuse('id_taken', { field: 'body.id' })
  const visit: StoredVisit = known ?? {
    id: input.id,
    household: null,
    path: input.path,
    person,
    for: null,
    visitor: 'grid',
    outcome: 'walked',
    how: null,
    words: input.words ?? null,
    opinion: null,
    onDay: day,
    deviceAt: text(Temporal.Instant.from(input.deviceAt)),
    at: text(now),
  }
  if (!call.scope.paths.some((path) => input.path.startsWith(path)))
    refuse('visit.not_your_door', { field: 'body.path' })
  if (!known && (await store.addVisits(trx, [visit])) === 0) refuse('id_taken', { field: 'body.id' })
  const answered = await walked(trx, visit, now)
  return { id: visit.id, onDay: visit.onDay, tasks: answered, requests: [], edits: [], nextTryOn: null }
}

async function walked(trx: Trx, visit: StoredVisit, now: Temporal.Instant): Promise<string[]> {
  const open = await tasks.lockWalks(trx, visit.path, visit.onDay)
  await tasks.addEntries(
    trx,
    open.map((task) => ({
      id: derivedId('visit_task_entry', task.id, visit.id),
      task: task.id,
      household: null,
      path: task.path,
      kind: 'walked' as const,
      onDay: visit.onDay,
      visit: visit.id,
      by: visit.person,
      words: null,
      at: visit.at,
    })),
  )
  await rewrite(trx, open, now)
  return open.map(({ id }) => id)
}
