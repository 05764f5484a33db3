import type { Entry, EntryOf, Holder, Term } from './entry.ts'
import type { AlarmShare } from './lists.ts'

/**
 * RQ12: a request in parts, for several departments. Each part has exactly one holder and its own due time, no later than
 * that of the request; whoever reported it sees one request. Pure.
 */

/** `given` waits to be taken, `returned` lies with whoever holds the request; the last three are over. */
export const partStates = ['given', 'taken', 'returned', 'answered', 'taken_back', 'dropped'] as const
type PartState = (typeof partStates)[number]

export type Part = {
  id: string
  state: PartState
  /** Whom it was given to. */
  to: Holder
  term: Term
  /** RQ5: the shares of its time already told. */
  told: AlarmShare[]
}

export function isOpenPart({ state }: Pick<Part, 'state'>): boolean {
  return state === 'given' || state === 'taken' || state === 'returned'
}

/** RQ1: who answers for a part now; null once it is over. What was sent back lies with whoever holds the request. */
export function holderOfPart(part: Pick<Part, 'state' | 'to'>, request: Holder | null): Holder | null {
  if (!isOpenPart(part)) return null
  return part.state === 'returned' ? request : part.to
}

export function isPartOverdue(part: Part): boolean {
  return isOpenPart(part) && part.told.includes('due')
}

/** The parts after a split: those there were, and the new ones. */
export function split(parts: readonly Part[], { data, at }: EntryOf<'split'>): Part[] {
  return [
    ...parts,
    ...data.parts.map(({ id, holder, term }): Part => {
      // Of a request that is overdue already the level above has been told; its parts would only say it again.
      const told: AlarmShare[] = term.dueAt <= at ? ['half', 'most', 'due'] : []
      return { id, state: 'given', to: holder, term, told }
    }),
  ]
}

/** The parts after an entry about one of them. */
export function afterPart(parts: readonly Part[], entry: Entry): Part[] {
  switch (entry.kind) {
    case 'part_take': {
      const { part, person } = entry.data
      return changed(parts, part, ({ to }) => ({ state: 'taken', to: { ...to, person } }))
    }
    case 'part_return':
      return changed(parts, entry.data.part, () => ({ state: 'returned' }))
    case 'part_answer':
      return changed(parts, entry.data.part, () => ({ state: 'answered' }))
    case 'part_take_back':
      return changed(parts, entry.data.part, () => ({ state: 'taken_back' }))
    case 'remind':
      return changed(parts, entry.data.part, ({ told }) => ({ told: [...told, entry.data.share] }))
    case 'supervise':
      return changed(parts, entry.data.of, ({ told }) => ({ told: [...told, 'due'] }))
    default:
      return [...parts]
  }
}

function changed(
  parts: readonly Part[],
  id: string | undefined,
  change: (part: Part) => Partial<Part>,
): Part[] {
  return parts.map((part) => (part.id === id ? { ...part, ...change(part) } : part))
}

/** Nothing is owed any more once the request is over; what was done stays. */
export function dropped(parts: readonly Part[]): Part[] {
  return parts.map((part) => (isOpenPart(part) ? { ...part, state: 'dropped' } : part))
}
