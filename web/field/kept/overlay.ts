import type { HouseholdItem } from '#web/api/field.ts'
import type { Queued } from './entry.ts'

/**
 * What was done here, shown on top of what the feed brought, until the feed brings it too. Pure: the server's word is never
 * changed, so nothing has to be taken back when it comes.
 */

export type Household = HouseholdItem & {
  id: string
  version: number
  /** Something about it waits in the queue. */
  pending: boolean
}

type Field = { part: 'household'; name: string } | { part: 'resident' | 'care'; id: string; name: string }

/** `note`, `resident.<id>.phone`, `care.<id>.reviewOn`. */
export function fieldOf(path: string): Field {
  const [part, id, name] = path.split('.')
  if ((part === 'resident' || part === 'care') && id && name) return { part, id, name }
  return { part: 'household', name: path }
}

function withField(household: Household, path: string, value: unknown): Household {
  const field = fieldOf(path)
  if (field.part === 'household') return { ...household, [field.name]: value }
  if (field.part === 'care')
    return {
      ...household,
      care: household.care.map((one) => (one.id === field.id ? { ...one, [field.name]: value } : one)),
    }
  const known = household.members.some((one) => one.id === field.id)
  const members = known
    ? household.members
    : [
        ...household.members,
        {
          id: field.id,
          name: '',
          relation: 'other',
          birthYear: null,
          phone: null,
          joinedOn: null,
          away: null,
        },
      ]
  if (field.name === 'left') return { ...household, members: members.filter((one) => one.id !== field.id) }
  return {
    ...household,
    members: members.map((one) => (one.id === field.id ? { ...one, [field.name]: value } : one)),
  }
}

/** Several fields put in. */
export function withFields(household: Household, fields: Record<string, unknown>): Household {
  return Object.entries(fields).reduce((now, [path, value]) => withField(now, path, value), household)
}

/** What stands in a field; undefined when nothing of that name is known here. */
export function valueOf(household: HouseholdItem, path: string): unknown {
  const field = fieldOf(path)
  const owner: Record<string, unknown> | undefined =
    field.part === 'household'
      ? household
      : (field.part === 'care' ? household.care : household.members).find((one) => one.id === field.id)
  return owner?.[field.name]
}

/** The local day, 2026-11-20. */
function dayOf(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3600_000).toISOString().slice(0, 10)
}

/** One household after one entry. */
function after(household: Household, { entry }: Queued): Household {
  const now: Household = { ...household, pending: true }
  switch (entry.kind) {
    case 'visit': {
      const { outcome, how, words, promise } = entry.data
      const seen = outcome === 'met'
      const today = dayOf(entry.deviceAt)
      const visit = { id: entry.id, on: today, by: null, outcome, how: how ?? null, words: words ?? null }
      const kept = now.promises.filter((one) => !seen || one.on > today)
      return {
        ...now,
        visits: [visit, ...now.visits.filter((one) => one.id !== entry.id)],
        // VR2: one visit answers every open task; VR5: a door nobody opened keeps them, with one try more.
        tasks: seen
          ? now.tasks.filter((one) => one.from > today)
          : tried(now.tasks, outcome === 'not_at_home'),
        promises: promise
          ? [
              ...kept,
              { id: promise.id, on: promise.on, at: promise.at ?? null, words: promise.words ?? null },
            ]
          : kept,
      }
    }
    case 'household.edit':
      return withFields(now, entry.data.fields)
    case 'conflict.choose': {
      const { fields = {}, entries = {} } = entry.data
      return {
        ...withFields(now, fields),
        conflicts: now.conflicts.filter(({ field }) => !(field in fields) && !(field in entries)),
      }
    }
    case 'promise.keep': {
      const { promise } = entry.data
      return { ...now, promises: now.promises.filter((one) => one.id !== promise) }
    }
    case 'promise.put_off': {
      const { promise, on } = entry.data
      return {
        ...now,
        promises: now.promises.map((one) => (one.id === promise ? { ...one, on, at: null } : one)),
      }
    }
    case 'task.excuse': {
      const { task } = entry.data
      return { ...now, tasks: now.tasks.filter((one) => one.id !== task) }
    }
    default:
      return household
  }
}

function tried<Task extends { tries: number }>(tasks: Task[], again: boolean): Task[] {
  return again ? tasks.map((one) => ({ ...one, tries: one.tries + 1 })) : tasks
}

/** Whether an entry still stands on top of what the feed brought. */
function isOnTop(one: Queued): boolean {
  if (one.mendedBy || one.problem) return false
  return one.state === 'stays' || (one.state === 'settled' && one.result?.fate !== 'left_over')
}

/** What was done here and the feed has not brought yet. */
export function entriesOnTop(queue: readonly Queued[]): Queued[] {
  return queue.filter(isOnTop)
}

/** A household as its holder sees it now. */
export function shown(household: Household, queue: readonly Queued[]): Household {
  return queue
    .filter(
      (one) => isOnTop(one) && 'household' in one.entry.data && one.entry.data.household === household.id,
    )
    .reduce(after, household)
}
