import phrases from './data/phrases.json' with { type: 'json' }
import { proposals } from '#requests/lists.ts'
import type { Affair } from './affair.ts'
import type { Acting } from './simulation.ts'
import { iso } from './simulation.ts'
import { atHome, atWork, drawHours, hours } from './worktime.ts'

/** What stops or lengthens a request on its way: a question to the reporter, more time, leaving the figures. */

/** @returns false where the present is reached. */
export function ask({ sim, random }: Affair, worker: Acting): boolean {
  const asked = atWork(sim.at + drawHours(random, 0.2, 4), random)
  if (!sim.act(asked, worker, { kind: 'ask', words: random.pick(phrases.ask) })) return false
  const replied = Math.max(atHome(sim.at + drawHours(random, 1, 30), random), sim.at + hours(0.3))
  if (!random.chance(0.85)) return true
  return sim.act(replied, 'reporter', {
    kind: 'note',
    words: random.pick(phrases.reply),
    visible: true,
    attachments: [],
  })
}

const day = hours(24)
/** 17:30 in Shanghai on the day of a moment. */
const closing = (ms: number) => Math.floor((ms + hours(8)) / day) * day + hours(9.5)

/** Somebody asks for more time, and a second person looks at it. @returns false where the present is reached. */
export function askForTime(
  { sim, who, random }: Affair,
  worker: Acting,
  what: 'suspend' | 'extend',
): boolean {
  const at = atWork(sim.at + drawHours(random, 0.5, 8), random)
  const due = sim.standing.term ? Date.parse(sim.standing.term.dueAt) : at
  const reason = random.pick(proposals[what].reasons)
  // An overdue request is not extended any more.
  if (what === 'extend' && at > due - hours(4)) return true
  const until = closing((what === 'extend' ? due : at) + day * random.between(2, what === 'extend' ? 6 : 14))
  const asked = sim.act(at, worker, {
    kind: 'propose',
    what,
    reason,
    until: iso(until),
    words: phrases.ground[reason],
    attachments: [],
  })
  const { proposal, desk } = sim.standing
  if (!asked || !proposal) return false
  const seat = who.at(desk)
  const reviewer = seat.person.id === worker.person.id ? who.desk('subdistrict') : seat
  const seen = Math.min(atWork(sim.at + drawHours(random, 0.3, 3), random), until - hours(1), due - hours(1))
  if (reviewer.person.id === worker.person.id || seen <= sim.at) return true
  const agree = random.chance(0.85)
  const words = random.pick(agree ? phrases.agree : phrases.refuse)
  if (!sim.act(seen, reviewer, { kind: 'review', proposal: proposal.id, agree, words })) return false
  if (sim.standing.state !== 'suspended') return true
  // Work goes on by hand where the cause is gone sooner, else by the clock.
  const over = random.chance(0.4) ? atWork(sim.at + (until - sim.at) * 0.7, random) : until + hours(1)
  if (over >= until) return sim.waitUntil(over)
  return sim.act(over, worker, { kind: 'resume', words: random.pick(phrases.resume) })
}

/** RQ9: now and then somebody asks that a word should not count, and the desk above looks at the evidence. */
export function leaveOut({ sim, who, random }: Affair): void {
  const { state, desk, answerer } = sim.standing
  if (state !== 'closed' && state !== 'answered') return
  const seat = who.at(desk)
  const above = seat.desk?.level === 'community' ? who.desk('subdistrict') : who.desk('district')
  const [reason] = proposals.exclude.reasons
  const at = atWork(sim.at + drawHours(random, 4, 30), random)
  const asked = sim.act(at, seat, {
    kind: 'propose',
    what: 'exclude',
    reason,
    words: phrases.ground[reason],
    attachments: [random.uuid(at)],
  })
  const { proposal } = sim.standing
  if (!asked || !proposal || [seat.organisation, answerer?.organisation].includes(above.organisation)) return
  const agree = random.chance(0.4)
  const seen = atWork(sim.at + drawHours(random, 2, 40), random)
  sim.act(seen, above, {
    kind: 'review',
    proposal: proposal.id,
    agree,
    words: random.pick(agree ? phrases.agree : phrases.refuse),
  })
}
