import type { EntryKind } from '#requests/lifecycle.ts'

/** Entries that do not say how it came to be whose turn it is. Every other kind has a sentence of its own: `since.<kind>`. */
export const beside: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'note',
  'ask',
  'propose',
  'review',
  'extend',
  'exclude',
  'remind',
  'supervise',
  'follow_up',
  'rate',
  'reply',
  'lift',
  'join',
  'table',
  'part_take',
  'part_return',
  'part_answer',
  'part_take_back',
  'offer',
  'unoffer',
])
