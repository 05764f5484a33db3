import { afterAll, describe, expect, test } from 'vitest'
import { ids, paths } from '#tests/fixture.ts'
import { answered, asOwner, entered, newId } from '#tests/story.ts'
import { startWhistles } from './whistles-fixture.ts'
import type { Said } from './whistles-fixture.ts'

/** RQ18 through the front door: from the whistle to the rating, with the requests' own ledgers beside it. */

const { server, staff, bureau, get, request, accepted, form, formed, step, went, blow, kinds, holderOf } =
  await startWhistles()
afterAll(() => server.close())

describe('RQ18 the whole way', () => {
  test('a request is whistled for, blown, reported in, done and rated; its due time never moves and it has one holder', async () => {
    const { id } = await accepted()
    const due = (await request(id)).dueAt
    const whistle = await formed([id])
    expect([await holderOf(id), (await request(id)).state]).toEqual([ids.subdistrict, 'whistled'])
    await went(staff.subdistrict_desk, whistle.id, blow())
    expect(await holderOf(id)).toBe(ids.bureau)
    await went(staff.handler, whistle.id, { kind: 'report_in', words: '' })
    expect((await request(id)).state).toBe('whistled')
    const at = await went(bureau.token, whistle.id, { kind: 'report_in', words: '下午三点到' })
    expect(at.parts.map((part: { outcome: string }) => part.outcome)).toEqual(['in_time', 'in_time'])
    expect(at.parts[0].reported.person.name).toBe('翟志平')
    expect([await holderOf(id), (await request(id)).state]).toEqual([ids.bureau, 'in_progress'])
    await went(staff.handler, whistle.id, { kind: 'note', words: '阀门找到了', attachments: [] })
    const done = await went(bureau.token, whistle.id, {
      kind: 'done',
      words: '换了阀门，都热了',
      attachments: [],
    })
    expect([done.state, done.turn.id]).toEqual(['done', ids.community])
    expect((await request(id)).state).toBe('answered')
    const rated = await went(staff.community_desk, whistle.id, {
      kind: 'rate',
      ratings: [
        { organisation: ids.bureau, rating: 'satisfied' },
        { organisation: ids.firm, rating: 'fair' },
      ],
      words: '来得快',
    })
    expect([rated.state, rated.turn]).toEqual(['rated', null])
    expect(await kinds(id)).toEqual(['submit', 'accept', 'whistle', 'blow', 'join', 'report_in', 'answer'])
    const entry = (
      (await request(id)).entries as { kind: string; data: { term?: { dueAt: string } } }[]
    ).find(({ kind }) => kind === 'accept')
    expect(entry?.data.term?.dueAt).toBe(due)
  })

  test('RQ3 the same whistle sent twice in one moment is one', async () => {
    const { id } = await accepted()
    const body = { id: newId(server), requests: [id], words: '两家一起来' }
    const both = await Promise.all(
      [1, 2].map(() => server.call('POST', '/api/whistles', { token: staff.community_desk, body })),
    )
    expect(both.map(({ status, json }) => [status, json.id, json.version])).toEqual(
      Array(2).fill([201, body.id, 1]),
    )
  })

  test('the same whistle and the same entry sent twice are one', async () => {
    const { id } = await accepted()
    const whistle = newId(server)
    const body = { id: whistle, requests: [id], words: '两家一起来' }
    const once = await server.call('POST', '/api/whistles', { token: staff.community_desk, body })
    const twice = await server.call('POST', '/api/whistles', { token: staff.community_desk, body })
    expect([once.status, twice.status, twice.json.version]).toEqual([201, 201, once.json.version])
    const entry = newId(server)
    const first = await step(staff.subdistrict_desk, whistle, blow(), entry)
    const again = await step(staff.subdistrict_desk, whistle, blow(), entry)
    expect(again.json.version).toBe(first.json.version)
    expect((await kinds(id)).filter((kind) => kind === 'blow')).toHaveLength(1)
    // Somebody else's id is refused and tells nothing.
    expect((await step(bureau.token, whistle, { kind: 'report_in', words: '' }, entry)).problem).toBe(
      'id_taken',
    )
  })

  test('several requests go together and are answered together; one that is open in a whistle is in no other', async () => {
    const [one, other] = [await accepted(), await accepted('三单元也不热')]
    const whistle = await formed([other.id, one.id])
    expect(
      (await get(staff.community_desk, whistle.id)).items.map((item: { id: string }) => item.id),
    ).toEqual([other.id, one.id])
    const second = await form([one.id])
    expect(second.status).toBeGreaterThanOrEqual(400)
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await went(bureau.token, whistle.id, { kind: 'done', words: '都修好了', attachments: [] })
    expect([(await request(one.id)).state, (await request(other.id)).state]).toEqual(['answered', 'answered'])
  })

  test('a problem without a request becomes one in the same step, with a code, a holder and a due time', async () => {
    const made = await formed([], {
      requests: [],
      problem: {
        id: newId(server),
        words: '路口三家都说不归自己管的井盖',
        path: paths.inside.community,
        place: '东门外',
        category: 'B03',
      },
    })
    const [item] = made.items
    const known = await request(item!.id)
    expect(known.code).toMatch(/^GY-/)
    expect([known.state, known.holder.organisation.id, known.dueAt !== null]).toEqual([
      'whistled',
      ids.subdistrict,
      true,
    ])
  })

  test('the town solves it itself, or sends it back with advice', async () => {
    const [one, other] = [await accepted(), await accepted('楼顶漏水')]
    const here = await formed([one.id])
    await went(staff.subdistrict_desk, here.id, { kind: 'here', words: '街道物业办今天去' })
    expect([(await request(one.id)).state, await holderOf(one.id)]).toEqual(['in_progress', ids.subdistrict])
    await went(staff.subdistrict_desk, here.id, { kind: 'done', words: '补好了', attachments: [] })
    expect((await request(one.id)).state).toBe('answered')
    const back = await formed([other.id])
    const sent = await went(staff.subdistrict_desk, back.id, { kind: 'send_back', words: '先找原开发商' })
    expect([sent.state, sent.advice, await holderOf(other.id)]).toEqual([
      'sent_back',
      '先找原开发商',
      ids.community,
    ])
  })

  test('not everybody may judge, come or rate', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    const refused = async (token: string, command: Partial<Said> & { kind: string }) =>
      (await step(token, whistle.id, command)).problem
    expect(await refused(staff.community_desk, blow())).toBe('whistle.not_yours_to_make')
    expect(await refused(bureau.token, { kind: 'report_in', words: '' })).toBe('whistle.not_found')
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    expect(await refused(staff.handler, { kind: 'report_in', words: '' })).toBe('whistle.not_found')
    expect(await refused(staff.subdistrict_desk, blow())).toBe('whistle.not_in_this_state')
    expect(
      await refused(staff.subdistrict_desk, {
        kind: 'rate',
        ratings: [{ organisation: ids.bureau, rating: 'fair' }],
        words: '',
      }),
    ).toBe('whistle.not_yours_to_make')
    // Someone who does not serve there cannot be the one who came.
    expect(await refused(bureau.token, { kind: 'report_in', person: newId(server), words: '' })).toBe(
      'record.invalid_reference',
    )
  })
})

describe('it follows its requests', () => {
  test('answered in the inbox is done; "not solved" takes up the work again with the same lead', async () => {
    const { id, token } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await entered(server, bureau.token, id, answered)
    expect((await get(staff.community_desk, whistle.id)).state).toBe('done')
    await entered(server, token, id, { kind: 'reopen', words: '还是凉的' })
    const again = await get(staff.community_desk, whistle.id)
    expect([again.state, again.turn.id, await holderOf(id)]).toEqual(['handling', ids.bureau, ids.bureau])
  })

  test('taken back by whoever said it: the whistle lapses, and nobody is waited for', async () => {
    const { id, token } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow())
    await entered(server, token, id, { kind: 'withdraw' })
    const at = await get(staff.community_desk, whistle.id)
    expect([at.state, at.lapsed, at.turn]).toEqual(['lapsed', 'withdrawn', null])
    expect(at.parts.every((part: { awaited: boolean }) => !part.awaited)).toBe(true)
    // The request is free for another one; here it is over.
    const [{ open } = { open: true }] = await asOwner<{ open: boolean }>(
      server,
      'select open from whistle_request where whistle_id = $1',
      [whistle.id],
    )
    expect(open).toBe(false)
  })
})

describe('an objection', () => {
  test('the town lets the lead go and calls another: the request goes to the new one', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'object', basis: 'not_our_duty', words: '管网归供热公司' })
    const released = await went(staff.subdistrict_desk, whistle.id, {
      kind: 'release',
      organisation: ids.bureau,
      instead: ids.firm,
      words: '有理',
    })
    expect(await holderOf(id)).toBe(ids.firm)
    expect(released.parts.map((part: { outcome: string }) => part.outcome).toSorted()).toEqual([
      'released',
      'waiting',
    ])
    await went(staff.handler, whistle.id, { kind: 'report_in', words: '' })
    expect((await request(id)).state).toBe('in_progress')
  })
})

describe('figures', () => {
  test('every figure of a department is as many records as its drill-down lists (boundary 19)', async () => {
    const day = (days: number) =>
      server.clock
        .now()
        .add({ hours: 24 * days })
        .toString()
        .slice(0, 10)
    const span = `from=2026-11-01&until=${day(2)}`
    const { items } = (
      await server.call('GET', `/api/whistle-figures?${span}`, { token: staff.district_desk })
    ).json
    const row = items.find((one: { id: string }) => one.id === ids.bureau)
    expect(row.called).toBeGreaterThan(5)
    const listed = async (more: string) =>
      (
        await server.call(
          'GET',
          `/api/whistles?queue=called&limit=100&department=${ids.bureau}&${span}${more}`,
          { token: staff.district_desk },
        )
      ).json.items.length
    expect(await listed('')).toBe(row.called)
    expect(await listed('&role=lead')).toBe(row.lead)
    for (const [key, part] of [
      ['inTime', 'in_time'],
      ['late', 'late'],
      ['waiting', 'waiting'],
      ['released', 'released'],
      ['done', 'done'],
      ['satisfied', 'satisfied'],
    ] as const)
      expect(await listed(`&part=${part}`), part).toBe(row[key])
    // What is called is in time, late, awaited, let go, or ended before it came.
    expect(row.inTime + row.late + row.waiting + row.released).toBeLessThanOrEqual(row.called)
  })
})
