import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { Scope } from '#kernel/db.ts'
import { district, ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, enter, newId, said, startDistrict } from '#tests/story.ts'

/**
 * SE3, generated: what somebody finds by a word is what they may open and read that word in. Worked out apart from the
 * index: by opening, as each of them, every request there is.
 */

let server: TestServer
const readers: Record<string, string | undefined> = {}
const all: string[] = []

const words = ['路灯', '漏水', '噪音', '充电', '井盖', '遛狗', '物业', '停车', '电梯', '垃圾']
const places = [
  paths.inside.unit,
  paths.inside.community,
  '131003/131003001/131003001002/',
  paths.outside.community,
]

/** A small generator of numbers, so that every run makes the same district. */
let seed = 20_261_121
const draw = (below: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * below)
}
const some = <T>(list: readonly T[]): T => list[draw(list.length)]!
const sentence = () => `${some(words)}问题，${some(words)}也有`

beforeAll(async () => {
  let staff
  ;({ server, staff } = await startDistrict())
  for (let n = 0; n < 60; n += 1) {
    const confidential = draw(4) === 0
    const about = draw(2) === 0 ? [some([ids.firm, ids.community, ids.bureau])] : []
    const one = await said(server, {
      words: sentence(),
      path: some(places),
      ...(confidential && { confidential, complainedOf: about }),
      reporter: { id: newId(server), name: `住户${n}`, phone: `1001235${String(n).padStart(4, '0')}` },
    })
    all.push(one.id)
    if (n < 3) readers[`resident ${n}`] = one.token
    // Not every one of these is allowed everywhere; what is, makes the story.
    const desk = staff.district_desk
    await enter(server, desk, one.id, accept)
    if (draw(2) === 0)
      await enter(server, desk, one.id, {
        kind: 'assign',
        lead: { organisation: some([ids.firm, ids.bureau, ids.community]) },
        words: `请看${some(words)}`,
        evenComplainedOf: true,
      })
    if (draw(2) === 0)
      await enter(server, some([desk, staff.community_desk, staff.handler]), one.id, {
        kind: 'note',
        words: `内部：${some(words)}`,
        visible: draw(2) === 0,
      })
    if (draw(3) === 0) await enter(server, one.token, one.id, { kind: 'note', words: `还有${some(words)}` })
  }
  Object.assign(readers, staff)
})
afterAll(() => server.close())

/** Every text of a request that this reader gets to see, by the request. */
async function readings(token: string | undefined): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const id of all) {
    const { status, json } = await server.call('GET', `/api/requests/${id}`, { token })
    if (status !== 200) continue
    const entries = json.entries.flatMap((entry: { words: string | null; data: object }) => [
      entry.words ?? '',
      JSON.stringify(entry.data),
    ])
    texts.set(id, [json.title, json.words, json.place, ...entries].join('\n'))
  }
  return texts
}

test('SE3 everybody finds exactly what they read, word by word', async () => {
  let finds = 0
  for (const [who, token] of Object.entries(readers)) {
    const texts = await readings(token)
    for (const word of words) {
      const { json } = await server.call(
        'GET',
        `/api/requests/search?limit=100&q=${encodeURIComponent(word)}`,
        {
          token,
        },
      )
      const expected = [...texts].filter(([, text]) => text.includes(word)).map(([id]) => id)
      const found = json.items.map(({ id }: { id: string }) => id)
      expect(new Set(found), `${who} ${word}`).toEqual(new Set(expected))
      expect(found).toHaveLength(expected.length)
      finds += found.length
    }
  }
  expect(finds).toBeGreaterThan(200)
})

test('SE3 the function itself gives ids of nothing beyond reach, whoever calls it', async () => {
  const none = { district, reach: 'none' as const, paths: [], organisations: [] }
  const recalled = (scope: Partial<Scope>) =>
    server.database.within({ ...none, ...scope }, async (trx) => {
      const { rows } = await sql<{ request: string }>`
        select request from app.search_requests(array['''路灯'' | ''漏水'''], array['''路灯'' | ''漏水'''], '2027-01-01', ${newId(server)}, 1000)`.execute(
        trx,
      )
      return rows.length
    })
  expect(await recalled({})).toBe(0)
  expect(await recalled({ reach: 'scoped' })).toBe(0)
  expect(await recalled({ reach: 'district' })).toBeGreaterThan(5)
  expect(await recalled({ reach: 'district', district: '130107' })).toBe(0)
  expect(await recalled({ reach: 'scoped', paths: ['131003/131003003/'] })).toBe(0)
  expect(await recalled({ reach: 'scoped', organisations: [newId(server)] })).toBe(0)
})

test('what is found is turned page by page, each once', async () => {
  const found: string[] = []
  let after = ''
  do {
    const { json } = await server.call(
      'GET',
      `/api/requests/search?limit=7&q=${encodeURIComponent('问题')}${after}`,
      { token: readers['district_desk'] },
    )
    found.push(...json.items.map(({ id }: { id: string }) => id))
    after = json.next ? `&after=${json.next}` : ''
  } while (after)
  expect(new Set(found).size).toBe(found.length)
  expect(found.length).toBeGreaterThan(30)
})
