import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { addDays, countingFor, mostGrowth, standingOf } from './lifecycle.ts'
import { answers, entryOf } from './rules.ts'
import * as store from './task-store.ts'
import type { StoredTask } from './task-store.ts'
import { visitsAt } from './visit-store.ts'

/**
 * How the tasks of a door stand, worked out anew from its visits. Phones come back in any order, so nothing here depends on
 * which visit arrived last: tasks, visits and entries are the same afterwards whatever the order was.
 */

export type Folded = {
  /** Tasks by the visit that counts for them. */
  answered: Map<string, string[]>
  /** When to try again at this door; null when nothing waits for it. */
  nextTryOn: string | null
}

/** Enters what visits around a day say about the tasks of a household, and writes how these stand (VR2, VR5). */
export async function refold(
  trx: Trx,
  household: string,
  day: string,
  now: Temporal.Instant,
): Promise<Folded> {
  const answered = new Map<string, string[]>()
  const open = await store.lockAt(trx, household, day, mostGrowth)
  const first = open.map(({ opensOn }) => opensOn).toSorted()[0]
  const last = open
    .map(({ closesOn }) => closesOn)
    .toSorted()
    .at(-1)
  if (first === undefined || last === undefined) return { answered, nextTryOn: null }
  const visits = await visitsAt(trx, household, { from: first, until: addDays(last, mostGrowth) })
  const entries = open.flatMap((task) =>
    countingFor(
      task,
      visits.filter(({ visitor }) => answers(task.visitor, visitor)),
    ).map((visit) => {
      answered.set(visit.id, [...(answered.get(visit.id) ?? []), task.id])
      return {
        id: derivedId('visit_task_entry', task.id, visit.id),
        task: task.id,
        household,
        path: task.path,
        kind: entryOf[visit.outcome],
        onDay: visit.onDay,
        visit: visit.id,
        by: visit.person,
        words: null,
        at: visit.at,
      }
    }),
  )
  await store.addEntries(trx, entries)
  const standings = await rewrite(trx, open, now)
  const tries = standings.flatMap(({ nextTryOn }) => nextTryOn ?? []).toSorted()
  return { answered, nextTryOn: tries[0] ?? null }
}

/** Writes how tasks stand after everything entered about them. */
export async function rewrite(trx: Trx, list: readonly StoredTask[], now: Temporal.Instant) {
  const today = civilDay(now)
  const entries = await store.entriesOf(
    trx,
    list.map(({ id }) => id),
  )
  const standings = list.map((task) => ({
    id: task.id,
    ...standingOf(task, entries.get(task.id) ?? [], today),
  }))
  await store.setStanding(trx, standings)
  return standings
}
