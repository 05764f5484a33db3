import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { derivedId } from '#kernel/ids.ts'
import { seal } from '#kernel/keys.ts'
import { district, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { newId } from '#tests/story.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import type { BuildingView, Door } from './contract.ts'

/** The building, the household's page, cards and paper, as those see them who may (HB1 to HB8). */

let server: TestServer
let own: Home
let neighbour: Home
const tokens: Record<string, string> = {}
const building = `${paths.inside.unit.split('/').slice(0, 5).join('/')}/`
const phone = '10012345678'

beforeAll(async () => {
  server = await startTestServer()
  own = await liveAt(server.ownerUrl, paths.inside.unit, 'own', { name: '赵玉兰', number: '602' })
  neighbour = await liveAt(server.ownerUrl, paths.inside.unit, 'neighbour', {
    name: '钱素珍',
    number: '601',
  })
  await giveDoor(server.ownerUrl, own.dwelling, 'liaison')
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await owner.query('insert into dwelling values ($1, $2, $3, 1, $4)', [
    district,
    derivedId('dwelling', 'empty'),
    paths.inside.unit,
    '101',
  ])
  await owner.query('update resident set phone_sealed = $2 where id = $1', [
    own.resident,
    seal(server.keys, phone, `resident.phone:${own.resident}`),
  ])
  await owner.end()
  for (const role of ['community_desk', 'liaison', 'grid_worker', 'handler'] as const)
    tokens[role] = await server.session(role)
})
afterAll(() => server.close())

const read = async (role: string, url: string) => server.call('GET', url, { token: tokens[role] })
const drawn = async (role: string): Promise<Door[]> => {
  const { json } = await read(role, `/api/handbook/building?path=${building}`)
  return (json as BuildingView).units.flatMap(({ doors }) => doors)
}
const met = (household: string, id = newId(server)) =>
  server.call('POST', '/api/visits', {
    token: tokens['liaison'],
    body: { id, household, outcome: 'met', words: '床都挪了地方', deviceAt: '2026-11-20T02:00:00Z' },
  })

describe('HB2 the building', () => {
  test('a desk reads who lives behind each door, by family name only, and sees the empty one', async () => {
    const doors = await drawn('community_desk')
    expect(doors.map(({ number, household }) => [number, household?.family ?? null])).toEqual([
      ['601', '钱'],
      ['602', '赵'],
      ['101', null],
    ])
    expect(doors.every(({ reached }) => reached)).toBe(true)
    const { text } = await read('community_desk', `/api/handbook/building?path=${building}`)
    expect(text).not.toContain('玉兰')
  })

  test('a liaison reads the own door, and of the others nothing but the number', async () => {
    const doors = await drawn('liaison')
    expect(doors.find(({ number }) => number === '602')?.household?.family).toBe('赵')
    for (const number of ['601', '101'])
      expect(doors.find((door) => door.number === number)).toMatchObject({
        reached: false,
        state: 'unknown',
        household: null,
        emptySince: null,
      })
  })

  test('who has nothing to do with households is refused, and what is no building is no page', async () => {
    expect((await read('handler', `/api/handbook/building?path=${building}`)).status).toBe(403)
    expect((await read('community_desk', `/api/handbook/building?path=${paths.inside.unit}`)).problem).toBe(
      'input.invalid',
    )
  })
})

describe('HB4 first acquaintance', () => {
  const left = async () => (await read('community_desk', `/api/handbook/acquaintance?path=${building}`)).json

  test('nobody is left out: each door that the liaison of today has not met, and each without one', async () => {
    const before = await left()
    expect(before).toMatchObject({ households: 2, met: 0, without: 1 })
    expect(before.doors.map((door: { number: string }) => door.number)).toEqual(['601', '602'])
    expect((await met(own.household)).status).toBe(201)
    const after = await left()
    expect(after).toMatchObject({ households: 2, met: 1, without: 1 })
    expect(after.doors.map((door: { number: string }) => door.number)).toEqual(['601'])
    expect((await drawn('liaison')).find(({ number }) => number === '602')).toMatchObject({
      state: 'seen',
      household: { known: true, metOn: '2026-11-20' },
    })
  })

  test('a new liaison has not met them, whoever went there before', async () => {
    const owner = new pg.Client({ connectionString: server.ownerUrl })
    await owner.connect()
    await owner.query('update duty set person_id = $2 where dwelling_id = $1', [
      own.dwelling,
      personOf('building_head'),
    ])
    expect((await left()).met).toBe(0)
    await owner.query('update duty set person_id = $2 where dwelling_id = $1', [
      own.dwelling,
      personOf('liaison'),
    ])
    await owner.end()
    expect((await left()).met).toBe(1)
  })
})

describe('HB3 the page of a household', () => {
  const page = (role: string, id: string) => read(role, `/api/handbook/households/${id}`)

  test('holds visits with what was heard, who lived there, and no number in clear', async () => {
    const { json, text } = await page('liaison', own.household)
    expect(json.visits).toMatchObject([{ outcome: 'met', words: '床都挪了地方', onDay: '2026-11-20' }])
    expect(json.lived).toMatchObject([{ family: '赵', movedIn: '2020-05-01', movedOut: null }])
    expect(text).not.toContain(phone)
  })

  test('tells who looked, the opened number too, with the reason', async () => {
    await server.call('POST', `/api/residents/${own.resident}/reveals`, {
      token: tokens['community_desk'],
      body: { field: 'phone', reason: '约走访' },
    })
    const { json } = await page('liaison', own.household)
    expect(json.looks.people).toBeGreaterThan(1)
    expect(json.looks.who.flatMap((one: { reasons: string[] }) => one.reasons)).toContain('约走访')
    // A grid worker reads how many, not who.
    expect((await page('grid_worker', own.household)).json.looks).toMatchObject({ who: null })
  })

  test('names what the household said, and nothing that was said in confidence (RQ10)', async () => {
    const reporter = newId(server)
    const say = (words: string, extra: object) =>
      server.call('POST', '/api/requests', {
        body: { id: newId(server), words, path: paths.inside.unit, reporter: { id: reporter, ...extra } },
      })
    await say('卧室顶上漏水', {})
    const owner = new pg.Client({ connectionString: server.ownerUrl })
    await owner.connect()
    await owner.query('update reporter set home_path = $2, home_household_id = $3 where id = $1', [
      reporter,
      paths.inside.unit,
      own.household,
    ])
    const before = await page('liaison', own.household)
    expect(before.json.requests).toMatchObject({ total: 1, items: [{ title: '卧室顶上漏水' }] })
    await owner.query('update service_request set confidential = true where reporter_id = $1', [reporter])
    await owner.end()
    expect((await page('liaison', own.household)).json.requests).toEqual({ total: 0, items: [] })
  })

  test('is not there for whoever does not reach the door', async () => {
    expect((await page('liaison', neighbour.household)).status).toBe(404)
    expect((await page('handler', own.household)).status).toBe(403)
  })
})

describe('HB5 contact cards', () => {
  test('are public: name, work phone, stairwell and its code, never which doors', async () => {
    const { json, text } = await server.call('GET', `/api/handbook/cards?path=${building}`)
    expect(json.cards).toMatchObject([{ id: personOf('liaison'), doors: 1, units: [{ doors: 1 }] }])
    expect(text).not.toContain('602')
    expect(text).not.toContain(own.dwelling)
  })
})

describe('HB6 paper', () => {
  const print = (role: string, body: object = {}) =>
    server.call('POST', '/api/handbook/prints', {
      token: tokens[role],
      body: { id: newId(server), building, reason: '上门核对', ...body },
    })

  test('takes a reason, says who printed, masks as the screen does, and the resident reads of it', async () => {
    expect((await print('community_desk', { reason: '' })).status).toBe(400)
    const { json, text, status } = await print('community_desk')
    expect(status, text).toBe(200)
    expect(json).toMatchObject({ reason: '上门核对', people: 2 })
    expect(json.by.name).not.toBe('')
    expect(text).not.toContain(phone)
    const { looks } = (await read('liaison', `/api/handbook/households/${own.household}`)).json
    expect(looks.who.flatMap((one: { reasons: string[] }) => one.reasons)).toContain('上门核对')
  })

  test('a liaison prints the own doors only', async () => {
    const { json } = await print('liaison')
    expect(json.households.map((one: { id: string }) => one.id)).toEqual([own.household])
  })

  test('holds at most 100 people; more is an export', async () => {
    const owner = new pg.Client({ connectionString: server.ownerUrl })
    await owner.connect()
    await owner.query(
      `insert into resident (district_code, id, household_id, path, name, relation)
       select $1, gen_random_uuid(), $2, $3, '租客' || n, 'tenant' from generate_series(1, 100) n`,
      [district, neighbour.household, paths.inside.unit],
    )
    await owner.end()
    expect((await print('community_desk')).problem).toBe('handbook.too_many')
    expect((await print('community_desk', { pages: false })).status).toBe(200)
  })
})
