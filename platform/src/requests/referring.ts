import type { Command } from './commands.ts'
import type { Draft, Refused, World } from './rules.ts'
import type { Standing } from './standing.ts'

/** Sending somebody elsewhere: a decline says where to, and hands over where that is an organisation known here. Pure. */

/**
 * A decline names who is responsible, with its phone. Handed over, the request is not dead: that organisation has it, and
 * its limit starts now.
 *
 * @param command with the name and phone of an organisation known here filled in.
 */
export function declining(
  standing: Standing,
  command: Extract<Command, { kind: 'decline' }>,
  world: Pick<World, 'now' | 'plan'>,
  follow: () => string,
): Draft[] | Refused {
  const { reason, words, needed, handOver } = command
  const { organisation, name, phone } = command.instead
  if (!name) return { refused: 'request.instead_missing', field: 'instead' }
  if (handOver && !organisation)
    return { refused: 'request.hand_over_to_nobody', field: 'instead.organisation' }
  if (organisation && organisation === standing.holder?.organisation)
    return { refused: 'request.instead_is_here', field: 'instead.organisation' }
  const no: Draft = {
    id: command.id,
    kind: 'decline',
    visible: true,
    words,
    data: {
      reason,
      instead: name,
      ...(organisation && { organisation }),
      ...(phone && { phone }),
      ...(needed?.length && { needed }),
    },
  }
  return handOver && organisation
    ? [no, handingOver({ id: follow(), words: null }, { organisation }, standing, world)]
    : [no]
}

/** The limit counts from the moment it is handed over: whoever gets it has heard of it only now. */
export function handingOver(
  own: { id: string; words: string | null },
  holder: { organisation: string; person?: string | undefined },
  standing: Standing,
  world: Pick<World, 'now' | 'plan'>,
): Draft {
  const { term, steps } = world.plan.solve(standing.category, standing.urgency, world.now)
  return { ...own, kind: 'hand_over', visible: true, data: { holder, term, steps } }
}
