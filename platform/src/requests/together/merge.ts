import type { Call } from '#access/route.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import type { Command } from '../commands.ts'
import { add, cameWith, end, followersOf, moveBack, moveDirect } from './follower-store.ts'
import { isApart, merge, unmerge } from './rules.ts'
import type { Merged, Side } from './rules.ts'
import { actorOf, channelOf, desksOver, isEntered, makerOf, refuseBy, write } from '../service.ts'
import * as store from '../store.ts'
import type { Stored } from '../store.ts'

/** RQ13: merging two requests and undoing it, each entered into both stories in one transaction. */

type MergeCommand = Extract<Command, { kind: 'merge' | 'unmerge' }>

/** Both requests, locked in the order of their ids, so that two merges never wait for one another. */
async function both({ trx }: Call, one: string, other: string): Promise<(id: string) => Stored | undefined> {
  const found = new Map<string, Stored | undefined>()
  for (const id of [...new Set([one, other])].toSorted())
    found.set(id, await store.find(trx, id, { lock: true }))
  return (id) => found.get(id)
}

/** What the named request stands for: itself, or the one it was merged into. Nothing is merged more than one deep. */
async function survivorOf({ trx }: Call, id: string): Promise<string> {
  return (await store.find(trx, id))?.standing.merged?.into ?? id
}

const sideOf = (request: Stored, direct: number): Side => {
  const { id, path, standing } = request
  return { id, path, standing, direct, apart: isApart(request) }
}

/** Merges a request into another, or undoes it. The same entry id twice is one merge (RQ3). @returns the request that goes. */
export async function mergeOrPart(call: Call, id: string, command: MergeCommand): Promise<Stored> {
  const { trx } = call
  const before = (await store.find(trx, id)) ?? refuse('request.not_found')
  const actor = actorOf(call.actor)
  const other =
    command.kind === 'merge' ? await survivorOf(call, command.into) : (before.standing.merged?.into ?? id)
  const at = await both(call, id, other)
  const gone = at(id) ?? refuse('request.not_found')
  if (await isEntered(trx, command, id, actor)) return gone
  const stays = at(other) ?? refuse('request.merge_not_yours', { field: 'body.into' })
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const by = { ...makerOf(actor, gone.standing), channel: channelOf(call) }
  const made = { command, actor, by, now, id: derivedId('merge', command.id) }
  const direct = (await followersOf(trx, [gone.id])).filter(({ isDirect }) => isDirect).length
  const decided =
    command.kind === 'merge'
      ? merge(sideOf(gone, direct), sideOf(stays, 0), made)
      : unmerge(sideOf(gone, 0), sideOf(stays, 0), { ...made, back: await cameWith(trx, gone.id, stays.id) })
  if ('refused' in decided) refuseBy(decided)
  return keep(call, { gone, stays }, decided, command.kind, now)
}

/** Writes both stories. Who follows the one that goes is told of it as its own reporter is, while they still follow it. */
async function keep(
  { trx }: Call,
  { gone, stays }: { gone: Stored; stays: Stored },
  decided: Merged,
  kind: MergeCommand['kind'],
  now: string,
): Promise<Stored> {
  if (kind === 'unmerge') {
    await end(trx, gone.id, now)
    await moveBack(trx, gone.id, stays.id)
  }
  const [after] = await write(trx, [
    { request: gone, ...decided.gone, desks: await desksOver(trx, gone.path) },
    { request: stays, ...decided.stays, desks: await desksOver(trx, stays.path) },
  ])
  if (kind === 'merge') {
    await moveDirect(trx, gone.id, stays.id)
    const { id, reporter, code } = gone
    // Of one whose reporter is erased nobody is left to follow.
    if (reporter !== null)
      await add(trx, { id, request: stays.id, reporter, code, title: null, since: now, from: id })
  }
  return after!
}
