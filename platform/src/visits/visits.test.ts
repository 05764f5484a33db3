import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { district, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { ruleOf, standIn, startRounds, tasksOfRule, visit, work } from '#tests/rounds.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, newId, whole } from '#tests/story.ts'
import { giveDuties } from '#households/duties.ts'
import { moveDuties } from './clock.ts'
import { evaluateFor } from './evaluate.ts'
import { visitSchema } from './contract.ts'
import { standingOf, tasksOf } from './tasks.ts'

/** VR1 to VR6 against the real server: rules make tasks, visits answer them. */

let server: TestServer
let homes: Home[]
let liaison: string
const at = (time: string) => server.clock.set(time)

beforeAll(async () => {
  ;({ server, homes, liaison } = await startRounds())
})
afterEach(async () => {
  at('2026-11-20T02:20:00.000Z')
  await asOwner(
    server,
    `truncate visit_task, visit_task_entry, visit, visit_need, visit_confirmation, promise, visit_event, visit_run, visit_day,
       visit_rule, absence, service_request, attachment cascade`,
  )
})
afterAll(() => server.close())

const within = <T>(work_: Parameters<TestServer['database']['within']>[1]) =>
  server.database.within({ ...whole, today: '2026-11-20' }, work_) as Promise<T>
const monthly = () => tasksOfRule(server, 'monthly')

describe('rules', () => {
  test('VR1 VR3 a rule makes one task for each household and period, however often and by however many it runs', async () => {
    at('2026-11-01T01:00:00.000Z')
    await Promise.all([work(server), work(server)])
    expect(await work(server)).toBe(0)
    expect((await monthly()).map(({ period, state }) => [period, state])).toEqual([
      ['2026-11', 'open'],
      ['2026-11', 'open'],
      ['2026-11', 'open'],
    ])
  })

  test('tasks of the next period are there three days ahead, and open on their day', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    at('2026-11-28T02:00:00.000Z')
    expect(await work(server)).toBeGreaterThanOrEqual(3)
    const december = async () => (await monthly()).filter(({ period }) => period === '2026-12')
    expect((await december()).map(({ state }) => state)).toEqual(['scheduled', 'scheduled', 'scheduled'])
    at('2026-11-30T17:00:00.000Z')
    await work(server)
    expect((await december()).map(({ state }) => state)).toEqual(['open', 'open', 'open'])
    expect((await monthly()).filter(({ period }) => period === '2026-11').map(({ state }) => state)).toEqual([
      'missed',
      'missed',
      'missed',
    ])
  })

  test('a household that moved in is visited within days, once for ever', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    at('2026-11-20T02:20:00.000Z')
    const home = await liveAt(server.ownerUrl, paths.inside.unit, 'newcomer', { number: '901' })
    await asOwner(server, `update household set moved_in = '2026-11-18' where id = $1`, [home.household])
    await work(server)
    await work(server)
    expect(await tasksOfRule(server, 'first_acquaintance')).toMatchObject([
      { household: home.household, period: 'in', state: 'open' },
    ])
    await asOwner(server, `update household set moved_out = '2026-11-19' where id = $1`, [home.household])
  })

  test('the household asks, and a task is there at once', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    const event = { id: newId(server), household: homes[0]!.household, kind: 'on_request' }
    const tell = () => server.call('POST', '/api/visit-events', { token: liaison, body: event })
    expect((await tell()).json).toEqual({ id: event.id, tasks: 1 })
    expect((await tell()).json).toEqual({ id: event.id, tasks: 0 })
    expect(await tasksOfRule(server, 'on_request')).toMatchObject([{ household: homes[0]!.household }])
  })
})

describe('a visit', () => {
  test('VR2 answers every open task of that household that it satisfies, and no other’s', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    const [first] = homes
    await server.call('POST', '/api/visit-events', {
      token: liaison,
      body: { id: newId(server), household: first!.household, kind: 'urgent_difficulty' },
    })
    const done = await visit(server, liaison, first!.household, { how: 'fine', words: '都好' })
    expect(done.status, done.text).toBe(201)
    expect(done.json.tasks).toHaveLength(2)
    const states = (await monthly()).map(({ household, state }) => [household === first!.household, state])
    expect(states.map(String).toSorted()).toEqual(['false,open', 'false,open', 'true,done'])
  })

  test('the same id twice is one visit, with the same answer', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    const need = { id: newId(server), words: '楼道灯不亮', agreed: true as const, place: '', attachments: [] }
    const once = await visit(server, liaison, homes[0]!.household, { needs: [need] })
    expect(once.status, once.text).toBe(201)
    const again = await visit(server, liaison, homes[0]!.household, { id: once.id, needs: [need] })
    expect(again.json).toEqual(once.json)
    expect(await asOwner(server, 'select id from visit')).toHaveLength(1)
    expect(await asOwner(server, 'select id from service_request')).toEqual([{ id: need.id }])
    const other = await visit(server, liaison, homes[1]!.household, { id: once.id })
    expect([other.status, other.problem]).toEqual([409, 'id_taken'])
  })

  test('a need becomes a request of the household’s own in the same step, with nothing typed twice', async () => {
    await asOwner(server, `update resident set phone_sealed = null`)
    const need = { id: newId(server), words: '想要送午饭', agreed: true, category: 'B03' }
    const done = await visit(server, liaison, homes[0]!.household, {
      how: 'difficulty',
      needs: [need] as never,
    })
    expect(done.status, done.text).toBe(201)
    const [request] = await asOwner<Record<string, unknown>>(
      server,
      `select r.channel, r.words, r.path, r.place, p.name from service_request r
       join reporter p on p.id = r.reporter_id where r.id = $1`,
      [need.id],
    )
    expect(request).toEqual({
      channel: 'visit',
      words: '想要送午饭',
      path: paths.inside.unit,
      place: '101',
      name: '住户1',
    })
    expect(done.json.requests).toEqual([{ id: need.id, code: expect.stringMatching(/^GY-2611-/) }])
  })

  test('a need is not passed on without the resident’s agreement', async () => {
    const need = { id: newId(server), words: '想要送午饭', agreed: false }
    const done = await visit(server, liaison, homes[0]!.household, { needs: [need] as never })
    expect(done.status).toBe(400)
  })

  test('VR5 "not at home" schedules another try; three are "could not be reached"', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    const knock = async (day: string) => {
      at(`${day}T02:00:00.000Z`)
      return (await visit(server, liaison, homes[0]!.household, { outcome: 'not_at_home' })).json.nextTryOn
    }
    expect(await knock('2026-11-03')).toBe('2026-11-05')
    expect(await knock('2026-11-05')).toBe('2026-11-07')
    expect(await knock('2026-11-07')).toBeNull()
    expect((await monthly()).find(({ household }) => household === homes[0]!.household)).toMatchObject({
      state: 'excused',
      endedAs: 'not_reached',
      tries: 3,
    })
  })

  test('VR6 has no field for a photo or a position, and refuses one', async () => {
    expect(Object.keys(visitSchema.shape).join(' ')).not.toMatch(/photo|picture|lon|lat|position|gps|attach/i)
    const done = await visit(server, liaison, homes[0]!.household, { lon: 116.7, lat: 39.5 })
    expect(done.status).toBe(400)
    const columns = await asOwner<{ name: string }>(
      server,
      `select column_name as name from information_schema.columns where table_name in ('visit', 'visit_task', 'visit_task_entry', 'promise')`,
    )
    expect(columns.filter(({ name }) => /photo|lon$|lat$|position/.test(name))).toEqual([])
  })

  test('that comes days late counts for the day of the phone, also after the window ended', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    at('2026-12-03T02:00:00.000Z')
    await work(server)
    expect((await monthly())[0]).toMatchObject({ period: '2026-11', state: 'missed' })
    const back = await server.session('liaison')
    const done = await visit(server, back, homes[0]!.household, { deviceAt: '2026-11-29T10:00:00+08:00' })
    expect(done.status, done.text).toBe(201)
    expect(done.json.onDay).toBe('2026-11-29')
    const [november] = (await monthly()).filter(
      ({ household, period }) => household === homes[0]!.household && period === '2026-11',
    )
    expect(november).toMatchObject({ state: 'done', endedAs: 'met_late' })
  })

  test('on which nobody was met tells nothing of how things are', async () => {
    const done = await visit(server, liaison, homes[0]!.household, { outcome: 'not_at_home', how: 'fine' })
    expect([done.status, done.problem]).toEqual([422, 'visit.nobody_met'])
  })

  test('at a door that is not one’s own is refused, and nothing stays of it', async () => {
    const other = await liveAt(server.ownerUrl, paths.outside.community, 'elsewhere', { number: '7' })
    const done = await visit(server, liaison, other.household)
    expect([done.status, done.problem]).toEqual([404, 'visit.not_your_door'])
    expect(await asOwner(server, 'select id from visit')).toEqual([])
    await asOwner(server, `update household set moved_out = '2026-01-01' where id = $1`, [other.household])
  })

  test('the next date that was agreed is a promise, kept by the next visit', async () => {
    const promise = { id: newId(server), onDay: '2026-11-25', atTime: '15:00', words: '看防水' }
    await visit(server, liaison, homes[0]!.household, { promise })
    const state = async () =>
      (await asOwner(server, 'select state, person_id as person from promise where id = $1', [promise.id]))[0]
    expect(await state()).toEqual({ state: 'open', person: personOf('liaison') })
    at('2026-11-25T07:00:00.000Z')
    await visit(server, await server.session('liaison'), homes[0]!.household)
    expect(await state()).toMatchObject({ state: 'kept' })
  })

  test('changes the handbook in the same step, and a refused change stops nothing', async () => {
    const [version] = await asOwner<{ version: number }>(
      server,
      'select version from household where id = $1',
      [homes[0]!.household],
    )
    const edit = { id: newId(server), base: version!.version, deviceAt: server.clock.now().toString() }
    const done = await visit(server, liaison, homes[0]!.household, {
      edits: [
        { ...edit, kind: 'edit', fields: { note: '敲门大声些' } },
        { ...edit, id: newId(server), kind: 'edit', fields: { nothing: 1 } },
      ],
    })
    expect(done.status, done.text).toBe(201)
    expect(done.json.edits).toMatchObject([
      { fate: 'applied' },
      { fate: 'refused', problem: 'input.invalid', field: 'fields.nothing' },
    ])
  })
})

describe('VR4', () => {
  test('when the liaison is away whoever stands in has the task, and the visit says for whom', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    at('2026-11-20T02:20:00.000Z')
    const backup = await server.session('building_head')
    const denied = await visit(server, backup, homes[0]!.household)
    expect(denied.status).toBe(404)
    await standIn(server, 'liaison', 'building_head', '2026-11-18', '2026-11-25')
    const scope = {
      district,
      reach: 'scoped' as const,
      paths: [],
      organisations: [],
      person: personOf('building_head'),
      duty: true,
      today: '2026-11-20',
    }
    const todo = await server.database.within(scope, (trx) => tasksOf(trx, personOf('building_head')))
    expect(todo.tasks.filter(({ period }) => period === '2026-11')).toHaveLength(3)
    const done = await visit(server, backup, homes[0]!.household)
    expect(done.status, done.text).toBe(201)
    const [made] = await asOwner(
      server,
      'select person_id as person, for_person_id as "for", visitor from visit',
    )
    expect(made).toEqual({
      person: personOf('building_head'),
      for: personOf('liaison'),
      visitor: 'backup',
    })
    expect((await monthly()).find(({ household }) => household === homes[0]!.household)?.state).toBe('done')
  })

  test('when the duty moves, open tasks and promises move with it, with their history; what was done stays', async () => {
    at('2026-11-01T01:00:00.000Z')
    await work(server)
    at('2026-11-20T02:20:00.000Z')
    const promise = { id: newId(server), onDay: '2026-11-25' }
    await visit(server, liaison, homes[0]!.household, { promise })
    const moved = await within<{ tasks: number; promises: number }>(async (trx) => {
      const duties = homes.map(({ dwelling }) => ({ dwelling, person: personOf('grid_worker') }))
      await giveDuties(trx, duties, { from: '2026-11-20', plan: null })
      await moveDuties(trx, server.clock.now())
      return moveDuties(trx, server.clock.now())
    })
    expect(moved).toEqual({ tasks: 0, promises: 0 })
    const people = (await monthly()).map(({ state, person }) => [state, person])
    expect(people.map(String).toSorted()).toEqual([
      `done,${personOf('liaison')}`,
      `open,${personOf('grid_worker')}`,
      `open,${personOf('grid_worker')}`,
    ])
    const history = await asOwner(
      server,
      `select e.from_person_id as from, e.to_person_id as to from visit_task_entry e
       join visit_task t on t.id = e.task_id where e.kind = 'hand_over' and t.rule_id = $1`,
      [ruleOf('monthly')],
    )
    expect(history).toEqual(Array(2).fill({ from: personOf('liaison'), to: personOf('grid_worker') }))
    expect((await asOwner(server, 'select person_id as person from promise'))[0]).toEqual({
      person: personOf('grid_worker'),
    })
    // What was done in the stairwell before the plan was published is not lost because the phone comes back later.
    const late = await visit(server, liaison, homes[1]!.household, { deviceAt: '2026-11-19T10:00:00+08:00' })
    expect(late.status, late.text).toBe(201)
    const today = await visit(server, liaison, homes[2]!.household)
    expect([today.status, today.problem]).toEqual([404, 'visit.not_your_door'])
    await asOwner(server, 'delete from duty')
    for (const { dwelling } of homes) await giveDoor(server.ownerUrl, dwelling, 'liaison')
  })
})

test('a door stands as its last visit and what is due say', async () => {
  at('2026-11-01T01:00:00.000Z')
  await work(server)
  at('2026-11-09T02:00:00.000Z')
  const households = homes.map(({ household }) => household)
  await visit(server, liaison, households[0]!, { promise: { id: newId(server), onDay: '2026-11-11' } })
  await visit(server, liaison, households[1]!)
  const stand = async () => {
    const found = await within<Awaited<ReturnType<typeof standingOf>>>((trx) =>
      standingOf(trx, households, server.clock.now()),
    )
    return households.map((id) => found.get(id)?.due)
  }
  expect(await stand()).toEqual(['due', 'seen', 'due'])
  at('2026-11-12T02:00:00.000Z')
  expect(await stand()).toEqual(['overdue', 'seen', 'overdue'])
})

test('somebody who needs care from today on is asked for at once, not from the night on', async () => {
  at('2026-11-16T01:00:00.000Z')
  await work(server)
  const [home] = homes
  await asOwner(
    server,
    `insert into care (district_code, id, resident_id, household_id, path, kind, basis, consented_at, review_on)
     values ($1, $2, $3, $4, $5, 'lives_alone', 'consent', '2026-11-16', '2027-11-16')`,
    [district, newId(server), home!.resident, home!.household, paths.inside.unit],
  )
  const made = await within<number>((trx) => evaluateFor(trx, [home!.household], server.clock.now()))
  expect(made).toBe(1)
  expect(await tasksOfRule(server, 'weekly_care')).toMatchObject([
    { household: home!.household, period: '2026-W47', state: 'open' },
  ])
  await asOwner(server, 'delete from care')
})
