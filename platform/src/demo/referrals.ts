import phrases from './data/phrases.json' with { type: 'json' }
import { declineReasons } from '#requests/lists.ts'
import type { Affair } from './affair.ts'
import type { Organisation } from './organisations.ts'
import { atHome, atWork, drawHours, hours } from './worktime.ts'

/** What is not for this desk: declined with whom to turn to, handed over, or appealed. */

/** @returns who has it now, where it was handed over. */
export function decline(affair: Affair, at: number): Organisation | null {
  const { sim, who, told, random } = affair
  const reason =
    declineReasons.find((one) => phrases.declined[one].some(({ title }) => title === told.title)) ??
    random.pick(declineReasons)
  const { words, instead } = phrases.decline[reason]
  const desk = who.desk('community')
  if (reason === 'other_units_duty') {
    const police = who.lead('traffic')
    if (!police) return null
    const { id, name } = police
    const to = { organisation: id, name }
    const done = sim.act(at, desk, { kind: 'decline', reason, words, instead: to, handOver: true })
    return done ? police : null
  }
  if (
    sim.act(at, desk, { kind: 'decline', reason, words, instead: { name: instead } }) &&
    random.chance(0.35)
  )
    appeal(affair)
  return null
}

/** The level above looks again: it mostly says why it stays so, and sometimes takes it back up. */
function appeal({ sim, who, random, code }: Affair): void {
  const said = Math.max(atHome(sim.at + drawHours(random, 3, 60), random), sim.at + hours(0.5))
  if (!sim.act(said, 'reporter', { kind: 'appeal', words: random.pick(phrases.appeal) })) return
  const office = who.desk('subdistrict')
  const at = atWork(sim.at + drawHours(random, 4, 40), random)
  if (random.chance(0.25)) {
    sim.act(at, office, { kind: 'accept', category: code, urgency: 'explain', points: [] })
    return
  }
  sim.act(at, office, {
    kind: 'answer',
    words: random.pick(phrases.upheld),
    points: [{ index: 0, open: true }],
    attachments: [],
  })
}
