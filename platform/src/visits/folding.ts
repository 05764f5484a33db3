import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { addDays, countingFor, mostGrowth, standingOf } from './lifecycle.ts'
import { answers, entryOf } from './rules.ts'
import * as store from './task-store.ts'
import type { DoorDay, StoredTask } from './task-store.ts'
import { visitsAt } from './visit-store.ts'
import type { VisitOfDoor } from './visit-store.ts'

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

const nothingFolded: Folded = { answered: new Map(), nextTryOn: null }

/**
 * Enters what visits around a day say about the tasks of households, each named once, and writes how these stand (VR2, VR5); as many
 * statements for a round as for one door. Households of which nothing was asked are left out of the answer.
 */
export async function refold(
  trx: Trx,
  doors: readonly DoorDay[],
  now: Temporal.Instant,
): Promise<Map<string, Folded>> {
  const open = await store.lockAt(trx, doors, mostGrowth)
  const openAt = Map.groupBy(open, ({ household }) => household ?? '')
  const spans = [...openAt].map(([household, list]) => ({
    household,
    from: list.map(({ opensOn }) => opensOn).reduce((a, b) => (a < b ? a : b)),
    until: addDays(
      list.map(({ closesOn }) => closesOn).reduce((a, b) => (a > b ? a : b)),
      mostGrowth,
    ),
  }))
  const visits = Map.groupBy(await visitsAt(trx, spans), ({ household }) => household)
  const entries = open.flatMap((task) => entriesFrom(task, visits.get(task.household ?? '') ?? []))
  await store.addEntries(trx, entries)
  const standings = new Map((await rewrite(trx, open, now)).map((one) => [one.id, one]))
  const entriesAt = Map.groupBy(entries, ({ household }) => household ?? '')
  return new Map(
    [...openAt].map(([household, list]) => {
      const visited = Map.groupBy(entriesAt.get(household) ?? [], ({ visit }) => visit)
      const tries = list.flatMap(({ id }) => standings.get(id)?.nextTryOn ?? []).toSorted()
      return [
        household,
        {
          answered: new Map([...visited].map(([visit, made]) => [visit, made.map(({ task }) => task)])),
          nextTryOn: tries[0] ?? null,
        },
      ]
    }),
  )
}

/** What became of one door in it. */
export function foldedAt(folded: ReadonlyMap<string, Folded>, household: string): Folded {
  return folded.get(household) ?? nothingFolded
}

/** What the visits to a door enter into one task. */
function entriesFrom(task: StoredTask, visits: readonly VisitOfDoor[]) {
  const counting = countingFor(
    task,
    visits.filter(({ visitor }) => answers(task.visitor, visitor)),
  )
  return counting.map((visit) => ({
    id: derivedId('visit_task_entry', task.id, visit.id),
    task: task.id,
    household: task.household,
    path: task.path,
    kind: entryOf[visit.outcome],
    onDay: visit.onDay,
    visit: visit.id,
    by: visit.person,
    words: null,
    at: visit.at,
  }))
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
