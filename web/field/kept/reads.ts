import { enqueue } from './book.ts'
import { entryOf, queued } from './entry.ts'

/**
 * What was looked at on this phone is told to the server, so that the resident reads it among "who looked" (boundary 4).
 * The same household within a while is one look.
 */

const oneLook = 15 * 60_000
const looked = new Map<string, number>()

export async function noteRead(household: string): Promise<void> {
  const now = Date.now()
  if (now - (looked.get(household) ?? 0) < oneLook) return
  looked.set(household, now)
  await enqueue(queued(entryOf('reads', { reads: [{ household, at: new Date(now).toISOString() }] })))
}
