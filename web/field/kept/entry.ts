import type { EntryData, EntryKind, EntryProblem, FieldEntry, Result } from '#web/api/field.ts'
import { newId } from '#web/api/ids.ts'
import type { QueueState } from './database.ts'

/** One thing done on this phone, and what has become of it. */

export type QueuedFile = {
  id: string
  kind: 'photo' | 'voice'
  name: string
  bytes: number
  seconds?: number
  /** The server has it. */
  sent: boolean
  /** Why it was not taken, in the server's words. */
  refused?: string
}

/** An entry with data of its kind. */
export type EntryOf<Kind extends EntryKind> = Omit<FieldEntry, 'kind' | 'data'> & {
  kind: Kind
  data: EntryData<Kind>
}
export type AnyEntry = { [Kind in EntryKind]: EntryOf<Kind> }[EntryKind]

export type Queued = {
  entry: AnyEntry
  state: QueueState
  /** What the server said; null while it has not. */
  result: Result | null
  /** Why it was refused; then it waits for the person, not for the line. */
  problem: EntryProblem | null
  files: QueuedFile[]
  /** Another was sent in its place. */
  mendedBy?: string
}

/** How it stands with a queued thing, in the words of the queue (messages: `fate.*`). */
export type Standing =
  | 'waiting'
  | 'sending'
  | 'files'
  | 'applied'
  | 'merged'
  | 'conflict'
  | 'refused'
  | 'mended'
  | 'left_over'

export function standing(one: Queued, sending: ReadonlySet<string>): Standing {
  if (one.mendedBy) return 'mended'
  if (one.problem) return 'refused'
  if (!one.result) return sending.has(one.entry.id) ? 'sending' : 'waiting'
  if (one.files.some((file) => !file.sent && !file.refused)) return 'files'
  return one.result.fate
}

/** A new entry, made now by this phone's own clock. */
export function entryOf<Kind extends EntryKind>(
  kind: Kind,
  data: EntryData<Kind>,
  more: { base?: number; mends?: string | undefined } = {},
): EntryOf<Kind> {
  const { base, mends } = more
  return {
    id: newId(),
    kind,
    deviceAt: new Date().toISOString(),
    ...(base !== undefined && { base }),
    ...(mends !== undefined && { mends }),
    data,
  }
}

export function queued(entry: AnyEntry, files: QueuedFile[] = []): Queued {
  return { entry, state: entry.kind === 'reads' ? 'reads' : 'stays', result: null, problem: null, files }
}

/** Waits for the line. */
export function isUnsent(one: Queued): boolean {
  return !one.result && !one.problem
}

/** Still concerns the person: not sent, not taken, or with photos on their way. What was only looked at is not shown. */
export function isShown(one: Queued): boolean {
  if (one.entry.kind === 'reads' || one.mendedBy) return false
  return isUnsent(one) || one.problem !== null || one.files.some((file) => !file.sent && !file.refused)
}

/** The household an entry is about. */
export function householdOf({ entry }: Queued): string | undefined {
  return 'household' in entry.data ? entry.data.household : undefined
}
