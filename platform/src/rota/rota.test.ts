import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedCatalogue } from '#catalogue/seed.ts'
import type { Role } from '#access/permissions.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { district, ids, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

/** The rota of an organisation, and who is on duty for a household now (R9, X3). The fixture stands on Friday 20 November 2026, 10:20. */

let server: TestServer
let home: Home
const tokens = {} as Record<Role, string>
const id = () => uuidv7(server.clock.now())

const call = (role: Role | undefined, method: string, url: string, body?: object, version?: number) =>
  server.call(method, url, {
    token: role && tokens[role],
    ...(body && { body }),
    ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
  })
const here = (place: string = paths.inside.unit) => call(undefined, 'GET', `/api/duty?place=${place}`)
const week = (day?: string) =>
  call('community_desk', 'GET', `/api/rota?organisation=${ids.community}${day ? `&week=${day}` : ''}`)

/** RQ3: the same, sent twice in one moment. @returns both answers' statuses. */
const atOnce = async (url: string, body: object) =>
  (await Promise.all([1, 2].map(() => call('community_desk', 'POST', url, body)))).map(({ status }) => status)

const nightLine = (more: object = {}) => ({
  id: id(),
  organisation: ids.community,
  name: '夜班',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  days: 'every',
  from: '17:30',
  until: '08:30',
  person: personOf('building_head'),
  backup: personOf('community_desk'),
  validFrom: '2026-11-20',
  validUntil: null,
  instead: false,
  ...more,
})

beforeAll(async () => {
  server = await startTestServer()
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await seedCatalogue(owner, district, '2026-01-01T00:00:00.000Z')
  await owner.end()
  home = await liveAt(server.ownerUrl, paths.inside.unit, 'rota')
  await giveDoor(server.ownerUrl, home.dwelling, 'liaison')
  for (const role of [
    'community_desk',
    'subdistrict_desk',
    'handler',
    'liaison',
    'building_head',
    'audit_admin',
  ] as const)
    tokens[role] = await server.session(role)
})
afterAll(() => server.close())

describe('PE6, X3 one answer to who is on duty', () => {
  test('without a rota the desk in its hours, the grid worker outside them', async () => {
    const answer = await here()
    expect(answer.json).toMatchObject({
      place: '和平小区1号楼1单元',
      onDuty: { kind: 'desk', name: 'community_desk的人', until: '2026-11-20T09:30:00.000Z' },
    })
    server.clock.set('2026-11-20T20:00:00+08:00')
    expect((await here()).json.onDuty).toMatchObject({ kind: 'grid_worker', dutyPhone: null })
    server.clock.set('2026-11-20T10:20:00+08:00')
  })

  test('where the rota names somebody, it is that person, on the card, the page and the API alike', async () => {
    const line = nightLine()
    expect((await call('community_desk', 'POST', '/api/rota/lines', line)).status).toBe(201)
    // The same again is the same line.
    expect((await call('community_desk', 'POST', '/api/rota/lines', line)).json.lines).toHaveLength(1)
    await call('community_desk', 'PUT', `/api/rota/${ids.community}`, { phone: '03162340000' }, 0)
    expect((await here()).json.onDuty).toMatchObject({ kind: 'desk', then: { name: 'building_head的人' } })
    server.clock.set('2026-11-20T20:00:00+08:00')
    const now = (await here()).json.onDuty
    expect(now).toMatchObject({
      kind: 'rota',
      name: 'building_head的人',
      organisation: '西后街社区居民委员会',
      dutyPhone: '03162340000',
      until: '2026-11-21T00:30:00.000Z',
      then: { name: 'grid_worker的人' },
    })
    expect((await call(undefined, 'GET', `/api/here?path=${paths.inside.unit}`)).json.onDuty).toEqual(now)
    expect((await call('liaison', 'GET', `/api/duty?household=${home.household}`)).json.onDuty).toEqual(now)
  })

  test('a household is asked about by whoever may read it, a place by anybody', async () => {
    expect((await call(undefined, 'GET', `/api/duty?household=${home.household}`)).status).toBe(404)
    expect((await call('handler', 'GET', `/api/duty?household=${home.household}`)).status).toBe(404)
    expect((await call(undefined, 'GET', '/api/duty')).problem).toBe('input.invalid')
    const text = (await here()).text
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/)
  })
})

describe('the rota', () => {
  test('RT5 whoever is away is stood in for, also for those who may not read who is away', async () => {
    const absence = {
      id: id(),
      person: personOf('building_head'),
      backup: personOf('grid_worker'),
      from: '2026-11-20',
      until: '2026-11-22',
    }
    expect((await call('community_desk', 'POST', '/api/absences', absence)).status).toBe(201)
    expect((await here()).json.onDuty).toMatchObject({ kind: 'rota', name: 'community_desk的人' })
    const [turn] = (await week()).json.days[4].turns
    expect(turn).toMatchObject({
      person: { name: 'building_head的人' },
      who: { name: 'community_desk的人' },
      standsInFor: { name: 'building_head的人' },
    })
  })

  test('RT6 shows the hours in which nobody is there', async () => {
    const { days } = (await week()).json
    expect(days[5].holes).toEqual([{ from: '2026-11-21T00:30:00.000Z', until: '2026-11-21T09:30:00.000Z' }])
    expect(days[5].working).toBe(false)
    const { items } = (await call('subdistrict_desk', 'GET', '/api/rota/tonight')).json
    const holes = Object.fromEntries(
      items.map((one: { organisation: { name: string }; holes: unknown[] }) => [
        one.organisation.name,
        one.holes.length,
      ]),
    )
    expect(holes).toMatchObject({ 银河北路街道办事处: 1, 西后街社区居民委员会: 1 })
    // The office of another subdistrict is none of theirs.
    expect(Object.keys(holes)).not.toContain('爱民东道街道办事处')
  })

  test('RT4 a turn is given to somebody, or exchanged with another; both are told', async () => {
    const { lines } = (await week()).json
    const [line] = lines
    const given = { id: id(), line: line.id, on: '2026-11-23', person: personOf('grid_worker') }
    expect(await atOnce('/api/rota/swaps', given)).toEqual([201, 201])
    const exchange = {
      id: id(),
      line: line.id,
      on: '2026-11-24',
      with: { line: line.id, on: '2026-11-23' },
    }
    await call('community_desk', 'POST', '/api/rota/swaps', exchange)
    const next = (await week('2026-11-23')).json.days
    expect(
      next.slice(0, 3).map((one: { turns: { who: { name: string } }[] }) => one.turns[0]!.who.name),
    ).toEqual(['building_head的人', 'grid_worker的人', 'building_head的人'])
    const client = new pg.Client({ connectionString: server.ownerUrl })
    await client.connect()
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from message where district_code = $1 and template = 'rota.swap' and channel = 'in_app'`,
      [district],
    )
    await client.end()
    expect(rows[0]!.n).toBe(2 + 3)
    const wrong = { id: id(), line: line.id, on: '2026-11-19', person: personOf('grid_worker') }
    expect((await call('community_desk', 'POST', '/api/rota/swaps', wrong)).problem).toBe('input.invalid')
  })

  test('RT4 a line ends today at the earliest, by whoever saw its version, and stays in the history', async () => {
    const { lines } = (await week()).json
    const url = `/api/rota/lines/${lines[0].id}/end`
    expect((await call('community_desk', 'POST', url, { on: '2026-11-19' }, 1)).problem).toBe('input.invalid')
    expect((await call('community_desk', 'POST', url, { on: '2026-11-30' }, 2)).problem).toBe(
      'changed_meanwhile',
    )
    expect((await call('handler', 'POST', url, { on: '2026-11-30' }, 1)).problem).toBe('record.not_found')
    expect((await call('community_desk', 'POST', url, { on: '2026-11-30' }, 1)).json.lines[0]).toMatchObject({
      validUntil: '2026-11-30',
    })
    expect((await week('2026-11-30')).json.lines).toEqual([])
  })

  test('only people of the organisation stand in it, and only it and the desks above change it', async () => {
    const refused = async (role: Role, more: object) =>
      (await call(role, 'POST', '/api/rota/lines', nightLine(more))).json.code
    expect(await refused('community_desk', { person: personOf('handler') })).toBe('record.invalid_reference')
    expect(await refused('community_desk', { organisation: ids.otherCommunity })).toBe(
      'record.invalid_reference',
    )
    expect(await refused('handler', {})).toBe('record.invalid_reference')
    expect(await refused('community_desk', { validFrom: '2026-11-19' })).toBe('input.invalid')
    expect(await refused('community_desk', { backup: personOf('building_head') })).toBe('input.invalid')
    const twice = nightLine({ validFrom: '2027-01-01', name: '新年夜班' })
    expect(await atOnce('/api/rota/lines', twice)).toEqual([201, 201])
    const { lines } = (await week('2027-01-04')).json
    expect(lines.filter((line: { name: string }) => line.name === twice.name)).toHaveLength(1)
    const firm = nightLine({ organisation: ids.firm, person: personOf('handler'), backup: null })
    expect((await call('handler', 'POST', '/api/rota/lines', firm)).json).toMatchObject({
      organisation: { level: null },
      mayChange: true,
    })
  })
})

describe('R9 first contact', () => {
  const record = async (role: Role) => {
    const request = id()
    const answer = await call(role, 'POST', '/api/requests', {
      id: request,
      words: '楼道灯坏了',
      path: paths.inside.unit,
      channel: 'patrol',
      reporter: { id: id() },
    })
    expect(answer.status, answer.text).toBe(201)
    return request
  }
  const seen = async (request: string) =>
    (await call('community_desk', 'GET', `/api/requests/${request}`)).json
  const enter = async (role: Role, request: string, body: object) => {
    const answer = await call(role, 'POST', `/api/requests/${request}/entries`, { id: id(), ...body })
    expect(answer.status, answer.text).toBeLessThan(300)
  }
  const heard = async (role: Role) =>
    (await call(role, 'GET', '/api/requests?queue=heard')).json.items.map((one: { id: string }) => one.id)

  test('whoever heard it stays named until somebody takes it, whichever desks it passes', async () => {
    tokens.grid_worker = await server.session('grid_worker')
    const request = await record('grid_worker')
    expect((await seen(request)).firstContact).toMatchObject({ name: 'grid_worker的人', standIn: null })
    expect(await heard('grid_worker')).toEqual([request])
    await enter('community_desk', request, {
      kind: 'accept',
      category: 'B03',
      urgency: 'by_date',
      points: ['修好'],
    })
    await enter('community_desk', request, { kind: 'assign', lead: { organisation: ids.firm } })
    expect((await seen(request)).firstContact).toMatchObject({ name: 'grid_worker的人' })
    await enter('handler', request, { kind: 'take' })
    expect((await seen(request)).firstContact).toBeNull()
    expect(await heard('grid_worker')).toEqual([])
  })

  test('while away the stand-in has that part too, and it is shown; what nobody recorded has none', async () => {
    const request = await record('grid_worker')
    const absence = {
      id: id(),
      person: personOf('grid_worker'),
      backup: personOf('community_desk'),
      from: '2026-11-20',
      until: '2026-11-23',
    }
    expect((await call('community_desk', 'POST', '/api/absences', absence)).status).toBe(201)
    expect((await seen(request)).firstContact).toMatchObject({
      name: 'grid_worker的人',
      standIn: { name: 'community_desk的人' },
    })
    expect(await heard('community_desk')).toEqual([request])
    const own = id()
    await server.call('POST', '/api/requests', {
      body: { id: own, words: '路灯不亮', path: paths.inside.unit, reporter: { id: id() } },
    })
    expect((await seen(own)).firstContact).toBeNull()
  })
})
