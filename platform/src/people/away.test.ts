import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access/permissions.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { ids, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

/** Whoever is away has somebody who stands in (VR4, PE9), and what the plan knows of people (PE8). */

let server: TestServer
let home: Home
const id = () => uuidv7(server.clock.now())

beforeAll(async () => {
  server = await startTestServer()
  home = await liveAt(server.ownerUrl, paths.inside.unit, 'absent', { number: '201' })
  await giveDoor(server.ownerUrl, home.dwelling, 'liaison')
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await owner.query('update post set backup_person_id = $1 where person_id = $2', [
    personOf('building_head'),
    personOf('liaison'),
  ])
  await owner.end()
})
afterAll(() => server.close())

const away = async (as: Role, body: object) =>
  server.call('POST', '/api/absences', {
    token: await server.session(as),
    body: { id: id(), person: personOf('liaison'), ...body },
  })
const end = async (as: Role, absence: string, on: string, version = 1) =>
  server.call('POST', `/api/absences/${absence}/end`, {
    token: await server.session(as),
    body: { on },
    headers: { 'if-match': `"${version}"` },
  })
const sees = async (role: Role) =>
  (await server.call('GET', '/api/households', { token: await server.session(role) })).json.items.map(
    (one: { id: string }) => one.id,
  )

describe('PE9 absence', () => {
  test('B of the A/B pair stands in from the first day to the last, and reaches the doors (VR4)', async () => {
    expect(await sees('building_head')).toEqual([])
    const answer = await away('liaison', { from: '2026-11-20', until: '2026-11-23' })
    expect(answer.json).toMatchObject({ backup: { id: personOf('building_head') }, now: true, version: 1 })
    expect(await sees('building_head')).toEqual([home.household])
    expect(await sees('liaison')).toEqual([home.household])
    server.clock.set('2026-11-23T10:20:00+08:00')
    expect(await sees('building_head')).toEqual([])
    server.clock.set('2026-11-20T10:20:00+08:00')
  })

  test('back earlier, the stand-in has the doors no longer; the days it was stay in the history', async () => {
    const [{ id: absence, version }] = (
      await server.call('GET', `/api/absences?person=${personOf('liaison')}`, {
        token: await server.session('community_desk'),
      })
    ).json.items
    expect((await end('building_head', absence, '2026-11-20')).problem).toBe('record.invalid_reference')
    server.clock.set('2026-11-21T10:20:00+08:00')
    expect((await end('liaison', absence, '2026-11-21', version)).json).toMatchObject({
      until: '2026-11-21',
      now: false,
    })
    expect(await sees('building_head')).toEqual([])
    expect((await end('liaison', absence, '2026-11-21', version + 1)).problem).toBe('record.already_ended')
  })

  test('is entered once, for oneself or by a desk, not twice for the same days, not without a stand-in', async () => {
    const own = { id: id(), from: '2026-12-01', until: '2026-12-05' }
    expect((await away('liaison', own)).status).toBe(201)
    expect((await away('liaison', own)).status).toBe(201)
    expect((await away('community_desk', { from: '2026-12-04', until: null })).problem).toBe(
      'absence.overlaps',
    )
    expect((await away('community_desk', { from: '2026-12-05', until: null })).status).toBe(201)
    expect((await away('building_head', { from: '2026-11-25', until: '2026-11-26' })).problem).toBe(
      'record.invalid_reference',
    )
    const alone = { person: personOf('building_head'), from: '2026-12-01', until: '2026-12-02' }
    expect((await away('building_head', alone)).problem).toBe('record.invalid_reference')
    expect((await away('building_head', { ...alone, backup: personOf('grid_worker') })).status).toBe(201)
    expect((await away('liaison', { from: '2026-11-01', until: '2026-11-30' })).problem).toBe('input.invalid')
  })
})

describe('PE8 what the plan knows', () => {
  const read = async (as: Role) =>
    server.call('GET', `/api/people/${personOf('liaison')}/profile`, { token: await server.session(as) })
  const put = async (as: Role, body: object, version: number) =>
    server.call('PUT', `/api/people/${personOf('liaison')}/profile`, {
      token: await server.session(as),
      body: { anchors: [], skills: [], availability: [], mostHouseholds: null, employer: null, ...body },
      headers: { 'if-match': `"${version}"` },
    })

  test('is for whoever plans, and for nobody else', async () => {
    expect((await read('community_desk')).status).toBe(200)
    for (const role of ['liaison', 'building_head', 'security_admin'] as const)
      expect((await read(role)).problem, role).toBe('access.not_allowed')
  })

  test('is put in place as a whole, with the version that was seen', async () => {
    const { version } = (await read('system_admin')).json
    const pairs = await server.call('PUT', `/api/organisations/${ids.bureau}/pairs`, {
      token: await server.session('system_admin'),
      body: { paths: [paths.inside.unit] },
    })
    expect(pairs.json.items).toEqual([{ path: paths.inside.unit, place: '和平小区1号楼1单元' }])
    const home = { id: id(), kind: 'home', lon: 116.7, lat: 39.52, path: null }
    const body = {
      anchors: [home],
      skills: ['law', 'nursing'],
      availability: ['weekend_day'],
      mostHouseholds: 12,
      employer: ids.bureau,
    }
    const answer = await put('system_admin', body, version)
    expect(answer.json).toMatchObject({
      ...body,
      employer: { id: ids.bureau, name: '城管局' },
      pairs: pairs.json.items,
      usualBackup: { id: personOf('building_head') },
    })
    expect((await put('system_admin', body, version)).problem).toBe('changed_meanwhile')
    const next = answer.json.version
    expect((await put('system_admin', { anchors: [{ ...home, path: '131003/9/' }] }, next)).problem).toBe(
      'record.invalid_reference',
    )
    expect((await put('system_admin', { employer: id() }, next)).problem).toBe('record.invalid_reference')
    expect((await put('system_admin', { availability: ['always'] }, next)).problem).toBe('input.invalid')
    expect((await read('system_admin')).json.skills).toEqual(['law', 'nursing'])
  })
})
