import { exclusiveRoles } from '#access/permissions.ts'
import type { Role } from '#access/permissions.ts'

/** Which posts one person may hold together. Pure; the service brings the posts there are. */

/** A post's span, half-open; `until` null = open. Times are ISO text in UTC with milliseconds, so text order is time order. */
export type Span = { from: string; until: string | null }
export type HeldRole = Span & { role: Role }

/** The three administrators (GB/T 22239, level 3: separate persons for system, security and audit). */
const alone: ReadonlySet<Role> = new Set<Role>(exclusiveRoles)

export function overlap(one: Span, other: Span): boolean {
  return (one.until === null || one.until > other.from) && (other.until === null || other.until > one.from)
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
