import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawn } from '#requests/calls/sampling.ts'
import { district, ids, paths } from '#tests/fixture.ts'
import type { Home } from '#tests/homes.ts'
import { startRounds, visit, work } from '#tests/rounds.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner } from '#tests/story.ts'
import { drawSpots } from './spot.ts'

/** L9, boundaries 13, 14 and 19: visited is told from not visited by asking, and figures are by area. */

let server: TestServer
let homes: Home[]
const at = (time: string) => server.clock.set(time)
const draw = () => drawSpots(server.database, district, server.clock.now(), drawn)
const asks = async () => server.session('subdistrict_desk')

beforeAll(async () => {
  ;({ server, homes } = await startRounds(6))
  at('2026-11-01T01:00:00.000Z')
  await work(server)
  at('2026-11-18T02:00:00.000Z')
  const liaison = await server.session('liaison')
  for (const { household } of homes.slice(0, 5))
    expect((await visit(server, liaison, household)).status).toBe(201)
  at('2026-11-23T02:00:00.000Z')
})
afterAll(() => server.close())

const list = async () => (await server.call('GET', '/api/spot-checks', { token: await asks() })).json
const enter = async (id: string, result: string) =>
  server.call('POST', `/api/spot-checks/${id}/result`, { token: await asks(), body: { result } })

describe('the lot', () => {
  test('falls once a week, on a share of the visits, for the desk above the visitor’s own', async () => {
    expect(await Promise.all([draw(), draw()]).then((made) => made.toSorted((a, b) => a - b))).toEqual([0, 1])
    expect(await draw()).toBe(0)
    const { items } = await list()
    expect(items).toMatchObject([{ onDay: '2026-11-18', visitor: 'liaison的人', tries: 0 }])
    const community = await server.session('community_desk')
    expect((await server.call('GET', '/api/spot-checks', { token: community })).status).toBe(403)
  })

  test('boundary 19: can be drawn again by whoever audits, and a changed pick shows', async () => {
    const audited = async () =>
      (
        await server.call('GET', '/api/spot-draws/2026-11-23', {
          token: await server.session('audit_admin'),
        })
      ).json.desks
    expect(await audited()).toMatchObject([{ organisation: ids.subdistrict, pool: 5, holds: true }])
    const [picked] = (await audited())[0].picked
    await asOwner(
      server,
      `update spot_pick set visit_id = (select id from visit where id <> $1 order by id limit 1) where visit_id = $1`,
      [picked],
    )
    expect((await audited())[0].holds).toBe(false)
  })
})

describe('a check', () => {
  test('that finds nobody is made again, three times in all; then it is "not reached"', async () => {
    const [{ visit: id }] = (await list()).items
    expect((await enter(id, 'not_reached')).json).toMatchObject({ result: null, tries: 1 })
    expect((await enter(id, 'not_reached')).json).toMatchObject({ result: null, tries: 2 })
    expect((await enter(id, 'not_reached')).json).toMatchObject({ result: 'not_reached', tries: 3 })
    expect((await list()).items).toEqual([])
    expect((await enter(id, 'visited')).problem).toBe('visit.spot_done')
  })

  test('the number is told for a reason, and who asked is in the ledger', async () => {
    const [{ id }] = (await asOwner<{ id: string }>(server, 'select visit_id as id from spot_pick')) as [
      { id: string },
    ]
    const told = await server.call('POST', `/api/spot-checks/${id}/reveals`, {
      token: await asks(),
      body: { reason: '回访核实走访' },
    })
    expect(told.json.name).toMatch(/^住户/)
    const [entry] = await asOwner(server, `select reason from audit_entry where reason is not null`)
    expect(entry).toEqual({ reason: '回访核实走访' })
  })
})

test('figures count the records they open, by area and never by person', async () => {
  const answer = await server.call(
    'GET',
    `/api/visit-figures?path=${paths.inside.subdistrict}&from=2026-11-01&until=2026-12-01`,
    { token: await asks() },
  )
  const { whole, parts } = answer.json
  expect(whole).toMatchObject({
    visits: 5,
    doneLate: 5,
    overdue: 2,
    households: 6,
    visited: 5,
    spotNotReached: 1,
  })
  expect(parts).toHaveLength(1)
  expect(parts[0].path).toBe(paths.inside.community)
  const listed = await server.call(
    'GET',
    `/api/visit-tasks?state=open&due=overdue&path=${paths.inside.community}&from=2026-11-01&until=2026-12-01`,
    { token: await asks() },
  )
  expect(listed.json.items).toHaveLength(whole.overdue)
  expect(JSON.stringify(answer.json)).not.toContain('的人')
})
