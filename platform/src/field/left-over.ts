import type { z } from 'zod'
import { maskPhone } from '#access/mask.ts'
import type { Call } from '#access/route.ts'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import { actingAs } from '#access/actor.ts'
import { personNames } from '#people/service.ts'
import type { decideLeftOverSchema, LeftOver, leftOversQuerySchema, Result } from './contract.ts'
import { deeds } from './deeds.ts'
import type { FieldDeps } from './deeds.ts'
import { understand } from './understood.ts'
import * as store from './entry-store.ts'
import type { StoredEntry } from './entry-store.ts'
import { filesOf } from './file-store.ts'
import { resultsOf } from './results.ts'
import { openWords } from './words.ts'

/** What phones brought after the duty had ended (FD10): a desk enters it as it was made, or sets it aside. Nothing is lost. */

const isSeq = (key: string) => /^\d{1,18}$/.test(key)
const noId = '00000000-0000-0000-0000-000000000000'

/** One page under the areas of the desk, oldest first. */
export async function leftOvers(
  { trx, scope }: Call,
  { after, limit }: z.output<typeof leftOversQuerySchema>,
  deps: FieldDeps,
): Promise<{ items: LeftOver[]; next: string | null }> {
  const found = await store.leftOver(trx, scope.paths, {
    after: after ? readCursor(after, isSeq) : null,
    limit,
  })
  const rows = found.slice(0, limit)
  const names = await personNames(
    trx,
    rows.map(({ person }) => person),
  )
  const places = await placeOf(
    trx,
    rows.flatMap(({ path }) => path ?? []),
  )
  const files = await filesOf(
    trx,
    rows.map(({ id }) => id),
  )
  const last = rows.at(-1)
  return {
    items: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      seq: row.seq,
      fate: row.fate,
      household: row.household,
      deviceAt: row.deviceAt,
      madeAt: row.madeAt,
      receivedAt: row.receivedAt,
      files: files.get(row.id) ?? [],
      by: { id: row.person, name: names.get(row.person)?.name ?? '' },
      place: places.get(row.path ?? '') ?? '',
      base: row.base,
      data: row.data ? masked(openWords(deps.keys, row.id, row.data)) : {},
    })),
    next: found.length > limit && last ? writeCursor({ key: String(last.seq), id: noId }) : null,
  }
}

/** Phones and identity numbers among the fields of an edit are masked; whoever takes the entry does not need them. */
function masked(data: Record<string, unknown>): Record<string, unknown> {
  const { fields } = data
  if (typeof fields !== 'object' || fields === null) return data
  const closed = Object.entries(fields).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') return [name, value]
    if (name.endsWith('.phone')) return [name, maskPhone(value)]
    return [name, name.endsWith('.identity') ? '***' : value]
  })
  return { ...data, fields: Object.fromEntries(closed) as Record<string, unknown> }
}

/** Enters what is left over in the name of whoever made it, or sets it aside with a reason. The same decision twice is one. */
export async function decideLeftOver(
  call: Call,
  id: string,
  { decision, words }: z.output<typeof decideLeftOverSchema>,
  deps: FieldDeps,
): Promise<Result> {
  const { trx, now, actor } = call
  if (actor.kind !== 'staff') return refuse('access.not_allowed')
  const entry = (await store.lockLeftOver(trx, id)) ?? refuse('record.not_found')
  if (entry.decision && entry.decision !== decision) refuse('field.decided')
  if (!entry.decision) {
    if (decision === 'set_aside' && !words)
      refuse('input.invalid', { field: 'body.words', params: { count: 1 } })
    const requests = decision === 'take' ? await take(call, entry, deps) : []
    const at = now.toString({ smallestUnit: 'millisecond' })
    await store.decide(trx, id, { decision, by: actor.id, at, words: words ?? null, requests })
    entry.requests = requests
  }
  const [result] = await resultsOf(trx, [entry], call.language)
  return result ?? refuse('record.not_found')
}

/** @returns service requests that came of it. */
async function take(call: Call, entry: StoredEntry, deps: FieldDeps): Promise<string[]> {
  const { household, path, data } = entry
  if (!data || path === null) return refuse('record.not_found')
  const understood = understand(
    { kind: entry.kind, data: openWords(deps.keys, entry.id, data) },
    call.language,
  )
  const standing = {
    open: true,
    own: new Map(household === null ? [] : [[household, path]]),
    held: new Map<string, string>(),
  }
  const maker = { ...call, actor: actingAs(call.actor, entry.person) }
  const deed = await deeds(
    maker,
    deps,
    { ...understood, id: entry.id, base: entry.base ?? undefined, madeAt: entry.madeAt },
    standing,
  )
  return deed.requests ?? []
}
