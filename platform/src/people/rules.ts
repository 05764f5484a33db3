import { exclusiveRoles } from '#access/permissions.ts'
import type { Role } from '#access/permissions.ts'
import { dayMs, isOpen } from '#deadlines/rules.ts'
import type { Calendar } from '#deadlines/rules.ts'

/** Which posts one person may hold together, and whose turn it is. Pure; the service brings posts and calendar. */

/** A post's span, half-open; `until` null = open. Times are ISO text in UTC with milliseconds, so text order is time order. */
export type Span = { from: string; until: string | null }
export type HeldRole = Span & { role: Role }

/** The three administrators (GB/T 22239, level 3: separate persons for system, security and audit). */
const alone: ReadonlySet<Role> = new Set<Role>(exclusiveRoles)

/** An empty span (ended before it began) overlaps nothing. */
export function overlap(one: Span, other: Span): boolean {
  const from = one.from > other.from ? one.from : other.from
  return (one.until === null || one.until > from) && (other.until === null || other.until > from)
}

/** PE2: an administrator's post stands alone: no other post of the person overlaps it in time. */
export function mayHold(held: readonly HeldRole[], added: HeldRole): boolean {
  return held.every((post) => !overlap(post, added) || (!alone.has(post.role) && !alone.has(added.role)))
}

/** The level of the desk that a role serves at; null for roles that are not of a desk. */
export function deskLevelOf(role: Role): 'community' | 'subdistrict' | 'district' | null {
  switch (role) {
    case 'community_desk':
      return 'community'
    case 'subdistrict_desk':
      return 'subdistrict'
    case 'district_desk':
      return 'district'
    default:
      return null
  }
}

const shanghaiOffset = 8 * 3_600_000

/**
 * PE6: whose turn it is: the desk from the day's first opening to its last closing on working days, else the grid worker.
 *
 * @param at ISO instant
 * @returns whether the desk has the turn, and when the turn ends.
 */
export function turnAt(at: string, calendar: Calendar): { desk: boolean; until: string } {
  const now = Date.parse(at)
  const opens = calendar.hours[0]?.[0] ?? 0
  const closes = calendar.hours.at(-1)?.[1] ?? 0
  const instant = (milliseconds: number) => new Date(milliseconds).toISOString()
  // The longest holidays last nine days.
  for (let day = Math.floor((now + shanghaiOffset) / dayMs), last = day + 30; day < last; day += 1) {
    const midnight = day * dayMs - shanghaiOffset
    if (!isOpen(instant(midnight + opens), calendar)) continue
    if (now < midnight + opens) return { desk: false, until: instant(midnight + opens) }
    if (now < midnight + closes) return { desk: true, until: instant(midnight + closes) }
  }
  throw new RangeError(`no working day within 30 days of ${at}`)
}

/** When somebody has time (PE8); any finer and it would be a timetable, which nobody keeps. */
export const times = ['workday_day', 'workday_evening', 'weekend_day', 'weekend_evening'] as const

/** What is asked for most; others may be written, in the same spelling. */
export const commonSkills = [
  'nursing',
  'law',
  'plumbing',
  'electrics',
  'psychology',
  'sign_language',
  'computers',
  'cooking',
  'haircut',
  'tutoring',
] as const
