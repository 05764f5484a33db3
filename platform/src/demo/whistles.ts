import { buildCalendar } from '#deadlines/calendar.ts'
import { termOf } from '#deadlines/rules.ts'
import { ringId, supervisionId } from '#whistle/alarm-id.ts'
import { ring } from '#whistle/alarms.ts'
import type { Command } from '#whistle/commands.ts'
import { judgeLimit, objectionBases, rateLimit, reportLimit, urgentReportLimit } from '#whistle/lists.ts'
import zh from '#whistle/messages/zh-CN.json' with { type: 'json' }
import { decide } from '#whistle/rules.ts'
import type { World as WhistleWorld } from '#whistle/rules.ts'
import { apply, leadOf } from '#whistle/standing.ts'
import type { Entry, Standing } from '#whistle/standing.ts'
import type { Organisation } from './organisations.ts'
import type { Random } from './prng.ts'
import type { Responders } from './responders.ts'
import { momentOf } from './showcase-moment.ts'
import type { Acting, Joining, Simulation } from './simulation.ts'
import { iso } from './simulation.ts'
import type { WhistleScript, WhistleStep } from './script.ts'

/** A whistle lived through by the live rules, beside the request it is about, whose ledger it enters (DM4). */

export type DemoWhistle = { id: string; path: string; standing: Standing; entries: Entry[] }

type Setting = {
  request: string
  spot: { path: string }
  sim: Simulation
  who: Responders
  end: number
  random: Random
}

const calendar = buildCalendar()

function worldAt(now: number): WhistleWorld {
  const at = iso(now)
  return {
    now: at,
    plan: {
      report: (urgent) => termOf(at, urgent ? urgentReportLimit : reportLimit, calendar),
      rate: () => termOf(at, rateLimit, calendar),
    },
  }
}

/** What follows for the request is entered first: what the clock ended meanwhile is not whistled for any more. */
export function whistleThrough(script: WhistleScript, setting: Setting): DemoWhistle | undefined {
  const { sim, who, end, random, spot, request } = setting
  const formedAt = momentOf(script, end)
  const id = random.uuid(formedAt)
  const desk = who.desk('community')
  if (!sim.joins(formedAt, desk, { kind: 'whistle', whistle: id, words: script.words })) {
    sim.rest()
    return undefined
  }
  const town = sim.standing.holder?.organisation ?? who.desks.subdistrict.id
  const form: Entry = {
    id: random.uuid(sim.at),
    kind: 'form',
    at: iso(sim.at),
    by: { kind: 'staff', person: desk.person.id, organisation: desk.organisation },
    words: script.words,
    data: {
      requests: [request],
      urgent: script.urgent ?? false,
      town,
      term: termOf(iso(sim.at), judgeLimit, calendar),
    },
  }
  const whistle = { id, path: compoundOf(spot.path), standing: apply(null, form), entries: [form] }
  const names = new Map<string, string>()
  const lead = (key: string): Organisation => {
    const found = who.lead(key)
    if (!found) throw new Error(`nobody called ${key} for a whistle`)
    names.set(found.id, found.shortName)
    return found
  }
  names.set(town, who.desks.subdistrict.shortName)
  for (const step of script.steps) {
    const at = momentOf(step, end)
    if (at > end) break
    ringUntil(whistle, at, setting, names)
    if (!act(whistle, step, Math.max(at, sim.at + 1000), setting, lead)) break
  }
  ringUntil(whistle, end, setting, names)
  sim.rest()
  return whistle
}

const compoundOf = (path: string) => `${path.split('/').slice(0, 4).join('/')}/`.replace(/\/+$/, '/')

/** Rings what falls due up to a time, a few seconds late as the jobs do, with the demands in the request's ledger. */
function ringUntil(
  whistle: DemoWhistle,
  limit: number,
  { sim, request, random }: Setting,
  names: ReadonlyMap<string, string>,
): void {
  for (;;) {
    const due = limit - random.between(1500, 20_000)
    const probe = ring(whistle.standing, iso(due), (alarm) => `${ringId(whistle.id, alarm)} ${alarm.at}`)
    if (!probe) return
    const [id = '', at = ''] = probe.id.split(' ')
    const entry = { ...probe, id, at: iso(Date.parse(at) + random.between(1500, 20_000)) } as Entry
    whistle.entries.push(entry)
    whistle.standing = apply(whistle.standing, entry)
    if (entry.kind !== 'supervise') continue
    const name = names.get(entry.data.organisation ?? whistle.standing.town) ?? ''
    sim.joins(Date.parse(entry.at), 'system', {
      kind: 'supervise',
      id: supervisionId(id, request),
      demand: zh.demand[entry.data.clock].replace('{name}', name),
    })
  }
}

function act(
  whistle: DemoWhistle,
  step: WhistleStep,
  at: number,
  { sim, who, random }: Setting,
  lead: (key: string) => Organisation,
): boolean {
  const by =
    step.by === 'desk'
      ? who.desk('community')
      : step.by === 'office'
        ? who.desk('subdistrict')
        : who.worker(lead(step.by))
  const command = { ...commandOf(step, lead), id: random.uuid(at) } as Command
  const now = Math.max(at, Date.parse(whistle.entries.at(-1)?.at ?? '') + 1000)
  const decided = decide(
    whistle.standing,
    command,
    { person: by.person.id, organisations: [by.organisation], town: step.by === 'office' },
    { kind: 'staff', person: by.person.id, organisation: by.organisation },
    worldAt(now),
  )
  if ('refused' in decided) throw new Error(`the demo's whistle ${step.do} was refused: ${decided.refused}`)
  if (!follow(whistle, decided.entry, decided.standing, by, now, sim)) return false
  whistle.entries.push(decided.entry)
  whistle.standing = decided.standing
  return true
}

/** What the step enters into the request; false when the clock ended the matter first. */
function follow(
  { id }: DemoWhistle,
  entry: Entry,
  after: Standing,
  by: Acting,
  now: number,
  sim: Simulation,
): boolean {
  const joins = (step: Joining) => sim.joins(now, by, step)
  const base = { whistle: id, words: entry.words }
  switch (entry.kind) {
    case 'here':
    case 'report_in':
      return joins({ kind: 'report_in', ...base, person: entry.data.person })
    case 'join':
      return joins({ kind: 'join', ...base, ...entry.data })
    case 'send_back':
      return joins({ kind: 'send_back', ...base })
    case 'blow': {
      const helpers = after.parts.filter(({ role }) => role === 'assist')
      return joins({
        kind: 'blow',
        ...base,
        lead: { organisation: leadOf(after)?.organisation ?? '' },
        assisting: helpers.map(({ organisation }) => organisation),
      })
    }
    case 'done': {
      const asked = Math.max(1, sim.standing.points.length)
      const points = Array.from({ length: asked }, (_, index) => ({ index, open: false }))
      return sim.act(now, by, { kind: 'answer', words: entry.words ?? '', points, attachments: [] })
    }
    default:
      return true
  }
}

type Fields<C> = C extends { id: string } ? Omit<C, 'id'> : never

function commandOf(step: WhistleStep, lead: (key: string) => Organisation): Fields<Command> {
  const words = step.words ?? ''
  switch (step.do) {
    case 'blow':
      return {
        kind: 'blow',
        lead: lead(step.lead ?? '').id,
        assisting: (step.assist ?? []).map((key) => lead(key).id),
        words,
      }
    case 'report_in':
      return { kind: 'report_in', words }
    case 'object':
      return {
        kind: 'object',
        basis: objectionBases.find((one) => one === step.basis) ?? 'facts_wrong',
        words,
      }
    case 'here':
    case 'send_back':
      return { kind: step.do, words }
    case 'note':
    case 'done':
      return { kind: step.do, words, attachments: [] }
    case 'rate': {
      const given = Object.entries(step.rate ?? {})
      return {
        kind: 'rate',
        ratings: given.map(([key, rating]) => ({ organisation: lead(key).id, rating })),
        words,
      }
    }
    default:
      throw new Error(`no such step of a whistle: ${step.do}`)
  }
}
