import type { Household } from '../kept/overlay.ts'
import { initialsOf } from '../names.ts'

/** By door, by any name behind it, or by the first letters of a name: `hgz`. */
export function fits(household: Household, sought: string): boolean {
  const wanted = sought.trim().toLowerCase()
  if (household.door.number.toLowerCase().startsWith(wanted)) return true
  return household.members.some(
    ({ name }) => name.includes(wanted) || (/^[a-z]+$/.test(wanted) && initialsOf(name).startsWith(wanted)),
  )
}
