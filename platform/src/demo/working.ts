import phrases from './data/phrases.json' with { type: 'json' }
import type { Affair } from './affair.ts'
import { assign, leadsOf, office } from './giving.ts'
import type { Organisation } from './organisations.ts'
import { ask, askForTime, leaveOut } from './pauses.ts'
import type { Responders } from './responders.ts'
import { line } from './stories.ts'
import { atHome, atWork, drawHours, hours } from './worktime.ts'

/** From the one who is given a request to the resident's word, and again where that is "not solved". */

/** To whoever the tale names first among those who are no desk. */
export function giveOut(affair: Affair): void {
  const lead = leadsOf(affair).find((one) => !one.deskLevel)
  if (lead && assign(affair, lead)) work(affair, lead, 'in time')
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
export function work(
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

export function answer(
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
export function hear(affair: Affair, worker: ReturnType<Responders['worker']>, solved: boolean): void {
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
