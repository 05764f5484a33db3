import type { Tone } from '#web/ui/tag.tsx'
import type { MediationSummary } from '../../data/mediations.ts'

/** A day at noon, so that it is the same day wherever it is read. */
export const noon = (day: string) => `${day}T12:00:00+08:00`

/** The tone in which a state is shown. */
export function toneOf(state: MediationSummary['state']): Tone {
  return state === 'kept' ? 'done' : state === 'broken' ? 'late' : 'none'
}
