import type { WhistleSearch } from '../../data/whistles.ts'

/** What the address of the page may say; anything else in it is dropped. */

const queues = ['mine', 'open', 'over', 'called'] as const
const parts = ['in_time', 'late', 'waiting', 'released', 'done', 'satisfied', 'fair', 'dissatisfied'] as const
const roles = ['lead', 'assist'] as const

const one = <Value extends string>(list: readonly Value[], value: unknown): Value | undefined =>
  list.find((known) => known === value)
const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined)

/** `blow`: the form stands in the middle; with the id of a request, or `new` for one that is yet to be chosen. */
export type WhistlePageSearch = WhistleSearch & { blow?: string | undefined }

export function readWhistleSearch(search: Record<string, unknown>): WhistlePageSearch {
  const read: WhistlePageSearch = {
    queue: one(queues, search.queue),
    late: search.late === 'true' || search.late === true ? 'true' : undefined,
    department: text(search.department),
    role: one(roles, search.role),
    part: one(parts, search.part),
    from: text(search.from),
    until: text(search.until),
    blow: text(search.blow),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** What the list is asked for: without the form, and with the queue that is meant when none is said. */
export function listOf({ blow: _, ...search }: WhistlePageSearch): WhistleSearch {
  return { ...search, queue: search.queue ?? 'mine' }
}
