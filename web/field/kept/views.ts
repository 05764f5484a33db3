import type { HouseholdItem, Item } from '#web/api/field.ts'
import { localTime } from '#web/ui/local-time.ts'
import type { Book } from './book.ts'
import { type Household, shown } from './overlay.ts'

/** What the pages show, made from what is kept. Pure. */

export type Of<Kind extends Item['kind']> = NonNullable<Extract<Item, { kind: Kind }>['data']>
export type Unit = Of<'units'>['items'][number]
export type Profile = Of<'profile'>
export type Category = Of<'categories'>['items'][number]
export type OwnRequest = Of<'requests'>['items'][number]

function itemsOf<Kind extends Item['kind']>(
  book: Book,
  kind: Kind,
): { id: string; version: number; data: Of<Kind> }[] {
  const found: { id: string; version: number; data: Of<Kind> }[] = []
  for (const item of book.items.values())
    if (item.kind === kind && item.data)
      found.push({ id: item.id, version: item.version, data: item.data as Of<Kind> })
  return found
}

/** By stairwell, then from the ground up, as one climbs. */
function asOneClimbs(one: HouseholdItem, other: HouseholdItem): number {
  return (
    (one.path < other.path ? -1 : one.path > other.path ? 1 : 0) ||
    one.door.floor - other.door.floor ||
    one.door.number.localeCompare(other.door.number, 'en', { numeric: true })
  )
}

/** Every own household as it stands now, with what was done here on top. */
export function households(book: Book): Household[] {
  return itemsOf(book, 'household')
    .map(({ id, version, data }) => shown({ ...data, id, version, pending: false }, book.queue))
    .toSorted(asOneClimbs)
}

export function householdById(book: Book, id: string): Household | undefined {
  const item = book.items.get(`household/${id}`)
  return item?.kind === 'household' && item.data
    ? shown({ ...item.data, id, version: item.version, pending: false }, book.queue)
    : undefined
}

export function units(book: Book): Unit[] {
  return itemsOf(book, 'units')
    .flatMap(({ data }) => data.items)
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** What comes all in one item of a kind. */
export function singleOf<Kind extends Item['kind']>(book: Book, kind: Kind): Of<Kind> | undefined {
  return itemsOf(book, kind)[0]?.data
}

export function profile(book: Book): Profile | undefined {
  return singleOf(book, 'profile')
}

export function categories(book: Book): Category[] {
  return itemsOf(book, 'categories')[0]?.data.items ?? []
}

/** What was reported from here, the latest news first. */
export function ownRequests(book: Book): OwnRequest[] {
  return itemsOf(book, 'requests')
    .flatMap(({ data }) => data.items)
    .toSorted((one, other) => (one.changedAt > other.changedAt ? -1 : 1))
}

/** A day as days are counted: whole days from today, negative when it is past. */
function daysTo(day: string, now: string): number {
  return localTime(`${day}T04:00:00.000Z`).serial - localTime(now).serial
}

export type Tone = 'late' | 'soon' | 'calm'
export type Due = { household: Household; day: string; days: number; tone: Tone }
export type Promised = Due & { promise: string; at: string | null; words: string | null }
export type ToVisit = Due & { task: string; title: string; tries: number }

/** Amber within three days for a visit (rule 5 of the pictures). */
function toneOf(days: number): Tone {
  return days < 0 ? 'late' : days <= 3 ? 'soon' : 'calm'
}

/** So many days ahead a promise is shown. */
const promisesAhead = 7

/** What was promised, the next first. */
export function promised(all: readonly Household[], now: string): Promised[] {
  return all
    .flatMap((household) =>
      household.promises.map((promise) => {
        const days = daysTo(promise.on, now)
        const { id, at, words, on } = promise
        return { household, day: on, days, tone: toneOf(days), promise: id, at, words }
      }),
    )
    .filter(({ days }) => days <= promisesAhead)
    .toSorted((one, other) => one.days - other.days || (one.at ?? '99').localeCompare(other.at ?? '99'))
}

/** Where one should go, the most urgent first; each household once, with what presses most. */
export function toVisit(all: readonly Household[], now: string): ToVisit[] {
  return all
    .flatMap((household) => {
      const task = household.tasks
        .filter((one) => daysTo(one.from, now) <= 0)
        .toSorted((one, other) => (one.due < other.due ? -1 : 1))[0]
      if (!task) return []
      const days = daysTo(task.due, now)
      return [
        {
          household,
          day: task.due,
          days,
          tone: toneOf(days),
          task: task.id,
          title: task.title,
          tries: task.tries,
        },
      ]
    })
    .toSorted((one, other) => one.days - other.days)
}

/** A door that somebody met in the last so many days counts as seen. */
const seenFor = 31

/** The colour of a door: overdue beats due beats care beats seen (rule 3 of the pictures). */
export function doorState(
  household: Household,
  now: string,
): 'late' | 'soon' | 'care' | 'done' | 'unknown' | undefined {
  const task = toVisit([household], now)[0]
  const promise = promised([household], now)[0]
  if (task?.tone === 'late' || promise?.tone === 'late') return 'late'
  if (task?.tone === 'soon' || promise?.tone === 'soon') return 'soon'
  const met = household.visits.find(({ outcome }) => outcome === 'met')
  if (!met) return 'unknown'
  if (household.care.length > 0) return 'care'
  return -daysTo(met.on, now) <= seenFor ? 'done' : undefined
}

/** The one the household is called by. */
export function headOf(
  household: Pick<HouseholdItem, 'members'>,
): HouseholdItem['members'][number] | undefined {
  return household.members.find(({ relation }) => relation === 'head') ?? household.members[0]
}
