import type { FieldEntry } from './contract.ts'

/**
 * A round of visits is entered at once (FD6): what a phone did one door after another, each another door of one's own, without needs, photos or
 * codes, which make more than a visit. Pure.
 */

const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0)

/** The door of a plain visit; null for anything else. */
function plainVisit({ kind, data }: FieldEntry, own: ReadonlyMap<string, string>): string | null {
  const { household, needs, files, confirm } = data
  if (kind !== 'visit' || !isEmpty(needs) || !isEmpty(files) || !isEmpty(confirm)) return null
  return typeof household === 'string' && own.has(household) ? household : null
}

/** Entries in the order in which they came: rounds of plain visits, and everything else by itself. */
export function inRounds(
  entries: readonly FieldEntry[],
  { open, own }: { open: boolean; own: ReadonlyMap<string, string> },
): FieldEntry[][] {
  const rounds: FieldEntry[][] = []
  /** Doors and ids of the round that is being gathered. */
  let gathered = new Set<string>()
  for (const entry of entries) {
    const door = open ? plainVisit(entry, own) : null
    const isNext = door !== null && gathered.size > 0 && !gathered.has(door) && !gathered.has(entry.id)
    if (isNext) rounds.at(-1)!.push(entry)
    else {
      rounds.push([entry])
      gathered = new Set()
    }
    if (door !== null) gathered.add(door).add(entry.id)
  }
  return rounds
}
