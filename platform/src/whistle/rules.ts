import type { Term } from '#deadlines/rules.ts'
import type { Command } from './commands.ts'
import { entries } from './lifecycle.ts'
import type { WhistleEntryKind, WhistleEntryRule, WhistleParty } from './lifecycle.ts'
import { apply, isAwaited, partOf } from './standing.ts'
import type { Called, Entry, EntryData, Maker, Part, Standing } from './standing.ts'

/** What may be entered next about a whistle, and what it carries. Pure: the service brings time and calendar. */

/** Who acts: `town` when they serve at the desk that judges, or at one above it over the same place. */
export type Actor = { person: string; organisations: readonly string[]; town: boolean }

export type World = {
  now: string
  /** Worked out by the calendar, each from now. */
  plan: { report(urgent: boolean): Term; rate(): Term }
}

/** An expected "no": a code of the problem catalogue, and the field it is about. */
export type Refused = { refused: string; field?: string; params?: Record<string, string | number> }

/** The person's departments in this whistle, lead first. */
export function partsOf(standing: Standing, actor: Actor): Part[] {
  return standing.parts
    .filter((part) => part.releasedAt === null && actor.organisations.includes(part.organisation))
    .toSorted((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead'))
}

function partiesOf(standing: Standing, actor: Actor): WhistleParty[] {
  const own = partsOf(standing, actor)
  return [
    ...(actor.organisations.includes(standing.blower) ? (['blower'] as const) : []),
    ...(actor.town ? (['town'] as const) : []),
    ...(own.length > 0 ? (['department'] as const) : []),
    ...(own.some(({ role }) => role === 'lead') ? (['lead'] as const) : []),
  ]
}

/** What stands against an entry of this kind, whatever it carries; null when it may be made. */
export function obstacle(standing: Standing, kind: WhistleEntryKind, actor: Actor): Refused | null {
  const rule: WhistleEntryRule = entries[kind]
  const parties = partiesOf(standing, actor)
  if (!rule.by.some((party) => parties.includes(party)))
    return { refused: 'whistle.not_yours_to_make', params: { kind } }
  if (!rule.from.includes(standing.state))
    return { refused: 'whistle.not_in_this_state', params: { kind, state: standing.state } }
  const own = partsOf(standing, actor)
  if (kind === 'join' && !own.some((part) => part.role === 'assist' && isAwaited(standing, part)))
    return { refused: 'whistle.reported_already' }
  if (kind === 'object' && !own.some((part) => mayObject(standing, part)))
    return { refused: 'whistle.objected_already' }
  if ((kind === 'release' || kind === 'insist') && !standing.parts.some(({ objection }) => objection))
    return { refused: 'whistle.no_objection' }
  return null
}

/** A department objects once, before it comes; what the town decided then holds. */
function mayObject(standing: Standing, part: Part): boolean {
  return isAwaited(standing, part) && !part.decided && part.objection === null
}

/** The kinds a person may enter now; they travel with the whistle. Coming is one deed, whether as lead or to help. */
export function abilitiesOf(standing: Standing, actor: Actor): Command['kind'][] {
  const kinds = (Object.keys(entries) as WhistleEntryKind[]).filter(
    (kind) => !obstacle(standing, kind, actor),
  )
  return [...new Set(kinds.map((kind) => (kind === 'join' ? 'report_in' : kind)))] as Command['kind'][]
}

type Draft = Pick<Entry, 'id' | 'words'> &
  { [K in WhistleEntryKind]: { kind: K; data: EntryData[K] } }[WhistleEntryKind]

/** Which of the person's departments is meant: the one they name, or the first that fits. */
function meant(
  own: readonly Part[],
  named: string | undefined,
  fits: (part: Part) => boolean,
): Part | undefined {
  return own.find((part) => (named === undefined || part.organisation === named) && fits(part))
}

function draft(standing: Standing, command: Command, actor: Actor, world: World): Draft | Refused {
  const own = { id: command.id, words: command.words || null }
  switch (command.kind) {
    case 'here':
      return { ...own, kind: 'here', data: { person: actor.person } }
    case 'send_back':
      return { ...own, kind: 'send_back', data: {} }
    case 'blow':
      return blowing(own, standing, command, world)
    case 'report_in': {
      const part = meant(partsOf(standing, actor), command.organisation, (one) => isAwaited(standing, one))
      if (!part) return { refused: 'whistle.reported_already', field: 'organisation' }
      const kind = part.role === 'lead' ? 'report_in' : 'join'
      const data = { organisation: part.organisation, person: command.person ?? actor.person }
      return { ...own, kind, data }
    }
    case 'object': {
      const part = meant(partsOf(standing, actor), command.organisation, (one) => mayObject(standing, one))
      return part
        ? { ...own, kind: 'object', data: { organisation: part.organisation, basis: command.basis } }
        : { refused: 'whistle.objected_already', field: 'organisation' }
    }
    case 'release':
      return releasing(own, standing, command, world)
    case 'insist':
      return partOf(standing, command.organisation)?.objection
        ? { ...own, kind: 'insist', data: { organisation: command.organisation } }
        : { refused: 'whistle.no_objection', field: 'organisation' }
    case 'note':
      return { ...own, kind: 'note', data: {} }
    case 'done':
      return { ...own, kind: 'done', data: { term: world.plan.rate() } }
    case 'rate':
      return rating(own, standing, command)
  }
}

type Own = Pick<Draft, 'id' | 'words'>

function blowing(
  own: Own,
  standing: Standing,
  command: Extract<Command, { kind: 'blow' }>,
  { plan }: World,
): Draft | Refused {
  const { lead, assisting } = command
  const all = [lead, ...assisting]
  if (new Set(all).size !== all.length) return { refused: 'whistle.called_twice', field: 'assisting' }
  // What the town does itself it says so; there is nobody to wait for.
  if (lead === standing.town) return { refused: 'whistle.town_is_lead', field: 'lead' }
  const urgent = command.urgent ?? standing.urgent
  const parts = all.map((organisation, index): Called => ({
    organisation,
    role: index === 0 ? 'lead' : 'assist',
  }))
  return { ...own, kind: 'blow', data: { parts, urgent, term: plan.report(urgent) } }
}

function releasing(
  own: Own,
  standing: Standing,
  command: Extract<Command, { kind: 'release' }>,
  { plan }: World,
): Draft | Refused {
  const { organisation, instead } = command
  const part = partOf(standing, organisation)
  if (!part?.objection) return { refused: 'whistle.no_objection', field: 'organisation' }
  if (part.role === 'lead' && instead === undefined)
    return { refused: 'whistle.lead_is_replaced', field: 'instead' }
  if (instead === undefined) return { ...own, kind: 'release', data: { organisation } }
  // Once work has begun whoever holds the requests stays, and nobody new is brought in.
  if (standing.state !== 'blown') return { refused: 'whistle.not_in_this_state', field: 'instead' }
  if (standing.parts.some((one) => one.organisation === instead))
    return { refused: 'whistle.called_twice', field: 'instead' }
  if (part.role === 'lead' && instead === standing.town)
    return { refused: 'whistle.town_is_lead', field: 'instead' }
  const data = {
    organisation,
    instead: { organisation: instead, role: part.role },
    term: plan.report(standing.urgent),
  }
  return { ...own, kind: 'release', data }
}

/** Every department that was called and not let go, once each; the town that solved it itself is rated like one. */
function rating(
  own: Own,
  standing: Standing,
  { ratings }: Extract<Command, { kind: 'rate' }>,
): Draft | Refused {
  const wanted = standing.parts
    .filter(({ releasedAt }) => releasedAt === null)
    .map(({ organisation }) => organisation)
  const given = ratings.map(({ organisation }) => organisation)
  const isWhole =
    given.length === wanted.length &&
    wanted.every((one) => given.filter((other) => other === one).length === 1)
  return isWhole
    ? { ...own, kind: 'rate', data: { ratings } }
    : { refused: 'whistle.rate_each', field: 'ratings', params: { count: wanted.length } }
}

/** Decides what a command enters, or says why not. */
export function decide(
  standing: Standing,
  command: Command,
  actor: Actor,
  maker: Maker,
  world: World,
): { entry: Entry; standing: Standing } | Refused {
  // Coming is `report_in` for the lead and `join` for those who help: either is enough to be let in.
  const kinds: WhistleEntryKind[] = command.kind === 'report_in' ? ['report_in', 'join'] : [command.kind]
  const stops = kinds.map((kind) => obstacle(standing, kind, actor))
  const [stop] = stops
  if (stop && stops.every((one) => one !== null))
    return stops.find((one) => one?.refused !== 'whistle.not_yours_to_make') ?? stop
  const made = draft(standing, command, actor, world)
  if ('refused' in made) return made
  const entry = { ...made, at: world.now, by: maker } as Entry
  return { entry, standing: apply(standing, entry) }
}

/** How the requests of a whistle stand, as far as the whistle follows them. */
export type RequestState = { id: string; state: string; final: boolean }

/**
 * What follows from what happened to the requests elsewhere: answered, opened again, taken back, or given away by a
 * meeting. Null when nothing does.
 */
export function following(
  standing: Standing,
  requests: readonly RequestState[],
  world: World,
  id: (kind: WhistleEntryKind) => string,
): Entry | null {
  const base = (kind: WhistleEntryKind) => ({
    id: id(kind),
    at: world.now,
    by: { kind: 'system' as const },
    words: null,
  })
  const isAnswered = ({ state }: RequestState) => state === 'answered' || state === 'closed'
  /** The lead works on it. Whatever else is open lies with a desk, or with whom a meeting named. */
  const isWorkedOn = ({ state }: RequestState) => state === 'in_progress' || state === 'suspended'
  const lapse = (): Entry => {
    const isWithdrawn = requests.every((one) => one.final && !isAnswered(one))
    return { ...base('lapse'), kind: 'lapse', data: { reason: isWithdrawn ? 'withdrawn' : 'elsewhere' } }
  }
  switch (standing.state) {
    case 'formed':
    case 'blown':
      return requests.some(({ state }) => state === 'whistled') ? null : lapse()
    case 'handling':
      if (requests.some(isWorkedOn)) return null
      return requests.some(isAnswered)
        ? { ...base('done'), kind: 'done', data: { term: world.plan.rate() } }
        : lapse()
    case 'done':
      return requests.some(isWorkedOn) ? { ...base('again'), kind: 'again', data: {} } : null
    default:
      return null
  }
}
