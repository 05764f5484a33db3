import type { Call } from '#access/route.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { personNames } from '#people/service.ts'
import { versions } from './rule-store.ts'
import * as store from './phone-store.ts'
import type { PromiseAt, TaskAt, VisitAt } from './phone-store.ts'
import { endPromise, enterTask } from './tasks.ts'
import { byId } from './task-store.ts'
import * as visits from './visit-store.ts'

/** What the field phone shows of its doors, and what it enters about tasks and promises. */

const years = 2

export type AtDoor = {
  visits: (Omit<VisitAt, 'household' | 'person'> & { by: string | null })[]
  tasks: (Omit<TaskAt, 'household' | 'rule'> & { title: string })[]
  promises: Omit<PromiseAt, 'household'>[]
}

/** Two years of visits, open tasks and promises of each door; five queries however many there are. */
export async function atDoors(
  trx: Trx,
  households: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, AtDoor>> {
  const since = Temporal.PlainDate.from(civilDay(now)).subtract({ years }).toString()
  const been = await store.visitsSince(trx, households, since)
  const tasks = await store.tasksAt(trx, households)
  const promises = Map.groupBy(await store.promisesAt(trx, households), ({ household }) => household)
  const names = await personNames(
    trx,
    been.map(({ person }) => person),
  )
  const rules =
    tasks.length > 0
      ? new Map((await versions(trx)).map(({ id, name }) => [id, name]))
      : new Map<string, string>()
  const visitsOf = Map.groupBy(been, ({ household }) => household)
  const tasksOf = Map.groupBy(tasks, ({ household }) => household)
  return new Map(
    households.map((id) => [
      id,
      {
        visits: (visitsOf.get(id) ?? []).map(({ household: _, person, ...visit }) => ({
          ...visit,
          by: names.get(person)?.name ?? null,
        })),
        tasks: (tasksOf.get(id) ?? []).map(({ household: _, rule, ...task }) => ({
          ...task,
          title: rules.get(rule) ?? '',
        })),
        promises: (promises.get(id) ?? []).map(({ household: _, ...promise }) => promise),
      },
    ]),
  )
}

async function promiseAt(trx: Trx, promise: string, household: string) {
  const known = await visits.promiseById(trx, promise)
  return known?.household === household
    ? known
    : refuse('record.invalid_reference', { field: 'body.promise' })
}

/** What was promised was done otherwise than by a visit. */
export async function keepPromise(
  { trx, now }: Call,
  { promise, household }: { promise: string; household: string },
): Promise<void> {
  await promiseAt(trx, promise, household)
  await endPromise(trx, promise, 'kept', now)
}

/** Another day was agreed: the promise is taken back, and another one in its place made. The same `id` twice is one. */
export async function putOffPromise(
  { trx, now, actor }: Call,
  one: { id: string; promise: string; household: string; on: string; words?: string | undefined },
): Promise<void> {
  const known = await promiseAt(trx, one.promise, one.household)
  await endPromise(trx, one.promise, 'cancelled', now)
  if (actor.kind !== 'staff') return refuse('access.not_allowed')
  await visits.addPromise(trx, {
    ...known,
    id: one.id,
    onDay: one.on,
    atTime: null,
    words: one.words ?? known.words,
    state: 'open',
    madeBy: actor.id,
    at: now.toString({ smallestUnit: 'millisecond' }),
  })
}

/** A task need not be done this time, for a reason. */
export async function excuseTask(
  call: Call,
  one: { id: string; task: string; household: string; words: string },
): Promise<void> {
  const task = await byId(call.trx, one.task)
  if (task?.household !== one.household) refuse('record.invalid_reference', { field: 'body.task' })
  await enterTask(call, one.task, { id: one.id, kind: 'excuse', words: one.words })
}
