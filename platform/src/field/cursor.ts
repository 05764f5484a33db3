import { createHash } from 'node:crypto'
import { z } from 'zod'
import { refuse } from '#kernel/problem.ts'

/** Where a phone stands in the feed; opaque to it (FD3, docs/adr/0029). */

const digest = z.string().regex(/^[\w-]{0,12}$/)
const shape = z.strictObject({
  /** Everything that transactions before this one wrote is known. */
  h: z.coerce.bigint().nonnegative(),
  /** In the middle of a walk: where the walk leads, and the last household that was brought. */
  t: z.coerce.bigint().nonnegative().optional(),
  a: z.uuid().optional(),
  /** Digests of what comes all in one item, and of what it was worked out from. */
  d: z.record(z.enum(['units', 'categories', 'profile', 'requests']), digest),
})
export type Cursor = z.infer<typeof shape>
export type Part = keyof Cursor['d']

/** Where a phone begins that has nothing. */
export const start: Cursor = { h: 0n, d: { units: '', categories: '', profile: '', requests: '' } }

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
    if (known.success && (known.data.a === undefined) === (known.data.t === undefined)) return known.data
  } catch {
    // Falls through: whatever cannot be read is not a cursor of ours.
  }
  return refuse('input.invalid', { field: 'query.cursor', params: { count: 1 } })
}

/** Tells content from other content; nine bytes are enough for one phone's few. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12)
}
