import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ids } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import {
  accept,
  answered,
  asOwner,
  assign,
  enter,
  entered,
  said,
  startDistrict,
  whole,
} from '#tests/story.ts'
import type { Said } from '#tests/story.ts'
import { brokenAt } from './chain.ts'
import { fold } from './standing.ts'
import { find, story } from './store.ts'

/** The closed loop as people live it, through the front door. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
const minutes = (n: number) => server.clock.advance({ minutes: n })

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

/** How the row stands: what lists and jobs read. */
const rowOf = async (id: string) => {
  const [row] = await asOwner<{ state: string; holder: string | null; due: Date | null; overdue: boolean }>(
    server,
    'select state, holder_organisation_id as holder, due_at as due, overdue from service_request where id = $1',
    [id],
  )
  return { ...row!, due: row!.due?.toISOString() ?? null }
}
const storyOf = (id: string) => server.database.within(whole, (trx) => story(trx, id))

type Move = [who: keyof typeof staff | 'reporter', what: Said, state: string, holder: string | null]

const longStory: Move[] = [
  ['community_desk', accept, 'accepted', ids.community],
  ['community_desk', assign(), 'assigned', ids.firm],
  ['handler', { kind: 'return', basis: 'facts_wrong', words: '不是这个单元' }, 'accepted', ids.community],
  ['community_desk', assign(), 'assigned', ids.firm],
  [
    'handler',
    { kind: 'transfer', lead: { organisation: ids.bureau }, words: '路灯归城管' },
    'assigned',
    ids.bureau,
  ],
  [
    'community_desk',
    { kind: 'transfer', lead: { organisation: ids.firm }, words: '楼道灯归物业' },
    'assigned',
    ids.firm,
  ],
  ['handler', { kind: 'take' }, 'in_progress', ids.firm],
  ['handler', { kind: 'note', words: '缺配件', visible: false }, 'in_progress', ids.firm],
  ['handler', { kind: 'escalate', words: '要动公共线路' }, 'accepted', ids.subdistrict],
  ['subdistrict_desk', assign(), 'assigned', ids.firm],
  ['handler', { kind: 'return', basis: 'not_our_duty', words: '公共线路不归物业' }, 'accepted', ids.district],
  [
    'district_desk',
    { ...assign(), words: '会商过，公共线路由物业先修', authority: '物业管理条例' } as Said,
    'assigned',
    ids.firm,
  ],
  ['handler', { kind: 'take' }, 'in_progress', ids.firm],
  ['handler', answered, 'answered', ids.firm],
]
const afterwards: Move[] = [
  ['reporter', { kind: 'reopen', words: '还是不亮' }, 'in_progress', ids.firm],
  ['handler', answered, 'answered', ids.firm],
  ['district_desk', { kind: 'follow_up', outcome: 'unreachable' }, 'answered', ids.firm],
  ['reporter', { kind: 'confirm', satisfaction: 'fair' }, 'closed', null],
  ['reporter', { kind: 'rate', satisfaction: 'satisfied', words: '后来修得挺好' }, 'closed', null],
]

describe('a long story', () => {
  let request: Awaited<ReturnType<typeof said>>
  const live = async (moves: Move[], check: (move: Move) => Promise<void>) => {
    for (const move of moves) {
      minutes(7)
      const [who, what] = move
      await entered(server, who === 'reporter' ? request.token : staff[who], request.id, what)
      await check(move)
    }
  }

  test('RQ1 it has one holder from the first moment, RQ4 and one due time, whoever returns, transfers or escalates it', async () => {
    request = await said(server)
    expect(await rowOf(request.id)).toMatchObject({ state: 'submitted', holder: ids.community })
    let due: string | null = null
    await live(longStory, async ([, { kind }, state, holder]) => {
      const row = await rowOf(request.id)
      expect(row, kind).toMatchObject({ state, holder })
      due ??= row.due
      // B03 is limited to 24 hours; accepted at 10:27 on a Friday.
      if (kind !== 'answer') expect(row.due, kind).toBe('2026-11-21T02:27:00.000Z')
    })
    expect(due).toBe('2026-11-21T02:27:00.000Z')
  })

  test('RQ1 it has none once it is closed', async () => {
    await live(afterwards, async ([, { kind }, state, holder]) =>
      expect(await rowOf(request.id), kind).toMatchObject({ state, holder }),
    )
    expect((await rowOf(request.id)).due).toBeNull()
  })

  test('RQ2 every entry says who, when and from where, and carries the hash of the one before', async () => {
    const entries = await storyOf(request.id)
    expect(entries).toHaveLength(1 + longStory.length + afterwards.length)
    expect(brokenAt(request.id, entries)).toBeNull()
    for (const { entry } of entries) {
      expect(entry.channel).not.toBe('')
      if (entry.by.kind === 'staff')
        expect(entry.by).toMatchObject({ person: expect.any(String), organisation: expect.any(String) })
    }
    const row = await server.database.within(whole, (trx) => find(trx, request.id))
    expect(row?.hash).toEqual(entries.at(-1)?.hash)
  })

  test.each([
    [
      'a changed time',
      `update request_entry set at = at + interval '1 second' where request_id = $1 and seq = 5`,
      5,
    ],
    [
      'a changed fact',
      `update request_entry set data = jsonb_set(data, '{basis}', '"not_our_area"') where request_id = $1 and seq = 4`,
      4,
    ],
    [
      'other words under another digest',
      `update request_entry set words_digest = sha256('x') where request_id = $1 and seq = 9`,
      9,
    ],
    ['an entry made visible', `update request_entry set visible = true where request_id = $1 and seq = 9`, 9],
    ['a removed entry', `delete from request_entry where request_id = $1 and seq = 6`, 7],
  ])('RQ2 %s is found', async (_, forgery, seq) => {
    // As the owner; the application itself may do none of this.
    await asOwner(server, 'create table kept as select * from request_entry where request_id = $1', [
      request.id,
    ])
    await asOwner(server, forgery, [request.id])
    const found = brokenAt(request.id, await storyOf(request.id))
    await asOwner(server, 'delete from request_entry where request_id = $1', [request.id])
    await asOwner(server, 'insert into request_entry select * from kept')
    await asOwner(server, 'drop table kept')
    expect(found).toBe(seq)
  })
})

test('RQ2 words that were erased leave the chain whole', async () => {
  const request = await said(server)
  await asOwner(
    server,
    'update request_entry set words = null, texts = null, words_salt = null where request_id = $1',
    [request.id],
  )
  expect(brokenAt(request.id, await storyOf(request.id))).toBeNull()
})

describe('what the rules refuse, they refuse by name and in plain words', () => {
  const refused = async (token: string | undefined, id: string, entry: Said) => {
    const { status, json } = await enter(server, token, id, entry)
    return [status, json.code, json.detail]
  }

  test('a reporter or follower does not accept, a handler does not dispatch, nobody reminds', async () => {
    const { id, token } = await said(server)
    expect(await refused(token, id, accept)).toEqual([
      403,
      'request.not_yours_to_make',
      'This step is someone else’s to take now.',
    ])
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, assign())
    expect((await refused(staff.handler, id, assign()))[1]).toBe('request.not_yours_to_make')
    expect((await refused(staff.community_desk, id, { kind: 'remind' as never }))[1]).toBe('input.invalid')
  })

  test('an answer before it is taken, a second acceptance', async () => {
    const { id } = await said(server)
    await entered(server, staff.community_desk, id, accept)
    expect(await refused(staff.community_desk, id, accept)).toEqual([
      409,
      'request.not_in_this_state',
      'The request has moved on; look at its latest state.',
    ])
    await entered(server, staff.community_desk, id, assign())
    expect((await refused(staff.handler, id, answered))[1]).toBe('request.not_in_this_state')
  })

  test('RQ7 an answer that leaves a point out names it, and stores nothing', async () => {
    const { id } = await said(server)
    await entered(server, staff.community_desk, id, { ...accept, points: ['灯', '开关', '赔偿'] } as Said)
    const before = await storyOf(id)
    const short: Said = {
      ...answered,
      points: [
        { index: 0, open: false },
        { index: 0, open: false },
      ],
    } as Said
    expect(await refused(staff.community_desk, id, short)).toEqual([
      422,
      'request.points_uncovered',
      'Answer every point, or say it is still open. Missing: 1, 2, 3.',
    ])
    expect(await storyOf(id)).toEqual(before)
  })

  test('RQ7 a desk does not close without the reporter’s word, a follow-up or three calls', async () => {
    const { id } = await said(server)
    await entered(server, staff.community_desk, id, answered)
    const close: Said = { kind: 'close', grounds: 'silence' }
    expect((await refused(staff.community_desk, id, close))[1]).toBe('request.cannot_close_yet')
    for (const outcome of ['unreachable', 'unreachable', 'unreachable'] as const) {
      expect((await rowOf(id)).state).toBe('answered')
      await entered(server, staff.community_desk, id, { kind: 'follow_up', outcome })
    }
    const view = await server.call('GET', `/api/requests/${id}`, { token: staff.community_desk })
    expect(view.json).toMatchObject({ state: 'closed', satisfaction: 'unreachable', unreached: 3 })
  })

  test('an organisation, a person or a category that is not there', async () => {
    const { id } = await said(server)
    const nobody = '01900000-0000-7000-8000-000000000000'
    expect((await refused(staff.community_desk, id, { ...accept, category: 'Z99' } as Said))[1]).toBe(
      'request.no_such_category',
    )
    await entered(server, staff.community_desk, id, accept)
    expect((await refused(staff.community_desk, id, assign(nobody)))[1]).toBe('request.no_such_lead')
    expect(
      (
        await refused(staff.community_desk, id, {
          kind: 'assign',
          lead: { organisation: ids.firm, person: nobody },
        })
      )[1],
    ).toBe('request.no_such_lead')
  })

  test('RQ14 escalating from the highest level', async () => {
    const { id } = await said(server)
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, { kind: 'escalate', words: '管不了' })
    await entered(server, staff.subdistrict_desk, id, { kind: 'escalate', words: '管不了' })
    expect((await refused(staff.district_desk, id, { kind: 'escalate', words: '管不了' }))[1]).toBe(
      'request.no_level_above',
    )
  })
})

describe('RQ8 "not solved"', () => {
  test('goes back to whoever answered; the second time to the level above; each with a limit of its own', async () => {
    const { id, token } = await said(server)
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, assign())
    await entered(server, staff.handler, id, { kind: 'take' })
    await entered(server, staff.handler, id, answered)
    minutes(30)
    await entered(server, token, id, { kind: 'reopen', words: '没修' })
    expect(await rowOf(id)).toMatchObject({ state: 'in_progress', holder: ids.firm })
    const again = server.clock.now().add({ hours: 24 }).toString({ smallestUnit: 'millisecond' })
    expect((await rowOf(id)).due).toBe(again)
    await entered(server, staff.handler, id, answered)
    minutes(30)
    await entered(server, staff.community_desk, id, {
      kind: 'follow_up',
      outcome: 'dissatisfied',
      words: '还没好',
    })
    expect(await rowOf(id)).toMatchObject({ state: 'accepted', holder: ids.subdistrict })
    expect(brokenAt(id, await storyOf(id))).toBeNull()
  })
})

test('the row is what the entries say, for every request of this file', async () => {
  const { rows } = await server.database.within(whole, (trx) =>
    sql<{ id: string }>`select id from service_request`.execute(trx),
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { id } of rows) {
    const entries = await storyOf(id)
    const row = await server.database.within(whole, (trx) => find(trx, id))
    if (brokenAt(id, entries) === null)
      expect(JSON.parse(JSON.stringify(fold(entries.map(({ entry }) => entry))))).toEqual(row?.standing)
  }
})
