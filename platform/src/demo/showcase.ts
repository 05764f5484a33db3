import meetings from './data/meetings.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import showcase from './data/showcase.json' with { type: 'json' }
import { buildingsOf } from './geography.ts'
import type { Geography } from './geography.ts'
import { meetingStep, officeMoment } from './meetings.ts'
import type { Random } from './prng.ts'
import type { Responders } from './responders.ts'
import type { ShowcaseItem, ShowcaseStep } from './script.ts'
import { momentOf } from './showcase-moment.ts'
import { stageAt } from './scenes.ts'
import type { Stage } from './scenes.ts'
import type { Acting, Move, Simulation } from './simulation.ts'
import { iso } from './simulation.ts'
import { offerItems } from './offers.ts'
import { whistleItems } from './whistle-items.ts'
import type { World } from './world.ts'

/** The requests that the drawn pictures show, and enough others to make a full day at the showcase community's desk. */

export function showcaseItems(): ShowcaseItem[] {
  return [...showcase, ...whistleItems(), ...meetings.items, ...offerItems()]
}

export function stageOf(item: ShowcaseItem, geography: Geography, random: Random): Stage {
  const code = `${places.showcase.community}001${item.building.toString().padStart(3, '0')}`
  const unit = buildingsOf(geography).find((building) => building.area.code === code)?.units[item.unit - 1]
  if (!unit) throw new Error(`no unit ${item.unit} in building ${code}`)
  return stageAt(unit, random)
}

export function stepThrough(
  item: ShowcaseItem,
  sim: Simulation,
  who: Responders,
  world: World,
  end: number,
): void {
  for (const step of item.steps) {
    const at = officeMoment(step, end) ?? momentOf(step, end)
    const meeting = meetingStep(step, item.title, who, end)
    const happened = meeting
      ? sim.joins(at, who.desk('community'), meeting)
      : sim.act(at, actorOf(step, who, world, item), moveOf(step, item, who, sim, end))
    if (!happened) return
  }
  if (!item.whistle && !item.offer) sim.rest()
}

function actorOf(step: ShowcaseStep, who: Responders, world: World, item: ShowcaseItem): Acting | 'reporter' {
  if (step.by === 'reporter') return 'reporter'
  if (step.by === 'desk') return who.desk('community')
  if (step.by === 'office') return who.desk('subdistrict')
  if (step.by === 'grid') {
    const [worker] = world.staff.gridWorkers.get(showcasePath(world.geography)) ?? []
    if (!worker) throw new Error('no grid worker in the showcase compound')
    return { person: worker, organisation: who.desks.community.id }
  }
  const organisation = who.lead(step.by)
  if (!organisation) throw new Error(`nobody called ${step.by} for ${item.title}`)
  return who.worker(organisation)
}

function showcasePath(geography: Geography): string {
  const code = `${places.showcase.community}001`
  return (
    buildingsOf(geography).find((building) => building.compound.area.code === code)?.compound.area.path ?? ''
  )
}

function moveOf(step: ShowcaseStep, item: ShowcaseItem, who: Responders, sim: Simulation, end: number): Move {
  const words = step.words ?? ''
  switch (step.do) {
    case 'accept':
      return {
        kind: 'accept',
        category: item.category,
        urgency: step.urgency === 'now' || step.urgency === 'explain' ? step.urgency : 'by_date',
        points: step.points ?? [],
        needed: step.needed,
      }
    case 'assign': {
      const lead = who.lead(step.lead ?? '')
      if (!lead) throw new Error(`no lead ${step.lead} for ${item.title}`)
      return { kind: 'assign', lead: { organisation: lead.id }, assisting: [], words }
    }
    case 'decline':
      return declineOf(step, who)
    case 'ask':
    case 'appeal':
      return { kind: step.do, words }
    case 'propose': {
      const { dueAt } = sim.standing.term ?? {}
      const since = step.what === 'extend' && dueAt ? Date.parse(dueAt) : end
      const until = iso(since + (step.ahead ?? 0) * 3_600_000)
      if (step.what === 'extend')
        return { kind: 'propose', what: 'extend', reason: 'material_missing', until, words, attachments: [] }
      return { kind: 'propose', what: 'suspend', reason: 'season', until, words, attachments: [] }
    }
    case 'review':
      return { kind: 'review', proposal: sim.standing.proposal?.id ?? '', agree: true, words }
    case 'take':
      return { kind: 'take', words }
    case 'return':
      return {
        kind: 'return',
        basis: step.basis === 'not_our_area' ? 'not_our_area' : 'other_unit_named_by_law',
        words,
      }
    case 'escalate':
      return { kind: 'escalate', words }
    case 'note':
      return { kind: 'note', words, visible: step.visible ?? false, attachments: [] }
    case 'answer': {
      const points = Array.from({ length: Math.max(1, sim.standing.points.length) }, (_, index) => ({
        index,
        open: false,
      }))
      return { kind: 'answer', words, points, attachments: [] }
    }
    case 'follow_up':
      return { kind: 'follow_up', outcome: 'unreachable', words }
    case 'reopen':
      return { kind: 'reopen', words }
    default:
      throw new Error(`no such step: ${step.do}`)
  }
}

function declineOf({ words = '', to, instead = '', phone }: ShowcaseStep, who: Responders): Move {
  const there = to === undefined ? null : who.lead(to)
  return there
    ? {
        kind: 'decline',
        reason: 'other_units_duty',
        words,
        instead: { organisation: there.id, name: there.name },
        handOver: true,
      }
    : {
        kind: 'decline',
        reason: 'not_public_service',
        words,
        instead: { name: instead, ...(phone && { phone }) },
      }
}
