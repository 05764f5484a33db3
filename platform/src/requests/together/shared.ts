import { entries } from '../lifecycle.ts'
import type { Entry } from '../entry.ts'

/** What somebody who said the same reads of the request that stands for theirs (RQ13, boundary 7). Pure. */

/** Stands for the reporter, and every other follower, in what a follower reads. */
const somebodyElse = 'somebody else'

/** Facts of an entry that a follower reads: who has it, on what ground. Texts only where the words are shared too. */
const sharedFacts: readonly string[] = ['holder', 'above', 'reason', 'basis', 'grounds', 'until']

/** An entry as a follower reads it; null where it is not for them. What they said themselves they read in full. */
export function sharedWith(follower: string, entry: Entry): Entry | null {
  if (entry.by.follower === follower) return entry
  const rule: { seen: unknown; shared?: 'fact' | 'words' } = entries[entry.kind]
  // What a desk above demands names this case, what the clock enters does not.
  const isDemand = entry.kind === 'supervise' && entry.by.kind === 'staff'
  if (!rule.shared || !entry.visible || isDemand) return null
  const isWords = rule.shared === 'words'
  const keeps = (key: string) => sharedFacts.includes(key) || (isWords && key === 'instead')
  return {
    ...entry,
    by: entry.by.kind === 'reporter' ? { kind: 'reporter', follower: somebodyElse } : entry.by,
    words: isWords ? entry.words : null,
    data: Object.fromEntries(Object.entries(entry.data).filter(([key]) => keeps(key))),
  } as Entry
}
