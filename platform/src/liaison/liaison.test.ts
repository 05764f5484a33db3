import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { solve, solver } from '#engines/liaison/solve.ts'
import type { Plan } from '#engines/liaison/contract.ts'
import { buildEstate, estate } from '#tests/estate.ts'
import { asOwner, newId, whole } from '#tests/story.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { district, paths } from '#tests/fixture.ts'
import type { Price, Scenario } from './contract.ts'
import type { Candidates, PlanDoors, PlanMap, PlanPeople, PlanUnits, Why } from './lists-contract.ts'
import { solveScenario } from './solving.ts'
import { solutionOf } from './store.ts'

/** A plan from first to last, on real PostgreSQL: five stairwells of eight households, four liaisons, one of whom leaves. */

let server: TestServer
let desk: string
let above: string
let units: string[]
let person: (name: string) => string

beforeAll(async () => {
  server = await startTestServer()
  ;({ units, person } = await buildEstate(
    server.ownerUrl,
    [8, 8, 8, 8, 8],
    [
      {
        name: '应秀兰',
        metres: 0,
        has: [
          [0, 8],
          [4, 8],
        ],
      },
      { name: '束立群', metres: 60, has: [[1, 8]] },
      { name: '单宏业', metres: 120, has: [[2, 8]] },
      { name: '柏志新', metres: 90, has: [[3, 8]] },
    ],
  ))
  desk = await server.session('community_desk')
  above = await server.session('subdistrict_desk')
})
afterAll(() => server.close())

const expectOk = async <T = Scenario>(
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  {
    body,
    token = desk,
    version,
    status = 200,
  }: { body?: object; token?: string; version?: number; status?: number } = {},
): Promise<T> => {
  const answer = await server.call(method, `/api/liaison${url}`, {
    token,
    body,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  })
  expect(answer.status, answer.text).toBe(status)
  return answer.json as T
}

const draft = (more: object = {}) =>
  expectOk('POST', '/plans', {
    status: 201,
    body: {
      id: newId(server),
      path: estate,
      name: '12月的方案',
      startsOn: '2026-12-01',
      least: 8,
      most: 16,
      ...more,
    },
  })

/** Has a plan worked out, as the job would. */
async function solved(one: Scenario): Promise<Scenario> {
  const { version } = await expectOk('GET', `/plans/${one.id}`)
  await expectOk('POST', `/plans/${one.id}/solve`, { version })
  const [{ run } = { run: 0 }] = await asOwner<{ run: number }>(
    server,
    'select run from liaison_scenario where id = $1',
    [one.id],
  )
  await solveScenario(server, { district, scenario: one.id, run: String(run) })
  return expectOk('GET', `/plans/${one.id}`)
}

describe('LP3 a plan is worked out to its proof', () => {
  test('everybody near their stairwells, within bounds, and the present division beside it', async () => {
    const plan = await solved(await draft())
    expect(plan).toMatchObject({ state: 'solved', proven: true, takingPart: 4, lacks: [], progress: null })
    const { now, planned } = plan.comparison!
    expect(now).toMatchObject({ households: 40, unserved: 0, over: 0, farthestMetres: 120 })
    // 0 m, 30 m from 0 or 60, 0 m, 0 m, 0 m: all but the second stairwell lies at somebody's door.
    expect(planned).toMatchObject({ unserved: 0, over: 0, under: 0, meanMetres: 6, farthestMetres: 30 })
  })

  test('who leaves has nothing left, and what they had changes hands', async () => {
    const plan = await solved(await draft({ leaving: [person('柏志新')], stability: 5_000 }))
    expect(plan.comparison!.now).toMatchObject({ unserved: 8 })
    expect(plan.comparison!.planned).toMatchObject({ unserved: 0, changed: 8, over: 0 })
    const { items } = await expectOk<PlanPeople>('GET', `/plans/${plan.id}/people?of=changed`)
    expect(items.find(({ name }) => name === '柏志新')).toMatchObject({
      given: 8,
      householdsNow: 8,
      households: 0,
      leaving: true,
    })
  })

  test('LE9 worked out again when somebody leaves, it begins with what it had, and costs what it costs from nothing', async () => {
    const first = await solved(await draft({ least: 7, most: 17 }))
    const solution = async () => (await server.database.within(whole, (trx) => solutionOf(trx, first.id)))!
    const { problem: before } = await solution()
    await solved(
      await expectOk('PATCH', `/plans/${first.id}`, {
        body: { leaving: [person('柏志新')] },
        version: first.version,
      }),
    )
    const { problem, plan } = await solution()
    const steps = ({ stats }: Plan) => [stats.pivots, stats.pricingRounds, stats.candidates]
    const fresh = solve(problem)
    expect(plan!.cost).toBe(fresh.cost)
    const remembers = solver()
    remembers.solve(before)
    expect(steps(plan!)).toEqual(steps(remembers.solve(problem)))
    expect(steps(plan!)).not.toEqual(steps(fresh))
  })

  test('too few places is an answer: how many are missing and where, and the plan that leaves fewest without anybody', async () => {
    const plan = await solved(await draft({ most: 9 }))
    expect(plan).toMatchObject({ state: 'infeasible', proven: false })
    expect(plan.lacks[0]).toMatchObject({
      kind: 'places-short',
      households: 40,
      places: 36,
      by: 4,
      people: 4,
    })
    expect(plan.comparison!.planned).toMatchObject({ unserved: 4, over: 0 })
    const { items } = await expectOk<PlanDoors>('GET', `/plans/${plan.id}/doors?of=unserved`)
    expect(items).toHaveLength(4)
    expect(items[0]!.person).toBeNull()
  })

  test('a run that was stopped brings nothing; one that is void is not taken up', async () => {
    const one = await draft()
    await expectOk('POST', `/plans/${one.id}/solve`, { version: one.version })
    const stopped = await expectOk('POST', `/plans/${one.id}/stop`)
    expect(stopped).toMatchObject({ state: 'draft', failed: 'cancelled' })
    await solveScenario(server, { district, scenario: one.id, run: '1' })
    expect(await expectOk('GET', `/plans/${one.id}`)).toMatchObject({ state: 'draft', comparison: null })
  })

  test('a stop that comes while it runs is heard by the thread', async () => {
    const one = await draft()
    await expectOk('POST', `/plans/${one.id}/solve`, { version: one.version })
    await asOwner(server, 'update liaison_scenario set run_cancelled = true where id = $1', [one.id])
    await solveScenario(server, { district, scenario: one.id, run: '1' })
    expect((await expectOk('GET', `/plans/${one.id}`)).state).toMatch(/^(draft|solved)$/)
  })

  test('a run whose worker died is taken up again from the start, and after three times marked as interrupted', async () => {
    const one = await draft()
    await expectOk('POST', `/plans/${one.id}/solve`, { version: one.version })
    await asOwner(server, 'update liaison_scenario set run_tries = 2 where id = $1', [one.id])
    await solveScenario(server, { district, scenario: one.id, run: '1' })
    expect((await expectOk('GET', `/plans/${one.id}`)).state).toBe('solved')
    const other = await draft()
    await expectOk('POST', `/plans/${other.id}/solve`, { version: other.version })
    await asOwner(server, 'update liaison_scenario set run_tries = 3 where id = $1', [other.id])
    await solveScenario(server, { district, scenario: other.id, run: '1' })
    expect(await expectOk('GET', `/plans/${other.id}`)).toMatchObject({
      state: 'draft',
      failed: 'interrupted',
    })
  })
})

describe('LP5 changed by hand', () => {
  let plan: Scenario
  let first: PlanUnits['items'][number]
  beforeAll(async () => {
    plan = await solved(await draft())
    const { items } = await expectOk<PlanUnits>('GET', `/plans/${plan.id}/units?of=farthest`)
    first = items[0]!
  })
  const move = (to: string, households = 2) => ({ unit: first.path, from: first.person!.id, to, households })
  const other = () => (first.person!.id === person('束立群') ? person('单宏业') : person('束立群'))

  test('the price is shown before, the move takes a reason, and the same id twice is one move', async () => {
    const price = await expectOk<Price>('POST', `/plans/${plan.id}/price`, { body: move(other()) })
    expect(price.metresMore).toBe(price.metresEach * 2)
    await expectOk('POST', `/plans/${plan.id}/moves`, {
      body: { id: newId(server), ...move(other()) },
      status: 400,
    })
    const body = { id: newId(server), ...move(other()), reason: '以前管过这几户，都熟' }
    const moved = await expectOk('POST', `/plans/${plan.id}/moves`, { body })
    expect(moved.adjustments).toMatchObject([
      { households: 2, metresMore: price.metresMore, reason: body.reason },
    ])
    expect(moved.comparison!.planned!.totalMetres).toBe(
      plan.comparison!.planned!.totalMetres + price.metresMore,
    )
    expect(moved.comparison!.solved).toEqual(plan.comparison!.solved)
    expect((await expectOk('POST', `/plans/${plan.id}/moves`, { body })).adjustments).toHaveLength(1)
  })

  test('nobody gives more than they have, or to somebody who takes no part', async () => {
    await expectOk('POST', `/plans/${plan.id}/price`, { body: move(other(), 9), status: 422 })
    await expectOk('POST', `/plans/${plan.id}/price`, { body: move(newId(server)), status: 422 })
  })

  test('it can be taken back, once, and the entries stay', async () => {
    const [made] = (await expectOk('GET', `/plans/${plan.id}`)).adjustments
    const body = { id: newId(server) }
    const back = await expectOk('POST', `/plans/${plan.id}/moves/${made!.id}/undo`, { body })
    expect(back.adjustments).toEqual([])
    expect(back.comparison!.planned).toEqual(plan.comparison!.planned)
    await expectOk('POST', `/plans/${plan.id}/moves/${made!.id}/undo`, { body })
    await expectOk('POST', `/plans/${plan.id}/moves/${made!.id}/undo`, {
      body: { id: newId(server) },
      status: 409,
    })
    const entries = await asOwner(server, 'select id from liaison_adjustment where scenario_id = $1', [
      plan.id,
    ])
    expect(entries).toHaveLength(2)
  })

  test('LP8 why one person has these: near, who else, at what price', async () => {
    const why = await expectOk<Why>('GET', `/plans/${plan.id}/people/${person('单宏业')}`)
    expect(why.anchors).toEqual(['home'])
    expect(why.units[0]).toMatchObject({
      metres: 0,
      households: 8,
      next: { more: expect.any(Number) as number },
    })
  })

  test('the drawing holds buildings, stairwells and people, and both divisions', async () => {
    const map = await expectOk<PlanMap>('GET', `/plans/${plan.id}/map`)
    expect(map).toMatchObject({ path: estate, parts: [], buildings: [{ name: '1号楼' }] })
    expect(map.units).toHaveLength(5)
    for (const { households, shares } of map.units)
      for (const side of ['now', 'planned'] as const)
        expect(shares.filter((one) => one.side === side).reduce((sum, one) => sum + one.households, 0)).toBe(
          households,
        )
    expect(map.people).toHaveLength(4)
  })
})

describe('LP6 LP7 from plan to duty', () => {
  test('two people, the version they saw, and from the day on other duties; half-open, and everybody concerned is told', async () => {
    const plan = await solved(await draft({ leaving: [person('柏志新')] }))
    await expectOk('POST', `/plans/${plan.id}/approval`, { body: {}, version: plan.version, status: 403 })
    await expectOk('POST', `/plans/${plan.id}/approval`, { body: {}, version: 1, token: above, status: 412 })
    await expectOk('POST', `/plans/${plan.id}/publication`, {
      version: plan.version,
      token: above,
      status: 409,
    })
    const approved = await expectOk('POST', `/plans/${plan.id}/approval`, {
      body: {},
      version: plan.version,
      token: above,
    })
    expect(approved).toMatchObject({ state: 'approved', approvedBy: { name: 'subdistrict_desk的人' } })
    await expectOk('POST', `/plans/${plan.id}/moves`, {
      body: {
        id: newId(server),
        unit: units[0],
        from: null,
        to: person('束立群'),
        households: 1,
        reason: '晚了',
      },
      status: 409,
    })
    const published = await expectOk('POST', `/plans/${plan.id}/publication`, {
      version: approved.version,
      token: above,
    })
    expect(published).toMatchObject({ state: 'published', until: null })
    const duties = await asOwner<{ has: string; until: string | null; doors: number }>(
      server,
      `select p.name as has, d.valid_until::text as until, count(*)::integer as doors from duty d
       join person p on p.id = d.person_id where d.path >= $1 and d.path < $1 || chr(1114111) group by 1, 2 order by 1, 2`,
      [estate],
    )
    expect(duties.filter(({ until }) => until === null).reduce((sum, { doors }) => sum + doors, 0)).toBe(40)
    expect(duties.filter(({ has }) => has === '柏志新')).toEqual([
      { has: '柏志新', until: '2026-12-01', doors: 8 },
    ])
    const given = await asOwner(server, 'select id from duty where plan_id = $1 and valid_from = $2', [
      plan.id,
      '2026-12-01',
    ])
    expect(given).toHaveLength(published.comparison!.planned!.changed)
    const told = await asOwner<{ to_person_id: string }>(
      server,
      `select to_person_id from message where template = 'liaison.published'`,
    )
    expect(told.map((one) => one.to_person_id)).toContain(person('柏志新'))
  })

  test('what does not hold takes a word why', async () => {
    const plan = await solved(await draft({ most: 9 }))
    await expectOk('POST', `/plans/${plan.id}/approval`, {
      body: {},
      version: plan.version,
      token: above,
      status: 422,
    })
    const body = { words: '下月来两名新同志，先这样' }
    const approved = await expectOk('POST', `/plans/${plan.id}/approval`, {
      body,
      version: plan.version,
      token: above,
    })
    expect(approved.approvedWords).toBe(body.words)
    const open = await expectOk('POST', `/plans/${plan.id}/reopening`, {
      version: approved.version,
      token: above,
    })
    expect(open).toMatchObject({ state: 'infeasible', approvedBy: null })
  })

  test('who left their post between the plan and its publication stops it', async () => {
    const plan = await solved(await draft())
    const approved = await expectOk('POST', `/plans/${plan.id}/approval`, {
      body: {},
      version: plan.version,
      token: above,
    })
    await asOwner(server, `update post set valid_until = '2026-11-25' where person_id = $1`, [
      person('束立群'),
    ])
    await expectOk('POST', `/plans/${plan.id}/publication`, {
      version: approved.version,
      token: above,
      status: 409,
    })
    const { leaving, total } = await expectOk<Candidates>('GET', `/people?path=${estate}&day=2026-12-01`)
    expect(leaving.map(({ name }) => name)).toEqual(['束立群'])
    // The one who left in the plan before has a post still, and no doors.
    expect(total).toBe(4)
  })
})

test('LP1 a desk plans for its own area only, and bounds must be possible', async () => {
  const body = { id: newId(server), path: paths.outside.community, name: '别处', startsOn: '2026-12-01' }
  await expectOk('POST', '/plans', { body, status: 422 })
  await expectOk('POST', '/plans', { body: { ...body, path: estate, least: 20, most: 10 }, status: 400 })
})

test('LP7 a liaison reads in the app what a plan gives them, and nothing that goes to their employer', async () => {
  const plan = await solved(await draft({ name: '换人的方案', most: 40, leaving: [person('单宏业')] }))
  const { version } = await expectOk('POST', `/plans/${plan.id}/approval`, {
    body: {},
    version: plan.version,
    token: above,
  })
  await expectOk('POST', `/plans/${plan.id}/publication`, { version, token: above })
  const session = await server.session('liaison')
  await asOwner(server, `update session set person_id = $1 where token_hash = $2`, [
    person('单宏业'),
    createHash('sha256').update(session).digest('hex'),
  ])
  const { status, json } = await server.call('GET', '/api/notices', { token: session })
  expect(status).toBe(200)
  const items = json.items as { text: string }[]
  expect(items.length).toBeGreaterThan(0)
  for (const { text } of items) expect(text).toMatch(/从12月1日起您包联\d+户/)
})
