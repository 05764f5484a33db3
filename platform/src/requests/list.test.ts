import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, answered, assign, entered, multiply, said, startDistrict } from '#tests/story.ts'

/** Lists: every row once, in order, however many pages it takes and whatever comes in between. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let resident: string
const models: Record<'waiting' | 'given' | 'answered' | 'elsewhere' | 'closed', string> = {
  waiting: '',
  given: '',
  answered: '',
  elsewhere: '',
  closed: '',
}

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  const first = await said(server)
  resident = first.token!
  models.waiting = first.id
  for (const name of ['given', 'answered', 'elsewhere', 'closed'] as const) {
    server.clock.advance({ minutes: 1 })
    const path = name === 'elsewhere' ? paths.outside.community : paths.inside.community
    const { id } = await said(server, { path }, name === 'closed' ? undefined : resident)
    models[name] = id
  }
  const desk = staff.community_desk
  for (const name of ['given', 'answered', 'closed'] as const)
    await entered(server, desk, models[name], accept)
  await entered(server, desk, models.given, assign())
  await entered(server, desk, models.answered, answered)
  await entered(server, desk, models.closed, answered)
  await entered(server, desk, models.closed, { kind: 'follow_up', outcome: 'satisfied' })
  await multiply(server, 14)
})
afterAll(() => server.close())

type Item = {
  id: string
  dueAt: string | null
  submittedAt: string
  state: string
  path: string
  code: string
}

/** Every page of a list; `between` happens after the first. */
async function pages(token: string, query: string, between?: () => Promise<unknown>) {
  const items: Item[] = []
  let after: string | null = null
  let turned = 0
  do {
    const url: string = `/api/requests?limit=4&${query}${after ? `&after=${encodeURIComponent(after)}` : ''}`
    const { status, json, text } = await server.call('GET', url, { token })
    expect(status, text).toBe(200)
    items.push(...json.items)
    after = json.next
    turned += 1
    if (turned === 1) await between?.()
  } while (after !== null && turned < 100)
  return items
}
const expectEachOnce = (items: Item[]) => expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
const expectSorted = (items: Item[], key: 'dueAt' | 'submittedAt' | 'code') => {
  const keys = items.map((item) => item[key] ?? '')
  expect(keys).toEqual(key === 'dueAt' ? keys.toSorted() : keys.toSorted().reverse())
}

describe('each queue shows each of its rows once and in order', () => {
  test.each([
    ['community_desk', 'queue=mine', 'dueAt', 15, ['submitted']],
    ['handler', 'queue=mine', 'dueAt', 15, ['assigned']],
    ['community_desk', 'queue=watching', 'dueAt', 30, ['answered', 'assigned']],
    ['community_desk', 'queue=all', 'submittedAt', 60, ['answered', 'assigned', 'closed', 'submitted']],
    ['subdistrict_desk', 'queue=all', 'submittedAt', 60, ['answered', 'assigned', 'closed', 'submitted']],
    ['district_desk', 'queue=all', 'submittedAt', 75, ['answered', 'assigned', 'closed', 'submitted']],
    ['grid_worker', 'queue=all', 'submittedAt', 60, ['answered', 'assigned', 'closed', 'submitted']],
    ['handler', 'queue=all', 'submittedAt', 15, ['assigned']],
    ['handler', 'queue=watching', 'dueAt', 0, []],
    ['district_desk', 'queue=mine', 'dueAt', 0, []],
    ['district_desk', 'queue=reported', 'submittedAt', 0, []],
    ['district_desk', 'queue=all&state=closed,answered', 'submittedAt', 30, ['answered', 'closed']],
    ['district_desk', 'queue=all&group=B', 'submittedAt', 45, ['answered', 'assigned', 'closed']],
    ['district_desk', 'queue=all&category=B03', 'submittedAt', 45, ['answered', 'assigned', 'closed']],
    ['district_desk', 'queue=all&category=B01', 'submittedAt', 0, []],
    ['district_desk', 'queue=all&channel=visit', 'submittedAt', 0, []],
    ['district_desk', 'queue=all&overdue=true', 'submittedAt', 0, []],
    [
      'district_desk',
      'queue=all&overdue=false',
      'submittedAt',
      75,
      ['answered', 'assigned', 'closed', 'submitted'],
    ],
    ['district_desk', `queue=all&path=${paths.outside.subdistrict}`, 'submittedAt', 15, ['submitted']],
    ['community_desk', `queue=all&path=${paths.outside.subdistrict}`, 'submittedAt', 0, []],
    ['district_desk', 'queue=all&code=gy-2501', 'code', 70, ['answered', 'assigned', 'closed', 'submitted']],
  ] as const)('%s %s', async (role, query, key, many, states) => {
    const items = await pages(staff[role], query)
    expectEachOnce(items)
    expectSorted(items, key)
    expect(items).toHaveLength(many)
    expect([...new Set(items.map(({ state }) => state))].toSorted()).toEqual(states)
  })

  test('a resident’s own, whatever queue is asked for', async () => {
    const items = await pages(resident, 'queue=mine')
    expectEachOnce(items)
    expectSorted(items, 'submittedAt')
    expect(items).toHaveLength(60)
  })

  test('counts say what waits', async () => {
    const { json } = await server.call('GET', '/api/requests?limit=1', { token: staff.community_desk })
    expect(json.counts).toEqual({ mine: 15, overdue: 0 })
  })
})

describe('while somebody turns the pages', () => {
  test.each(['queue=mine', 'queue=watching', 'queue=all'])(
    '%s: what comes in between doubles and hides nothing',
    async (query) => {
      const before = await pages(staff.community_desk, query)
      const during = await pages(staff.community_desk, query, async () => {
        const { id } = await said(server, { path: paths.inside.community })
        if (query === 'queue=watching') {
          await entered(server, staff.community_desk, id, accept)
          await entered(server, staff.community_desk, id, assign(ids.firm))
        }
      })
      expectEachOnce(during)
      const seen = new Set(during.map(({ id }) => id))
      for (const { id } of before) expect(seen.has(id)).toBe(true)
    },
  )
})

test('a cursor that is not ours, a limit beyond the most, an unknown queue', async () => {
  for (const query of ['after=xyz', 'limit=101', 'queue=everything', 'state=CLOSED'])
    expect(
      (await server.call('GET', `/api/requests?${query}`, { token: staff.community_desk })).status,
      query,
    ).toBe(400)
})
