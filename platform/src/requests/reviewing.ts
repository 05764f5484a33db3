import type { Command } from './commands.ts'
import { proposals } from './lists.ts'
import { isOpenPart } from './parts.ts'
import type { Actor, Draft, Refused, World } from './rules.ts'
import type { Approved } from './entry.ts'
import type { Proposal, Standing } from './standing.ts'

/** What takes a second person: to let the clock stand still, to let it run longer, to leave the figures. Pure. */

type Staff = Extract<Actor, { kind: 'staff' }>

/**
 * RQ4: suspension and extension take another person at a desk of the request's level or above. RQ9: leaving the figures
 * takes one at a desk over the place, whatever its level, of an organisation that neither proposed it nor gave the answer.
 */
export function mayReview(standing: Standing, path: string, actor: Staff, atDesk: boolean): boolean {
  const { proposal, answerer } = standing
  if (!proposal || proposal.by.person === actor.person) return false
  if (proposal.what !== 'exclude') return atDesk
  const concerned = [proposal.by.organisation, answerer?.organisation, ...(standing.complainedOf ?? [])]
  return (
    actor.desks.some((desk) => path.startsWith(desk.path)) &&
    !actor.organisations.some((organisation) => concerned.includes(organisation))
  )
}

const dayMs = 86_400_000

/** Whether the end that somebody asks for is one: later than now, or than the due time it moves, and not too far away. */
function unfitEnd(
  standing: Standing,
  what: 'suspend' | 'extend',
  until: string | undefined,
  now: string,
): Refused | null {
  const from = what === 'extend' ? (standing.term?.dueAt ?? now) : now
  const days = proposals[what].mostDays
  const length = until ? Date.parse(until) - Date.parse(from) : 0
  return length > 0 && length <= days * dayMs
    ? null
    : { refused: 'request.end_out_of_range', field: 'until', params: { days } }
}

/** RQ4: once a run, and only while there is still something to extend. */
function unextendable(standing: Standing): Refused | null {
  if (standing.extended) return { refused: 'request.extended_already', field: 'what' }
  if (standing.told.includes('due')) return { refused: 'request.extend_too_late', field: 'what' }
  return null
}

export function proposing(
  standing: Standing,
  command: Extract<Command, { kind: 'propose' }>,
  now: string,
): Draft[] | Refused {
  const { what, reason, until, attachments } = command
  const rule = proposals[what]
  if (!rule.from.some((state) => state === standing.state))
    return {
      refused: 'request.not_in_this_state',
      field: 'what',
      params: { kind: what, state: standing.state },
    }
  if (!rule.reasons.some((one) => one === reason)) return { refused: 'request.unfit_reason', field: 'reason' }
  if (rule.evidence && attachments.length === 0)
    return { refused: 'request.evidence_needed', field: 'attachments' }
  // RQ12: what stands still does so as a whole.
  if (what === 'suspend' && standing.parts.some(isOpenPart))
    return { refused: 'request.parts_open', field: 'what' }
  if (what === 'exclude' && standing.excluded) return { refused: 'request.excluded_already', field: 'what' }
  const unfit =
    (what === 'extend' ? unextendable(standing) : null) ??
    (what === 'exclude' ? null : unfitEnd(standing, what, until, now))
  if (unfit) return unfit
  return [
    {
      id: command.id,
      kind: 'propose',
      visible: true,
      words: command.words,
      data: { what, reason, ...(what !== 'exclude' && until && { until }) },
    },
  ]
}

/** The word of the second person; where they agree, what was proposed follows as an entry of its own that names them. */
export function reviewing(
  standing: Standing,
  command: Extract<Command, { kind: 'review' }>,
  approved: Approved,
  world: Pick<World, 'now' | 'plan'>,
  follow: () => string,
): Draft[] | Refused {
  const { proposal } = standing
  if (!proposal || proposal.id !== command.proposal)
    return { refused: 'request.no_such_proposal', field: 'proposal' }
  const { id, agree, words } = command
  const word: Draft = {
    id,
    kind: 'review',
    visible: true,
    words,
    data: { proposal: proposal.id, what: proposal.what, agree },
  }
  if (!agree) return [word]
  const next = agreed(standing, proposal, approved, world, follow)
  return 'refused' in next ? next : [word, next]
}

function agreed(
  standing: Standing,
  { what, reason, until }: Proposal,
  approved: Approved,
  { now, plan }: Pick<World, 'now' | 'plan'>,
  follow: () => string,
): Draft | Refused {
  const own = { id: follow(), visible: true, words: null }
  const { term } = standing
  if (what === 'exclude') return { ...own, kind: 'exclude', data: { reason, approved } }
  // What was proposed in time may be agreed to too late.
  if (what === 'suspend' && standing.parts.some(isOpenPart))
    return { refused: 'request.parts_open', field: 'agree' }
  const late = (what === 'extend' ? unextendable(standing) : null) ?? unfitEnd(standing, what, until, now)
  if (late) return { ...late, field: 'agree' }
  if (!term || !until) return { refused: 'request.no_such_proposal', field: 'proposal' }
  return what === 'suspend'
    ? {
        ...own,
        kind: 'suspend',
        data: { reason, until, term: plan.after(term, { from: now, until }), approved },
      }
    : { ...own, kind: 'extend', data: { reason, term: plan.longer(term, until), approved } }
}

/** RQ4: the due time moves by exactly the time that the clock stood still. */
export function resumed(
  own: Pick<Draft, 'id' | 'visible' | 'words'>,
  { suspended, rung }: Standing,
  world: Pick<World, 'plan'>,
  until: string,
): Draft[] | null {
  if (!suspended) return null
  const pause = { from: suspended.since, until }
  const term = world.plan.after(suspended.term, pause)
  // The next step of the ladder stood still as well.
  const climbs = rung && world.plan.after({ ...suspended.term, dueAt: rung.at }, pause).dueAt
  return [{ ...own, kind: 'resume', data: { term, ...(climbs && { rung: climbs }) } }]
}
