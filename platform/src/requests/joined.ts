import { deskAbove, levelOfDesk, rank } from './climbing.ts'
import type { EntryData, Holder } from './entry.ts'
import type { Draft, Refused, World } from './rules.ts'
import type { Level } from './lifecycle-rule.ts'
import type { Standing } from './standing.ts'

/**
 * What a whistle, a meeting or another capability enters into the story of a request. The request stays one: with one
 * holder (RQ1), its due time (RQ4) and everything known of it (RQ11); their own clocks and figures stand beside it. Pure.
 */

type Said = { id: string; words?: string | null | undefined }
type Given = { lead: Holder; assisting?: readonly string[] | undefined }

export type Joined = Said &
  (
    | { kind: 'whistle'; whistle: string }
    | ({ kind: 'blow'; whistle: string } & Given)
    | { kind: 'join'; whistle: string; organisation: string; person?: string | undefined }
    | { kind: 'report_in'; whistle: string; person?: string | undefined }
    | { kind: 'send_back'; whistle: string }
    | { kind: 'table'; meeting: string }
    | ({
        kind: 'decide'
        meeting: string
        /** Level of the meeting, from which its demand may be ended. */
        level?: Level | undefined
        demand?: string | undefined
        /** The decision's own due time. */
        due?: string | undefined
      } & Given)
    | {
        kind: 'supervise'
        demand: string
        due?: string | undefined
        /** Who demands, and at which level; the desk above the request when left out. */
        above?: string | undefined
        level?: Level | undefined
      }
    | { kind: 'lift'; supervision: string }
    | { kind: 'offer'; people: number }
    | { kind: 'take_up'; person: string }
    | { kind: 'give_back'; basis: string }
    | { kind: 'unoffer'; reason: string; asked: number }
  )

type Own = Pick<Draft, 'id' | 'words'> & { visible: true }

/** The desk that judges a whistle: the town's, or a higher one where the request has gone beyond it already. */
function judgeOf(standing: Standing, desks: World['desks']): { organisation: string; level: Level } | null {
  const { level } = standing
  const from = rank(level) > rank('subdistrict') ? level : 'subdistrict'
  const own = desks[from]
  return own ? { organisation: own, level: from } : deskAbove(from, desks)
}

const atDesk = ({ holder, desk }: Standing): Holder => ({ organisation: holder?.organisation ?? desk })

/** What is to be entered, or why not; whether it may follow now, the table says (`obstacle`). */
export function joining(
  standing: Standing,
  step: Joined,
  world: Pick<World, 'now' | 'desks' | 'plan'>,
): Draft | Refused {
  const own: Own = { id: step.id, words: step.words ?? null, visible: true }
  switch (step.kind) {
    case 'whistle': {
      const judge = judgeOf(standing, world.desks)
      if (!judge) return { refused: 'request.no_level_above' }
      const { organisation, level } = judge
      return { ...own, kind: 'whistle', data: { whistle: step.whistle, holder: { organisation }, level } }
    }
    case 'blow':
      return { ...own, kind: 'blow', data: { whistle: step.whistle, ...given(step) } }
    case 'join': {
      const { whistle, organisation, person } = step
      return { ...own, kind: 'join', data: { whistle, organisation, ...(person && { person }) } }
    }
    case 'report_in':
      return {
        ...own,
        kind: 'report_in',
        data: { whistle: step.whistle, ...(step.person && { person: step.person }) },
      }
    case 'send_back': {
      const { whistled } = standing
      if (!whistled)
        return { refused: 'request.not_in_this_state', params: { kind: step.kind, state: standing.state } }
      const { desk, level } = whistled
      return {
        ...own,
        kind: 'send_back',
        data: { whistle: step.whistle, holder: { organisation: desk }, level },
      }
    }
    case 'table':
      return { ...own, kind: 'table', data: { meeting: step.meeting } }
    case 'decide': {
      const { meeting, level, demand, due } = step
      const data: EntryData['decide'] = {
        meeting,
        ...given(step),
        ...(level && { level }),
        ...(demand && { demand }),
        ...(due && { due }),
      }
      return { ...own, kind: 'decide', data }
    }
    case 'supervise': {
      const above = step.above ?? deskAbove(standing.level, world.desks)?.organisation
      const level = step.level ?? levelOfDesk(above, world.desks)
      const data = {
        demand: step.demand,
        due: step.due ?? world.plan.rung(standing.urgency, world.now),
        ...(above && { above }),
        ...(level && { level }),
      }
      return { ...own, kind: 'supervise', data }
    }
    case 'lift':
      return standing.supervisions.some(({ id }) => id === step.supervision)
        ? { ...own, visible: false, kind: 'lift', data: { supervision: step.supervision } }
        : { refused: 'request.no_such_supervision' }
    case 'offer':
      return { ...own, kind: 'offer', data: { people: step.people } }
    // Whoever says yes acts for the desk that asked; given back it is the desk's again (docs/adr/0036).
    case 'take_up':
      return { ...own, kind: 'take_up', data: { holder: { ...atDesk(standing), person: step.person } } }
    case 'give_back':
      return { ...own, kind: 'give_back', data: { basis: step.basis, holder: atDesk(standing) } }
    case 'unoffer':
      return { ...own, kind: 'unoffer', data: { reason: step.reason, asked: step.asked } }
  }
}

const given = ({ lead, assisting = [] }: Given) => ({
  holder: lead,
  assisting: assisting.filter((one) => one !== lead.organisation),
})

/** Organisations that a step brings in. */
export function broughtIn(step: Joined): string[] {
  return step.kind === 'blow' || step.kind === 'decide'
    ? [step.lead.organisation, ...(step.assisting ?? [])]
    : []
}
