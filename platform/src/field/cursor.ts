import { createHash } from 'node:crypto'
import { z } from 'zod'
import { refuse } from '#kernel/problem.ts'

/** Where a phone stands in the feed; opaque to it (FD3, docs/adr/0029). */

const digest = z.string().regex(/^[\w-]{0,12}$/)
/** What a statement saw, as PostgreSQL writes it: oldest running, first not begun, and those running in between. */
const snapshot = z.string().regex(/^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/)
const walk = z.int().nonnegative()
const shape = z.strictObject({
  /** The last walk that came to its end, and what its first statement saw: all of that is known. */
  w: walk,
  s: snapshot,
  /** In the middle of a walk: which, what its first statement saw, and the last household that was brought. */
  n: walk.optional(),
  t: snapshot.optional(),
  a: z.uuid().optional(),
  /** Digests of what comes all in one item, and of what it was worked out from. */
  d: z.object({
    units: digest,
    categories: digest,
    profile: digest,
    requests: digest,
    // Phones that were here before there were offers do not name them.
    offers: digest.default(''),
  }),
})
export type Cursor = z.infer<typeof shape>
export type Part = keyof Cursor['d']

/** Where a phone begins that has nothing. */
export const start: Cursor = {
  w: 0,
  s: '1:1:',
  d: { units: '', categories: '', profile: '', requests: '', offers: '' },
}

export function writeCursor(cursor: Cursor): string {
  const text = JSON.stringify(cursor, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  return Buffer.from(text).toString('base64url')
}

/** @throws Refusal `input.invalid` for what is no cursor of ours. */
export function readCursor(text: string): Cursor {
  try {
    const known = shape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    const { n, t, a } = known.data ?? {}
    const parts = [n, t, a].filter((part) => part !== undefined).length
    if (known.success && (parts === 0 || parts === 3)) return known.data
  } catch {
    // Falls through: whatever cannot be read is not a cursor of ours.
  }
  return refuse('input.invalid', { field: 'query.cursor', params: { count: 1 } })
}

/** Tells content from other content; nine bytes are enough for one phone's few. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12)
}

/** The oldest transaction that a snapshot does not know to have ended. */
export function edgeOf(snapshot: string): string {
  return snapshot.slice(0, snapshot.indexOf(':'))
}
