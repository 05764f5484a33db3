import phrases from './data/phrases.json' with { type: 'json' }
import { returnBases } from '#requests/lists.ts'
import type { Affair } from './affair.ts'
import type { Organisation } from './organisations.ts'
import { atWork, drawHours } from './worktime.ts'

/** What a desk does with a request, and whoever sends one back to it; false where the present came first. */

/** Who could be given this: what the tale and the category name first, then whoever else is near. */
export function leadsOf({ story, told, who }: Affair): Organisation[] {
  const keys = [told.tale.lead, ...story.lead, 'urban', 'bureau', 'office']
  const found = keys.flatMap((key) => (key ? (who.lead(key) ?? []) : []))
  return [...new Set(found)].filter((one) => one.deskLevel !== 'community')
}

/** Office people act in office hours; what is urgent is dealt with at any hour. */
export function office({ story, random }: Affair, ms: number): number {
  return story.urgent ? ms : atWork(ms, random)
}

export function accept(affair: Affair, at: number): boolean {
  const { code, story, told, sim, who, random } = affair
  const urgency = story.explain ? 'explain' : story.urgent ? 'now' : 'by_date'
  const points = random.chance(0.3)
    ? [told.title, phrases.asked[story.talk ? 'ask' : random.chance(0.5) ? 'fix' : 'how']]
    : []
  return sim.act(at, who.at(sim.standing.desk), { kind: 'accept', category: code, urgency, points })
}

export function assign(affair: Affair, lead: Organisation): boolean {
  const { sim, who, random, story } = affair
  const desk = who.at(sim.standing.desk)
  const at = office(affair, sim.at + drawHours(random, 0.03, story.urgent ? 0.2 : 1.5))
  const named = random.chance(0.4) ? { person: who.worker(lead).person.id } : {}
  const helper = random.chance(0.12) ? who.lead(random.pick(['volunteers', 'station', 'urban'])) : null
  const assisting = helper && helper !== lead ? [helper.id] : []
  // RQ6: after a second return the desk decides, and says on what it rests.
  const decides = sim.standing.returns > 1
  return sim.act(at, desk, {
    kind: 'assign',
    lead: { organisation: lead.id, ...named },
    assisting,
    words: random.pick(decides ? phrases.decide : story.at === 'home' ? phrases.assignHome : phrases.assign),
    ...(decides && { authority: random.pick(phrases.authority) }),
  })
}

export function giveBack(affair: Affair, lead: Organisation): boolean {
  const { sim, who, random, story } = affair
  const usual = returnBases.find((basis) => basis === story.returns)
  const outdoors = story.at === 'road' || story.at === 'near'
  const likely = outdoors ? returnBases : (['not_our_duty', 'other_unit_named_by_law'] as const)
  const basis = usual && random.chance(0.8) ? usual : random.pick(likely)
  const own = basis === usual ? story.returnWords : undefined
  const words = random.pick(own ?? phrases.returnWords[basis])
  const at = office(affair, sim.at + drawHours(random, 0.4, story.urgent ? 2 : 7))
  return sim.act(at, who.worker(lead), { kind: 'return', basis, words })
}
