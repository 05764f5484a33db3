import type pg from 'pg'
import type { Plan, Problem } from '#engines/liaison/contract.ts'
import { solve } from '#engines/liaison/solve.ts'
import { usualBounds } from '#liaison/bounds.ts'
import { worldOf } from '#liaison/compare.ts'
import { dealDoors, problemOf } from '#liaison/problem.ts'
import type { Beside, Door, Liaison } from '#liaison/problem.ts'
import { doorsToMove } from '#liaison/rules.ts'
import type { PlannedDoor } from '#liaison/rules.ts'
import cast from './data/cast.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import words from './data/plans.json' with { type: 'json' }
import { copyRows } from './copy.ts'
import type { Row } from './copy.ts'
import { dutySince, holdersOf, liaisonsByUnit, planRows } from './duties.ts'
import type { Person } from './people.ts'
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/**
 * Liaison plans of the community that the pictures show: the one that gave the present duties, and a draft for when three
 * people leave, with one change by hand, for somebody to look at, change and publish.
 */

const leaversMany = 3

type Material = { doors: Door[]; liaisons: Liaison[]; names: Map<string, Person> }

function inCommunity(path: string): boolean {
  return path.split('/')[2] === places.showcase.community
}

function materialOf(world: World): Material {
  const posts = liaisonsByUnit(world)
  const units = world.units.filter(({ area }) => inCommunity(area.path))
  const doors = units.flatMap((unit) => {
    const dwellings = [...world.dwellings(unit)]
    const holders = new Map(
      [...holdersOf(dwellings, posts.get(unit.area.path) ?? [])].map(({ dwelling, person }) => [
        dwelling,
        person.id,
      ]),
    )
    return dwellings.map(({ id, floor, number, household }): Door => ({
      id,
      unit: unit.area.path,
      floor,
      number,
      livedIn: household !== null,
      person: holders.get(id) ?? null,
    }))
  })
  const anchors = [...planRows(world)].find(({ table }) => table === 'person_anchor')?.rows ?? []
  const homes = new Map([...anchors].map(([, , person, , lon, lat]) => [person, [Number(lon), Number(lat)]]))
  const names = new Map<string, Person>()
  for (const unit of units)
    for (const { person } of posts.get(unit.area.path) ?? []) names.set(person.id, person)
  const liaisons = [...names.keys()].map((id): Liaison => {
    const [lon = 0, lat = 0] = homes.get(id) ?? []
    return { id, rural: false, mostHouseholds: null, anchors: [{ kind: 'home', lon, lat }], elsewhere: 0 }
  })
  return { doors, liaisons, names }
}

/** Three who have the usual number of doors, and none of those whom the pictures name. */
function leavers({ doors, names }: Material): string[] {
  const known: readonly string[] = [cast.liaison.name, cast.liaison_west.name, cast.liaison_east.name]
  const lots = Map.groupBy(
    doors.filter(({ livedIn }) => livedIn),
    ({ person }) => person ?? '',
  )
  return [...lots]
    .filter(([id, lot]) => lot.length >= 26 && lot.length <= 32 && !known.includes(names.get(id)?.name ?? ''))
    .filter((_, at) => at % 5 === 2)
    .slice(0, leaversMany)
    .map(([id]) => id)
}

type Written = {
  id: string
  name: string
  state: string
  startsOn: string
  leaving: string[]
  stability: number
  drafter: string
  approver: string | null
  at: string
}

const scenarioColumns = [
  ...[
    'district_code',
    'id',
    'path',
    'name',
    'state',
    'starts_on',
    'least',
    'most',
    'rural_least',
    'rural_most',
  ],
  ...['stability', 'leaving_person_ids', 'drafted_by_person_id', 'drafted_at', 'run', 'run_at'],
  ...['approved_by_person_id', 'approved_at', 'published_by_person_id', 'published_at'],
]
const doorColumns = [
  ...['district_code', 'scenario_id', 'dwelling_id', 'path', 'floor', 'number', 'lived_in', 'was_person_id'],
  ...['solved_person_id', 'person_id'],
]

/** Writes both plans; the present duties are said to come from the first. */
export async function fillPlans(client: pg.Client, world: World): Promise<void> {
  const district = world.geography.district.code
  const community = world.units.find(({ area }) => inCommunity(area.path))?.building.compound.community
  if (!community) return
  const { path } = community.area
  const random = world.random.fork('plans')
  const material = materialOf(world)
  const stairwells = [...new Set(material.doors.map(({ unit }) => unit))].flatMap((unit) => {
    const place = world.units.find(({ area }) => area.path === unit)?.area
    return place ? [{ path: unit, lon: place.lon, lat: place.lat }] : []
  })
  const person = (login: string) => world.staff.people.find((one) => one.login === login)?.id ?? ''
  const [drafter, approver] = [person(cast.community_desk.login), person(cast.subdistrict_desk.login)]
  const today = world.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const since = dutySince(world)

  const write = async (one: Written, problem: Problem, beside: Beside, plan: Plan | null, doors: Row[]) => {
    const { least, most, ruralLeast, ruralMost } = usualBounds
    const leaving = `{${one.leaving.join()}}`
    const decided = one.approver && one.at
    await copyRows(client, 'liaison_scenario', scenarioColumns, [
      [
        ...[district, one.id, path, one.name, one.state, one.startsOn, least, most, ruralLeast, ruralMost],
        ...[one.stability, leaving, one.drafter, one.at, 1, one.at],
        ...[one.approver, decided, one.approver, decided],
      ],
    ])
    await copyRows(
      client,
      'liaison_solution',
      ['district_code', 'scenario_id', 'problem', 'beside', 'plan', 'solved_at'],
      [[district, one.id, problem, beside, plan, one.at]],
    )
    await copyRows(client, 'liaison_door', doorColumns, doors)
  }
  const settings = { ...usualBounds, stability: 0, leaving: [] as string[] }

  const first = problemOf(stairwells, material.doors, material.liaisons, settings)
  const firstId = random.uuid(world.since)
  await write(
    {
      ...{ id: firstId, name: words.present, state: 'published', startsOn: since, leaving: [], stability: 0 },
      ...{ drafter, approver, at: iso(world.since) },
    },
    first.problem,
    first.beside,
    null,
    material.doors.map((door) =>
      rowOf(district, firstId, { ...door, was: door.person, solved: door.person }, door.person, door.person),
    ),
  )
  await client.query(
    'update duty set plan_id = $1 where district_code = $2 and path >= $3 and path < $3 || chr(1114111)',
    [firstId, district, path],
  )

  const leaving = leavers(material)
  const next = problemOf(stairwells, material.doors, material.liaisons, {
    ...settings,
    leaving,
    stability: words.stability,
  })
  const plan = solve(next.problem)
  const planned = dealAll(material.doors, plan)
  const nextId = random.uuid(world.now.epochMilliseconds)
  const at = iso(world.now.epochMilliseconds - 50 * 60_000)
  const move = firstMove(next, plan, planned)
  const startsOn = today.with({ day: 1 }).add({ months: 1 }).toString()
  await write(
    {
      ...{ id: nextId, name: words.next, state: 'solved', startsOn, leaving, stability: words.stability },
      ...{ drafter, approver: null, at },
    },
    next.problem,
    next.beside,
    plan,
    planned.map((door) =>
      rowOf(district, nextId, door, door.solved, move?.doors.includes(door.id) ? move.to : door.solved),
    ),
  )
  if (!move) return
  await copyRows(
    client,
    'liaison_adjustment',
    [
      ...['district_code', 'id', 'scenario_id', 'seq', 'run', 'unit_path', 'from_person_id', 'to_person_id'],
      ...['dwelling_ids', 'more_metres', 'reason', 'by_person_id', 'at'],
    ],
    [
      [
        ...[district, random.uuid(world.now.epochMilliseconds), nextId, 1, 1, move.unit, move.from, move.to],
        ...[`{${move.doors.join()}}`, move.more, words.reason, drafter, at],
      ],
    ],
  )
}

function rowOf(
  district: string,
  plan: string,
  { id, unit, floor, number, livedIn, was }: PlannedDoor,
  solved: string | null,
  person: string | null,
): Row {
  return [district, plan, id, unit, floor, number, livedIn, was, solved, person]
}

function dealAll(doors: readonly Door[], plan: Plan): PlannedDoor[] {
  const shares = Map.groupBy(plan.assignments, ({ unit }) => unit)
  return [...Map.groupBy(doors, (door) => door.unit)].flatMap(([unit, here]) => {
    const dealt = dealDoors(here, shares.get(unit) ?? [])
    return here.map((door) => {
      const solved = dealt.get(door.id) ?? null
      return { ...door, was: door.person, solved, person: solved }
    })
  })
}

/** Ten households of one stairwell to somebody who has room for them: what a hand would do for people who know one another. */
function firstMove(
  { problem, beside }: { problem: Problem; beside: Beside },
  plan: Plan,
  doors: readonly PlannedDoor[],
) {
  const many = 10
  const { metres } = worldOf(problem, beside)
  const lots = new Map<string, number>()
  for (const { person, households } of plan.assignments)
    lots.set(person, (lots.get(person) ?? 0) + households)
  const found = problem.people
    .filter(({ id, max }) => max - (lots.get(id) ?? 0) >= many)
    .flatMap(({ id: to }) =>
      plan.assignments
        .filter(
          (one) => one.person !== to && one.households >= many && (lots.get(one.person) ?? 0) >= 2 * many,
        )
        .map(({ unit, person: from }) => ({ unit, from, to })),
    )
    .map((one) => ({ ...one, each: (metres(one.unit, one.to) ?? 0) - (metres(one.unit, one.from) ?? 0) }))
    .toSorted((a, b) => a.each - b.each || (a.unit < b.unit ? -1 : 1))
    .find(({ each }) => each >= 40)
  if (!found) return undefined
  const here = doors.filter(({ unit }) => unit === found.unit)
  return { ...found, doors: doorsToMove(here, { ...found, households: many }), more: found.each * many }
}
