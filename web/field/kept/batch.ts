import type { Result } from '#web/api/field.ts'
import type { Queued } from './entry.ts'

/** What goes out together, and what the answer says about each. Pure. */

/** What one call holds at the most; the server takes a little more. */
const mostEntries = 50
const mostBytes = 200_000

/** As many of the oldest as go into one call. */
export function batch(waiting: readonly Queued[]): Queued[] {
  const taken: Queued[] = []
  let bytes = 0
  for (const one of waiting) {
    bytes += new TextEncoder().encode(JSON.stringify(one.entry)).length
    if (taken.length > 0 && (bytes > mostBytes || taken.length === mostEntries)) break
    taken.push(one)
  }
  return taken
}

/** Writes the server's word on one entry. */
export function withResult(one: Queued, result: Result): Queued {
  if (result.fate !== 'refused') return { ...one, state: 'settled', result }
  const problem = result.problem ?? { code: 'refused', title: '', detail: '', status: 422 }
  return { ...one, problem }
}

/** Which entry a refusal of the whole call is about: `body.entries.N...`. */
export function refusedAt(field: string | undefined): number | undefined {
  const index = /^body\.entries\.(\d+)/.exec(field ?? '')?.[1]
  return index === undefined ? undefined : Number(index)
}
