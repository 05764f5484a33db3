import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access/permissions.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { paths } from '#tests/fixture.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

/** What may be asked of grids, and the gate for everything else (O4, boundary 17). */

let server: TestServer
const tokens = {} as Record<Role, string>
const id = () => uuidv7(server.clock.now())
const call = (role: Role, method: string, url: string, body?: object, version?: number) =>
  server.call(method, url, {
    token: tokens[role],
    ...(body && { body }),
    ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
  })
const asked = (more: object = {}) => ({
  id: id(),
  path: paths.inside.community,
  matter: null,
  title: '商户摸底',
  words: '逐户问面积',
  purpose: '普查',
  hours: 40,
  startsOn: '2026-11-23',
  endsOn: '2026-12-01',
  ...more,
})
const ask = (role: Role, more: object = {}) => call(role, 'POST', '/api/grid-pushes', asked(more))
const shown = async (role: Role, show: string) =>
  (await call(role, 'GET', `/api/grid-pushes?show=${show}`)).json.items.map((one: { id: string }) => one.id)
const decide = (role: Role, push: string, agree: boolean, version = 1) =>
  call(role, 'POST', `/api/grid-pushes/${push}/decision`, { agree, words: '已核' }, version)

beforeAll(async () => {
  server = await startTestServer()
  for (const role of [
    'subdistrict_desk',
    'district_desk',
    'grid_worker',
    'handler',
    'community_desk',
    'liaison',
  ] as const)
    tokens[role] = await server.session(role)
})
afterAll(() => server.close())

describe('GM1 the list', () => {
  test('is a sample of 8 groups and 25 matters until the district puts its own in its place', async () => {
    const { json } = await call('grid_worker', 'GET', '/api/grid-matters')
    expect(json).toMatchObject({ sample: true, version: 0 })
    const codes = json.groups.flatMap((group: { matters: { code: string }[] }) =>
      group.matters.map(({ code }) => code),
    )
    expect([json.groups.length, codes.length, new Set(codes).size]).toEqual([8, 25, 25])
    const groups = json.groups.slice(0, 3)
    expect((await call('subdistrict_desk', 'PUT', '/api/grid-matters', { groups }, 0)).status).toBe(403)
    expect((await call('district_desk', 'PUT', '/api/grid-matters', { groups }, 4)).problem).toBe(
      'changed_meanwhile',
    )
    expect((await call('district_desk', 'PUT', '/api/grid-matters', { groups }, 0)).json).toMatchObject({
      sample: false,
      version: 1,
    })
    const twice = [{ ...groups[0], matters: [groups[0].matters[0], groups[0].matters[0]] }]
    expect((await call('district_desk', 'PUT', '/api/grid-matters', { groups: twice }, 1)).problem).toBe(
      'input.invalid',
    )
  })
})

describe('the gate', () => {
  test('GM2 what rests on the list holds at once, and is read with its ground', async () => {
    const { json } = await ask('subdistrict_desk', {
      matter: '03-01',
      purpose: null,
      hours: null,
      endsOn: null,
    })
    expect(json).toMatchObject({ standing: 'coming', matter: { code: '03-01' }, decision: null })
    expect(await shown('grid_worker', 'now')).toEqual([json.id])
    expect((await ask('subdistrict_desk', { matter: '99-01' })).problem).toBe('record.invalid_reference')
  })

  test('GM3 everything else needs purpose, hours and an end, and waits for another person of the district desk', async () => {
    for (const lacking of [{ purpose: null }, { hours: null }, { endsOn: null }])
      expect((await ask('subdistrict_desk', lacking)).problem).toBe('input.invalid')
    const { json } = await ask('subdistrict_desk')
    expect(json).toMatchObject({ standing: 'waiting', mayDecide: false, mayWithdraw: true })
    expect(await shown('grid_worker', 'now')).not.toContain(json.id)
    expect(await shown('grid_worker', 'waiting')).toEqual([json.id])
    expect((await decide('subdistrict_desk', json.id, true)).problem).toBe('access.not_allowed')
    expect((await decide('district_desk', json.id, true)).json).toMatchObject({
      standing: 'coming',
      decision: { by: 'district_desk的人', words: '已核' },
    })
    expect(await shown('grid_worker', 'now')).toContain(json.id)
    expect((await decide('district_desk', json.id, false, 2)).problem).toBe('matter.not_waiting')
    const own = (await ask('district_desk', { path: paths.district })).json
    expect((await decide('district_desk', own.id, true)).problem).toBe('matter.second_person')
  })

  test('GM4 it ends by itself on its day, also what still waits', async () => {
    const through = (await ask('subdistrict_desk', { title: '到期' })).json
    const waiting = (await ask('subdistrict_desk', { title: '没人批' })).json
    await decide('district_desk', through.id, true)
    server.clock.set('2026-11-30T23:59:00+08:00')
    tokens.grid_worker = await server.session('grid_worker')
    expect(await shown('grid_worker', 'now')).toContain(through.id)
    server.clock.set('2026-12-01T00:01:00+08:00')
    expect(await shown('grid_worker', 'now')).not.toContain(through.id)
    expect(await shown('grid_worker', 'past')).toEqual(expect.arrayContaining([through.id, waiting.id]))
    tokens.district_desk = await server.session('district_desk')
    expect((await decide('district_desk', waiting.id, true)).problem).toBe('matter.not_waiting')
    server.clock.set('2026-11-20T10:20:00+08:00')
  })

  test('only of the own area, by desks above and departments; the same id twice is one; taken back by who asked', async () => {
    expect((await ask('subdistrict_desk', { path: paths.outside.community })).problem).toBe(
      'record.invalid_reference',
    )
    expect((await ask('community_desk')).problem).toBe('access.not_allowed')
    expect((await ask('grid_worker')).problem).toBe('access.not_allowed')
    const body = asked()
    const made = await call('handler', 'POST', '/api/grid-pushes', body)
    expect(made.status, made.text).toBe(201)
    expect((await call('handler', 'POST', '/api/grid-pushes', body)).json.id).toBe(body.id)
    const url = `/api/grid-pushes/${body.id}/withdrawal`
    expect((await call('subdistrict_desk', 'POST', url, undefined, 1)).problem).toBe('record.not_found')
    expect((await call('handler', 'POST', url, undefined, 1)).json.standing).toBe('withdrawn')
  })
})
