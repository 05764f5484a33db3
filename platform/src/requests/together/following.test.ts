import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import {
  accept,
  answered,
  asOwner,
  assign,
  enter,
  entered,
  newId,
  said,
  startDistrict,
  whole,
} from '#tests/story.ts'
import { brokenAt } from '../chain.ts'
import { fold } from '../standing.ts'
import { find, story } from '../store.ts'

/** RQ13 and RQ3: whoever says the same follows instead; what several said is merged and parted; each gets the answer. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const words = '一楼门口的井盖往外冒脏水，臭得很'
let phones = 0
const somebody = () => ({
  id: newId(server),
  name: '钱大娘',
  phone: `1001235${String((phones += 1)).padStart(4, '0')}`,
})
const before = (body: object, token?: string) =>
  server.call('POST', '/api/said-before', { token, body: { path: paths.inside.unit, ...body } })
const follow = (request: string, body: object = {}, token?: string) =>
  server.call('POST', `/api/requests/${request}/followers`, { token, body: { id: newId(server), ...body } })
const read = (id: string, token?: string) => server.call('GET', `/api/requests/${id}`, { token })
const merge = (id: string, into: string, token = staff.community_desk) =>
  enter(server, token, id, { kind: 'merge', into, words: '同一口井' })
const told = (request: string, template: string) =>
  asOwner<{ to: string; request: string; params: { code: string; title: string } }>(
    server,
    `select to_reporter_id as to, request_id as request, params from message
     where template = $2 and channel = 'in_app' and to_reporter_id is not null and (request_id = $1 or request_id in (select id from request_follower where request_id = $1))`,
    [request, template],
  )
const standingOf = (id: string) =>
  server.database.within(whole, async (trx) => {
    const found = (await find(trx, id))!
    const links = await story(trx, id)
    expect(brokenAt(id, links)).toBeNull()
    expect(fold(links.map(({ entry }) => entry))).toEqual(found.standing)
    return found.standing
  })

describe('RQ13 while somebody is still writing', () => {
  test('boundary 7: they see kind, place, time, state and how many, nothing that others wrote', async () => {
    const first = await said(server, { words, place: '502室', reporter: somebody() })
    const answer = await before({ words: '单元门口井盖冒污水，太臭了', path: paths.inside.unit })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.items[0]).toEqual({
      id: first.id,
      title: null,
      category: null,
      presumed: true,
      place: '和平小区1号楼',
      saidAt: expect.any(String),
      state: 'submitted',
      people: 1,
      yours: false,
    })
    for (const hidden of ['脏水', '臭得很', '502', '1单元', '钱', first.code])
      expect(answer.text).not.toContain(hidden)
  })

  test('another matter, another place, and what is over are not shown', async () => {
    expect((await before({ words: '有人在楼道里给电动车充电' })).json.items).toEqual([])
    expect((await before({ words, path: paths.outside.community })).json.items).toEqual([])
    const over = await said(server, { words: '广场舞音响太响了，吵得睡不着', reporter: somebody() })
    await entered(server, staff.community_desk, over.id, {
      kind: 'decline',
      reason: 'not_public_service',
      words: '不归这里',
      instead: { name: '法院' },
    })
    expect((await before({ words: '广场舞音响太响，睡不着觉' })).json.items).toEqual([])
  })

  test('RQ10 of a confidential one nobody is told that it is there', async () => {
    const hidden = '物业经理拿了充电桩的回扣'
    await said(server, { words: hidden, confidential: true, reporter: somebody() })
    expect((await before({ words: hidden })).json.items).toEqual([])
  })
})

describe('RQ13 who follows', () => {
  test('RQ3 gets a code of their own; the same id twice is one following', async () => {
    const first = await said(server, { words, reporter: somebody() })
    const body = { id: newId(server), words: '我家老人差点滑倒', reporter: somebody() }
    const one = await follow(first.id, body)
    expect(one.status, one.text).toBe(201)
    expect(one.json.code).not.toBe(first.code)
    const again = await follow(first.id, body, one.cookie ?? undefined)
    expect([again.status, again.json.code, again.json.people]).toEqual([201, one.json.code, 2])
    expect(await standingOf(first.id)).toMatchObject({ followers: 1 })
    const opened = await server.call('POST', '/api/follow', {
      body: { code: one.json.code, phoneTail: body.reporter.phone.slice(-4) },
    })
    expect([opened.status, opened.json.id], opened.text).toEqual([200, body.id])
  })

  test('sees their own words and how it goes, nothing the first one wrote; staff see all', async () => {
    const first = await said(server, {
      words: '三单元的老王家往下水道倒油，井口冒水',
      place: '302室',
      reporter: somebody(),
    })
    await entered(server, staff.community_desk, first.id, {
      ...accept,
      points: ['老王家的油'],
    } as typeof accept)
    await entered(server, staff.community_desk, first.id, {
      kind: 'note',
      words: '和老王约了晚上七点',
      visible: true,
    })
    const mine = await follow(first.id, { words: '我家在二楼也闻得到', reporter: { id: newId(server) } })
    const token = mine.cookie!
    const view = await read(mine.json.id, token)
    expect(view.status, view.text).toBe(200)
    expect(view.json).toMatchObject({
      id: mine.json.id,
      code: mine.json.code,
      follows: true,
      state: 'accepted',
      people: 2,
      words: '',
      points: [],
      reporter: null,
    })
    expect(view.text).toContain('我家在二楼也闻得到')
    for (const hidden of ['老王', '302室', '倒油', first.code, first.id])
      expect(view.text).not.toContain(hidden)
    expect(view.json.abilities).toEqual(['note'])
    // The one they follow is not there for them, by whatever other way they ask.
    expect((await read(first.id, token)).status).toBe(404)
    const list = await server.call('GET', '/api/requests?queue=reported', { token })
    expect(list.json.items).toMatchObject([{ id: mine.json.id, code: mine.json.code, state: 'accepted' }])
    expect(list.text).not.toContain('老王')
    // The first one does not read what the other added; the desk does.
    expect((await read(first.id, first.token)).text).not.toContain('二楼')
    expect((await read(first.id, staff.community_desk)).text).toContain('二楼')
  })

  test('each gets the answer under their own code; "not solved" from any of them reopens (RQ8)', async () => {
    const first = await said(server, { words, reporter: somebody() })
    const other = await follow(first.id, { reporter: { id: newId(server) } })
    await entered(server, staff.community_desk, first.id, accept)
    await entered(server, staff.community_desk, first.id, assign())
    await entered(server, staff.handler, first.id, { kind: 'take', words: '' })
    await entered(server, staff.handler, first.id, answered)
    const notices = await told(first.id, 'request.answer')
    expect(notices.map(({ params }) => params.code).toSorted()).toEqual(
      [first.code, String(other.json.code)].toSorted(),
    )
    expect(notices.find(({ request }) => request === other.json.id)?.params.title).toContain('和平小区1号楼')
    const view = await read(other.json.id, other.cookie!)
    expect(view.text).toContain('换好了')
    expect(view.json.abilities).toEqual(expect.arrayContaining(['reopen', 'note']))
    expect(view.json.abilities).not.toContain('confirm')
    const reopened = await enter(server, other.cookie!, other.json.id, {
      kind: 'reopen',
      words: '我这边没好',
    })
    expect(reopened.status, reopened.text).toBe(200)
    expect(reopened.json).toMatchObject({ id: other.json.id, state: 'in_progress' })
    expect(await standingOf(first.id)).toMatchObject({ reopens: 1, state: 'in_progress' })
    expect(await told(first.id, 'request.reopen')).toHaveLength(1)
  })

  test('nobody learns from a typed phone number whose request it is, nor opens another’s following', async () => {
    const owner = somebody()
    const first = await said(server, { words, reporter: owner })
    const typed = await follow(first.id, { reporter: { ...owner, id: newId(server) } })
    expect(typed.status, typed.text).toBe(201)
    const stranger = await follow(first.id, { id: typed.json.id })
    expect([stranger.status, stranger.json.code]).toEqual([409, 'id_taken'])
    expect((await read(typed.json.id, undefined)).status).toBe(401)
  })

  test('RQ10 a confidential request cannot be followed', async () => {
    const hidden = await said(server, { words: '悄悄说一件事', confidential: true, reporter: somebody() })
    expect((await follow(hidden.id)).status).toBe(404)
  })
})

describe('RQ13 merging', () => {
  test('keeps every code, tells everyone, and shows each their own words first', async () => {
    const [one, two] = [
      await said(server, { words, reporter: { id: newId(server) } }),
      await said(server, { words: '出门踩一脚臭水，井口冒的', reporter: { id: newId(server) } }),
    ]
    const found = await server.call('GET', `/api/requests/${two.id}/duplicates`, {
      token: staff.community_desk,
    })
    expect(found.status, found.text).toBe(200)
    const candidate = found.json.items.find((item: { id: string }) => item.id === one.id)
    expect(candidate).toMatchObject({ words, mayStay: true, mayGo: true, days: 0 })
    expect(candidate.common.length).toBeGreaterThan(0)

    const done = await merge(two.id, one.id)
    expect(done.status, done.text).toBe(200)
    expect(done.json).toMatchObject({ state: 'merged', holder: null, merged: { id: one.id, code: one.code } })
    const kept = await read(one.id, staff.community_desk)
    expect(kept.json).toMatchObject({ people: 2, absorbed: [{ id: two.id, code: two.code }] })
    await entered(server, staff.community_desk, one.id, answered)
    expect((await told(one.id, 'request.answer')).map(({ request }) => request).toSorted()).toEqual(
      [one.id, two.id].toSorted(),
    )

    const view = await read(two.id, two.token)
    expect(view.json).toMatchObject({
      id: two.id,
      code: two.code,
      words: '出门踩一脚臭水，井口冒的',
      state: 'answered',
      follows: true,
    })
    expect(view.text).not.toContain(words)
    expect(view.text).toContain('换好了')
    const list = await server.call('GET', '/api/requests?queue=reported', { token: two.token })
    expect(list.json.items).toMatchObject([{ id: two.id, code: two.code, state: 'answered', follows: true }])
    const reopened = await enter(server, two.token, two.id, { kind: 'reopen', words: '还在冒' })
    expect(reopened.status, reopened.text).toBe(200)
    expect(await standingOf(one.id)).toMatchObject({ reopens: 1 })
  })

  test('RQ4 parted again both stand as before, and each hears of its own only', async () => {
    const [one, two] = [
      await said(server, { words, reporter: somebody() }),
      await said(server, { words, reporter: { id: newId(server) } }),
    ]
    const neighbour = await follow(two.id, { reporter: { id: newId(server) } })
    await entered(server, staff.community_desk, two.id, accept)
    const was = await standingOf(two.id)
    await merge(two.id, one.id)
    server.clock.advance({ hours: 2 })
    expect(await standingOf(one.id)).toMatchObject({ followers: 2 })
    const id = newId(server)
    const part = () => enter(server, staff.community_desk, two.id, { kind: 'unmerge', words: '两口井', id })
    const parted = await part()
    expect(parted.status, parted.text).toBe(200)
    expect((await part()).status).toBe(200)
    expect(await standingOf(two.id)).toEqual(was)
    expect(await standingOf(one.id)).toMatchObject({ followers: 0, absorbed: [] })
    await entered(server, staff.community_desk, one.id, answered)
    expect(await told(one.id, 'request.answer')).toHaveLength(1)
    await entered(server, staff.community_desk, two.id, answered)
    expect(await told(two.id, 'request.answer')).toHaveLength(2)
    expect((await read(neighbour.json.id, neighbour.cookie!)).json).toMatchObject({ state: 'answered' })
    // And once more the other way round.
    expect((await merge(one.id, two.id)).status).toBe(409)
  })

  test('RQ3 the same merge twice is one; what is merged stands for the one it went into', async () => {
    const [one, two, three] = [
      await said(server, { words, reporter: somebody() }),
      await said(server, { words, reporter: somebody() }),
      await said(server, { words, reporter: somebody() }),
    ]
    const id = newId(server)
    const twice = [1, 2].map(() =>
      enter(server, staff.community_desk, two.id, { kind: 'merge', into: one.id, words: '', id }),
    )
    for (const { status, text } of await Promise.all(twice)) expect(status, text).toBe(200)
    expect((await merge(three.id, two.id)).json).toMatchObject({ merged: { id: one.id } })
    expect(await standingOf(one.id)).toMatchObject({ followers: 2, absorbed: [two.id, three.id] })
    expect((await merge(one.id, three.id)).json.code).toBe('request.merge_with_itself')
    const other = await said(server, { words, reporter: somebody() })
    expect((await merge(one.id, other.id)).json.code).toBe('request.merge_carries_others')
    expect((await merge(other.id, newId(server))).json.code).toBe('request.merge_not_yours')
  })

  test('two merges at the same time, each into the other, leave one of them standing', async () => {
    const [one, two] = [
      await said(server, { words, reporter: somebody() }),
      await said(server, { words, reporter: somebody() }),
    ]
    const [a, b] = await Promise.all([merge(one.id, two.id), merge(two.id, one.id)])
    expect([a.status, b.status].toSorted((x, y) => x - y)).toEqual([200, 409])
    const states = [(await standingOf(one.id)).state, (await standingOf(two.id)).state]
    expect(states.toSorted()).toEqual(['merged', 'submitted'])
  })

  test('is for the desk of both; RQ10 what is confidential stays apart', async () => {
    const [one, outside, hidden] = [
      await said(server, { words, reporter: somebody() }),
      await said(server, { words, path: paths.outside.community, reporter: somebody() }),
      await said(server, { words, confidential: true, reporter: somebody() }),
    ]
    expect((await merge(one.id, outside.id)).status).toBe(403)
    expect((await merge(one.id, outside.id, staff.district_desk)).status).toBe(200)
    expect((await merge(hidden.id, outside.id, staff.district_desk)).json.code).toBe(
      'request.merge_confidential',
    )
    expect((await merge(outside.id, one.id, staff.handler)).status).toBe(404)
  })
})

test('RQ13 the same words months later are not asked about', async () => {
  const unlike = '健身器材的轴松了，晃得厉害，怕摔着孩子'
  await said(server, { words: unlike, reporter: somebody() })
  expect((await before({ words: unlike })).json.items).toHaveLength(1)
  server.clock.advance({ hours: 46 * 24 })
  expect((await before({ words: unlike })).json.items).toEqual([])
})

test('asks are counted by address', async () => {
  const tries = Array.from({ length: 21 }, () => before({ words: '试试有没有人说过' }))
  const answers = await Promise.all(tries)
  expect(answers.some(({ status }) => status === 429)).toBe(true)
})
