import phrases from './data/phrases.json' with { type: 'json' }
import { returnBases } from '#requests/lists.ts'
import type { Affair } from './affair.ts'
import type { Organisation } from './organisations.ts'
import { ask, askForTime, leaveOut } from './pauses.ts'
import type { Random } from './prng.ts'
import { decline } from './referrals.ts'
import type { Responders } from './responders.ts'
import { line } from './stories.ts'
import type { Story } from './stories.ts'
import { atHome, atWork, drawHours, hours } from './worktime.ts'

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

function giveOut(affair: Affair): void {
  const lead = leadsOf(affair).find((one) => !one.deskLevel)
  if (lead && assign(affair, lead)) work(affair, lead, 'in time')
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

/** Who could be given this: what the tale and the category name first, then whoever else is near. */
function leadsOf({ story, told, who }: Affair): Organisation[] {
  const keys = [told.tale.lead, ...story.lead, 'urban', 'bureau', 'office']
  const found = keys.flatMap((key) => (key ? (who.lead(key) ?? []) : []))
  return [...new Set(found)].filter((one) => one.deskLevel !== 'community')
}

/** Office people act in office hours; what is urgent is dealt with at any hour. */
function office({ story, random }: Affair, ms: number): number {
  return story.urgent ? ms : atWork(ms, random)
}

function accept(affair: Affair, at: number): boolean {
  const { code, story, told, sim, who, random } = affair
  const urgency = story.explain ? 'explain' : story.urgent ? 'now' : 'by_date'
  const points = random.chance(0.3)
    ? [told.title, phrases.asked[story.talk ? 'ask' : random.chance(0.5) ? 'fix' : 'how']]
    : []
  return sim.act(at, who.at(sim.standing.desk), { kind: 'accept', category: code, urgency, points })
}

function assign(affair: Affair, lead: Organisation): boolean {
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

function giveBack(affair: Affair, lead: Organisation): boolean {
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

/** Whoever is supervised says how and by when, and the level above lets it be. */
function accountFor({ sim, who, random }: Affair, worker: ReturnType<Responders['worker']>): boolean {
  const one = sim.standing.supervisions.find(({ demanded }) => demanded)
  if (!one || !random.chance(0.8)) return true
  const said = { kind: 'reply' as const, supervision: one.id, words: random.pick(phrases.reply) }
  if (!sim.act(atWork(sim.at + drawHours(random, 0.3, 2), random), worker, said)) return false
  const level = sim.standing.level === 'district' ? 'district' : 'subdistrict'
  const ended = { kind: 'lift' as const, supervision: one.id, words: random.pick(phrases.lift) }
  // Answered meanwhile, it has ended by itself.
  if (!random.chance(0.5) || !sim.standing.supervisions.some(({ id }) => id === one.id)) return true
  return sim.act(atWork(sim.at + drawHours(random, 0.2, 1), random), who.desk(level), ended)
}

/** Takes it, works on it, answers it, and hears what the resident says. */
function work(
  affair: Affair,
  lead: Organisation | undefined,
  pace: 'in time' | 'late' | 'paused' | 'longer',
): void {
  const { sim, who, random, story, told } = affair
  if (!lead) return
  const worker = who.worker(lead)
  const taken = office(affair, sim.at + drawHours(random, 0.1, story.urgent ? 0.5 : 4))
  if (!sim.act(taken, worker, { kind: 'take', words: random.pick(phrases.take) })) return
  if (random.chance(0.08) && !ask(affair, worker)) return
  if (pace === 'paused' || pace === 'longer') {
    if (!askForTime(affair, worker, pace === 'paused' ? 'suspend' : 'extend')) return
  }
  const last = answerTime(affair, pace === 'late' ? 'late' : 'in time')
  if (random.chance(0.45)) {
    const at = office(affair, sim.at + Math.max(hours(0.2), (last - sim.at) * 0.4))
    if (
      at < last &&
      !sim.act(at, worker, {
        kind: 'note',
        words: line('note', story, told, random),
        visible: random.chance(0.8),
        attachments: [],
      })
    )
      return
  }
  if (pace === 'late' && random.chance(0.35)) {
    const at = atWork(sim.at + (last - sim.at) * 0.8, random)
    const words = random.pick(phrases.supervise)
    if (
      at < last &&
      !sim.act(at, who.desk(sim.standing.level === 'district' ? 'district' : 'subdistrict'), {
        kind: 'supervise',
        demand: words,
      })
    )
      return
    if (!accountFor(affair, worker)) return
  }
  if (random.chance(0.1)) {
    const at = atHome(sim.at + (last - sim.at) * 0.5, random)
    if (at > sim.at && at < last)
      sim.act(at, 'reporter', {
        kind: 'note',
        words: random.pick(phrases.more),
        visible: true,
        attachments: [],
      })
  }
  const solved = !random.chance(0.09)
  if (answer(affair, worker, last, solved)) hear(affair, worker, solved)
}

function answerTime({ sim, random, story }: Affair, pace: 'in time' | 'late'): number {
  const { term } = sim.standing
  const start = term ? Date.parse(term.startsAt) : sim.at
  const due = term ? Date.parse(term.dueAt) : sim.at + hours(24)
  const share = pace === 'late' ? 1.05 + random.next() * 0.7 : 0.25 + random.next() * 0.68
  // Nobody mends anything in the minute in which it is taken, however late it is.
  const exact = (part: number) =>
    Math.max(start + (due - start) * part, sim.at + (sim.at > due ? hours(2 + 20 * part) : hours(0.2)))
  if (story.urgent) return exact(share)
  if (pace === 'late') return atWork(exact(share), random)
  // Due on a weekend: whoever wants to be in time answers on the Friday.
  const parts = [share, share * 0.8, share * 0.6, share * 0.4, share * 0.2]
  return (
    parts.map((part) => atWork(exact(part), random)).find((at) => at < due) ??
    atWork(sim.at + hours(0.3), random)
  )
}

function answer(
  affair: Affair,
  worker: ReturnType<Responders['worker']>,
  at: number,
  solved: boolean,
  words = line(solved ? 'done' : 'not', affair.story, affair.told, affair.random),
): boolean {
  const { sim } = affair
  const asked = Math.max(1, sim.standing.points.length)
  const points = Array.from({ length: asked }, (_, index) => ({
    index,
    open: !solved && index === asked - 1,
  }))
  return sim.act(at, worker, { kind: 'answer', words, points, attachments: [] })
}

/** The resident's word: confirmed, called, not reached, silent, or: not solved. */
function hear(affair: Affair, worker: ReturnType<Responders['worker']>, solved: boolean): void {
  const { sim, who, random, story, told } = affair
  const { reopens } = sim.standing
  const desk = who.at(sim.standing.desk)
  const end = !affair.known
    ? random.chance(0.7)
      ? 4
      : 2
    : solved
      ? random.weighted([46, 14, 17, 4, 16, 3])
      : random.weighted([8, 4, 3, 2, 13, 70])
  const spoken = () => atHome(sim.at + drawHours(random, 1, 72), random)
  if (end === 0 || end === 1) {
    const mood =
      (['satisfied', 'fair', 'dissatisfied'] as const)[
        random.weighted(solved ? [82, 14, 4] : [10, 40, 50])
      ] ?? 'satisfied'
    const at = Math.max(spoken(), sim.at + hours(0.3))
    if (end === 0) {
      sim.act(at, 'reporter', { kind: 'confirm', satisfaction: mood })
    } else if (sim.act(at, 'reporter', { kind: 'confirm' })) {
      const words = random.pick(phrases.confirm[mood])
      sim.act(atHome(sim.at + drawHours(random, 2, 60), random), 'reporter', {
        kind: 'rate',
        satisfaction: mood,
        words,
      })
    }
    if (mood === 'dissatisfied' && random.chance(0.5)) leaveOut(affair)
  } else if (end === 2) {
    const words = random.pick(phrases.followUp.satisfied)
    sim.act(atWork(sim.at + drawHours(random, 6, 90), random), desk, {
      kind: 'follow_up',
      outcome: random.chance(0.85) ? 'satisfied' : 'fair',
      words,
    })
  } else if (end === 3) {
    for (let i = 0; i < 3; i++) {
      const at = atWork(sim.at + drawHours(random, 5, 40), random)
      if (
        !sim.act(at, desk, {
          kind: 'follow_up',
          outcome: 'unreachable',
          words: random.pick(phrases.followUp.unreachable),
        })
      )
        return
    }
  } else if (end === 5 && reopens < 2) {
    const words = line('still', story, told, random)
    const called = random.chance(0.25)
    const again = called
      ? sim.act(atWork(sim.at + drawHours(random, 4, 80), random), desk, {
          kind: 'follow_up',
          outcome: 'dissatisfied',
          words: random.pick(phrases.followUp.dissatisfied),
        })
      : sim.act(Math.max(spoken(), sim.at + hours(0.5)), 'reporter', { kind: 'reopen', words })
    if (again) onceMore(affair, worker)
  }
}

/** After "not solved": the same holder again, or, the second time, the level above gives it out anew. */
function onceMore(affair: Affair, worker: ReturnType<Responders['worker']>): void {
  const { sim, random } = affair
  if (sim.standing.state === 'accepted') {
    giveOut(affair)
    return
  }
  const solved = random.chance(0.72)
  const holder =
    sim.standing.holder?.organisation === worker.organisation ? worker : affair.who.at(sim.standing.desk)
  if (answer(affair, holder, answerTime(affair, random.chance(0.85) ? 'in time' : 'late'), solved))
    hear(affair, holder, solved)
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
