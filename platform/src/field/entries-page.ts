import type { z } from 'zod'
import type { Call } from '#access/route.ts'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { refuse } from '#kernel/problem.ts'
import type { entriesQuerySchema, Result } from './contract.ts'
import { holderOf, ownDevices } from './devices.ts'
import * as store from './entry-store.ts'
import { resultsOf } from './results.ts'

/** Own entries and their fates, one page at a time. */

const isSeq = (key: string) => /^\d{1,18}$/.test(key)
const noId = '00000000-0000-0000-0000-000000000000'

export async function ownEntries(
  call: Call,
  { fate, after, limit }: z.output<typeof entriesQuerySchema>,
): Promise<{ items: Result[]; next: string | null }> {
  const { person } = holderOf(call)
  if ((await ownDevices(call)).length === 0) refuse('field.no_such_device')
  const position = after ? readCursor(after, isSeq) : null
  const found = await store.page(call.trx, person, { fate, after: position, limit })
  const items = await resultsOf(call.trx, found.slice(0, limit), call.language)
  const last = items.at(-1)
  return {
    items,
    next: found.length > limit && last ? writeCursor({ key: String(last.seq), id: noId }) : null,
  }
}
