import { costOf } from '#engines/offers/rank.ts'
import { roundEnd } from '#offers/rules.ts'
import cast from './data/cast.json' with { type: 'json' }
import data from './data/offers.json' with { type: 'json' }
import type { Row } from './copy.ts'
import type { Person } from './people.ts'
import type { Random } from './prng.ts'
import type { Responders } from './responders.ts'
import type { OfferScript, OfferStep, ShowcaseItem } from './script.ts'
import { momentOf } from './showcase-moment.ts'
import { iso } from './simulation.ts'
import type { Simulation } from './simulation.ts'
import type { World } from './world.ts'

/** Small wants put before the people of the pictures, one in every state; the request's ledger is lived through by the live rules (DM9). */

type Ask = {
  person: Person
  round: number
  rank: number
  at: number
  until: number
  answer: string | null
  answeredAt: number | null
  basis: string | null
}
export type DemoOffer = {
  id: string
  script: OfferScript
  by: Person
  organisation: string
  at: number
  state: 'open' | 'taken' | 'done' | 'over'
  round: number
  endsAt: number | null
  takenBy: Person | null
  takenAt: number | null
  overAt: number | null
  overFor: string | null
  asks: Ask[]
}

export function offerItems(): ShowcaseItem[] {
  return data as ShowcaseItem[]
}

type Setting = { sim: Simulation; who: Responders; world: World; end: number; random: Random }

function personOf(key: string, { staff }: World): Person {
  const names: Record<string, { login: string }> = {
    liaison: cast.liaison,
    building: cast.building_head,
    grid: cast.grid_worker,
  }
  const found = staff.people.find(({ login }) => login === names[key]?.login)
  if (!found) throw new Error(`nobody called ${key} to be asked`)
  return found
}

/** What happened to an offer, entered into its request as it happened; undefined when the clock was first. */
export function offerThrough(script: OfferScript, setting: Setting): DemoOffer | undefined {
  const { sim, who, world, end, random } = setting
  const at = momentOf(script, end)
  const id = random.uuid(at)
  const desk = who.desk('community')
  if (!sim.joins(at, desk, { kind: 'offer', id, words: script.words, people: script.people.length })) {
    sim.rest()
    return undefined
  }
  const offer: DemoOffer = {
    ...{ id, script, by: desk.person, organisation: desk.organisation, at: sim.at },
    ...{
      state: 'open',
      round: 1,
      endsAt: null,
      takenBy: null,
      takenAt: null,
      overAt: null,
      overFor: null,
      asks: [],
    },
  }
  ask(offer, script.people, sim.at, world)
  for (const step of script.steps) if (!lived(offer, step, setting)) break
  sim.rest()
  return offer
}

function ask(offer: DemoOffer, people: readonly string[], at: number, world: World): void {
  const ends = roundEnd(Temporal.Instant.fromEpochMilliseconds(at), offer.script.hours).epochMilliseconds
  offer.endsAt = ends
  people.forEach((key, index) =>
    offer.asks.push({
      ...{ person: personOf(key, world), round: offer.round, rank: index + 1, at, until: ends },
      ...{ answer: null, answeredAt: null, basis: null },
    }),
  )
}

/** Who has not answered need not any more. */
function close(offer: DemoOffer, answer: string, at: number): void {
  for (const one of offer.asks) if (one.answer === null) Object.assign(one, { answer, answeredAt: at })
}

function lived(offer: DemoOffer, step: OfferStep, { sim, who, world, end }: Setting): boolean {
  const { community } = who.desks
  const at = Math.max(momentOf(step, end), sim.at + 1000)
  const person = step.by === 'clock' ? null : personOf(step.by, world)
  const mine = person && offer.asks.find((one) => one.person === person)
  const acting = person && { person, organisation: community.id }
  const says = (answer: string, basis: string | null = null) =>
    mine && Object.assign(mine, { answer, answeredAt: at, basis })
  switch (step.do) {
    case 'not_now':
      says('not_now')
      return true
    case 'take_up':
      if (!acting || !sim.joins(at, acting, { kind: 'take_up', person: acting.person.id })) return false
      says('taken')
      close(offer, 'gone', at)
      Object.assign(offer, { state: 'taken', endsAt: null, takenBy: person, takenAt: sim.at })
      return true
    case 'give_back':
      if (!acting || !sim.joins(at, acting, { kind: 'give_back', basis: step.basis ?? 'no_time' }))
        return false
      says('given_back', step.basis ?? 'no_time')
      return true
    case 'again':
      Object.assign(offer, { state: 'open', round: offer.round + 1, takenBy: null, takenAt: null })
      ask(offer, step.people ?? [], at, world)
      return true
    case 'answer': {
      const points = Array.from({ length: Math.max(1, sim.standing.points.length) }, (_, index) => ({
        index,
        open: false,
      }))
      const words = step.words ?? ''
      if (!acting || !sim.act(at, acting, { kind: 'answer', words, points, attachments: [] })) return false
      Object.assign(offer, { state: 'done', overAt: sim.at })
      return true
    }
    case 'nobody_left':
      close(offer, 'late', at)
      if (!sim.joins(at, 'system', { kind: 'unoffer', reason: 'nobody_left', asked: offer.asks.length }))
        return false
      Object.assign(offer, { state: 'over', endsAt: null, overAt: sim.at, overFor: 'nobody_left' })
      return true
    default:
      throw new Error(`no such step of an offer: ${step.do}`)
  }
}

export const offerColumns = {
  offer: [
    ...[
      'district_code',
      'id',
      'request_id',
      'path',
      'organisation_id',
      'by_person_id',
      'at',
      'skills',
      'slots',
      'lon',
      'lat',
    ],
    ...['hours', 'state', 'round', 'round_ends_at', 'taken_by_person_id', 'taken_at', 'over_at', 'over_for'],
  ],
  offer_ask: [
    ...[
      'district_code',
      'offer_id',
      'person_id',
      'round',
      'rank',
      'cost',
      'parts',
      'skills',
      'asked_at',
      'until_at',
    ],
    ...['answer', 'answered_at', 'basis'],
  ],
} as const
export type OfferRows = Record<keyof typeof offerColumns, Row[]>
export const noOffers = (): OfferRows => ({ offer: [], offer_ask: [] })

const orNull = (at: number | null) => (at === null ? null : iso(at))
const array = (list: readonly string[]) => `{${list.join()}}`

/** The rows of an offer. @param path of its request */
export function addOffer(
  rows: OfferRows,
  district: string,
  request: string,
  path: string,
  offer: DemoOffer,
): void {
  const { id, script, at } = offer
  const compound = `${path.split('/').slice(0, 4).join('/')}/`
  rows.offer.push([
    ...[district, id, request, compound, offer.organisation, offer.by.id, iso(at)],
    ...[array(script.skills), array(script.slots), null, null, script.hours, offer.state, offer.round],
    ...[
      orNull(offer.endsAt),
      offer.takenBy?.id ?? null,
      orNull(offer.takenAt),
      orNull(offer.overAt),
      offer.overFor,
    ],
  ])
  for (const one of offer.asks) {
    const parts = { walk: 60 * one.rank + 20, held: 0, asked: 0, slotsUnsaid: 300 }
    rows.offer_ask.push([
      ...[district, id, one.person.id, one.round, one.rank, costOf(parts), parts, array(script.skills)],
      ...[iso(one.at), iso(one.until), one.answer, orNull(one.answeredAt), one.basis],
    ])
  }
}
