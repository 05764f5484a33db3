import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { bookNow } from '../kept/book.ts'
import type { EntryOf, Queued } from '../kept/entry.ts'
import type { EntryKind } from '#web/api/field.ts'

/** The name of the refused entry in the address of the form that mends it. */
export const mends = 'mends'

/** What this form mends: an entry of this kind that was not taken, with the server's reason. */
export function useMending<Kind extends EntryKind>(
  kind: Kind,
): (Omit<Queued, 'entry'> & { entry: EntryOf<Kind> }) | undefined {
  const [search] = useSearchParams()
  const id = search.get(mends)
  // As it was on arrival: while the form stands, the queue goes on.
  const [found] = useState(() => bookNow().queue.find(({ entry }) => entry.id === id && entry.kind === kind))
  return found as (Omit<Queued, 'entry'> & { entry: EntryOf<Kind> }) | undefined
}
