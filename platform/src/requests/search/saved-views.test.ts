import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { district, ids, personOf } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, entered, newId, said, startDistrict } from '#tests/story.ts'

/** Searches that somebody keeps under a name. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const lamps = { name: '路灯', query: { queue: 'all', q: '路灯' } }
const keep = (token: string, id: string, body: Record<string, unknown> = lamps) =>
  server.call('PUT', `/api/views/${id}`, { token, body, headers: { 'accept-language': 'en' } })
const listOf = async (token: string) => (await server.call('GET', '/api/views', { token })).json.items
const countsOf = async (token: string) =>
  Object.fromEntries(
    (await server.call('GET', '/api/views/counts', { token })).json.items.map(
      (item: { id: string; count: number; more: boolean }) => [item.id, [item.count, item.more]],
    ),
  )

test('kept, kept again, changed, removed: one view under one id', async () => {
  const id = newId(server)
  for (let n = 0; n < 2; n += 1) expect((await keep(staff.community_desk, id)).status).toBe(200)
  expect(await listOf(staff.community_desk)).toEqual([
    { id, ...lamps, organisation: null, mine: true, by: null },
  ])
  await keep(staff.community_desk, id, { ...lamps, name: '还没修的灯' })
  expect((await listOf(staff.community_desk)).map((view: { name: string }) => view.name)).toEqual([
    '还没修的灯',
  ])
  for (let n = 0; n < 2; n += 1)
    expect((await server.call('DELETE', `/api/views/${id}`, { token: staff.community_desk })).status).toBe(
      204,
    )
  expect(await listOf(staff.community_desk)).toEqual([])
})

test('shared with the own organisation, read by it and by nobody else, changed by its maker alone', async () => {
  const id = newId(server)
  await keep(staff.community_desk, id, { ...lamps, organisation: ids.community })
  expect(await listOf(staff.grid_worker)).toEqual([
    { id, ...lamps, organisation: ids.community, mine: false, by: 'community_desk的人' },
  ])
  for (const other of ['handler', 'subdistrict_desk', 'district_desk'] as const)
    expect(await listOf(staff[other])).toEqual([])
  expect((await keep(staff.grid_worker, id)).json.code).toBe('id_taken')
  expect((await keep(staff.handler, id)).json.code).toBe('id_taken')
  await server.call('DELETE', `/api/views/${id}`, { token: staff.grid_worker })
  expect(await listOf(staff.community_desk)).toHaveLength(1)
  const foreign = await keep(staff.community_desk, newId(server), { ...lamps, organisation: ids.bureau })
  expect([foreign.status, foreign.json.field]).toEqual([422, 'body.organisation'])
  await server.call('DELETE', `/api/views/${id}`, { token: staff.community_desk })
})

test('row security says the same with the WHERE left out', async () => {
  const [alone, shared] = [newId(server), newId(server)]
  await keep(staff.community_desk, alone)
  await keep(staff.community_desk, shared, { ...lamps, organisation: ids.community })
  const scope = { district, reach: 'scoped' as const, paths: [], organisations: [] }
  const seen = (who: { person?: string; belongs?: string[] }) =>
    server.database.within({ ...scope, ...who }, async (trx) => {
      const { rows } = await sql<{ id: string }>`select id from saved_view order by id`.execute(trx)
      return rows.map(({ id }) => id)
    })
  expect(await seen({ person: personOf('community_desk') })).toEqual([alone, shared].toSorted())
  expect(await seen({ person: personOf('handler'), belongs: [ids.community] })).toEqual([shared])
  expect(await seen({ person: personOf('handler'), belongs: [ids.firm] })).toEqual([])
  await expect(
    server.database.within({ ...scope, person: personOf('handler'), belongs: [ids.community] }, (trx) =>
      sql`insert into saved_view values (${district}, ${newId(server)}, ${personOf('community_desk')}, null, 'x', '{}', now())`.execute(
        trx,
      ),
    ),
  ).rejects.toThrow(/row-level security/)
  for (const id of [alone, shared])
    await server.call('DELETE', `/api/views/${id}`, { token: staff.community_desk })
})

test('each says how many it shows, up to a hundred, of what its reader reaches', async () => {
  const [words, waiting, category, all] = [newId(server), newId(server), newId(server), newId(server)]
  const { id } = await said(server, { words: '篮球场路灯整夜亮着' })
  await said(server, { words: '健身器材松动' })
  await entered(server, staff.community_desk, id, accept)
  await keep(staff.community_desk, words, {
    name: '灯',
    query: { queue: 'all', q: '路灯' },
    organisation: ids.community,
  })
  await keep(staff.community_desk, waiting, { name: '等我', query: { queue: 'mine' } })
  await keep(staff.community_desk, category, { name: '公共区', query: { queue: 'all', category: 'B03' } })
  await keep(staff.community_desk, all, { name: '全部', query: { queue: 'all' } })
  const counts = await countsOf(staff.community_desk)
  expect(counts[words]).toEqual([1, false])
  expect(counts[waiting]).toEqual([2, false])
  expect(counts[category]).toEqual([1, false])
  for (let n = 0; n < 110; n += 1) await said(server, { words: `第${n}件小事` })
  expect((await countsOf(staff.community_desk))[all]).toEqual([100, true])
})

test('a phone number is not kept, nor a name too long, nor more than thirty', async () => {
  for (const body of [
    { ...lamps, query: { queue: 'all', q: '10012345678' } },
    { ...lamps, query: { queue: 'all', q: '１００１２３４５６７８' } },
    { ...lamps, name: '名'.repeat(21) },
    { ...lamps, query: { queue: 'everything' } },
  ])
    expect((await keep(staff.handler, newId(server), body)).status).toBe(400)
  for (let n = 0; n < 30; n += 1) expect((await keep(staff.handler, newId(server))).status).toBe(200)
  const beyond = await keep(staff.handler, newId(server))
  expect([beyond.status, beyond.json.code]).toEqual([409, 'record.too_many_views'])
  const [row] = await asOwner<{ n: number }>(
    server,
    `select count(*)::int as n from saved_view where person_id = $1`,
    [personOf('handler')],
  )
  expect(row!.n).toBe(30)
})
