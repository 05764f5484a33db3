import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access/permissions.ts'
import { district, ids } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { answered, asOwner, enter, entered, newId, said, startDistrict } from '#tests/story.ts'
import { drawCalls } from './calls.ts'
import { drawn } from './sampling.ts'

/** RQ7, boundaries 13, 18 and 19: who is called is drawn by lot, and anybody can draw it again. */

const someIds = fc.uniqueArray(fc.uuid(), { maxLength: 60 })

describe('the lot', () => {
  test('depends on seed, day and ids, not on their order', () => {
    fc.assert(
      fc.property(someIds, fc.string(), fc.integer({ min: 1, max: 100 }), (pool, seed, percent) => {
        const first = drawn(seed, '2026-11-20', pool, percent)
        expect(drawn(seed, '2026-11-20', pool.toReversed(), percent)).toEqual(first)
        expect(first).toHaveLength(Math.ceil((pool.length * percent) / 100))
        expect(pool).toEqual(expect.arrayContaining(first))
      }),
    )
  })

  test('falls otherwise on another day and with another seed', () => {
    const pool = Array.from({ length: 200 }, (_, index) => `request-${index}`)
    const first = drawn('a', '2026-11-20', pool, 10)
    expect(drawn('a', '2026-11-21', pool, 10)).not.toEqual(first)
    expect(drawn('b', '2026-11-20', pool, 10)).not.toEqual(first)
  })

  test('is one at least, and falls on each alike', () => {
    expect(drawn('a', '2026-11-20', ['one'], 1)).toEqual(['one'])
    const pool = Array.from({ length: 10 }, (_, index) => `request-${index}`)
    const times = new Map(pool.map((id) => [id, 0]))
    for (let seed = 0; seed < 2000; seed += 1)
      for (const id of drawn(String(seed), '2026-11-20', pool, 10)) times.set(id, times.get(id)! + 1)
    for (const count of times.values()) expect(Math.abs(count - 200)).toBeLessThan(70)
  })
})

let server: TestServer
beforeAll(async () => {
  ;({ server } = await startDistrict())
})
afterEach(() =>
  asOwner(
    server,
    'truncate service_request, request_entry, request_party, message, call_draw, call_rate cascade',
  ),
)
afterAll(() => server.close())

const at = (time: string) => server.clock.set(time)
const as = (role: Role) => server.session(role)
const draw = () => drawCalls(server.database, district, server.clock.now())
const calls = async (role: Role = 'community_desk') =>
  (await server.call('GET', '/api/calls', { token: await as(role) })).json as {
    percent: number
    items: { request: { id: string; satisfaction: string | null }; day: string; tries: number }[]
  }
const called = async () => (await calls()).items.map(({ request }) => request.id)

/** So many requests answered by the community's desk on a Friday. */
async function answeredOnFriday(count: number, phone = true) {
  at('2026-11-20T02:20:00.000Z')
  const desk = await as('community_desk')
  const made: string[] = []
  for (let n = 0; n < count; n += 1) {
    const reporter = { id: newId(server), ...(phone && { phone: `1001234${String(1000 + n)}` }) }
    const { id } = await said(server, { reporter })
    await entered(server, desk, id, answered)
    made.push(id)
  }
  return made
}

describe('the calls of a day', () => {
  test('are a tenth of what was answered the day before, the same however often they are drawn', async () => {
    const made = await answeredOnFriday(12)
    expect(await draw()).toBe(0) // The day is not over.
    at('2026-11-20T19:00:00.000Z')
    await Promise.all([draw(), draw()])
    expect(await draw()).toBe(0)
    const today = await called()
    expect(today).toHaveLength(2)
    expect(made).toEqual(expect.arrayContaining(today))
  })

  test('are never drawn twice, and what is answered later is drawn later', async () => {
    await answeredOnFriday(3)
    at('2026-11-20T19:00:00.000Z')
    await draw()
    const [first] = await called()
    at('2026-11-21T19:00:00.000Z')
    expect(await draw()).toBe(0)
    expect(await called()).toEqual([first])
    const picks = await asOwner<{ request_id: string }>(server, 'select request_id from call_pick')
    expect(picks).toEqual([{ request_id: first }])
  })

  test('boundary 19: can be drawn again by whoever audits, and a changed pick shows', async () => {
    await answeredOnFriday(12)
    at('2026-11-20T19:00:00.000Z')
    await draw()
    const audited = async () =>
      (await server.call('GET', '/api/calls/draws/2026-11-21', { token: await as('audit_admin') })).json
    const before = await audited()
    expect(before.desks).toMatchObject([{ organisation: ids.community, holds: true }])
    expect(before.desks[0].pool).toHaveLength(12)
    expect(drawn(before.seed, before.day, before.desks[0].pool, before.percent).toSorted()).toEqual(
      before.desks[0].picked,
    )
    const other = before.desks[0].pool.find((id: string) => !before.desks[0].picked.includes(id))
    await asOwner(server, 'update call_pick set request_id = $1 where request_id = $2', [
      other,
      before.desks[0].picked[0],
    ])
    expect((await audited()).desks[0].holds).toBe(false)
  })

  test('leave out whoever left no number', async () => {
    await answeredOnFriday(2, false)
    at('2026-11-20T19:00:00.000Z')
    expect(await draw()).toBe(0)
  })

  test('are those of one’s own desk', async () => {
    await answeredOnFriday(2)
    at('2026-11-20T19:00:00.000Z')
    await draw()
    expect((await calls('subdistrict_desk')).items).toEqual([])
    expect((await server.call('GET', '/api/calls', { token: await as('handler') })).status).toBe(403)
  })

  test('follow the share that the district sets, from the next draw on', async () => {
    await answeredOnFriday(4)
    const set = (percent: number, version: number) =>
      as('district_desk').then((token) =>
        server.call('PUT', '/api/calls/rate', {
          token,
          body: { percent },
          headers: { 'if-match': `"${version}"` },
        }),
      )
    expect((await set(50, 0)).json).toEqual({ percent: 50, version: 1 })
    expect((await set(60, 0)).status).toBe(412)
    at('2026-11-20T19:00:00.000Z')
    await draw()
    expect(await called()).toHaveLength(2)
  })
})

describe('a call', () => {
  test('that finds nobody comes again, three times in all; silence stays silence until then', async () => {
    await answeredOnFriday(1)
    at('2026-11-20T19:00:00.000Z')
    await draw()
    const [id] = await called()
    const call = { kind: 'follow_up', outcome: 'unreachable' } as const
    for (const tries of [1, 2]) {
      await entered(server, await as('community_desk'), id!, call)
      expect((await calls()).items).toMatchObject([{ tries, request: { satisfaction: null } }])
    }
    const after = await entered(server, await as('community_desk'), id!, call)
    expect(after).toMatchObject({ state: 'closed', satisfaction: 'unreachable' })
    expect(await called()).toEqual([])
  })

  test('in which somebody speaks is done, by whichever desk it was made', async () => {
    await answeredOnFriday(1)
    at('2026-11-20T19:00:00.000Z')
    await draw()
    const [id] = await called()
    await entered(server, await as('subdistrict_desk'), id!, { kind: 'follow_up', outcome: 'fair' })
    expect(await called()).toEqual([])
    expect(
      await enter(server, await as('community_desk'), id!, { kind: 'follow_up', outcome: 'fair' }),
    ).toMatchObject({
      status: 409,
    })
  })
})
