import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reindex, indexStale } from './searchable.ts'
import { fillInitials } from '#people/service.ts'
import { removeText } from '#search/service.ts'
import { ids, paths, personOf } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import {
  accept,
  answered,
  asOwner,
  assign,
  entered,
  newId,
  said,
  startDistrict,
  whole,
} from '#tests/story.ts'

/** Searching through the front door: found by those who may, and by nobody else. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

type Item = {
  id: string
  title: string
  hit: {
    title: [number, number][]
    by: string[]
    excerpt: { of: string; text: string; ranges: [number, number][] }
  }
}

async function search(token: string | undefined, q: string, filters = '') {
  const answer = await server.call('GET', `/api/requests/search?q=${encodeURIComponent(q)}${filters}`, {
    token,
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.json as {
    items: Item[]
    next: string | null
    found: { count: number; more: boolean }
    tooShort: boolean
  }
}
const found = async (token: string | undefined, q: string, filters = '') =>
  (await search(token, q, filters)).items.map(({ id }) => id)

describe('SE1 what finds a request', () => {
  let id = ''
  let code = ''
  beforeAll(async () => {
    ;({ id, code } = await said(server, {
      words: '３号楼的ＬＥＤ路灯不亮，老人上下楼看不见',
      place: '东门岗亭旁',
      reporter: { id: newId(server), name: '欧阳明月', phone: '10012345601' },
    }))
  })

  test.each([
    '路灯',
    '灯不',
    '看不',
    '老人 路灯',
    '路灯看不见',
    'led',
    'LED',
    'ＬＥＤ',
    '岗亭',
    '和平小区',
    '和平小区1号楼',
    '西后街',
  ])('SE1 %s', async (q) => {
    expect(await found(staff.community_desk, q)).toEqual([id])
  })

  test('SE1 its code, the beginning of it, its number alone', async () => {
    const number = code.split('-')[2]!
    for (const q of [code, code.slice(0, 7), code.toLowerCase(), number, String(Number(number))])
      expect(await found(staff.community_desk, q), q).toContain(id)
  })

  test('SE1 what does not stand there does not find it; one character is too short', async () => {
    expect(await found(staff.community_desk, '漏水')).toEqual([])
    expect(await found(staff.community_desk, '路灯 漏水')).toEqual([])
    expect(await search(staff.community_desk, '灯')).toMatchObject({ items: [], tooShort: true })
  })

  test('SE6 where it was found is said', async () => {
    const [item] = (await search(staff.community_desk, '路灯')).items
    expect(item!.hit.title.map(([from, to]) => item!.title.slice(from, to))).toEqual(['路灯'])
    expect(item!.hit.by).toEqual(['text'])
  })

  test('SE4 desks find the reporter by full name, initials and full number; others do not', async () => {
    for (const q of ['欧阳明月', 'oymy', '10012345601']) {
      const { items } = await search(staff.community_desk, q)
      expect(
        items.map((item) => [item.id, item.hit.by]),
        q,
      ).toEqual([[id, ['reporter']]])
      expect(await found(staff.grid_worker, q), q).toEqual([])
    }
    for (const q of ['欧阳', 'oym', '1001234560', '5601'])
      expect(await found(staff.community_desk, q), q).toEqual([])
  })

  test('SE4 the index holds neither name nor number', async () => {
    const [row] = await asOwner<{ lexemes: string }>(
      server,
      'select lexemes::text from search_document where request_id = $1',
      [id],
    )
    expect(row!.lexemes).toContain("'路灯'")
    for (const secret of ['欧阳', '明月', 'oymy', '10012345601', '5601'])
      expect(row!.lexemes).not.toContain(secret)
  })

  test('what was searched for is in the ledger by its digest alone', async () => {
    await search(staff.community_desk, '欧阳明月')
    const [entry] = await asOwner<{ detail: Record<string, unknown>; purpose: string }>(
      server,
      `select detail, purpose from audit_entry where detail ? 'sought' order by at desc, seq desc limit 1`,
    )
    expect(entry).toMatchObject({ purpose: 'service', detail: { reporters: true } })
    const [whole] = await asOwner<{ n: number }>(
      server,
      `select count(*)::int as n from audit_entry where detail::text like '%欧阳%'`,
    )
    expect(whole!.n).toBe(0)
  })
})

describe('what happens later', () => {
  test('SE1 answers and notes are found, also internal ones by staff; who works on it is found by name', async () => {
    const { id, token } = await said(server, { words: '电梯总是停在半层' })
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, { kind: 'note', words: '维保合同已经到期' })
    await entered(server, staff.community_desk, id, assign())
    await entered(server, staff.handler, id, { kind: 'take', words: '先停用西侧轿厢' })
    const { items } = await search(staff.handler, '维保合同')
    expect(items.map((item) => item.id)).toEqual([id])
    expect(items[0]!.hit.excerpt).toMatchObject({ of: 'entry', text: '维保合同已经到期', ranges: [[0, 4]] })
    expect(await found(staff.community_desk, '轿厢')).toEqual([id])
    await asOwner(server, `update person set name = '蔺守成' where id = $1`, [personOf('handler')])
    await asOwner(server, `insert into person_initials select district_code, id from person where id = $1`, [
      personOf('handler'),
    ])
    expect(await server.database.within(whole, (trx) => fillInitials(trx, 10))).toBe(1)
    for (const q of ['蔺守成', 'lsc']) {
      const [item] = (await search(staff.community_desk, q)).items
      expect([item?.id, item?.hit.by], q).toEqual([id, ['person']])
    }
    // The reporter finds by what they read, and by nothing else.
    expect(await found(token, '轿厢')).toEqual([id])
    expect(await found(token, '维保合同')).toEqual([])
  })

  test('SE2 filters are those of the list', async () => {
    const { id } = await said(server, { words: '单车乱停堵住了消防门' })
    const finds = async (filters: string) =>
      (await found(staff.community_desk, '消防门', filters)).includes(id)
    const every = async () =>
      Object.fromEntries(
        await Promise.all(
          [
            'state=submitted',
            'state=accepted,assigned',
            'state=closed',
            'group=B',
            'category=B03',
            'category=C01',
            'channel=phone_page',
            'channel=visit',
            `path=${paths.inside.unit}`,
            `path=${paths.district}`,
            `path=${paths.outside.community}`,
            'queue=mine',
            'queue=watching',
            'overdue=true',
          ].map(async (one) => [one, await finds(`&${one}`)] as const),
        ),
      )
    const true_ = (all: Record<string, boolean>) => Object.keys(all).filter((name) => all[name])
    const always = ['channel=phone_page', `path=${paths.inside.unit}`, `path=${paths.district}`]
    expect(true_(await every())).toEqual(['state=submitted', ...always, 'queue=mine'])
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, assign())
    expect(true_(await every())).toEqual([
      'state=accepted,assigned',
      'group=B',
      'category=B03',
      ...always,
      'queue=watching',
    ])
    await entered(server, staff.handler, id, { kind: 'take' })
    await entered(server, staff.handler, id, answered)
    await entered(server, staff.community_desk, id, { kind: 'follow_up', outcome: 'satisfied' })
    expect(true_(await every())).toEqual(['state=closed', 'group=B', 'category=B03', ...always])
  })
})

describe('SE3 nothing is found beyond reach', () => {
  test('SE3 each finds what each may read', async () => {
    const inside = await said(server, { words: '围墙塌了一角' })
    const outside = await said(server, { words: '围墙塌了一段', path: paths.outside.community })
    const sees = (token: string | undefined) => found(token, '围墙')
    expect(await sees(staff.community_desk)).toEqual([inside.id])
    expect(await sees(staff.subdistrict_desk)).toEqual([inside.id])
    expect(new Set(await sees(staff.district_desk))).toEqual(new Set([inside.id, outside.id]))
    expect(await sees(staff.handler)).toEqual([])
    expect(await sees(inside.token)).toEqual([inside.id])
    expect(await sees(outside.token)).toEqual([outside.id])
    await entered(server, staff.community_desk, inside.id, accept)
    await entered(server, staff.community_desk, inside.id, assign(ids.firm))
    expect(await sees(staff.handler)).toEqual([inside.id])
  })

  test('RQ10 a confidential request is never found by its reporter, and by its words only by whoever may know', async () => {
    const reporter = { id: newId(server), name: '司马相如', phone: '10012345602' }
    const { id } = await said(server, {
      words: '物业私自转租地下车库',
      confidential: true,
      complainedOf: [ids.firm],
      reporter,
    })
    for (const token of Object.values(staff))
      for (const q of [reporter.name, 'smxr', reporter.phone]) expect(await found(token, q)).toEqual([])
    expect(await found(staff.community_desk, '转租')).toEqual([id])
    expect(await found(staff.handler, '转租')).toEqual([])
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, {
      kind: 'assign',
      lead: { organisation: ids.firm },
      words: '请说明车库登记情况',
      evenComplainedOf: true,
    })
    // Now they read the request, and find it by what was written for them alone.
    expect(await found(staff.handler, '车库登记')).toEqual([id])
    for (const q of ['转租', '私自', '地下车库', reporter.name])
      expect(await found(staff.handler, q), q).toEqual([])
    expect(await found(staff.community_desk, '转租')).toEqual([id])
  })
})

describe('hostile input', () => {
  test.each([
    `' | 'a`,
    `路灯' & !'x`,
    `'); drop table search_document; --`,
    '路灯:* <-> 不亮',
    '\\\\\\',
    '%_%',
    '((((',
    '🏠🏠',
    "'",
  ])('%s does no harm', async (q) => {
    const { items } = await search(staff.community_desk, q)
    expect(items.length).toBeLessThan(5)
  })

  test('too long, missing, a cursor that is not ours', async () => {
    for (const query of [`q=${'灯'.repeat(10_000)}`, '', 'q= ', 'q=路灯&after=x', 'q=路灯&limit=1000']) {
      const answer = await server.call('GET', `/api/requests/search?${encodeURI(query)}`, {
        token: staff.community_desk,
      })
      expect([400, 414, 431], query.slice(0, 20)).toContain(answer.status)
    }
  })
})

describe('SE7 what is taken out', () => {
  let id = ''
  beforeEach(async () => {
    ;({ id } = await said(server, {
      words: '楼顶鸽舍气味大',
      reporter: { id: newId(server), name: '诸葛孔明', phone: '10012345603' },
    }))
  })

  test('RQ15 a request taken out is found by nothing', async () => {
    await server.database.within(whole, (trx) => removeText(trx, [id]))
    for (const q of ['鸽舍', '诸葛孔明', '10012345603'])
      expect(await found(staff.district_desk, q)).not.toContain(id)
  })

  test('RQ15 read in again after erasing, it is found by what is left', async () => {
    await asOwner(
      server,
      `update service_request set title = '已删除', words = '', reporter_id = reporter_id where id = $1`,
      [id],
    )
    await asOwner(server, `update request_entry set words = null, words_salt = null where request_id = $1`, [
      id,
    ])
    await asOwner(
      server,
      `update reporter set name = null, phone_sealed = null, phone_index = null where name = '诸葛孔明'`,
    )
    await server.database.within(whole, (trx) => reindex(trx, [id], server.keys))
    for (const q of ['鸽舍', '诸葛孔明', '10012345603'])
      expect(await found(staff.district_desk, q)).not.toContain(id)
    expect(await found(staff.district_desk, '已删')).toContain(id)
  })

  test('SE7 what was there before the index is read into it by the worker', async () => {
    await server.database.within(whole, (trx) => removeText(trx, [id]))
    await asOwner(
      server,
      `insert into search_stale select district_code, id from service_request where id = $1`,
      [id],
    )
    expect(await server.database.within(whole, (trx) => indexStale(trx, server.keys, 10))).toBe(1)
    for (const q of ['鸽舍', '诸葛孔明', '和平小区 鸽舍'])
      expect(await found(staff.district_desk, q)).toContain(id)
    expect(await server.database.within(whole, (trx) => indexStale(trx, server.keys, 10))).toBe(0)
  })
})
