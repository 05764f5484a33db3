import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confide, giveTo } from '#tests/confided.ts'
import { ids, paths } from '#tests/fixture.ts'
import { multiply, newId, said, startDistrict } from '#tests/story.ts'
import { memoryBytes } from '../read/bytes.ts'
import { openWorkbook } from '../read/xlsx-source.ts'

/** Lists that leave the product: asked for with a reason, agreed to by somebody else, written as they are fetched. */

let at: Awaited<ReturnType<typeof startDistrict>>
beforeAll(async () => {
  at = await startDistrict()
})
afterAll(() => at.server.close())

const ask = (token: string, more: object = {}) =>
  at.server.call('POST', '/api/exports', {
    token,
    body: { id: newId(at.server), query: { queue: 'all' }, format: 'csv', reason: '月度汇总', ...more },
  })

async function fetched(token: string, id: string) {
  const answer = await at.server.server.inject({
    method: 'GET',
    url: `/api/exports/${id}/file`,
    headers: { cookie: `chuanmen_session=${token}` },
  })
  return {
    status: answer.statusCode,
    bytes: answer.rawPayload,
    text: answer.body,
    problem: answer.headers['x-problem'],
  }
}

describe('a list as a file', () => {
  test('EX1 EX5 needs a reason, says who took it and what for, and holds no reporter; a formula is a text', async () => {
    await said(at.server, {
      title: '=HYPERLINK("http://x")',
      reporter: { id: newId(at.server), name: '钱大娘', phone: '10012349876' },
    })
    expect((await ask(at.staff.community_desk, { reason: ' ' })).status).toBe(400)
    const asked = await ask(at.staff.community_desk)
    expect(asked.json).toMatchObject({ state: 'ready', rows: 1, own: true })
    const file = await fetched(at.staff.community_desk, asked.json.id)
    expect(file.text).toContain('community_desk的人')
    expect(file.text).toContain('用途：月度汇总')
    expect(file.text).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(file.text).not.toMatch(/钱大娘|钱\*|10012349876/)
    const sheet = await ask(at.staff.community_desk, { format: 'xlsx' })
    const book = await openWorkbook(
      memoryBytes((await fetched(at.staff.community_desk, sheet.json.id)).bytes),
    )
    const rows: string[][] = []
    for await (const batch of book.rows(book.sheets[0] ?? '')) rows.push(...batch.map(({ cells }) => cells))
    expect(rows[3]?.[1]).toBe('=HYPERLINK("http://x")')
    expect(rows[1]?.[0]).toBe('用途：月度汇总')
  })

  test('EX3 nobody else fetches it, and it is over after seven days', async () => {
    const asked = await ask(at.staff.community_desk)
    expect((await fetched(at.staff.district_desk, asked.json.id)).status).toBe(404)
    at.server.clock.advance({ days: 8 })
    const token = await at.server.session('community_desk')
    expect((await fetched(token, asked.json.id)).problem).toBe('export.expired')
    const { json } = await at.server.call('GET', '/api/exports', { token })
    expect(json.items.find(({ id }: { id: string }) => id === asked.json.id)).toMatchObject({
      state: 'expired',
    })
  })

  test('EX2 above a hundred rows another person agrees: never the one who asks', async () => {
    const [community, district] = [
      await at.server.session('community_desk'),
      await at.server.session('district_desk'),
    ]
    await multiply(at.server, 120)
    const asked = await ask(community)
    expect(asked.json).toMatchObject({ state: 'waiting', rows: 121 })
    expect((await fetched(community, asked.json.id)).problem).toBe('export.not_ready')
    const decide = (token: string) =>
      at.server.call('POST', `/api/exports/${asked.json.id}/decision`, { token, body: { agree: true } })
    expect((await decide(community)).status).toBe(403)
    const waiting = await at.server.call('GET', '/api/exports', { token: district })
    expect(waiting.json.items).toMatchObject([{ id: asked.json.id, own: false, by: 'community_desk的人' }])
    expect((await decide(district)).json).toMatchObject({ state: 'ready', decidedBy: 'district_desk的人' })
    expect((await fetched(community, asked.json.id)).text.trim().split('\r\n')).toHaveLength(3 + 121)
    const own = await ask(district)
    const self = await at.server.call('POST', `/api/exports/${own.json.id}/decision`, {
      token: district,
      body: { agree: true },
    })
    expect(self.problem).toBe('export.own')
  })
})

test('EX4 RQ15 what is erased between asking and fetching is not in the file', async () => {
  const one = await startDistrict()
  try {
    const secret = '西墙根第三块砖下面'
    const request = await said(one.server, { words: secret, title: secret })
    const asked = await one.server.call('POST', '/api/exports', {
      token: one.staff.community_desk,
      body: { id: newId(one.server), query: { queue: 'all' }, format: 'csv', reason: '月度汇总' },
    })
    const erased = await one.server.call('POST', '/api/erasures', {
      token: request.token,
      body: { id: newId(one.server), scope: 'all', request: request.id },
    })
    expect(erased.status, erased.text).toBeLessThan(300)
    const file = await one.server.call('GET', `/api/exports/${asked.json.id}/file`, {
      token: one.staff.community_desk,
    })
    expect(file.text).toContain(request.code)
    expect(file.text).not.toContain(secret)
  } finally {
    await one.server.close()
  }
})

test('EX4 RQ10 the organisation complained of exports nothing of a confidential request, and no more than it may know', async () => {
  const place = await startDistrict()
  try {
    const one = await confide(place, [ids.firm])
    await said(place.server, { path: paths.inside.unit })
    const take = async () => {
      const asked = await place.server.call('POST', '/api/exports', {
        token: place.staff.handler,
        body: { id: newId(place.server), query: { queue: 'all' }, format: 'csv', reason: '月度汇总' },
      })
      if (asked.problem === 'export.nothing') return ''
      return (
        await place.server.call('GET', `/api/exports/${asked.json.id}/file`, { token: place.staff.handler })
      ).text
    }
    const before = await take()
    for (const secret of [...one.secrets, one.code]) expect(before).not.toContain(secret)
    await giveTo(place, place.staff.community_desk, one.request, ids.firm)
    const after = await take()
    expect(after).toContain(one.code)
    for (const secret of one.secrets) expect(after).not.toContain(secret)
  } finally {
    await place.server.close()
  }
})
