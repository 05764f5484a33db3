import { levelOfDesk } from './climbing.ts'
import type { Command } from './commands.ts'
import type { Holder, Maker } from './entry.ts'
import { isOpenPart } from './parts.ts'
import type { Part } from './parts.ts'
import type { Actor, Draft, Refused, World } from './rules.ts'
import type { Standing } from './standing.ts'

/** RQ12: splitting a request into parts, and what may happen to a part. Pure. */

type Own = Pick<Draft, 'id' | 'visible' | 'words'>
type Split = Extract<Command, { kind: 'split' }>
/** Entries about one part. */
export const partKinds = ['part_take', 'part_return', 'part_answer', 'part_take_back'] as const
type PartCommand = Extract<Command, { kind: (typeof partKinds)[number] }>

/** A part ends no later than the request; of one that is overdue every part is due at once. */
function unfitDue(parts: Split['parts'], standing: Standing, now: string): Refused | null {
  const end = standing.term?.dueAt ?? now
  const index = parts.findIndex(
    ({ due }) =>
      due !== undefined && (Date.parse(due) > Date.parse(end) || Date.parse(due) <= Date.parse(now)),
  )
  return index < 0 ? null : { refused: 'request.part_due_too_late', field: `parts.${index}.due` }
}

/** Who splits it keeps the whole in hand: the holder, named by whoever acts, or the desk that takes it to itself. */
export function splitting(
  own: Own,
  { parts }: Split,
  standing: Standing,
  maker: Maker,
  world: Pick<World, 'now' | 'desks' | 'plan'>,
): Draft[] | Refused {
  if (!maker.organisation) return { refused: 'request.not_yours_to_make', params: { kind: 'split' } }
  const ids = parts.map(({ id }) => id)
  const taken = ids.findIndex(
    (id, index) => ids.indexOf(id) !== index || standing.parts.some((one) => one.id === id),
  )
  if (taken >= 0) return { refused: 'id_taken', field: `parts.${taken}.id` }
  const unfit = unfitDue(parts, standing, world.now)
  if (unfit) return unfit
  const holder: Holder = { organisation: maker.organisation, ...(maker.person && { person: maker.person }) }
  const level = levelOfDesk(holder.organisation, world.desks)
  const end = standing.term?.dueAt ?? world.now
  return [
    {
      ...own,
      kind: 'split',
      data: {
        holder,
        ...(level && { level }),
        assisting: [...new Set(parts.map(({ lead }) => lead.organisation))],
        parts: parts.map(({ id, lead, due }) => ({
          id,
          holder: lead,
          term: world.plan.within(world.now, due ?? end),
        })),
        matters: parts.map(({ words }) => words),
      },
    },
  ]
}

/** In which state of a part each may be entered. */
const fitStates = {
  part_take: ['given'],
  part_return: ['given'],
  part_answer: ['taken'],
  part_take_back: ['given', 'taken', 'returned'],
} as const satisfies Record<PartCommand['kind'], readonly Part['state'][]>

/** Whether some entry about a part could be made now, as far as the parts themselves say. */
export function hasPartFor(standing: Standing, kind: PartCommand['kind']): boolean {
  const states: readonly string[] = fitStates[kind]
  return standing.parts.some(({ state }) => states.includes(state))
}

/**
 * What this actor may enter about one part. Taking back is for whoever holds the request or a desk over it; the rest for
 * the part's holder.
 *
 * @param abilities what the actor may enter about the request as a whole (`abilitiesOf`).
 */
export function partSteps(
  part: Part,
  actor: Actor,
  abilities: readonly string[] = partKinds,
): PartCommand['kind'][] {
  if (!isOpenPart(part) || actor.kind !== 'staff') return []
  const isTheirs = actor.organisations.includes(part.to.organisation)
  return partKinds.filter((kind) => {
    const states: readonly string[] = fitStates[kind]
    return abilities.includes(kind) && states.includes(part.state) && (isTheirs || kind === 'part_take_back')
  })
}

export function aboutPart(
  own: Own,
  command: PartCommand,
  standing: Standing,
  actor: Actor,
): Draft[] | Refused {
  const part = standing.parts.find(({ id }) => id === command.part)
  if (!part) return { refused: 'request.no_such_part', field: 'part' }
  const states: readonly string[] = fitStates[command.kind]
  if (!states.includes(part.state))
    return { refused: 'request.part_not_in_this_state', field: 'part', params: { state: part.state } }
  if (actor.kind !== 'staff') return { refused: 'request.not_yours_to_make', params: { kind: command.kind } }
  if (command.kind === 'part_take_back')
    return [{ ...own, visible: false, kind: 'part_take_back', data: { part: part.id } }]
  if (!partSteps(part, actor).includes(command.kind))
    return { refused: 'request.not_yours_to_make', params: { kind: command.kind } }
  if (command.kind === 'part_take')
    return [{ ...own, visible: false, kind: 'part_take', data: { part: part.id, person: actor.person } }]
  if (command.kind === 'part_return')
    return [{ ...own, visible: false, kind: 'part_return', data: { part: part.id, basis: command.basis } }]
  return [{ ...own, visible: false, kind: 'part_answer', data: { part: part.id } }]
}
