import { entries, states } from './lifecycle.ts'
import type { Entry, Standing } from './standing.ts'

/** What erasing means for a request, decided purely. */

/** By when a wish is answered, in boundary 5's fifteen days. */
export const answerLimit = { unit: 'calendar_days', amount: 15 } as const

/**
 * The entry that ends an open request with its erasure, or null when it goes on or is over already. Who has everything
 * erased takes it back, as long as that is possible; behind an answer nobody is left to say whether it is solved.
 */
export function ending(standing: Standing, scope: 'person' | 'all', id: string, at: string): Entry | null {
  const { state } = standing
  const from: readonly string[] = entries.withdraw.from
  if (states[state].final) return null
  const base = { id, at, visible: true, words: null }
  if (scope === 'all' && from.includes(state))
    return { ...base, kind: 'withdraw', channel: 'phone_page', by: { kind: 'reporter' }, data: {} }
  if (scope === 'person' && states[state].clock !== 'word') return null
  return { ...base, kind: 'close', channel: 'clock', by: { kind: 'system' }, data: { grounds: 'erased' } }
}
