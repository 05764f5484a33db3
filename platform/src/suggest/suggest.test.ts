import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { district, ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { answered, asOwner, assign, enter, entered, newId, said, startDistrict } from '#tests/story.ts'
import { ringAlarms } from '#requests/clock.ts'
import { train } from './train.ts'

/** Suggestions through the front door: unsure at first, sure once the district has taught it; followed or not. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const suggestion = async (id: string, token = staff.community_desk) =>
  server.call('GET', `/api/requests/${id}/suggestion`, { token })
const alike = async (id: string, token = staff.community_desk) =>
  (await server.call('GET', `/api/requests/${id}/alike`, { token })).json.items as Record<string, string>[]

let phone = 500
/** Somebody new says something. */
const say = (words: string, more: Record<string, unknown> = {}) => {
  phone += 1
  return said(server, {
    words,
    reporter: { id: newId(server), phone: `1001234${String(phone).padStart(4, '0')}` },
    ...more,
  })
}
const accept = (id: string, category: string, urgency = 'by_date') =>
  entered(server, staff.community_desk, id, {
    kind: 'accept',
    category,
    urgency: urgency as 'now',
    points: [],
  })

describe('before the district has taught it anything', () => {
  test('SG1 it guesses from seed words, and says it is unsure', async () => {
    const { id } = await say('小区门口的井盖松了，一压就响')
    const { status, json } = await suggestion(id)
    expect(status).toBe(200)
    expect(json.model).toBeNull()
    expect(json.category.sure).toBe(false)
    expect(json.category.guesses).toHaveLength(3)
    expect(json.category.guesses[0]).toMatchObject({ code: 'B02', because: ['井盖'] })
    expect(json.urgency).toEqual({ urgency: 'by_date', sure: false, danger: false, because: [] })
    expect(json.handler).toBeNull()
  })

  test('SG4 danger is seen all the same', async () => {
    const { id } = await say('楼道里有煤气味，头晕')
    expect((await suggestion(id)).json.urgency).toMatchObject({
      urgency: 'now',
      danger: true,
      because: ['煤气味'],
    })
  })

  test('and a first one asked for has it learn', async () => {
    const jobs = await asOwner(server, `select 1 from graphile_worker.jobs where task_identifier = 'learn'`)
    expect(jobs).toHaveLength(1)
  })
})

/** What differs between the texts that teach. */
const spots = ['东门', '西门', '北门', '南门', '广场边', '车棚前', '花园里', '门房旁', '球场边', '后墙根']
const kinds = [
  { code: 'B04', urgency: 'by_date', text: (at: string) => `${at}那盏路灯不亮，天黑看不见路` },
  { code: 'A01', urgency: 'by_date', text: (at: string) => `${at}垃圾桶满了，没有车来清运` },
  { code: 'E01', urgency: 'by_date', text: (at: string) => `${at}跳广场舞的音响太吵` },
  { code: 'J06', urgency: 'explain', text: (at: string) => `建议${at}添几把椅子，方便歇脚` },
]

describe('once it has learned from the district’s own', () => {
  const teaching: Record<string, string[]> = {}
  beforeAll(async () => {
    for (const { code, urgency, text } of kinds) {
      teaching[code] = []
      for (const spot of spots) {
        const { id } = await say(text(spot))
        await accept(id, code, urgency)
        teaching[code].push(id)
      }
    }
    const { texts, version } = await train(server.database, district, server.clock.now())
    expect({ texts, version }).toEqual({ texts: kinds.length * spots.length, version: 1 })
  })

  test('SG2 SG3 it names category and urgency with its reasons; forty texts prove no confidence yet', async () => {
    const { id } = await say('我家楼下的路灯不亮了')
    const { json } = await suggestion(id)
    expect(json.model).toMatchObject({ version: 1, texts: 40 })
    expect(json.category.guesses[0]).toMatchObject({ code: 'B04', because: expect.arrayContaining(['路灯']) })
    expect(json.category.sure).toBe(false)
  })

  test('SG6 the model keeps neither the texts nor the places that few named', async () => {
    const [row] = await asOwner<{ terms: string[] }>(
      server,
      `select terms from suggestion_model where kind = 'category' order by version desc limit 1`,
    )
    expect(row!.terms).toContain('路灯')
    expect(row!.terms).not.toContain('球场')
    expect(row!.terms.every((term) => [...term].length <= 6)).toBe(true)
  })

  test('SG9 whether an officer followed it is kept, once, for the figures', async () => {
    const before = await server.call('GET', '/api/suggestions/figures', { token: staff.community_desk })
    // Sure, because there was danger.
    const { id } = await say('配电箱冒烟了，有火星')
    await suggestion(id)
    await accept(id, 'B01', 'now')
    const again = await say('配电箱又冒烟了')
    await suggestion(again.id)
    await accept(again.id, 'B01', 'by_date')
    // Looked at again afterwards: the decision stands.
    await suggestion(again.id)
    const after = await server.call('GET', '/api/suggestions/figures', { token: staff.community_desk })
    const urgency = (json: { followed: { what: string; offered: number; followed: number }[] }) =>
      json.followed.find(({ what }) => what === 'urgency')!
    expect(urgency(after.json)).toEqual({
      what: 'urgency',
      offered: urgency(before.json).offered + 2,
      followed: urgency(before.json).followed + 1,
    })
    expect(after.json.model).toMatchObject({ version: 1, texts: 40, category: null })
  })

  test('SG5 the handler is who answered alike here before and kept the limit, never who has it now', async () => {
    for (const id of teaching['B04']!.slice(0, 3)) {
      await entered(server, staff.community_desk, id, assign(ids.firm))
      await entered(server, staff.handler, id, { kind: 'take', words: '' })
      await entered(server, staff.handler, id, answered)
    }
    const { id } = await say('楼道门口路灯不亮')
    await accept(id, 'B04')
    const { json } = await suggestion(id)
    expect(json.handler).toMatchObject({
      id: ids.firm,
      name: '和顺物业',
      why: 'answered_here',
      answered: 3,
      onTime: 3,
      satisfied: 0,
    })
    await entered(server, staff.community_desk, id, assign(ids.firm))
    expect((await suggestion(id)).json.handler?.id).not.toBe(ids.firm)
    await entered(server, staff.handler, id, { kind: 'return', basis: 'not_our_duty', words: '这盏不归我们' })
    expect((await suggestion(id)).json.handler?.id).not.toBe(ids.firm)
  })

  test('SG5 without precedent, whom the category names', async () => {
    const { id } = await say('垃圾桶满了')
    await accept(id, 'A01')
    expect((await suggestion(id)).json.handler).toMatchObject({
      id: ids.bureau,
      why: 'named_by_category',
      answered: 0,
    })
  })

  test('RQ10 nobody is proposed for a confidential request, and none is learned from', async () => {
    const { id } = await say('路灯不亮，和顺物业收了钱不修', { confidential: true, complainedOf: [ids.firm] })
    const { json } = await suggestion(id, staff.community_desk)
    expect(json.handler).toBeNull()
    await accept(id, 'B04')
    expect((await train(server.database, district, server.clock.now())).version).toBe(2)
    const [row] = await asOwner<{ texts: number; open: number }>(
      server,
      `select texts, (select count(*)::int from service_request where urgency is not null and not confidential) as open
       from suggestion_model where kind = 'category' order by version desc limit 1`,
    )
    expect(row!.texts).toBe(row!.open)
  })

  describe('SG7 answers given before', () => {
    let asking: string
    beforeAll(async () => {
      for (const id of teaching['B04']!.slice(0, 2))
        await entered(server, staff.district_desk, id, { kind: 'follow_up', outcome: 'satisfied' })
      await entered(server, staff.district_desk, teaching['B04']![2]!, {
        kind: 'follow_up',
        outcome: 'dissatisfied',
        words: '没修好',
      })
      const { id } = await say('车棚前的路灯不亮了')
      await accept(id, 'B04')
      asking = id
    })

    test('SG7 offers the answers that satisfied, the same answer once', async () => {
      const items = await alike(asking)
      expect(items).toHaveLength(1)
      expect(items[0]).toMatchObject({
        answer: '换好了',
        start: '换好了',
        by: '和顺物业',
        satisfaction: 'satisfied',
      })
      expect(items[0]!['because']).toContain('路灯')
    })

    test('SG7 only from where the officer may read: a unit elsewhere gets none of them', async () => {
      const there = await say('路灯不亮了', { path: paths.outside.community })
      await entered(server, staff.district_desk, there.id, {
        kind: 'accept',
        category: 'B04',
        urgency: 'by_date',
        points: [],
      })
      await entered(server, staff.district_desk, there.id, assign(ids.bureau))
      expect(await alike(there.id, staff.district_desk)).toEqual([])
      expect(
        (await server.call('GET', `/api/requests/${there.id}/alike`, { token: staff.community_desk })).status,
      ).toBe(404)
    })

    test('RQ10 an answer to a confidential request is offered to nobody', async () => {
      const secret = await say('路灯不亮，装灯的收钱', { confidential: true, complainedOf: [] })
      await accept(secret.id, 'B04')
      await entered(server, staff.district_desk, secret.id, {
        kind: 'answer',
        words: '已向装灯的核实',
        points: [{ index: 0, open: false }],
      })
      await entered(server, staff.district_desk, secret.id, { kind: 'follow_up', outcome: 'satisfied' })
      const answers = (await alike(asking, staff.district_desk)).map(({ answer }) => answer)
      expect(answers).not.toContain('已向装灯的核实')
    })
  })

  test('SG9 words that are being written leave no trace, only what was suggested for them', async () => {
    const request = newId(server)
    const { status, json } = await server.call('POST', '/api/suggestions', {
      token: staff.community_desk,
      body: { request, words: '路灯不亮，我叫曾经说', path: paths.inside.community },
    })
    expect(status).toBe(200)
    expect(json.category.guesses[0].code).toBe('B04')
    const [row] = await asOwner(server, 'select * from suggestion_offer where request_id = $1', [request])
    expect(row).toMatchObject({ category_code: 'B04', chosen_category: null })
    expect(JSON.stringify(row)).not.toContain('曾经')
  })

  test('SG1 three versions are kept', async () => {
    for (let n = 0; n < 3; n += 1) await train(server.database, district, server.clock.now())
    const rows = await asOwner<{ version: number }>(
      server,
      `select distinct version from suggestion_model order by version`,
    )
    expect(rows.map(({ version }) => version)).toEqual([3, 4, 5])
  })

  test('RQ5 SG5 an answer after the limit counts as answered, not as on time, here and in the list of who can solve it', async () => {
    const late = teaching['E01']![0]!
    const kept = teaching['E01']![1]!
    for (const id of [kept, late]) {
      await entered(server, staff.community_desk, id, assign(ids.firm))
      await entered(server, staff.handler, id, { kind: 'take', words: '' })
      if (id === kept) await entered(server, staff.handler, id, answered)
    }
    server.clock.advance({ days: 30 })
    staff.handler = await server.session('handler')
    staff.community_desk = await server.session('community_desk')
    await ringAlarms(server.database, district, server.clock.now())
    await entered(server, staff.handler, late, answered)
    const { id } = await say('东门跳舞的音响吵')
    await accept(id, 'E01')
    expect((await suggestion(id)).json.handler).toMatchObject({ id: ids.firm, answered: 2, onTime: 1 })
    const { json } = await server.call('GET', `/api/requests/${id}/handlers`, { token: staff.community_desk })
    expect(json.items.find((one: { id: string }) => one.id === ids.firm)).toMatchObject({
      recent: 2,
      recentOnTime: 1,
    })
  })
})

test('a reporter gets no suggestion about their own request', async () => {
  const mine = await say('路灯不亮')
  expect((await suggestion(mine.id, mine.token!)).status).toBe(403)
  expect((await enter(server, mine.token, mine.id, { kind: 'note', words: '还有一盏' })).status).toBe(200)
})
