import { defaultCategories } from '#catalogue/seed.ts'
import { rowOf } from '#dispatch/choices.ts'
import { choose, inForce } from '#dispatch/rules.ts'
import type { Decided, Experience, Version } from '#dispatch/rules.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Row } from './copy.ts'
import data from './data/routing.json' with { type: 'json' }
import text from './data/organisations.json' with { type: 'json' }
import type { DemoRequest } from './demo-request.ts'
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/** The district's routing table, with what it was before, and what it proposed for each dispatch of the year (DP9). */

export const routingColumns = [
  'district_code',
  'id',
  'version',
  'valid_from',
  'valid_until',
  'ended',
  'group_code',
  'category_code',
  'path',
  'organisation_id',
  'functions',
  'desk_level',
  'basis',
  'set_by',
  'set_at',
] as const

export const choiceColumns = [
  'district_code',
  'entry_id',
  'request_id',
  'path',
  'category_code',
  'at',
  'turn',
  'chosen_id',
  'proposed_id',
  'why',
  'rule_id',
  'rule_version',
  'precedent_id',
] as const

const dayMs = 86_400_000

const kindOf = (kind: string) =>
  kind.length === 1 ? { category: null, group: kind } : { category: kind, group: null }

/** Every version of every row. */
function versionsOf({ geography, organisations, since, now }: World): Version[] {
  const district = geography.district
  const idOf = (key: string) => derivedId('routing_rule', district.code, key)
  const base = { path: district.path, until: null, ended: false }
  const rows = data.rows.map(({ kind, to, desk, basis }): Version => ({
    ...base,
    ...kindOf(kind),
    id: idOf(kind),
    version: 1,
    target: to ? { kind: 'functions', functions: to } : { kind: 'desk', level: desk! },
    basis,
    from: iso(since),
  }))
  const changes = data.changes.map(({ kind, daysAgo, to, basis }): Version => ({
    ...base,
    ...kindOf(kind),
    id: idOf(kind),
    version: 2,
    target: { kind: 'functions', functions: to },
    basis,
    from: iso(now.epochMilliseconds - daysAgo * dayMs),
  }))
  const zone = organisations.all.find(
    ({ key, shortName }) => key === 'office' && shortName === text.zoneShort,
  )
  const ownTown: Version[] = zone
    ? [
        {
          ...base,
          ...kindOf(data.zone.kind),
          id: idOf('zone'),
          version: 1,
          path: zone.path,
          target: { kind: 'organisation', organisation: zone.id },
          basis: data.zone.basis,
          from: iso(since),
        },
      ]
    : []
  return [...rows, ...changes, ...ownTown]
}

export function routingRows(world: World): Row[] {
  const district = world.geography.district.code
  return versionsOf(world).map(({ target, ...row }) => [
    district,
    row.id,
    row.version,
    row.from,
    row.until,
    row.ended,
    row.group,
    row.category,
    row.path,
    target.kind === 'organisation' ? target.organisation : null,
    target.kind === 'functions' ? `{${target.functions.join(',')}}` : null,
    target.kind === 'desk' ? target.level : null,
    row.basis,
    null,
    Date.parse(row.from) > world.now.epochMilliseconds
      ? iso(world.now.epochMilliseconds - 3 * dayMs)
      : row.from,
  ])
}

type Answered = { organisation: string; at: number; onTime: boolean }

/**
 * What was chosen, and what a second return decided (RQ6); asked for each request in turn, it remembers both, and who
 * answered before.
 */
export function choiceRows(world: World): (request: DemoRequest) => Row[] {
  const district = world.geography.district.code
  const versions = versionsOf(world)
  const leads = new Map(defaultCategories().map((category) => [category.code, category.leads]))
  const before = new Map<string, Answered[]>()
  const decided: Decided[] = []
  const near = (path: string, depth: number) => `${path.split('/').slice(0, depth).join('/')}/`
  const keysOf = ({ path, standing: { category } }: DemoRequest) =>
    ([3, 2] as const).map((depth) => `${category} ${near(path, depth)}`)
  const serving = new Map<string, World['organisations']['all']>()
  const servingAt = (path: string) => {
    const around = near(path, 3)
    const known =
      serving.get(around) ??
      world.organisations.all.filter((one) => around.startsWith(one.path) || one.path.startsWith(around))
    serving.set(around, known)
    return known
  }
  const experience = (request: DemoRequest, at: number): Experience[] =>
    keysOf(request).flatMap((key, index) => {
      const earlier = (before.get(key) ?? []).filter((one) => one.at < at)
      return [...Map.groupBy(earlier, ({ organisation }) => organisation)].map(([organisation, all]) => ({
        organisation,
        why: index === 0 ? ('answered_here' as const) : ('answered_near' as const),
        answered: all.length,
        onTime: all.filter(({ onTime }) => onTime).length,
        satisfied: 0,
      }))
    })
  return (request) => {
    const { id, path, standing, entries } = request
    const { category } = standing
    if (standing.confidential) return []
    const except: string[] = []
    let held: string | undefined
    const rows = entries
      .flatMap((entry) => {
        if (entry.kind === 'return' && entry.by.organisation) except.push(entry.by.organisation)
        if (entry.kind !== 'assign' && entry.kind !== 'transfer' && entry.kind !== 'hand_over') return []
        const passedOn = entry.kind === 'transfer' && held ? [held] : []
        held = entry.data.holder.organisation
        return [{ entry, except: [...except, ...passedOn] }]
      })
      .map(({ entry, except: out }, index) => {
        const choice = choose(
          { category, path, except: [...out, ...(entry.by.organisation ? [entry.by.organisation] : [])] },
          {
            rules: inForce(versions, entry.at),
            precedents: decided.filter(({ at }) => at < entry.at),
            serving: servingAt(path),
            experience: category === null ? [] : experience(request, Date.parse(entry.at)),
            leads: (category && leads.get(category)) || [],
          },
        )
        const row = rowOf(choice, {
          entry: entry.id,
          request: id,
          turn: index + 1,
          path,
          category,
          at: entry.at,
          chosen: entry.data.holder.organisation,
        })
        const { entry: of, rule, precedent } = row
        return [
          district,
          of,
          id,
          row.path,
          category,
          row.at,
          row.turn,
          row.chosen,
          row.proposed,
          row.why,
          rule?.id ?? null,
          rule?.version ?? null,
          precedent,
        ]
      })
    for (const entry of entries) {
      if (entry.kind !== 'assign' || !entry.data.binding || category === null) continue
      const { at, data: given } = entry
      const basis = given.authority ?? ''
      const { organisation } = given.holder
      decided.push({ request: id, category, path: near(path, 3), organisation, basis, at })
    }
    const answer = entries.findLast(({ kind }) => kind === 'answer')
    if (answer?.by.organisation && category !== null)
      for (const key of keysOf(request))
        before.set(key, [
          ...(before.get(key) ?? []),
          {
            organisation: answer.by.organisation,
            at: Date.parse(answer.at),
            onTime: !entries.some(
              ({ kind, by, at }) => kind === 'supervise' && by.kind === 'system' && at <= answer.at,
            ),
          },
        ])
    return rows
  }
}
