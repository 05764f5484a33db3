import type { Due } from '#visits/rules.ts'
import surnames from './data/surnames.json' with { type: 'json' }

/** What a door looks like and what a household is called, decided from what is known. Pure. */

export const doorStates = ['seen', 'soon', 'late', 'care', 'unknown'] as const
export type DoorState = (typeof doorStates)[number]

/** Overdue beats due, due beats care, care beats seen (mock/README rule 3). Care colours a door that was seen. */
export function doorState(due: Due, needsCare: boolean): DoorState {
  if (due === 'overdue') return 'late'
  if (due === 'due') return 'soon'
  if (due === 'unknown') return 'unknown'
  return needsCare ? 'care' : 'seen'
}

/** The family name of a head of household, for a door: two characters where the name has a double surname. */
export function familyName(name: string): string {
  const double = surnames.find((one) => name.startsWith(one) && name.length > one.length)
  return double ?? [...name.trim()][0] ?? ''
}
