import type { Call } from '#access/route.ts'
import { civilDay } from '#kernel/clock.ts'
import { pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type { EventInput, PromiseView, TaskCommand, TasksQuery, TaskView } from './contract.ts'
import { evaluateFor } from './evaluate.ts'
import { rewrite } from './folding.ts'
import { addDays, entries as lifecycle } from './lifecycle.ts'
import type { TaskEntryRule } from './lifecycle.ts'
import { versions } from './rule-store.ts'
import { dueOf, soonDays } from './rules.ts'
import type { Due } from './rules.ts'
import * as store from './task-store.ts'
import type { StoredTask } from './task-store.ts'
import * as visits from './visit-store.ts'
import type { StoredPromise } from './visit-store.ts'

/** Whose turn it is at which door: tasks and promises of a person, of an area, of a household. */

const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Tasks as people read them; four queries however many there are. */
async function taskViews(trx: Trx, list: readonly StoredTask[]): Promise<TaskView[]> {
  const names = new Map((await versions(trx)).map(({ id, name }) => [id, name]))
  const people = await personNames(
    trx,
    list.flatMap(({ person }) => person ?? []),
  )
  const places = await placeOf(
    trx,
    list.map(({ path }) => path),
  )
  return list.map(({ rule, ruleVersion: _, person, ...task }) => ({
    ...task,
    rule: { id: rule, name: names.get(rule) ?? '' },
    place: places.get(task.path) ?? '',
    person: person === null ? null : { id: person, name: people.get(person)?.name ?? '' },
  }))
}

const isDay = (key: string) => /^\d{4}-\d\d-\d\d$/.test(key)

/** One page of tasks within reach. */
export async function taskPage(
  trx: Trx,
  query: TasksQuery,
  now: Temporal.Instant,
): Promise<{ items: TaskView[]; next: string | null }> {
  const today = civilDay(now)
  const after = query.after ? readCursor(query.after, isDay) : null
  const found = await store.page(trx, query, { today, soon: addDays(today, soonDays) }, after)
  const { rows, next } = pageOf(found, query.limit, ({ dueOn, id }) => ({ key: dueOn, id }))
  return { items: await taskViews(trx, rows), next }
}

export type Today = { tasks: TaskView[]; promises: PromiseView[] }

/**
 * What a person is to do: their own tasks and promises, and those of whoever they stand in for today (VR4).
 *
 * @param trx acts as that person.
 */
export async function tasksOf(trx: Trx, person: string): Promise<Today> {
  const persons = [...new Set([person, ...(await store.actsFor(trx))])]
  const found = await store.ofPersons(trx, persons)
  return {
    tasks: await taskViews(trx, found),
    promises: (await visits.promisesOf(trx, { persons })).map(promiseView),
  }
}

function promiseView({ path: _, visit: __, ...promise }: StoredPromise): PromiseView {
  return promise
}

export type Standing = {
  /** How the door is drawn: overdue beats due beats seen. */
  due: Due
  dueOn: string | null
  lastVisit: { id: string; onDay: string; outcome: string; person: string } | null
  lastMetOn: string | null
  promise: PromiseView | null
}

/** How doors stand, for the building and the handbook; one of each query however many households. */
export async function standingOf(
  trx: Trx,
  households: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, Standing>> {
  if (households.length === 0) return new Map()
  const today = civilDay(now)
  const [tasks, promises, last, met] = [
    await store.ofHouseholds(trx, households, addDays(today, -31)),
    await visits.promisesOf(trx, { households }),
    await visits.lastVisits(trx, households, false),
    await visits.lastVisits(trx, households, true),
  ]
  const tasksOfDoor = Map.groupBy(tasks, ({ household }) => household ?? '')
  const promisesOfDoor = Map.groupBy(
    promises.filter(({ state }) => state === 'open'),
    ({ household }) => household,
  )
  const lastOf = new Map(last.map((visit) => [visit.household, visit]))
  const metOf = new Map(met.map((visit) => [visit.household, visit.onDay]))
  return new Map(
    households.map((id) => {
      const here = tasksOfDoor.get(id) ?? []
      const dueOn =
        here
          .filter(({ state }) => state === 'open')
          .map((task) => task.nextTryOn ?? task.dueOn)
          .toSorted()[0] ?? null
      const missedOn = here.find(({ state }) => state === 'missed')?.dueOn ?? null
      const [promise] = promisesOfDoor.get(id) ?? []
      const visit = lastOf.get(id)
      const metOn = metOf.get(id) ?? null
      const due = dueOf({ dueOn, promisedOn: promise?.onDay ?? null, missedOn, metOn }, today)
      return [
        id,
        {
          due,
          dueOn,
          lastVisit: visit
            ? { id: visit.visit, onDay: visit.onDay, outcome: visit.outcome, person: visit.person }
            : null,
          lastMetOn: metOn,
          promise: promise ? promiseView(promise) : null,
        },
      ]
    }),
  )
}

/** What a desk enters about a task. What has ended stays as it ended. */
export async function enterTask(call: Call, id: string, command: TaskCommand): Promise<TaskView> {
  const { trx, now, actor } = call
  const task = (await store.lock(trx, id)) ?? refuse('record.not_found')
  const known = (await store.entriesOf(trx, [id])).get(id) ?? []
  const rule: TaskEntryRule = lifecycle[command.kind]
  if (!known.some((entry) => entry.id === command.id)) {
    if (!rule.from.includes(task.state)) refuse('visit.task_ended', { field: 'body.kind' })
    const [added] = await store.addEntries(trx, [
      {
        id: command.id,
        task: id,
        household: task.household,
        path: task.path,
        kind: command.kind,
        onDay: civilDay(now),
        visit: null,
        by: actor.kind === 'staff' ? actor.id : null,
        words: command.words,
        at: text(now),
      },
    ])
    if (!added) refuse('id_taken', { field: 'body.id' })
    await rewrite(trx, [task], now)
  }
  const [view] = await taskViews(trx, [(await store.byId(trx, id)) ?? task])
  return view ?? refuse('record.not_found')
}

/** Something happened that calls for a visit; the tasks of the rules that wait for it are made at once (VR1). */
export async function tellEvent(call: Call, event: EventInput): Promise<{ id: string; tasks: number }> {
  const { trx, now, actor } = call
  const known = await visits.eventById(trx, event.id)
  if (known)
    return known.household === event.household && known.kind === event.kind
      ? { id: event.id, tasks: 0 }
      : refuse('id_taken', { field: 'body.id' })
  const [door] = await store.householdsAmong(trx, [event.household])
  if (!door) refuse('record.invalid_reference', { field: 'body.household' })
  const added = await visits.addEvent(trx, {
    id: event.id,
    household: event.household,
    path: door.path,
    kind: event.kind,
    onDay: civilDay(now),
    words: event.words ?? null,
    by: actor.kind === 'staff' ? actor.id : null,
    at: text(now),
  })
  if (!added) refuse('id_taken', { field: 'body.id' })
  return { id: event.id, tasks: await evaluateFor(trx, [event.household], now) }
}

/** Ends a promise by hand: it was kept otherwise, or is no longer wanted. Twice is once. */
export async function endPromise(
  trx: Trx,
  id: string,
  state: 'kept' | 'cancelled',
  now: Temporal.Instant,
): Promise<PromiseView> {
  const known = (await visits.promiseById(trx, id)) ?? refuse('record.not_found')
  if (known.state === 'open') await visits.endPromise(trx, id, { state, onDay: civilDay(now), visit: null })
  else if (known.state !== state) refuse('visit.promise_ended')
  return promiseView({ ...known, state })
}
