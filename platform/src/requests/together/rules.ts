import type { Command } from '../commands.ts'
import { obstacle, partiesOf } from '../rules.ts'
import type { Actor, Refused } from '../rules.ts'
import { apply } from '../standing.ts'
import type { Entry, Maker } from '../entry.ts'
import type { Standing } from '../standing.ts'

/**
 * RQ13: two requests become one, and two again. Each keeps its own story; the one that goes remembers how it stood, the
 * one that stays gains followers. Pure.
 *
 * A request that carries others does not go: so nothing is ever merged more than one deep, and no chain or circle can be
 * made. What is merged already stands for the one it went into.
 */

/** One of the two. `direct` are those who follow it by their own choice, apart from reporters of merged ones. */
export type Side = { id: string; path: string; apart: boolean; standing: Standing; direct: number }

/** RQ10: what is confidential, or complains of somebody, is one person's own and stands apart from what others say. */
export function isApart(request: { confidential: boolean; complainedOf: readonly string[] }): boolean {
  return request.confidential || request.complainedOf.length > 0
}

type Command2 = Extract<Command, { kind: 'merge' | 'unmerge' }>
type Made = { entries: Entry[]; standing: Standing }
/** What is entered into the story of each. */
export type Merged = { gone: Made; stays: Made }

type By = Maker & { channel: string }

function entered(standing: Standing, entry: Entry): Made {
  return { entries: [entry], standing: apply(standing, entry) }
}

function base(id: string, by: By, at: string) {
  const { channel, ...maker } = by
  return { id, at, channel, by: maker, visible: true, words: null }
}

function isDesk(side: Side, actor: Actor): boolean {
  return partiesOf(side.standing, side.path, actor).includes('desk')
}

/**
 * @param stays the request named by the command, or the one that one was merged into.
 * @param id of the entry in the story of the one that stays.
 */
export function merge(
  gone: Side,
  stays: Side,
  { command, actor, by, now, id }: { command: Command2; actor: Actor; by: By; now: string; id: string },
): Merged | Refused {
  const stop = obstacle(gone.standing, 'merge', partiesOf(gone.standing, gone.path, actor), now)
  if (stop) return stop
  if (gone.id === stays.id) return { refused: 'request.merge_with_itself', field: 'into' }
  // The desk answers for both, else it would give its work to somebody else without a word.
  if (!isDesk(stays, actor)) return { refused: 'request.merge_not_yours', field: 'into' }
  if (obstacle(stays.standing, 'absorb', ['system'], now))
    return { refused: 'request.merge_into_ended', field: 'into' }
  if (gone.standing.absorbed.length > 0) return { refused: 'request.merge_carries_others' }
  // RQ10: who stays hidden waits for an answer alone; as one of several they might be recognised by it.
  if (gone.apart || stays.apart) return { refused: 'request.merge_confidential', field: 'into' }
  const words = command.words || null
  return {
    gone: entered(gone.standing, {
      ...base(command.id, by, now),
      kind: 'merge',
      words,
      data: { into: stays.id },
    }),
    stays: entered(stays.standing, {
      ...base(id, by, now),
      kind: 'absorb',
      data: { from: gone.id, followers: 1 + gone.direct },
    }),
  }
}

/**
 * Puts a merged request back to the state, holder and clock it had; its due time never moved (RQ4).
 *
 * @param back how many direct followers go back with it.
 */
export function unmerge(
  gone: Side,
  stays: Side,
  {
    command,
    actor,
    by,
    now,
    id,
    back,
  }: { command: Command2; actor: Actor; by: By; now: string; id: string; back: number },
): Merged | Refused {
  const stop = obstacle(gone.standing, 'unmerge', partiesOf(gone.standing, gone.path, actor), now)
  if (stop) return stop
  return {
    gone: entered(gone.standing, {
      ...base(command.id, by, now),
      kind: 'unmerge',
      words: command.words || null,
      data: { from: stays.id },
    }),
    stays: entered(stays.standing, {
      ...base(id, by, now),
      kind: 'release',
      data: { from: gone.id, followers: 1 + back },
    }),
  }
}
