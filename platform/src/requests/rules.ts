import { desksBeside, obstacleToGiving } from './confidence.ts'
import type { Command } from './contract.ts'
import { entries, levels, reopenDays, states, triesUntilUnreachable } from './lifecycle.ts'
import type { AlarmShare, EntryKind, Level, Party } from './lifecycle.ts'
import { apply, nextAlarm } from './standing.ts'
import type { Entry, EntryData, Holder, Maker, Standing, Step, Term } from './standing.ts'

/** What may be entered next, and what it carries. Pure: the service brings the time, the calendar's figures and the desks. */

/** Who acts, as far as the rules of a request care. `desks` are the desks the person serves at, with the area of each. */
export type Actor =
  | { kind: 'reporter' }
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
  /** Limits worked out by the calendar, each from a given instant. */
  plan: {
    solve(
      category: string | null,
      urgency: 'now' | 'by_date' | 'explain' | null,
      from: string,
    ): { term: Term; steps: Step[] }
    word(from: string): Term
  }
}

/** An expected "no": a code of the problem catalogue, and the field it is about. */
export type Refused = { refused: string; field?: string; params?: Record<string, string | number> }

/** An entry before the service gives it a time and a maker. */
export type Draft = Pick<Entry, 'id' | 'visible' | 'words'> &
  { [K in EntryKind]: { kind: K; data: EntryData[K] } }[EntryKind]

const rank = (level: Level) => levels.indexOf(level)

/** In which capacities the actor stands to the request. A desk above the request's level counts as desk. */
export function partiesOf(standing: Standing, path: string, actor: Actor): Party[] {
  if (actor.kind !== 'staff') return [actor.kind]
  const parties: Party[] = []
  // Whoever is complained of is no desk over it; only where there is no other does the request lie with it (RQ1).
  const isBeside = (organisation: string) =>
    !standing.complainedOf?.includes(organisation) || organisation === standing.desk
  if (
    actor.desks.some(
      (desk) =>
        path.startsWith(desk.path) && rank(desk.level) >= rank(standing.level) && isBeside(desk.organisation),
    )
  )
    parties.push('desk')
  if (standing.holder && actor.organisations.includes(standing.holder.organisation)) parties.push('holder')
  return parties
}

/** RQ7: closing takes a follow-up, three calls without an answer, or silence; the last is the clock's to say. */
function mayClose(standing: Standing, parties: readonly Party[]): boolean {
  if (parties.includes('system')) return true
  return standing.followedUp === 'satisfied' || standing.unreached >= triesUntilUnreachable
}

/** What stands against an entry of this kind now, whatever it carries; null when it may be made. */
function obstacle(
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
    const overTime =
      standing.closedAt && Date.parse(now) - Date.parse(standing.closedAt) > reopenDays * 86_400_000
    if (overTime) return { refused: 'request.reopen_too_late', params: { days: reopenDays } }
    if (!parties.includes('reporter') && standing.followedUp !== 'dissatisfied')
      return { refused: 'request.reopen_is_the_reporters' }
  }
  if (kind === 'close' && !mayClose(standing, parties)) return { refused: 'request.cannot_close_yet' }
  return null
}

/** The kinds a person may enter now; they travel with the request to console and phone. */
export function abilitiesOf(standing: Standing, path: string, actor: Actor, now: string): EntryKind[] {
  const parties = partiesOf(standing, path, actor)
  return (Object.keys(entries) as EntryKind[]).filter((kind) => !obstacle(standing, kind, parties, now))
}

/** The next desk that exists above a level, for this place. */
export function deskAbove(
  level: Level,
  desks: World['desks'],
): { level: Level; organisation: string } | null {
  for (const higher of levels.slice(rank(level) + 1)) {
    const organisation = desks[higher]
    if (organisation) return { level: higher, organisation }
  }
  return null
}

/** RQ6: the first return goes to the desk that gave it out, the second to the desk above for a binding decision. */
function returnTo(standing: Standing, desks: World['desks']): { holder: Holder; level: Level } {
  const above = standing.returns > 0 ? deskAbove(standing.level, desks) : null
  return above
    ? { holder: { organisation: above.organisation }, level: above.level }
    : { holder: { organisation: standing.desk }, level: standing.level }
}

function escalation(
  id: string,
  standing: Standing,
  words: string | null,
  desks: World['desks'],
): Draft | Refused {
  const above = deskAbove(standing.level, desks)
  if (!above) return { refused: 'request.no_level_above' }
  return {
    id,
    kind: 'escalate',
    visible: true,
    words,
    data: { holder: { organisation: above.organisation }, level: above.level },
  }
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

function draft(
  standing: Standing,
  command: Command,
  actor: Actor,
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
          data: { category: command.category, urgency: command.urgency, points, term, steps },
        },
      ]
    }
    case 'decline':
      return [{ ...own, kind: 'decline', data: { reason: command.reason, instead: command.instead } }]
    case 'assign':
      return [{ ...own, kind: 'assign', data: { holder: command.lead, assisting: command.assisting } }]
    case 'take':
      return actor.kind === 'staff'
        ? [{ ...own, kind: 'take', data: { person: actor.person } }]
        : { refused: 'request.not_yours_to_make' }
    case 'return':
      return [{ ...own, kind: 'return', data: { basis: command.basis, ...returnTo(standing, world.desks) } }]
    case 'transfer':
      return [{ ...own, kind: 'transfer', data: { holder: command.lead } }]
    case 'escalate': {
      const step = escalation(command.id, standing, command.words, world.desks)
      return 'refused' in step ? step : [step]
    }
    case 'note':
      return [{ ...own, kind: 'note', visible: actor.kind === 'reporter' || command.visible, data: {} }]
    case 'answer':
      return (
        uncovered(standing, command.points) ?? [
          { ...own, kind: 'answer', data: { points: command.points, term: world.plan.word(world.now) } },
        ]
      )
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
          data: { grounds: standing.followedUp === 'satisfied' ? 'followed_up' : 'unreachable' },
        },
      ]
    case 'rate':
      return [{ ...own, kind: 'rate', data: { satisfaction: command.satisfaction } }]
    case 'withdraw':
      return [{ ...own, kind: 'withdraw', data: {} }]
    case 'supervise':
      return [{ ...own, kind: 'supervise', data: { demand: command.demand } }]
  }
}

/** A call that ended the matter also closes it; one that did not reopens it in the reporter's name. */
function followUp(
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
  if (command.outcome === 'satisfied')
    return [
      call,
      { id: follow(), kind: 'close', visible: true, words: null, data: { grounds: 'followed_up' } },
    ]
  if (command.outcome === 'unreachable')
    return standing.unreached + 1 < triesUntilUnreachable
      ? [call]
      : [call, { id: follow(), kind: 'close', visible: true, words: null, data: { grounds: 'unreachable' } }]
  return [call, ...reopening({ id: follow(), words: command.words || null }, standing, world, follow)]
}

/** RQ8: "not solved" goes back to the same holder; the second time on to the level above, where there is one. */
function reopening(
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

/**
 * Decides what a command enters: usually one entry, sometimes one that follows by rule (a follow-up that closes).
 *
 * @param maker who is named in the entries; what follows by rule is the system's.
 * @param follow gives ids for entries that follow, the same ones for the same command (RQ3).
 * @returns the entries with the standing after the last, or why not.
 */
export function decide(
  standing: Standing,
  command: Command,
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
  const drafts = draft(standing, command, actor, { ...world, desks }, follow)
  if ('refused' in drafts) return drafts
  const { channel, ...by } = maker
  const byRule = { channel: 'clock', by: { kind: 'system' as const } }
  const made = drafts.map(
    (one, index) => ({ ...one, at: world.now, ...(index === 0 ? { channel, by } : byRule) }) as Entry,
  )
  return { entries: made, standing: made.reduce<Standing>(apply, standing) }
}

/** What the clock enters when an alarm is due (RQ5, RQ7), and how the request stands then; null when nothing is due at `world.now`. */
export function ring(
  standing: Standing,
  id: (share: AlarmShare) => string,
  delivered: boolean,
  world: Pick<World, 'now' | 'desks'>,
): { entry: Entry; standing: Standing } | null {
  const alarm = nextAlarm(standing)
  const { clock } = states[standing.state]
  if (!alarm || !clock || Date.parse(alarm.at) > Date.parse(world.now)) return null
  const base = {
    id: id(alarm.share),
    at: world.now,
    channel: 'clock',
    by: { kind: 'system' as const },
    words: null,
  }
  const entry = alarmEntry(
    base,
    clock,
    alarm.share,
    delivered,
    deskAbove(standing.level, desksBeside(world.desks, standing.complainedOf))?.organisation,
  )
  return { entry, standing: apply(standing, entry) }
}

type Base = Pick<Entry, 'id' | 'at' | 'channel' | 'by' | 'words'>

function alarmEntry(
  base: Base,
  clock: 'triage' | 'solve' | 'word',
  share: AlarmShare,
  delivered: boolean,
  above: string | undefined,
): Entry {
  if (clock === 'word' && delivered)
    return { ...base, kind: 'close', visible: true, data: { grounds: 'silence' } }
  if (clock === 'word' || share !== 'due')
    return { ...base, kind: 'remind', visible: false, data: { clock, share } }
  return { ...base, kind: 'supervise', visible: true, data: { clock, above } }
}
