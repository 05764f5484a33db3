import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { effortOf } from '#tests/explain.ts'
import { district, ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import type { Trx } from '#kernel/db.ts'
import { recall, newest } from '#search/service.ts'
import { termsOf } from '#search/terms.ts'
import { accept, asOwner, assign, entered, multiply, said, startDistrict } from '#tests/story.ts'

/**
 * SE5: a search among fifteen thousand requests of three years reads few of them, however common the word, and asks the
 * index and nothing else.
 */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']

const sentences = [
  '路灯不亮，晚上看不见',
  '楼道路灯闪个不停',
  '污水井往外冒',
  '电梯停在半层',
  '垃圾桶满了没人收',
  '广场舞音响太大',
]

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  for (const [n, words] of sentences.entries()) {
    const { id } = await said(server, {
      words,
      path: n % 3 === 0 ? paths.inside.community : paths.outside.community,
    })
    await entered(server, staff.district_desk, id, accept)
    if (n === 5) await entered(server, staff.district_desk, id, assign(ids.bureau))
    else if (n > 0) {
      await entered(server, staff.district_desk, id, {
        kind: 'answer',
        words: `${words}，已经处理`,
        points: [{ index: 0, open: false }],
      })
      await entered(server, staff.district_desk, id, { kind: 'follow_up', outcome: 'satisfied' })
    }
  }
  await multiply(server, 2_500)
  // The copies are spread over three years, and stand in the index by their own days.
  await asOwner(
    server,
    `delete from search_document where request_id in (select id from service_request where code like 'GY-2501-%')`,
  )
  await asOwner(
    server,
    `update service_request set submitted_at = timestamptz '2026-11-20' - (substr(code, 9)::integer * interval '104 minutes')
      where code like 'GY-2501-%'`,
  )
  await asOwner(
    server,
    `insert into search_document
      select c.district_code, c.id, c.submitted_at, d.guarded, array_to_tsvector(
        array(select lexeme from unnest(d.lexemes) where lexeme !~ '^[dm]:') || array[
          'd:' || c.district_code || '@' || to_char(c.submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
          'm:' || c.district_code || '@' || to_char(c.submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM')])
      from service_request c
      join service_request m on m.words = c.words and m.code not like 'GY-2501-%'
      join search_document d on d.request_id = m.id
      where c.code like 'GY-2501-%' order by c.submitted_at`,
  )
  await asOwner(server, 'vacuum analyze')
})
afterAll(() => server.close())

/** What a piece of work asks of the index table. */
const effort = (
  scope: { paths?: readonly string[]; organisations?: readonly string[] },
  work: (trx: Trx) => Promise<unknown>,
) =>
  server.database.within({ district, reach: 'scoped', paths: [], organisations: [], ...scope }, (trx) =>
    effortOf(new Set(['search_document']), () => work(trx)),
  )

const now = '2026-11-21T00:00:00.000Z'
const conditionsOf = (q: string, marks: string[] = []) => [
  ...termsOf(q).map(({ grams }) => ({ grams, marks: [] })),
  ...marks.map((one) => ({ grams: [], marks: [one] })),
]

test.each([
  ['a word on every third', '路灯', []],
  ['two words that stand together', '路灯 不亮', []],
  ['a word and what waits', '路灯', ['s:open']],
  ['a word and a category', '路灯', ['c:B03']],
  ['a word that is nowhere', '飞船', []],
])('SE5 %s', async (_, q, marks) => {
  for (const scope of [
    { paths: [paths.district] },
    { paths: [paths.inside.community] },
    { organisations: [ids.bureau] },
  ]) {
    const spent = await effort(scope, (trx) => recall(trx, conditionsOf(q, marks), newest(now), 200))
    expect(spent.scanned).toEqual([])
    expect(spent.rows).toBeLessThan(2_500)
  }
})

test('SE5 the yardstick bites: the same word asked without windows reads every one that has it', async () => {
  const spent = await effort({ paths: [paths.district] }, (trx) =>
    recall(trx, conditionsOf('路灯'), newest(now), 100_000),
  )
  expect(spent.rows).toBeGreaterThan(4_500)
})

test('SE5 the newest are found, and the next ones from where the first ended', async () => {
  const scope = { district, reach: 'scoped' as const, paths: [paths.district], organisations: [] }
  await server.database.within(scope, async (trx) => {
    const first = await recall(trx, conditionsOf('路灯'), newest(now), 200)
    const second = await recall(trx, conditionsOf('路灯'), first.at(-1)!, 200)
    const all = [...first, ...second]
    expect(new Set(all.map(({ request }) => request)).size).toBe(400)
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    const { rows } = await sql<{ at: string }>`
      select submitted_at as at from service_request where words like '%路灯%' order by submitted_at desc limit 400`.execute(
      trx,
    )
    expect(all.map(({ at }) => at)).toEqual(rows.map(({ at }) => at))
  })
})

test.each(['community_desk', 'district_desk', 'handler'] as const)('the page as %s sees it', async (role) => {
  const answer = await server.call('GET', `/api/requests/search?q=${encodeURIComponent('路灯')}&limit=40`, {
    token: staff[role],
  })
  expect(answer.status).toBe(200)
  expect(answer.json.items).toHaveLength(role === 'handler' ? 0 : 40)
  expect(answer.json.found).toEqual(
    role === 'handler' ? { count: 0, more: false } : { count: 200, more: true },
  )
})
