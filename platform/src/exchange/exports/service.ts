import { may } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { requestsUpTo } from '#requests/page.ts'
import type { ExportView, NewExport } from './contract.ts'
import { freeRows, keptDays, mostRows } from './limits.ts'
import * as store from './export-store.ts'
import type { ExportRow } from './export-store.ts'

/**
 * Lists that leave the product (boundary 8): a reason, another person's word above a hundred, a cap, an end. No file is kept:
 * it is written anew each time it is fetched, by what its maker may read then. So nothing that was erased is in it (RQ15),
 * and nothing of a confidential request that its maker may not know (RQ10).
 */

const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

async function views(trx: Trx, call: Call, rows: readonly ExportRow[]): Promise<ExportView[]> {
  const names = await personNames(
    trx,
    rows.flatMap(({ by, decidedBy }) => [by, ...(decidedBy === null ? [] : [decidedBy])]),
  )
  const places = await placeOf(
    trx,
    rows.map(({ path }) => path),
  )
  const now = text(call.now)
  return rows.map((one) => ({
    id: one.id,
    format: one.format,
    reason: one.reason,
    by: names.get(one.by)?.name ?? '',
    own: one.by === makerOf(call).id,
    place: places.get(one.path) ?? '',
    rows: one.rows,
    state: one.expiresAt <= now ? 'expired' : one.state,
    decidedBy: one.decidedBy === null ? null : (names.get(one.decidedBy)?.name ?? ''),
    fetched: one.fetched,
    createdAt: one.createdAt,
    expiresAt: one.expiresAt,
  }))
}

const makerOf = ({ actor }: Call) => (actor.kind === 'staff' ? actor : refuse('access.not_allowed'))

async function viewOf(call: Call, id: string): Promise<ExportView> {
  const one = (await store.lockExport(call.trx, id)) ?? refuse('record.not_found')
  const [view] = await views(call.trx, call, [one])
  return view ?? refuse('record.not_found')
}

/** EX1 EX2: asks for a list as a file. Up to a hundred rows it is ready at once; above, somebody else agrees. */
export async function askFor(call: Call, given: NewExport): Promise<ExportView> {
  const { trx, now } = call
  const maker = makerOf(call)
  const known = await store.lockExport(trx, given.id)
  if (known) return known.by === maker.id ? viewOf(call, given.id) : refuse('id_taken', { field: 'body.id' })
  const rows = await requestsUpTo(call, given.query, mostRows + 1)
  if (rows > mostRows) refuse('export.too_many', { params: { most: mostRows } })
  if (rows === 0) refuse('export.nothing')
  await store.addExport(trx, {
    id: given.id,
    query: given.query as Record<string, string>,
    format: given.format,
    reason: given.reason,
    path: maker.posts[0]?.path ?? refuse('access.not_allowed'),
    by: maker.id,
    rows,
    state: rows > freeRows ? 'waiting' : 'ready',
    createdAt: text(now),
    expiresAt: text(now.add({ hours: 24 * keptDays })),
  })
  return viewOf(call, given.id)
}

export async function listed(call: Call): Promise<{ items: ExportView[] }> {
  const rows = await store.exportsOf(call.trx, makerOf(call).id, may(call.actor, 'export.decide'))
  return { items: await views(call.trx, call, rows) }
}

/** EX2: agrees or refuses; never the one who asks. */
export async function decide(call: Call, id: string, agree: boolean): Promise<ExportView> {
  const one = (await store.lockExport(call.trx, id)) ?? refuse('record.not_found')
  const { id: by } = makerOf(call)
  if (one.by === by) refuse('export.own')
  if (one.state !== 'waiting' || one.expiresAt <= text(call.now)) refuse('export.decided')
  const expires = agree ? call.now.add({ hours: 24 * keptDays }) : call.now
  await store.decide(call.trx, id, agree ? 'ready' : 'refused', by, text(call.now), text(expires))
  return viewOf(call, id)
}

/** EX3: what may be fetched, by whoever asked for it, while it lasts. */
export async function toFetch(call: Call, id: string): Promise<ExportRow> {
  const one = (await store.lockExport(call.trx, id)) ?? refuse('record.not_found')
  if (one.by !== makerOf(call).id) refuse('record.not_found')
  if (one.state !== 'ready') refuse('export.not_ready')
  if (one.expiresAt <= text(call.now)) refuse('export.expired')
  await store.countFetch(call.trx, id)
  return one
}
