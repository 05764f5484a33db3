import phrases from './data/phrases.json' with { type: 'json' }
import type { Affair } from './affair.ts'
import { accept, assign, giveBack, leadsOf, office } from './giving.ts'
import type { Random } from './prng.ts'
import { decline } from './referrals.ts'
import type { Story } from './stories.ts'
import { answer, giveOut, hear, work } from './working.ts'
import { atHome, drawHours, hours } from './worktime.ts'

/** How a request goes on from the desk to its end; weights add up to 100. */
const courses = {
  plain: 50,
  spot: 9,
  returned: 7,
  returnedTwice: 1.5,
  transferred: 4.5,
  escalated: 6,
  escalatedTwice: 1.5,
  slow: 8,
  split: 2,
  paused: 1.5,
  longer: 1.5,
  decline: 3.5,
  withdraw: 4,
} as const
export type Course = keyof typeof courses | 'forgotten'
const courseNames = Object.keys(courses) as (keyof typeof courses)[]

export function drawCourse(story: Story, random: Random): Course {
  if (story.lead[0] === 'desk' && random.chance(0.75)) return 'spot'
  // Nobody sends a rescue back and forth.
  if (story.urgent && story.lead.length === 1) return 'plain'
  return courseNames[random.weighted(Object.values(courses))] ?? 'plain'
}

/** Lives a request through from its submission; stops by itself where the present is reached. */
export function runCourse(course: Course, affair: Affair): void {
  live(course, affair)
  takeUp(affair)
  affair.sim.rest()
}

/** How long something forgotten lies before a desk above comes upon it. */
const forgottenFor = hours(4.5 * 24)

/** RQ14: what nobody moved on has climbed; whoever has it by now gives it out, and it is done, late. */
function takeUp(affair: Affair): void {
  const { sim, random, story } = affair
  if (sim.entries.at(-1)?.kind !== 'climb') return
  for (let had = 0; had < sim.entries.length;) {
    had = sim.entries.length
    // It may climb on before anybody is there.
    if (!sim.waitUntil(office(affair, sim.at + drawHours(random, 0.5, story.urgent ? 2 : 7)))) return
  }
  if (sim.standing.state === 'submitted' && !accept(affair, sim.at)) return
  giveOut(affair)
}

function live(course: Course, affair: Affair): void {
  const { sim, random, story } = affair
  if (course === 'forgotten') {
    sim.waitUntil(sim.at + forgottenFor)
    return
  }
  const seen = office(affair, sim.at + drawHours(random, 0.1, story.urgent ? 0.6 : 4))
  if (course === 'decline') {
    const lead = decline(affair, seen)
    if (lead) work(affair, lead, 'in time')
    else if (sim.standing.state === 'accepted') onAppeal(affair)
    return
  }
  if (course === 'spot') return onTheSpot(affair, seen)
  if (!accept(affair, seen)) return
  if (course === 'withdraw' && random.chance(0.5)) return withdraw(affair)
  if (course === 'split') return inParts(affair)
  if (course === 'escalated' || course === 'escalatedTwice')
    return climb(affair, course === 'escalatedTwice' ? 2 : 1)
  const leads = leadsOf(affair)
  let lead = leads[0]
  if (!lead || !assign(affair, lead)) return
  if (course === 'returned' || course === 'returnedTwice') {
    if (!giveBack(affair, lead)) return
    lead = leads[1] ?? lead
    if (!assign(affair, lead)) return
    if (course === 'returnedTwice') {
      if (!giveBack(affair, lead)) return
      lead = leads[2] ?? lead
      if (!assign(affair, lead)) return
    }
  }
  if (course === 'transferred') {
    const next = leads.find((one) => one !== lead)
    const words = random.pick(phrases.transfer)
    const at = office(affair, sim.at + drawHours(random, 0.5, 6))
    const holder = next && lead && !lead.deskLevel ? affair.who.worker(lead) : affair.who.desk('community')
    if (next && !sim.act(at, holder, { kind: 'transfer', lead: { organisation: next.id }, words })) return
    lead = next ?? lead
  }
  if (course === 'withdraw') return withdraw(affair)
  work(
    affair,
    lead,
    course === 'paused' || course === 'longer' ? course : course === 'slow' ? 'late' : 'in time',
  )
}

function climb(affair: Affair, times: 1 | 2): void {
  const { sim, who, random } = affair
  for (let i = 0; i < times; i++) {
    const at = office(affair, sim.at + drawHours(random, 0.5, 8))
    if (!sim.act(at, who.at(sim.standing.desk), { kind: 'escalate', words: random.pick(phrases.escalate) }))
      return
  }
  const leads = leadsOf(affair).filter((one) => !one.deskLevel)
  const lead = leads[leads.length > 1 ? 1 : 0]
  if (lead && assign(affair, lead)) work(affair, lead, random.chance(0.75) ? 'in time' : 'late')
}

/** RQ12: two units at once, under the desk that keeps the whole. */
function inParts(affair: Affair): void {
  const { sim, who, random } = affair
  const leads = leadsOf(affair).filter((one) => !one.deskLevel)
  const two = [leads[0], leads[1]].filter((one) => one !== undefined)
  const desk = who.at(sim.standing.desk)
  const at = office(affair, sim.at + drawHours(random, 0.2, 5))
  if (two.length < 2) return onTheSpot(affair, at)
  const parts = two.map((lead, index) => ({
    id: random.uuid(at),
    lead: { organisation: lead.id },
    words: phrases.matters[index] ?? '',
  }))
  if (!sim.act(at, desk, { kind: 'split', parts, words: random.pick(phrases.split) })) return
  for (const [index, lead] of two.entries()) {
    const { id: part } = parts[index]!
    const worker = who.worker(lead)
    const taken = office(affair, sim.at + drawHours(random, 0.3, 4))
    if (!sim.act(taken, worker, { kind: 'part_take', part, words: '' })) return
    const done = office(affair, sim.at + drawHours(random, 2, 20))
    const words = random.pick(phrases.partDone)
    if (!sim.act(done, worker, { kind: 'part_answer', part, words, attachments: [] })) return
  }
  if (answer(affair, desk, office(affair, sim.at + drawHours(random, 0.5, 3)), true)) hear(affair, desk, true)
}

function onTheSpot(affair: Affair, seen: number): void {
  const { sim, who, random } = affair
  const desk = who.desk('community')
  const direct = random.chance(0.6)
  if (!direct && !accept(affair, seen)) return
  if (answer(affair, desk, direct ? seen : office(affair, sim.at + drawHours(random, 0.5, 20)), true))
    hear(affair, desk, true)
}

/** Declined, appealed, and taken back up by the desk above, which sees to it itself. */
function onAppeal(affair: Affair): void {
  const { sim, who, random } = affair
  const desk = who.at(sim.standing.desk)
  const words = random.pick(phrases.reconsidered)
  if (answer(affair, desk, office(affair, sim.at + drawHours(random, 2, 20)), true, words))
    hear(affair, desk, true)
}

function withdraw({ sim, random }: Affair): void {
  sim.act(Math.max(atHome(sim.at + drawHours(random, 1, 20), random), sim.at + hours(0.3)), 'reporter', {
    kind: 'withdraw',
    words: random.pick(phrases.withdraw),
  })
}
