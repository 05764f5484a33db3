import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call } from '#access/route.ts'
import { district, ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { answered, asOwner, assign, entered, newId, said, startDistrict, whole } from '#tests/story.ts'
import { proposalsFor } from './proposing.ts'
import { ringSteps } from './steps.ts'

/** The routing table, the board and the figures through the front door. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

let phone = 700
async function accepted(category = 'B04', more: Record<string, unknown> = {}) {
  phone += 1
  const request = await said(server, {
    reporter: { id: newId(server), phone: `1001234${String(phone).padStart(4, '0')}` },
    ...more,
  })
  await entered(server, staff.community_desk, request.id, {
    kind: 'accept',
    category,
    urgency: 'by_date',
    points: [],
  })
  return request
}
const row = (more: Record<string, unknown> = {}) => ({
  category: 'B04',
  group: null,
  path: paths.district,
  organisation: null,
  functions: ['城管局'],
  deskLevel: null,
  basis: '城市照明管理规定',
  ...more,
})
const put = (id: string, body: unknown, version = 0, token = staff.district_desk) =>
  server.call('PUT', `/api/routing/rules/${id}`, {
    token,
    body,
    headers: { 'if-match': `"${version}"`, 'accept-language': 'en' },
  })
const get = async (url: string, token = staff.community_desk) =>
  (await server.call('GET', url, { token })).json
const choice = (category = 'B04', path: string = paths.inside.unit) =>
  get(`/api/routing/choice?category=${category}&path=${encodeURIComponent(path)}`)
const list = async () => (await get('/api/routing/rules')).items as Record<string, unknown>[]

describe('the table', () => {
  const id = '01900000-0000-7000-8000-000000000001'

  test('DP1 before it has a row, the category names somebody; with one, the row does, and says since when and why', async () => {
    expect(await choice()).toMatchObject({ why: 'named_by_category', organisation: { id: ids.bureau } })
    const { status, json } = await put(id, row({ functions: ['物业', '城管局'] }))
    expect(status, JSON.stringify(json)).toBe(200)
    expect(json).toMatchObject({
      version: 1,
      state: 'holds',
      kind: { code: 'B04' },
      setBy: expect.any(String),
    })
    expect(await choice()).toMatchObject({
      why: 'rule',
      organisation: { id: ids.firm },
      name: '物业',
      basis: '城市照明管理规定',
      area: { path: paths.district },
      passed: [{ why: 'named_by_category', failed: 'weaker' }],
    })
    // Where no firm serves, the next name of the list does.
    expect(await choice('B04', paths.outside.community)).toMatchObject({
      why: 'rule',
      organisation: { id: ids.bureau },
      name: '城管局',
    })
  })

  test('the request page is told the same, by the one way there is', async () => {
    const { id: request } = await accepted()
    const { json } = await server.call('GET', `/api/requests/${request}/suggestion`, {
      token: staff.community_desk,
    })
    expect(json.handler).toMatchObject({ id: ids.firm, why: 'rule', basis: '城市照明管理规定' })
    const proposed = await server.call('POST', '/api/dispatch/proposals', {
      token: staff.community_desk,
      body: { requests: [request] },
    })
    expect(proposed.json.items).toMatchObject([{ request, route: { organisation: { id: ids.firm } } }])
  })

  test('DP7 a change is tried on what was dispatched lately before it is made', async () => {
    const { json, status } = await server.call('POST', `/api/routing/rules/${id}/preview`, {
      token: staff.district_desk,
      body: row({ functions: ['城管局', '热力'] }),
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      looked: 1,
      changed: 1,
      open: 1,
      unknown: ['热力'],
      samples: [{ before: { id: ids.firm }, after: { id: ids.bureau } }],
    })
    expect((await choice()).organisation.id).toBe(ids.firm)
  })

  test('DP6 a change for later waits for its day; history only grows; what is stale is refused', async () => {
    const later = new Date(Date.parse(server.clock.now().toString()) + 300_000).toISOString()
    expect((await put(id, row({ validFrom: later }), 1)).json).toMatchObject({ version: 2, state: 'ahead' })
    expect((await put(id, row(), 1)).status).toBe(412)
    expect((await choice()).organisation.id).toBe(ids.firm)
    expect(await list()).toMatchObject([{ state: 'holds' }, { state: 'ahead' }])
    server.clock.set(later)
    expect((await choice()).organisation.id).toBe(ids.bureau)
    const ended = await put(id, row({ ended: true }), 2)
    expect(ended.json).toMatchObject({ version: 3, state: 'over' })
    expect(await list()).toEqual([])
    const { items } = await get(`/api/routing/rules/${id}/history`)
    expect(items.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1])
  })

  test('what does not fit is said at its field; only the district changes the table', async () => {
    const field = async (body: unknown) => (await put(newId(server), body)).json.field as string
    expect(await field(row({ path: '131003/999/' }))).toBe('body.path')
    expect(await field(row({ category: 'Z99' }))).toBe('body.category')
    expect(await field(row({ functions: null, organisation: newId(server) }))).toBe('body.organisation')
    expect(await field(row({ functions: null }))).toContain('body')
    expect(await field(row({ validFrom: '2026-01-01T00:00:00.000Z' }))).toBe('body.validFrom')
    expect((await put(newId(server), row(), 0, staff.subdistrict_desk)).status).toBe(403)
  })

  test('DP1 a page of requests is proposed for in as many statements as one, each by what holds where it is', async () => {
    await put(newId(server), row({ category: 'C01' }))
    const made = [
      await accepted('C01'),
      await accepted('A01'),
      await accepted('B05', { path: paths.inside.community }),
      await accepted('C01', { confidential: true }),
    ].map(({ id: request }) => request)
    const unknown = newId(server)
    const asking = (ids: readonly string[]) =>
      server.database.within(whole, async (trx) => {
        let statements = 0
        const plugin: KyselyPlugin = {
          transformQuery({ node }) {
            statements += 1
            return node
          },
          transformResult: ({ result }) => Promise.resolve(result),
        }
        const call = { trx: trx.withPlugin(plugin), now: server.clock.now(), language: 'zh-CN' } as Call
        return { items: await proposalsFor(call, ids), statements }
      })
    const alone = await asking(made.slice(0, 1))
    const together = await asking([...made, unknown])
    expect(together.statements).toBe(alone.statements)
    // In the order asked; nothing is said of one that is not there.
    expect(together.items.map(({ request }) => request)).toEqual(made)
    expect(together.items[0]).toEqual(alone.items[0])
    for (const [index, request] of made.slice(0, 3).entries())
      expect(together.items[index], String(index)).toEqual((await asking([request])).items[0])
    expect(together.items.map(({ route }) => route?.kind?.code ?? route?.why ?? null)).toEqual([
      'C01',
      'named_by_category',
      'named_by_category',
      null,
    ])
  })
})

describe('what was chosen', () => {
  test('DP9 is kept with the ground of its time, and measured by who answered', async () => {
    const id = newId(server)
    await put(id, row({ category: 'A01', functions: ['物业'], basis: '物业管理条例' }))
    const right = await accepted('A01')
    await entered(server, staff.community_desk, right.id, assign(ids.firm))
    await entered(server, staff.handler, right.id, { kind: 'take', words: '' })
    await entered(server, staff.handler, right.id, answered)
    const wrong = await accepted('A01')
    await entered(server, staff.community_desk, wrong.id, assign(ids.firm))
    await entered(server, staff.handler, wrong.id, {
      kind: 'return',
      basis: 'not_our_duty',
      words: '不归我们',
    })
    await entered(server, staff.community_desk, wrong.id, answered)
    // The row changes; what it said then is still what it said.
    await put(id, row({ category: 'A01', functions: ['城管局'], basis: '另一条' }), 1)

    const { items } = await get(`/api/requests/${right.id}/choices`)
    expect(items).toMatchObject([
      {
        chosen: { id: ids.firm },
        followed: true,
        route: { why: 'rule', basis: '物业管理条例', organisation: { id: ids.firm } },
      },
    ])
    const figures = await get('/api/dispatch/figures')
    expect(figures.categories.find(({ code }: { code: string }) => code === 'A01')).toMatchObject({
      dispatched: 2,
      proposed: 2,
      unfollowed: 0,
      answered: 2,
      wrong: 1,
      returned: 1,
      returned_twice: 0,
      accuracy: 0.5,
      secondReturns: 0,
    })
    const drilled = await get('/api/dispatch/figures/requests?figure=wrong&category=A01')
    expect(drilled.items).toMatchObject([
      { request: wrong.id, proposed: { id: ids.firm }, answeredBy: { id: ids.community }, returns: 1 },
    ])
  })

  test('DP9 passed on and handed over are choices like any other, each with its turn and the proposal of its moment', async () => {
    await put(newId(server), row({ category: 'A02', functions: ['物业', '城管局'], basis: '物业管理条例' }))
    const { id } = await accepted('A02')
    await entered(server, staff.community_desk, id, assign(ids.firm))
    await entered(server, staff.handler, id, {
      kind: 'transfer',
      lead: { organisation: ids.bureau },
      words: '归城管局',
    })
    const { items } = await get(`/api/requests/${id}/choices`)
    // Whoever passed it on is not proposed again: the next name of the row is.
    expect(items).toMatchObject([
      { chosen: { id: ids.bureau }, followed: true, route: { organisation: { id: ids.bureau } } },
      { chosen: { id: ids.firm }, followed: true, route: { organisation: { id: ids.firm } } },
    ])
    const turns = await asOwner(
      server,
      'select turn, chosen_id as chosen from dispatch_choice where request_id = $1 order by turn',
      [id],
    )
    expect(turns).toEqual([
      { turn: 1, chosen: ids.firm },
      { turn: 2, chosen: ids.bureau },
    ])
    // Whoever has it now is not proposed for it.
    const proposed = await server.call('POST', '/api/dispatch/proposals', {
      token: staff.community_desk,
      body: { requests: [id] },
    })
    expect(proposed.json.items[0].route.organisation?.id).not.toBe(ids.bureau)
    const before = (await get('/api/dispatch/figures')).total.dispatched

    const declined = await said(server, { words: '燃气表坏了' })
    await entered(server, staff.community_desk, declined.id, {
      kind: 'decline',
      reason: 'other_units_duty',
      words: '归物业',
      instead: { organisation: ids.firm },
      handOver: true,
    } as never)
    expect((await get(`/api/requests/${declined.id}/choices`)).items).toMatchObject([
      { chosen: { id: ids.firm }, followed: null, route: { why: 'nobody' } },
    ])
    // It counts in the whole, under no category.
    expect((await get('/api/dispatch/figures')).total.dispatched).toBe(before + 1)
  })

  test('RQ10 of what lies in confidence nothing is noted and nobody is proposed', async () => {
    const { id } = await accepted('A01', { confidential: true })
    await entered(server, staff.community_desk, id, {
      kind: 'assign',
      lead: { organisation: ids.firm },
      words: '单元门口有垃圾',
    })
    const proposed = await server.call('POST', '/api/dispatch/proposals', {
      token: staff.community_desk,
      body: { requests: [id] },
    })
    expect(proposed.json.items).toEqual([{ request: id, route: null }])
    expect(await asOwner(server, 'select 1 from dispatch_choice where request_id = $1', [id])).toEqual([])
  })
})

describe('DP8 each step has its time', () => {
  const told = (id: string) =>
    asOwner<{ template: string; organisation: string }>(
      server,
      `select template, to_organisation_id as organisation from message where request_id = $1 and template like 'dispatch.%' order by created_at, to_organisation_id`,
      [id],
    )
  const ring = () => ringSteps(server.database, district, server.clock.now())

  const at = async (time: string) => {
    server.clock.set(time)
    // A session does not last over the days that pass here.
    staff.community_desk = await server.session('community_desk')
    staff.handler = await server.session('handler')
  }

  test('who does not dispatch, and who does not take, is told once, and the desk with them; the limit does not move', async () => {
    await at('2026-11-23T01:00:00.000Z')
    await ring()
    const { id } = await accepted('B05')
    const due = (await get(`/api/requests/${id}`)).dueAt
    expect(await ring()).toBe(0)
    // Four working hours later, over lunch.
    await at('2026-11-23T06:31:00.000Z')
    await ring()
    expect(await ring()).toBe(0)
    expect(await told(id)).toEqual([{ template: 'dispatch.dispatch', organisation: ids.community }])

    await entered(server, staff.community_desk, id, assign(ids.firm))
    await at('2026-11-24T06:32:00.000Z')
    await ring()
    expect(
      (await told(id))
        .slice(1)
        .map(({ organisation }) => organisation)
        .toSorted(),
    ).toEqual([ids.community, ids.firm].toSorted())
    const board = await get('/api/dispatch/board/requests?state=assigned')
    expect(board.items.find((one: { id: string }) => one.id === id)).toMatchObject({
      dueAt: due,
      waiting: { step: 'take', since: '2026-11-23T06:31:00.000Z', late: true },
    })
    await entered(server, staff.handler, id, { kind: 'take', words: '' })
    expect(await asOwner(server, 'select 1 from dispatch_step where request_id = $1', [id])).toEqual([])
    expect((await get(`/api/requests/${id}`)).dueAt).toBe(due)
  })
})

describe('DP10 the board', () => {
  test('says whose turn it is, by level and organisation; every sum is that of its list', async () => {
    await accepted('B04')
    const board = await get('/api/dispatch/board')
    expect(board.columns.map(({ key }: { key: string }) => key)).toEqual([
      'community',
      'subdistrict',
      'district',
    ])
    const sums = board.columns.map(({ count }: { count: number }) => count)
    expect(sums.reduce((sum: number, one: number) => sum + one, 0)).toBe(board.count)
    expect(board.count).toBeGreaterThan(0)
    for (const column of board.columns) {
      const { items } = await get(`/api/dispatch/board/requests?level=${column.key}&limit=100`)
      expect(items).toHaveLength(column.count)
    }
    for (const due of ['overdue', 'today', 'paused'] as const)
      expect((await get(`/api/dispatch/board/requests?due=${due}&limit=100`)).items).toHaveLength(board[due])
    const [box] = board.columns[0].boxes
    expect(box).toMatchObject({ own: true, organisation: { id: ids.community } })
    expect(box.items.length).toBeLessThanOrEqual(3)
  })

  test('a handler sees the same board of their own, by step', async () => {
    const board = await get('/api/dispatch/board?by=step', staff.handler)
    expect(board.columns.map(({ key }: { key: string }) => key)).toEqual(
      expect.arrayContaining(['assigned', 'in_progress']),
    )
    const held = board.columns.flatMap(({ boxes }: { boxes: { organisation: { id: string } }[] }) => boxes)
    expect(held.length).toBeGreaterThan(0)
    expect(held.every((one: { organisation: { id: string } }) => one.organisation.id === ids.firm)).toBe(true)
    expect((await get('/api/dispatch/board/requests?own=true', staff.handler)).items).toHaveLength(
      board.count,
    )
  })

  test('pages follow one another without a gap', async () => {
    const whole = (await get('/api/dispatch/board/requests?limit=100')).items
    // Three pages of two at the least, or nothing is shown.
    expect(whole.length).toBeGreaterThan(4)
    const paged: unknown[] = []
    let after = ''
    do {
      const page = await get(`/api/dispatch/board/requests?limit=2${after && `&after=${after}`}`)
      paged.push(...page.items)
      after = page.next ?? ''
    } while (after)
    expect(paged).toEqual(whole)
  })
})
