import type { Tone } from '#web/ui/tag.tsx'
import type { MediationSummary } from '../../data/mediations.ts'

/** The tone in which a state is shown. */
export function toneOf(state: MediationSummary['state']): Tone {
  return state === 'kept' ? 'done' : state === 'broken' ? 'late' : 'none'
}
