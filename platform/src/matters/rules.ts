/** What may be asked of grids and when it ends (O4, boundary 17). Pure. */

export const pushStates = ['waiting', 'in_force', 'refused', 'withdrawn'] as const
export type PushState = (typeof pushStates)[number]

/** How a push stands on a day: what was let through begins and ends by itself. */
export type Standing = 'waiting' | 'coming' | 'now' | 'over' | 'refused' | 'withdrawn'

/** GM4: nothing has to run for something to end; the day decides. */
export function standingOn(
  { state, startsOn, endsOn }: { state: PushState; startsOn: string; endsOn: string | null },
  day: string,
): Standing {
  if (state === 'refused' || state === 'withdrawn') return state
  if (endsOn !== null && endsOn <= day) return 'over'
  if (state === 'waiting') return 'waiting'
  return startsOn > day ? 'coming' : 'now'
}

/** GM2: what is on the list is in force at once, everything else waits. */
export function stateOf(matter: string | null): PushState {
  return matter === null ? 'waiting' : 'in_force'
}
