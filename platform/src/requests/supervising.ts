import { rank } from './climbing.ts'
import type { Command } from './commands.ts'
import type { Level } from './lifecycle-rule.ts'
import type { Actor, Draft, Refused, World } from './rules.ts'
import type { Standing } from './standing.ts'
import type { Supervision } from './supervision.ts'

/** Supervision by hand: to demand, to answer, to end. Pure. */

type Own = Pick<Draft, 'id' | 'visible' | 'words'>

/** How far away the due time of a demand may lie. */
const mostDays = 30
const dayMs = 86_400_000

/** The highest desk over this place at which the actor serves, whose level a demand then has. */
function deskOf(actor: Actor, path: string): { level: Level; organisation: string } | null {
  if (actor.kind !== 'staff') return null
  const over = actor.desks.filter((desk) => path.startsWith(desk.path))
  return over.toSorted((one, other) => rank(other.level) - rank(one.level))[0] ?? null
}

/** A demand has an end; where none is said, the ladder's own step. */
export function demanding(
  own: Own,
  { demand, due }: Extract<Command, { kind: 'supervise' }>,
  standing: Standing,
  actor: Actor,
  world: Pick<World, 'now' | 'path' | 'plan'>,
): Draft[] | Refused {
  const length = due === undefined ? 1 : Date.parse(due) - Date.parse(world.now)
  if (!(length > 0 && length <= mostDays * dayMs))
    return { refused: 'request.end_out_of_range', field: 'due', params: { days: mostDays } }
  const at = deskOf(actor, world.path)
  return [
    {
      ...own,
      kind: 'supervise',
      data: {
        demand,
        due: due ?? world.plan.rung(standing.urgency, world.now),
        ...(at && { level: at.level, above: at.organisation }),
      },
    },
  ]
}

/** What this actor may enter about one supervision. @param abilities as for the request as a whole. */
export function supervisionSteps(
  one: Supervision,
  actor: Actor,
  path: string,
  abilities: readonly string[],
): ('reply' | 'lift')[] {
  return (['reply', 'lift'] as const).filter(
    (kind) => abilities.includes(kind) && (kind === 'reply' || mayLift(one, actor, path)),
  )
}

/** Whoever supervises, or a desk above them, ends it. */
function mayLift(one: Supervision, actor: Actor, path: string): boolean {
  if (actor.kind === 'system') return true
  const at = deskOf(actor, path)
  return at !== null && rank(at.level) >= rank(one.level)
}

export function replying(
  own: Own,
  command: Extract<Command, { kind: 'reply' | 'lift' }>,
  standing: Standing,
  actor: Actor,
  path: string,
): Draft[] | Refused {
  const one = standing.supervisions.find(({ id }) => id === command.supervision)
  if (!one) return { refused: 'request.no_such_supervision', field: 'supervision' }
  if (command.kind === 'lift' && !mayLift(one, actor, path))
    return { refused: 'request.not_yours_to_lift', field: 'supervision' }
  return [{ ...own, visible: false, kind: command.kind, data: { supervision: one.id } }]
}
