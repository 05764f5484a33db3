import { deskAbove, escalation } from './climbing.ts'
import type { Command } from './commands.ts'
import { reopenDays, triesUntilUnreachable } from './lists.ts'
import type { Draft, World } from './rules.ts'
import type { Standing } from './standing.ts'

/** What follows from the resident's word: on the phone, as "not solved", as an appeal. Pure. */

/** Whether a call ended the matter: it is solved, whether or not all was well. */
export const isContent = (outcome: string | null) => outcome === 'satisfied' || outcome === 'fair'

/** True when it was closed or declined more than so many days ago. */
export function isOver({ closedAt }: Standing, days: number, now: string): boolean {
  return closedAt !== null && Date.parse(now) - Date.parse(closedAt) > days * 86_400_000
}

/** Whether the calls about a closed request are done: somebody spoke, or three calls found nobody (boundary 18). */
export function isHeard({ followedUp, unreached }: Standing): boolean {
  return (followedUp !== null && followedUp !== 'unreachable') || unreached >= triesUntilUnreachable
}

/** A call that ended the matter also closes it; one that did not reopens it in the reporter's name. */
export function followUp(
  standing: Standing,
  command: Extract<Command, { kind: 'follow_up' }>,
  world: World,
  follow: () => string,
): Draft[] {
  const call: Draft = {
    id: command.id,
    kind: 'follow_up',
    visible: true,
    words: command.words || null,
    data: { outcome: command.outcome },
  }
  const again = () => reopening({ id: follow(), words: command.words || null }, standing, world, follow)
  // Of a closed request a call only adds what was said, unless it says: not solved.
  if (standing.state === 'closed') {
    const reopens = command.outcome === 'dissatisfied' && !isOver(standing, reopenDays, world.now)
    return reopens ? [call, ...again()] : [call]
  }
  if (isContent(command.outcome))
    return [
      call,
      { id: follow(), kind: 'close', visible: true, words: null, data: { grounds: 'followed_up' } },
    ]
  if (command.outcome === 'unreachable')
    return standing.unreached + 1 < triesUntilUnreachable
      ? [call]
      : [call, { id: follow(), kind: 'close', visible: true, words: null, data: { grounds: 'unreachable' } }]
  return [call, ...again()]
}

/** RQ8: "not solved" goes back to the same holder; the second time on to the level above, where there is one. */
export function reopening(
  own: { id: string; words: string | null },
  standing: Standing,
  world: World,
  follow: () => string,
): Draft[] {
  const { term } = world.plan.solve(standing.category, standing.urgency, world.now)
  const reopen: Draft = { ...own, kind: 'reopen', visible: true, data: { term } }
  if (standing.reopens === 0) return [reopen]
  const climb = escalation(follow(), standing, null, world.desks)
  return 'refused' in climb ? [reopen] : [reopen, climb]
}

type Own = Pick<Draft, 'id' | 'visible' | 'words'>

/** An appeal goes to the level above; from the highest it comes back to its desk, where nobody else is left to decide. */
export function appealing(own: Own, standing: Standing, world: World): Draft {
  const above = deskAbove(standing.level, world.desks)
  const { organisation, level } = above ?? { organisation: standing.desk, level: standing.level }
  return {
    ...own,
    kind: 'appeal',
    data: { holder: { organisation }, level, term: world.plan.appeal(world.now) },
  }
}
