import type { TFunction } from 'i18next'
import { AlarmClock, Check, CircleHelp, Clock, type LucideIcon } from 'lucide-react'
import type { BuildingView, Door } from '#handbook/contract.ts'
import { sayShortDay } from '#web/ui/say-time.ts'
import { daysBetween, noon } from '../../time.ts'

/** What is written on a door, and which doors a filter leaves. */

export type Unit = BuildingView['units'][number]
export type Filter = 'all' | Door['state'] | 'needsCare'

export const stateFilters = ['seen', 'soon', 'late', 'care', 'unknown'] as const

/** Names of the classes that colour a door (web/ui/door.css). */
export const doorClass = {
  seen: 'done',
  soon: 'soon',
  late: 'late',
  care: 'care',
  unknown: 'unknown',
} as const satisfies Record<Door['state'], string>

const icons: Record<Door['state'], LucideIcon> = {
  seen: Check,
  care: Check,
  soon: Clock,
  late: AlarmClock,
  unknown: CircleHelp,
}

/** Whose door it is, in a word; a door out of reach says nothing. */
export function doorName(t: TFunction, door: Door): string {
  if (!door.reached) return ''
  if (!door.household) return t('handbook.empty')
  if (door.household.tenants) return t('handbook.tenants')
  return t('handbook.family', { family: door.household.family })
}

/** How it stands, with its icon; overdue says by how much, due says until when (rule 6). */
export function doorWord(t: TFunction, door: Door, now: string): { icon: LucideIcon; words: string } | null {
  if (!door.reached) return null
  const { household, state } = door
  const icon = icons[state]
  if (!household) {
    if (!door.emptySince) return { icon, words: t('handbook.nobody') }
    const month = Number(door.emptySince.slice(5, 7))
    return {
      icon,
      words: t('handbook.emptySince', { month, monthName: t(`month_short.${month}`, { ns: 'ui' }) }),
    }
  }
  const { metOn, promise } = household
  const dueOn = [household.dueOn, promise?.onDay].filter((day) => day != null).toSorted()[0]
  if (state === 'late')
    return {
      icon,
      words: dueOn
        ? t('handbook.over', { count: Math.max(1, daysBetween(dueOn, now)) })
        : t('handbook.missed'),
    }
  if (state === 'soon' && dueOn) {
    const left = -daysBetween(dueOn, now)
    if (left > 0) return { icon, words: t('handbook.left', { count: left }) }
    const clock = promise?.onDay === dueOn ? promise.atTime : null
    return { icon, words: clock ? t('handbook.todayAt', { clock }) : t('handbook.today') }
  }
  if (metOn) return { icon, words: sayShortDay(t, noon(metOn), now) }
  return { icon, words: t('handbook.neverMet') }
}

export function fits(door: Door, filter: Filter): boolean {
  if (filter === 'all') return true
  if (!door.reached) return false
  return filter === 'needsCare' ? door.household?.care === true : door.state === filter
}

/** The doors of a building as one sheet: a row for each floor, top first, a column for each door beside the other. */
export function sheetOf(units: readonly Unit[]): {
  floors: number[]
  columns: number[]
  at: (Door | null)[][]
} {
  const floors = [...new Set(units.flatMap(({ doors }) => doors.map(({ floor }) => floor)))].toSorted(
    (a, b) => b - a,
  )
  const columns = units.map(({ doors }) =>
    Math.max(
      1,
      ...Map.groupBy(doors, ({ floor }) => floor)
        .values()
        .map((row) => row.length),
    ),
  )
  const at = floors.map((floor) =>
    units.flatMap(({ doors }, index) => {
      const row = doors.filter((door) => door.floor === floor)
      return Array.from({ length: columns[index] ?? 1 }, (_, column) => row[column] ?? null)
    }),
  )
  return { floors, columns, at }
}

/** The next door in a direction, over gaps; undefined at the edge of the house. */
export function doorBeside(
  at: readonly (readonly (Door | null)[])[],
  from: string,
  key: string,
): Door | undefined {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key]
  const row = at.findIndex((doors) => doors.some((door) => door?.id === from))
  const column = at[row]?.findIndex((door) => door?.id === from) ?? -1
  if (row < 0 || column < 0) return undefined
  if (key === 'Home' || key === 'End') {
    const doors = (at[row] ?? []).filter((door) => door !== null)
    return key === 'Home' ? doors[0] : doors.at(-1)
  }
  if (!step) return undefined
  const [down = 0, right = 0] = step
  for (
    let y = row + down, x = column + right;
    at[y] && x >= 0 && x < (at[y]?.length ?? 0);
    y += down, x += right
  ) {
    const door = at[y]?.[x]
    if (door) return door
  }
  return undefined
}
