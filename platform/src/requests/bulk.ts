import type { Call } from '#access/route.ts'
import { isProblemCode } from '#kernel/problem.ts'
import type { z } from 'zod'
import type { bulkFatesSchema, BulkAssign } from './bulk-contract.ts'
import { decide } from './rules.ts'
import type { PlainCommand } from './rules.ts'
import { actorOf, channelOf, checkNamed, makerOf, worldsFor, write } from './service.ts'
import type { Change } from './service.ts'
import { findAll } from './store.ts'
import * as store from './store.ts'
import { keepPrecedents } from './precedents.ts'

/** Bulk dispatch: what is alike goes to the same unit in one step, each with its own entry and its own fate. */

/** What became of each: `refused` is the code of the problem that stood against it. */
type Fate = z.infer<typeof bulkFatesSchema>['items'][number]

/**
 * Assigns up to fifty requests to one unit. Those that cannot be are left as they are and say why; the others go. One
 * statement of each kind for all of them. What was said in confidence, and what takes a binding decision, is dispatched by
 * itself: both need words of their own.
 */
export async function assignAlike(
  call: Call,
  { requests, lead, assisting, words }: BulkAssign,
): Promise<Fate[]> {
  const { trx } = call
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  await checkNamed(trx, [lead, ...assisting.map((organisation) => ({ organisation }))], 'body.lead', now)
  const actor = actorOf(call.actor)
  const ids = requests.map(({ id }) => id)
  const found = await findAll(trx, ids, { lock: true })
  const done = await store.entriesAmong(
    trx,
    requests.map(({ entry }) => entry),
  )
  const worldAt = await worldsFor(
    trx,
    [...found.values()].map(({ path }) => path),
    now,
  )
  const changes: Change[] = []
  const fates: Fate[] = []
  for (const { id, entry } of requests) {
    const request = found.get(id)
    const before = done.get(entry)
    const fate = (refused: string | null): void => {
      if (refused !== null && !isProblemCode(refused)) throw new Error(`no such problem: ${refused}`)
      fates.push({ entry, code: request?.code ?? null, refused })
    }
    if (!request) fate('request.not_found')
    else if (before) fate(before.request === id && before.kind === 'assign' ? null : 'id_taken')
    else {
      const world = worldAt(request.path)
      const command: PlainCommand = { id: entry, kind: 'assign', lead, assisting: [...assisting], words }
      const by = { ...makerOf(actor, request.standing), channel: channelOf(call) }
      const decided = request.confidential
        ? { refused: 'request.bulk_confidential' }
        : decide(request.standing, command, actor, by, world, () => entry)
      if ('refused' in decided) fate(decided.refused)
      else {
        changes.push({ request, ...decided, desks: world.desks })
        fate(null)
      }
    }
  }
  const after = await write(trx, changes)
  for (const [index, { entries }] of changes.entries()) await keepPrecedents(trx, after[index]!, entries)
  return fates
}
