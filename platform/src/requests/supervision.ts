import type { Entry, EntryOf } from './entry.ts'
import type { Level } from './lifecycle-rule.ts'

/**
 * Supervision (督办): somebody above demands, by a due time; the holder answers; whoever demanded ends it. What the clock
 * begins when a time has run out is one too, without words. Pure.
 */

export type Supervision = {
  /** The entry that began it. */
  id: string
  /** Who demanded, or was told by the clock; null where there is nobody above. */
  organisation: string | null
  /** Level from which it may be ended. */
  level: Level
  /** Said in words by somebody, with a due time of its own; false for what the clock began. */
  demanded: boolean
  dueAt: string | null
  repliedAt: string | null
  /** Its due time passed without an answer, and the level above was told. */
  late: boolean
}

/** A meeting's demand is one as well: same clock, same answer, same end. */
export function demanded(
  { id, by, data }: EntryOf<'supervise'> | EntryOf<'decide'>,
  level: Level,
): Supervision {
  const above = 'above' in data ? data.above : undefined
  const isByClock = 'clock' in data && data.clock !== undefined
  return {
    id,
    organisation: above ?? by.organisation ?? null,
    level: data.level ?? level,
    demanded: !isByClock,
    dueAt: data.due ?? null,
    repliedAt: null,
    late: false,
  }
}

/** The supervisions that stand after an entry about one of them; what is ended stands no more. */
export function afterSupervision(known: readonly Supervision[], entry: Entry): Supervision[] {
  switch (entry.kind) {
    case 'reply':
      return changed(known, entry.data.supervision, { repliedAt: entry.at })
    case 'supervise':
      return changed(known, entry.data.of, { late: true })
    case 'lift':
      return known.filter(({ id }) => id !== entry.data.supervision)
    default:
      return [...known]
  }
}

function changed(
  known: readonly Supervision[],
  id: string | undefined,
  change: Partial<Supervision>,
): Supervision[] {
  return known.map((one) => (one.id === id ? { ...one, ...change } : one))
}

/** When a demand that nobody answered is told to the level above; null when there is none to wait for. */
export function demandEnds({ demanded: isDemand, dueAt, repliedAt, late }: Supervision): string | null {
  return isDemand && !late && repliedAt === null ? dueAt : null
}
