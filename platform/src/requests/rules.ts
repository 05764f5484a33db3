import { desksBeside, obstacleToGiving } from './confidence/rules.ts'
import { escalation, rank, returnTo } from './climbing.ts'
import type { Command } from './commands.ts'
import { entries } from './lifecycle.ts'
import type { EntryKind } from './lifecycle.ts'
import type { Level, Party } from './lifecycle-rule.ts'
import { appealDays, reopenDays, triesUntilUnreachable } from './lists.ts'
import { declining, handingOver } from './referring.ts'
import { appealing, followUp, isContent, isHeard, isOver, reopening } from './resident-word.ts'
import { mayReview, proposing, resumed, reviewing } from './reviewing.ts'
import { isOpenPart } from './parts.ts'
import { aboutPart, hasPartFor, splitting } from './splitting.ts'
import { demanding, replying } from './supervising.ts'
import { apply } from './standing.ts'
import type { Entry, EntryData, Maker, Needed, Step, Term } from './entry.ts'
import type { Standing } from './standing.ts'

/** What may be entered next, and what it carries. Pure: the service brings the time, the calendar's figures and the desks. */

/** Who acts, as far as the rules of a request care. `desks` are the desks the person serves at, with the area of each. */
export type Actor =
  | { kind: 'reporter' }
  /** Said the same and follows it (RQ13). */
  | { kind: 'follower'; follower: string }
  | {
      kind: 'staff'
      person: string
      organisations: readonly string[]
      desks: readonly { level: Level; path: string; organisation: string }[]
    }
  | { kind: 'system' }

/** What the rules need to know of the world to decide one entry. */
export type World = {
  now: string
  /** Area path of the request. */
  path: string
  /** The desk of each level over this place; a level without one is skipped when climbing. */
  desks: Partial<Record<Level, string>>
  /** RQ6: the nearest level over everybody who sent it back, whoever does it now among them. */
  common?: Level | undefined
  /** Limits worked out by the calendar, each from a given instant. */
  plan: {
    solve(
      category: string | null,
      urgency: 'now' | 'by_date' | 'explain' | null,
      from: string,
    ): { term: Term; steps: Step[] }
    word(from: string): Term
    appeal(from: string): Term
    /** RQ4: a term of which the clock stood still for a while. */
    after(term: Term, pause: { from: string; until: string }): Term
    /** A term that ends later. */
    longer(term: Term, dueAt: string): Term
    /** RQ12: a term between two moments. */
    within(from: string, dueAt: string): Term
    /** RQ14: when what is overdue climbs on, counted from when the step before was due. */
    rung(urgency: Standing['urgency'], from: string): string
  }
}

/** An expected "no": a code of the problem catalogue, and the field it is about. */
export type Refused = { refused: string; field?: string; params?: Record<string, string | number> }

/** An entry before the service gives it a time and a maker. */
export type Draft = Pick<Entry, 'id' | 'visible' | 'words'> &
  { [K in EntryKind]: { kind: K; data: EntryData[K] } }[EntryKind]

/** In which capacities the actor stands to the request. A desk above the request's level counts as desk. */
export function partiesOf(standing: Standing, path: string, actor: Actor): Party[] {
  if (actor.kind !== 'staff') return [actor.kind]
  const parties: Party[] = []
  // Whoever is complained of is no desk over it; only where there is no other does the request lie with it (RQ1).
  const isBeside = (organisation: string) =>
    !standing.complainedOf?.includes(organisation) || organisation === standing.desk
  const atDesk = actor.desks.some(
    (desk) =>
      path.startsWith(desk.path) && rank(desk.level) >= rank(standing.level) && isBeside(desk.organisation),
  )
  if (atDesk) parties.push('desk')
  if (standing.holder && actor.organisations.includes(standing.holder.organisation)) parties.push('holder')
  if (mayReview(standing, path, actor, atDesk)) parties.push('reviewer')
  if (standing.parts.some((part) => isOpenPart(part) && actor.organisations.includes(part.to.organisation)))
    parties.push('part')
  return parties
}

/** RQ7: closing takes a follow-up, three calls without an answer, or silence; the last is the clock's to say. */
function mayClose(standing: Standing, parties: readonly Party[]): boolean {
  if (parties.includes('system')) return true
  return isContent(standing.followedUp) || standing.unreached >= triesUntilUnreachable
}

/** What stands against an entry of this kind now, whatever it carries; null when it may be made. */
export function obstacle(
  standing: Standing,
  kind: EntryKind,
  parties: readonly Party[],
  now: string,
): Refused | null {
  const rule: { from: readonly string[]; by: readonly Party[] } = entries[kind]
  if (!rule.by.some((party) => parties.includes(party)))
    return { refused: 'request.not_yours_to_make', params: { kind } }
  if (!rule.from.includes(standing.state))
    return { refused: 'request.not_in_this_state', params: { kind, state: standing.state } }
  if (kind === 'reopen') {
    if (isOver(standing, reopenDays, now))
      return { refused: 'request.reopen_too_late', params: { days: reopenDays } }
    const own = parties.includes('reporter') || parties.includes('follower')
    if (!own && standing.followedUp !== 'dissatisfied') return { refused: 'request.reopen_is_the_reporters' }
  }
  if (kind === 'appeal') {
    if (standing.appealed) return { refused: 'request.appealed_already' }
    if (isOver(standing, appealDays, now))
      return { refused: 'request.appeal_too_late', params: { days: appealDays } }
  }
  const stop = obstacleOfParts(standing, kind)
  if (stop) return stop
  if (kind === 'return' && standing.bound) return { refused: 'request.bound' }
  if ((kind === 'reply' || kind === 'lift') && standing.supervisions.length === 0)
    return { refused: 'request.no_such_supervision' }
  if (kind === 'propose' && standing.proposal) return { refused: 'request.proposal_open' }
  if (kind === 'propose' && standing.excluded && standing.state !== 'in_progress')
    return { refused: 'request.excluded_already' }
  if (kind === 'follow_up' && standing.state === 'closed' && isHeard(standing))
    return { refused: 'request.followed_up_already' }
  // RQ13: what several people said is not taken back by one of them.
  if (kind === 'withdraw' && standing.followers > 0) return { refused: 'request.others_follow' }
  if (kind === 'close' && !mayClose(standing, parties)) return { refused: 'request.cannot_close_yet' }
  return null
}

/** RQ12: what open parts stand against, and what there is no part for. */
function obstacleOfParts(standing: Standing, kind: EntryKind): Refused | null {
  switch (kind) {
    case 'answer':
    case 'merge':
      return standing.parts.some(isOpenPart) ? { refused: 'request.parts_open' } : null
    case 'part_take':
    case 'part_return':
    case 'part_answer':
    case 'part_take_back':
      return hasPartFor(standing, kind) ? null : { refused: 'request.no_such_part' }
    default:
      return null
  }
}

/** The kinds a person may enter now; they travel with the request to console and phone. */
export function abilitiesOf(standing: Standing, path: string, actor: Actor, now: string): EntryKind[] {
  const parties = partiesOf(standing, path, actor)
  return (Object.keys(entries) as EntryKind[]).filter((kind) => !obstacle(standing, kind, parties, now))
}

/** RQ7: an answer covers every point asked, once each. */
function uncovered(standing: Standing, points: readonly { index: number }[]): Refused | null {
  const asked = Math.max(standing.points.length, 1)
  const missing = Array.from({ length: asked }, (_, index) => index).filter(
    (index) => points.filter((point) => point.index === index).length !== 1,
  )
  return missing.length > 0 || points.length !== asked
    ? {
        refused: 'request.points_uncovered',
        field: 'points',
        params: { points: missing.map((index) => index + 1).join(', ') },
      }
    : null
}

/** What concerns one request alone; merging concerns two, see `merge-rules.ts`. */
export type PlainCommand = Exclude<Command, { kind: 'merge' | 'unmerge' }>

function draft(
  standing: Standing,
  command: PlainCommand,
  actor: Actor,
  maker: Maker,
  world: World,
  follow: () => string,
): Draft[] | Refused {
  const own = {
    id: command.id,
    visible: true,
    words: 'words' in command && command.words ? command.words : null,
  }
  switch (command.kind) {
    case 'accept': {
      const points = command.points
      const { term, steps } = world.plan.solve(command.category, command.urgency, world.now)
      return [
        {
          ...own,
          kind: 'accept',
          data: {
            category: command.category,
            urgency: command.urgency,
            points,
            term,
            steps,
            ...neededBy(command),
          },
        },
      ]
    }
    case 'decline':
      return declining(standing, command, world, follow)
    case 'hand_over':
      return [handingOver(own, command.lead, standing, world)]
    case 'assign':
      return assigning(own, command, standing)
    case 'take':
      return actor.kind === 'staff'
        ? [{ ...own, kind: 'take', data: { person: actor.person } }]
        : { refused: 'request.not_yours_to_make' }
    case 'return':
      return [{ ...own, kind: 'return', data: { basis: command.basis, ...returnTo(standing, world) } }]
    case 'transfer':
      // Whom a binding decision names does not pass it on; a desk may, which decides anew.
      if (standing.bound && !partiesOf(standing, world.path, actor).includes('desk'))
        return { refused: 'request.bound' }
      return [{ ...own, kind: 'transfer', data: { holder: command.lead } }]
    case 'escalate': {
      const step = escalation(command.id, standing, command.words, world.desks)
      return 'refused' in step ? step : [step]
    }
    case 'note':
      return [{ ...own, kind: 'note', visible: isSeen(actor, command.visible), data: {} }]
    case 'ask':
      return [{ ...own, kind: 'ask', data: {} }]
    case 'propose':
      return proposing(standing, command, world.now)
    case 'review':
      return reviewing(
        standing,
        command,
        { person: maker.person, organisation: maker.organisation },
        world,
        follow,
      )
    case 'resume':
      return resumed(own, standing, world, world.now) ?? { refused: 'request.not_in_this_state' }
    case 'answer':
      return (
        uncovered(standing, command.points) ?? [
          {
            ...own,
            kind: 'answer',
            data: { points: command.points, term: world.plan.word(world.now), ...neededBy(command) },
          },
        ]
      )
    case 'appeal':
      return [appealing(own, standing, world)]
    case 'confirm':
      return [{ ...own, kind: 'confirm', data: { satisfaction: command.satisfaction } }]
    case 'follow_up':
      return followUp(standing, command, world, follow)
    case 'reopen':
      return reopening({ id: command.id, words: command.words }, standing, world, follow)
    case 'close':
      return [
        {
          ...own,
          kind: 'close',
          data: { grounds: isContent(standing.followedUp) ? 'followed_up' : 'unreachable' },
        },
      ]
    case 'rate':
      return [{ ...own, kind: 'rate', data: { satisfaction: command.satisfaction } }]
    case 'withdraw':
      return [{ ...own, kind: 'withdraw', data: {} }]
    case 'supervise':
      return demanding(own, command, standing, actor, world)
    case 'reply':
    case 'lift':
      return replying(own, command, standing, actor, world.path)
    case 'split':
      return splitting(own, command, standing, maker, world)
    case 'part_take':
    case 'part_return':
    case 'part_answer':
    case 'part_take_back':
      return aboutPart(own, command, standing, actor)
  }
}

/** RQ6: after a second return the word of the desk binds, and says on what it rests. */
function assigning(
  own: Pick<Draft, 'id' | 'visible' | 'words'>,
  { lead, assisting, authority }: Extract<Command, { kind: 'assign' }>,
  standing: Standing,
): Draft[] | Refused {
  const data = { holder: lead, assisting }
  if (standing.returns < 2) return [{ ...own, kind: 'assign', data }]
  if (!own.words) return { refused: 'request.decision_needs_words', field: 'words' }
  if (!authority) return { refused: 'request.decision_needs_words', field: 'authority' }
  return [{ ...own, kind: 'assign', data: { ...data, binding: true, authority } }]
}

const neededBy = ({ needed }: { needed?: Needed[] | undefined }) => (needed?.length ? { needed } : {})

/** The reporter reads their own notes and those that staff let them; a follower's are for staff alone, and for themselves. */
function isSeen(actor: Actor, chosen: boolean): boolean {
  return actor.kind === 'reporter' || (actor.kind === 'staff' && chosen)
}

/**
 * Decides what a command enters: usually one entry, sometimes one that follows by rule (a follow-up that closes).
 *
 * @param maker who is named in the entries; what follows by rule is the system's.
 * @param follow gives ids for entries that follow, the same ones for the same command (RQ3).
 * @returns the entries with the standing after the last, or why not.
 */
export function decide(
  standing: Standing,
  command: PlainCommand,
  actor: Actor,
  maker: Maker & { channel: string },
  world: World,
  follow: () => string,
): { entries: Entry[]; standing: Standing } | Refused {
  const stop =
    obstacle(standing, command.kind, partiesOf(standing, world.path, actor), world.now) ??
    obstacleToGiving(standing, command, world.desks)
  if (stop) return stop
  const desks = desksBeside(world.desks, standing.complainedOf)
  const drafts = draft(standing, command, actor, maker, { ...world, desks }, follow)
  if ('refused' in drafts) return drafts
  const { channel, ...by } = maker
  const byRule = { channel: 'clock', by: { kind: 'system' as const } }
  const made = drafts.map(
    (one, index) => ({ ...one, at: world.now, ...(index === 0 ? { channel, by } : byRule) }) as Entry,
  )
  return { entries: made, standing: made.reduce<Standing>(apply, standing) }
}
