import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, enter, entered, newId, said, say, startDistrict } from '#tests/story.ts'

/** RQ3: the same client-made id twice is one request, one entry, one message; and a taken id tells nothing. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const count = async (table: 'service_request' | 'request_entry' | 'message' | 'reporter') => {
  const [row] = await asOwner<{ n: number }>(server, `select count(*)::int as n from ${table}`)
  return row!.n
}
const counts = async () => ({
  requests: await count('service_request'),
  entries: await count('request_entry'),
  messages: await count('message'),
  reporters: await count('reporter'),
})
const twenty = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, work))

describe('RQ3 the same request', () => {
  test('again, later, gets the same receipt', async () => {
    const body = { id: newId(server), reporter: { id: newId(server), name: '孙大爷', phone: '10012340101' } }
    const first = await say(server, body)
    const before = await counts()
    server.clock.advance({ minutes: 3 })
    const second = await say(server, body)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.json).toEqual(first.json)
    expect(await counts()).toEqual(before)
  })

  test.each([
    ['by somebody without a phone', () => ({ reporter: { id: newId(server) } })],
    ['by somebody with a phone', () => ({ reporter: { id: newId(server), phone: '10012340102' } })],
    ['by nobody in particular', () => ({ reporter: { id: newId(server) } })],
  ])('twenty times at once %s is one', async (_, more) => {
    const body = { id: newId(server), ...more() }
    const before = await counts()
    const answers = await twenty(() => say(server, body))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status, answers[0]?.text).toBe(201)
    expect(await counts()).toEqual({
      requests: before.requests + 1,
      entries: before.entries + 1,
      // One notice to the desk.
      messages: before.messages + 1,
      reporters: before.reporters + 1,
    })
    // Each of the browsers that asked may follow it.
    for (const { id, token } of answers)
      expect((await server.call('GET', `/api/requests/${id}`, { token })).status).toBe(200)
  })

  test('recorded by a desk twenty times at once is one', async () => {
    const body = {
      id: newId(server),
      channel: 'phone_call',
      reporter: { id: newId(server), phone: '10012340103' },
    }
    const before = await counts()
    const answers = await twenty(() => say(server, body, staff.community_desk))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201))
    expect((await counts()).requests).toBe(before.requests + 1)
  })
})

describe('RQ3 an id of somebody else’s', () => {
  const secret = { words: '邻居老周家暖气漏水', place: '三单元', reporter: { id: '', phone: '10012340104' } }

  test.each([
    ['without an account', async () => undefined],
    ['with a session of one’s own', async () => (await said(server)).token],
    ['at another desk', async () => staff.subdistrict_desk],
  ])('%s is refused and tells nothing', async (_, session) => {
    const first = await said(server, { ...secret, reporter: { ...secret.reporter, id: newId(server) } })
    const token = await session()
    const before = await counts()
    const answer = await say(server, { id: first.id, words: '别的话' }, token)
    expect([answer.status, answer.json.code, answer.json.field]).toEqual([409, 'id_taken', 'body.id'])
    expect(answer.text).not.toMatch(/老周|三单元|GY-/)
    expect(answer.cookie).toBeUndefined()
    expect(await counts()).toEqual(before)
  })

  test('words overheard at the desk are no proof there', async () => {
    const first = await said(server, { ...secret, reporter: { ...secret.reporter, id: newId(server) } })
    expect(
      (await say(server, { ...secret, reporter: undefined, id: first.id }, staff.subdistrict_desk)).status,
    ).toBe(409)
  })
})

describe('RQ3 the same entry', () => {
  test('twenty times at once is one entry and one message', async () => {
    const { id } = await said(server, { reporter: { id: newId(server), phone: '10012340105' } })
    const entry = { ...accept, id: newId(server) }
    const before = await counts()
    const answers = await twenty(() => enter(server, staff.community_desk, id, entry))
    for (const answer of answers) expect([answer.status, answer.json.version], answer.text).toEqual([200, 2])
    expect(await counts()).toEqual({
      ...before,
      entries: before.entries + 1,
      // To the reporter, in the app and as a text message.
      messages: before.messages + 2,
    })
  })

  test('twenty different ones at once follow one another without a gap', async () => {
    const { id, token } = await said(server)
    await twenty(() => enter(server, token, id, { kind: 'note', words: '快来' }))
    const rows = await asOwner<{ seq: number }>(
      server,
      'select seq from request_entry where request_id = $1 order by seq',
      [id],
    )
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1))
  })

  test('an entry id that stands in another request, within reach or beyond it, is refused', async () => {
    const near = await said(server)
    const far = await said(server, { path: paths.outside.community })
    const id = newId(server)
    const note = { id, kind: 'note', words: '一件事' } as const
    await entered(server, near.token, near.id, note)
    const before = await counts()
    for (const [token, request] of [
      [staff.district_desk, far.id],
      [far.token, far.id],
      // Another kind of entry, and another person, under the same id in the same request.
      [near.token, near.id],
      [staff.community_desk, near.id],
    ] as const) {
      const what = token === near.token ? ({ id, kind: 'withdraw' } as const) : note
      const answer = await enter(server, token, request, what)
      expect([answer.status, answer.json.code], answer.text).toEqual([409, 'id_taken'])
      expect(answer.text).not.toContain('一件事')
    }
    expect(await counts()).toEqual(before)
  })

  test('of two desks that accept at once one is told that it has moved on', async () => {
    const { id } = await said(server)
    const answers = await Promise.all([
      enter(server, staff.community_desk, id, accept),
      enter(server, staff.subdistrict_desk, id, accept),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const [row] = await asOwner(
      server,
      'select seq, holder_organisation_id as holder from service_request where id = $1',
      [id],
    )
    expect(row).toEqual({ seq: 2, holder: ids.community })
  })
})
