import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phoneIndex } from '#access/reporters.ts'
import { removeEnded } from '#access/sessions.ts'
import { localFiles } from '#kernel/files.ts'
import { district, paths } from '#tests/fixture.ts'
import { startsAt } from '#tests/server.ts'
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
import { brokenAt } from '../chain.ts'
import { ringAlarms } from '../clock.ts'
import { eraseRequest } from './store.ts'
import { finishErasures } from './finish.ts'
import { fold } from '../standing.ts'
import { find, story } from '../store.ts'

/** RQ15 and boundary 5: the resident has it erased, it is erased, and what stands against it is said. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let security: string
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  security = await server.session('security_admin')
})
afterAll(() => server.close())

const words = '三楼王阿姨家漏水，电话找她儿子'
const erase = (token: string | undefined, body: Record<string, unknown>) =>
  server.call('POST', '/api/erasures', { token, body: { id: newId(server), ...body } })
const rowOf = (id: string) => server.database.within(whole, (trx) => find(trx, id))
const storyOf = (id: string) => server.database.within(whole, (trx) => story(trx, id))
const finish = () =>
  finishErasures({
    keys: server.keys,
    database: server.database,
    district,
    files: localFiles(server.dataDir),
    now: server.clock.now(),
  })

/** Somebody without an account says something, and it is worked on. */
async function lived(until: 'submitted' | 'accepted' | 'in_progress' | 'answered' | 'closed') {
  const request = await said(server, {
    words,
    place: '三楼301',
    title: '王阿姨家漏水',
    lon: 116.7,
    lat: 39.5,
  })
  const desk = staff.community_desk
  if (until === 'submitted') return request
  await entered(server, desk, request.id, {
    ...accept,
    points: ['修好王阿姨家的水管', '赔地板'],
  } as typeof accept)
  if (until === 'accepted') return request
  await entered(server, desk, request.id, { ...assign(), words: '先给王阿姨打电话' } as typeof accept)
  await entered(server, staff.handler, request.id, { kind: 'take' })
  await entered(server, staff.handler, request.id, { kind: 'note', words: '王阿姨不在家', visible: false })
  if (until === 'in_progress') return request
  const points = [
    { index: 0, open: false },
    { index: 1, open: true },
  ]
  await entered(server, staff.handler, request.id, {
    ...answered,
    words: '王阿姨家修好了',
    points,
  } as typeof accept)
  if (until === 'closed')
    await entered(server, request.token, request.id, { kind: 'confirm', satisfaction: 'satisfied' })
  return request
}

describe('RQ15 everything that was said', () => {
  test('of a closed request goes at once; code, kind, area, times, states and satisfaction stay', async () => {
    const request = await lived('closed')
    const before = (await rowOf(request.id))!
    const answer = await erase(request.token, { scope: 'all', request: request.id })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.json).toMatchObject({
      state: 'erased',
      code: request.code,
      dueAt: '2026-12-05T02:20:00.000Z',
      erasedAt: '2026-11-20T02:20:00.000Z',
      counts: { requests: 1, entries: 5, attachments: 0 },
    })
    expect(answer.json.counts.messages).toBeGreaterThan(3)
    const after = (await rowOf(request.id))!
    expect(after).toMatchObject({
      code: request.code,
      path: paths.inside.community,
      title: '',
      words: '',
      place: '',
      lon: null,
      lat: null,
      reporter: null,
      submittedAt: before.submittedAt,
      standing: { state: 'closed', satisfaction: 'satisfied', category: 'B03' },
    })
    const entries = await storyOf(request.id)
    expect(entries.map(({ entry }) => entry.words)).toEqual(entries.map(() => null))
    expect(brokenAt(request.id, entries)).toBeNull()
    expect(fold(entries.map(({ entry }) => entry))).toEqual(after.standing)
    expect(after.standing).toEqual({ ...before.standing, points: ['', ''] })
  })

  test.each(['submitted', 'accepted', 'in_progress'] as const)(
    'of one that is %s takes it back as well, and whoever had it is told by its code alone',
    async (state) => {
      const request = await lived(state)
      const had = (await rowOf(request.id))!.standing.holder!.organisation
      expect((await erase(request.token, { scope: 'all', request: request.id })).json.state).toBe('erased')
      const after = (await rowOf(request.id))!
      expect(after.standing).toMatchObject({ state: 'withdrawn', holder: null })
      const entries = await storyOf(request.id)
      expect(brokenAt(request.id, entries)).toBeNull()
      expect(fold(entries.map(({ entry }) => entry))).toEqual(after.standing)
      const messages = await asOwner<{ to: string; params: object }>(
        server,
        'select to_organisation_id as to, params from message where request_id = $1 order by params ? $2 desc',
        [request.id, 'title'],
      )
      const { code } = request
      expect(messages[0]).toEqual({ to: had, params: { code, title: code } })
      for (const { to, params } of messages.slice(1)) {
        expect(to).not.toBeNull()
        expect(params).toEqual({ code })
      }
    },
  )

  test('of one that is answered closes it, and nobody counts as satisfied', async () => {
    const request = await lived('answered')
    await erase(request.token, { scope: 'all', request: request.id })
    const after = (await rowOf(request.id))!
    expect(after.standing).toMatchObject({ state: 'closed', satisfaction: null })
    expect((await storyOf(request.id)).at(-1)?.entry).toMatchObject({
      kind: 'close',
      by: { kind: 'system' },
      data: { grounds: 'erased' },
    })
  })

  test('staff see the case, that it was erased and when, and neither words nor person', async () => {
    const request = await lived('closed')
    const read = () => server.call('GET', `/api/requests/${request.id}`, { token: staff.community_desk })
    const before = await read()
    await erase(request.token, { scope: 'all', request: request.id })
    const after = await read()
    expect(before.text).toContain('王阿姨')
    expect(after.text).not.toContain('王阿姨')
    expect(after.json).toMatchObject({
      code: request.code,
      title: '（已按本人要求删除）',
      reporter: null,
      erased: { what: 'all', at: '2026-11-20T02:20:00.000Z' },
    })
    expect(after.headers.etag).not.toBe(before.headers.etag)
  })

  test('the code opens nothing any more, and neither does the browser that followed it', async () => {
    const phone = '10055550001'
    const { id, code, token } = await said(server, { words, reporter: { id: newId(server), phone } })
    const follow = () => server.call('POST', '/api/follow', { body: { code, phoneTail: '0001' } })
    expect((await follow()).status).toBe(200)
    const reporter = await proven(phone)
    expect((await erase(token, { scope: 'all', request: id })).status).toBe(403)
    await erase(reporter, { scope: 'all', request: id })
    expect((await follow()).json.code).toBe('request.wrong_code_or_tail')
    expect((await server.call('GET', `/api/requests/${id}`, { token })).status).toBe(404)
    expect((await server.call('GET', `/api/requests/${id}`, { token: reporter })).status).toBe(404)
  })
})

describe('RQ15 who said it', () => {
  test('goes at once while the matter is open, and its words go when it is over', async () => {
    const phone = '10055550002'
    const { id } = await said(server, { words, reporter: { id: newId(server), phone, name: '王秀英' } })
    const token = await proven(phone)
    expect((await erase(token, { scope: 'person', request: id })).json).toMatchObject({
      state: 'erased',
      counts: { entries: 0 },
    })
    expect(await rowOf(id)).toMatchObject({ words, reporter: null, standing: { state: 'submitted' } })
    expect((await server.call('GET', `/api/requests/${id}`, { token })).status).toBe(404)
    const reveal = { token: staff.community_desk, body: { reason: '约时间上门' } }
    expect((await server.call('POST', `/api/requests/${id}/reveals`, reveal)).json).toEqual({ phone: null })

    await finish()
    expect((await rowOf(id))?.words).toBe(words)
    await entered(server, staff.community_desk, id, {
      kind: 'decline',
      reason: 'outside_district',
      words: '不归',
      instead: { name: '王阿姨的物业' },
    } as typeof accept)
    await finish()
    expect(await rowOf(id)).toMatchObject({ words: '', title: '', erased: 'all' })
    expect(brokenAt(id, await storyOf(id))).toBeNull()
  })

  test('of an answered one ends it: nobody is left who could say whether it is solved', async () => {
    const request = await lived('answered')
    await erase(request.token, { scope: 'person', request: request.id })
    expect((await rowOf(request.id))?.standing).toMatchObject({ state: 'closed', satisfaction: null })
  })
})

test('RQ7 RQ15 an answer to nobody closes after seven days, as no satisfaction, and nobody is reminded to call', async () => {
  const request = await lived('in_progress')
  await erase(request.token, { scope: 'person', request: request.id })
  const points = [
    { index: 0, open: false },
    { index: 1, open: true },
  ]
  const answer = { ...answered, points } as typeof accept
  await entered(server, staff.handler, request.id, answer)
  const later = server.clock.now().add({ hours: 7 * 24 })
  await ringAlarms(server.database, district, later)
  const entries = await storyOf(request.id)
  expect(entries.at(-1)?.entry).toMatchObject({ kind: 'close', data: { grounds: 'erased' } })
  expect((await rowOf(request.id))?.standing.satisfaction).toBeNull()
})

describe('boundary 5: a resident sees, takes along and corrects', () => {
  test('everything that is kept, in plain words, and nothing of anybody else', async () => {
    const token = await proven('10055550011')
    const own = await said(server, { words, place: '三楼301' }, token)
    await said(server, { words: '别人家的事' })
    await entered(server, staff.community_desk, own.id, { kind: 'note', words: '内部的话', visible: false })
    const { json, text } = await server.call('GET', '/api/me/copy', { token })
    expect(json.parts.map((part: { title: string }) => part.title)).toEqual([
      '关于我',
      `我说过的事 ${own.code}`,
    ])
    for (const part of ['10055550011', words, '三楼301']) expect(text).toContain(part)
    for (const part of ['别人家的事', '内部的话']) expect(text).not.toContain(part)
    expect(json.kept.length).toBeGreaterThan(3)
  })

  test('name and number, the new one by a code; a number that is somebody’s stays theirs', async () => {
    const token = await proven('10055550012')
    const request = await said(server, { words }, token)
    const put = (what: string, body: object) => server.call('PUT', `/api/me/${what}`, { token, body })
    expect((await put('name', { name: '王秀英' })).status).toBe(204)
    await server.call('POST', '/api/phone-codes', { token, body: { phone: '10055550013' } })
    expect((await put('phone', { phone: '10055550013', code: '000000' })).json.code).toBe('access.wrong_code')
    server.clock.advance({ minutes: 2 })
    const sent = await server.call('POST', '/api/phone-codes', { token, body: { phone: '10055550013' } })
    expect((await put('phone', { phone: '10055550013', code: sent.json.demoCode })).status).toBe(204)
    expect((await server.call('GET', '/api/me', { token })).json.reporter).toMatchObject({
      name: '王秀英',
      phone: '10055550013',
      proven: true,
    })
    // What was said is opened by the new number, and no longer by the old one.
    const follow = (phoneTail: string) =>
      server.call('POST', '/api/follow', { body: { code: request.code, phoneTail } })
    expect((await follow('0012')).status).toBe(404)
    expect((await follow('0013')).status).toBe(200)
    await proven('10055550014')
    server.clock.advance({ minutes: 2 })
    const theirs = await server.call('POST', '/api/phone-codes', { token, body: { phone: '10055550014' } })
    expect((await put('phone', { phone: '10055550014', code: theirs.json.demoCode })).json.code).toBe(
      'access.phone_taken',
    )
  })
})

describe('RQ15 the account', () => {
  test('goes with every request, also those said before the number was proven; the session and the codes too', async () => {
    const phone = '10055550003'
    const first = await said(server, { words })
    const token = await proven(phone, first.token)
    const second = await said(server, { words: `${words}，又漏了` }, token)
    const id = newId(server)
    const me = (await server.call('GET', '/api/me', { token })).json.id
    const answer = await server.call('POST', '/api/erasures', { token, body: { id, scope: 'account' } })
    expect(answer.json).toMatchObject({ state: 'erased', code: null, counts: { requests: 2 } })
    for (const one of [first, second])
      expect(await rowOf(one.id)).toMatchObject({ reporter: null, words: '', erased: 'all' })
    const left = await asOwner(
      server,
      'select 1 from session where reporter_id = $1 union all select 1 from reporter where id = $1 or phone_index = $2 union all select 1 from phone_code where phone_index = $2',
      [me, phoneIndex(server.keys, phone)],
    )
    expect(left).toEqual([])
    expect((await server.call('GET', '/api/me', { token })).json.kind).toBe('anyone')
    // The receipt still says what came of it, to whoever has it.
    expect((await server.call('GET', `/api/erasures/${id}`)).json).toMatchObject({ counts: { requests: 2 } })
    await finish()
    expect((await server.call('GET', `/api/erasures/${id}`)).json.state).toBe('done')
  })
})

describe('boundary 5: statutory exceptions are named, decided within fifteen days, and told', () => {
  const hold = async (code: string) => {
    const id = newId(server)
    const answer = await server.call('POST', '/api/erasure-holds', {
      token: security,
      body: { id, code, ground: 'proceedings', words: '区法院（2026）民初123号' },
    })
    expect(answer.status, answer.text).toBe(201)
    return id
  }
  const decide = (id: string, body: Record<string, unknown>) =>
    server.call('POST', `/api/erasures/${id}/decision`, { token: security, body })

  test('a held request is not erased; the queue shows it without a word of it; refused with ground and reason', async () => {
    const request = await lived('closed')
    await hold(request.code)
    const answer = await erase(request.token, { scope: 'all', request: request.id })
    expect(answer.json).toMatchObject({ state: 'waiting', ground: 'proceedings' })
    expect((await rowOf(request.id))?.words).toBe(words)
    const queue = await server.call('GET', '/api/erasures', { token: security })
    expect(queue.json.items[0]).toMatchObject({ id: answer.json.id, code: request.code, state: 'waiting' })
    expect(queue.text).not.toContain('王阿姨')
    const reason = '法院还在审理，判决后再删'
    expect(
      (await decide(answer.json.id, { decision: 'refuse', ground: 'proceedings', words: reason })).json,
    ).toMatchObject({ state: 'refused' })
    const own = await server.call('GET', '/api/erasures', { token: request.token })
    expect(own.json.items).toMatchObject([{ state: 'refused', ground: 'proceedings', words: reason }])
    const notices = await server.call('GET', '/api/notices', { token: request.token })
    expect(notices.json.items[0].text).toContain(request.code)
    expect((await decide(answer.json.id, { decision: 'erase' })).json.code).toBe('erasure.decided')
  })

  test('decided for erasing, it is erased; an account goes with its last request', async () => {
    const phone = '10055550004'
    const token = await proven(phone)
    const one = await said(server, { words }, token)
    const other = await said(server, { words }, token)
    const held = await hold(one.code)
    const account = newId(server)
    const asked = await server.call('POST', '/api/erasures', {
      token,
      body: { id: account, scope: 'account' },
    })
    expect(asked.json.state).toBe('waiting')
    expect(await rowOf(other.id)).toMatchObject({ words: '' })
    expect(await rowOf(one.id)).toMatchObject({ words })
    const { json } = await server.call('GET', '/api/erasures', { token: security })
    const waiting = json.items.find((item: { code: string }) => item.code === one.code)
    expect((await decide(waiting.id, { decision: 'erase' })).json).toMatchObject({ state: 'erased' })
    expect(await rowOf(one.id)).toMatchObject({ words: '', reporter: null })
    expect((await server.call('GET', `/api/erasures/${account}`)).json).toMatchObject({
      state: 'erased',
      counts: { requests: 2 },
    })
    expect((await server.call('GET', '/api/me', { token })).json.kind).toBe('anyone')
    // The hold went with the decision.
    const holds = await server.call('GET', '/api/erasure-holds', { token: security })
    expect(holds.json.items.map((item: { id: string }) => item.id)).not.toContain(held)
  })
})

describe('what goes after the transaction', () => {
  test('is done once, whenever the worker is cut off: nothing counts as done before all of it is', async () => {
    const request = await lived('closed')
    const file = 'left-0000000000000000'
    const files = localFiles(server.dataDir)
    await files.put(file, Buffer.from('x'))
    const { json } = await erase(request.token, { scope: 'all', request: request.id })
    await asOwner(server, 'update erasure set files = $2 where id = $1', [json.id, [file]])
    const stateNow = async () => (await server.call('GET', `/api/erasures/${json.id}`)).json.state
    const { database, keys, clock } = server
    const deps = { database, keys, district, now: clock.now() }
    const cutOff = { ...files, remove: () => Promise.reject(new Error('cut off')) }
    await expect(finishErasures({ ...deps, files: cutOff })).rejects.toThrow('cut off')
    expect(await stateNow()).toBe('erased')
    // The file went, and the worker died before it could say so.
    await files.remove(file)
    expect(await finishErasures({ ...deps, files })).toBeGreaterThan(0)
    expect(await stateNow()).toBe('done')
  })

  test('two workers at once do it without harm', async () => {
    const request = await lived('closed')
    const { json } = await erase(request.token, { scope: 'all', request: request.id })
    await Promise.all([finish(), finish()])
    expect((await server.call('GET', `/api/erasures/${json.id}`)).json.state).toBe('done')
  })
})

describe('nobody else', () => {
  test.each(['community_desk', 'district_desk', 'handler'] as const)(
    '%s has nothing erased',
    async (role) => {
      const request = await lived('submitted')
      expect((await erase(staff[role], { scope: 'all', request: request.id })).status).toBe(403)
    },
  )

  test('another reporter cannot, nor the application itself without being one who may', async () => {
    const request = await said(server, { words, reporter: { id: newId(server), phone: '10055550005' } })
    const stranger = (await said(server, { words })).token
    expect((await erase(stranger, { scope: 'all', request: request.id })).status).toBe(404)
    // A reporter who follows it by code and phone tail reads it, and no more.
    const follows = await server.call('POST', '/api/follow', {
      token: stranger,
      body: { code: request.code, phoneTail: '0005' },
    })
    expect(follows.status).toBe(200)
    const scope = { ...whole, reach: 'none' as const, requests: [request.id] }
    await expect(
      server.database.within(scope, (trx) => eraseRequest(trx, request.id, 'all', {} as never, startsAt)),
    ).rejects.toThrow(/may not be erased/)
    expect((await rowOf(request.id))?.words).toBe(words)
  })

  test('RQ3 the same wish twice is one', async () => {
    const request = await lived('closed')
    const id = newId(server)
    const body = { id, scope: 'all', request: request.id }
    const first = await server.call('POST', '/api/erasures', { token: request.token, body })
    const second = await server.call('POST', '/api/erasures', { token: request.token, body })
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.json).toEqual(first.json)
  })
})

// The last, because everybody's sessions end with the month.
test('one without an account is forgotten with the last request; the row goes once no browser stands for it', async () => {
  const reporter = newId(server)
  const request = await said(server, { words, reporter: { id: reporter, name: '王秀英' } })
  const rows = () => asOwner(server, 'select name, phone_index from reporter where id = $1', [reporter])
  await erase(request.token, { scope: 'all', request: request.id })
  expect(await rows()).toEqual([{ name: null, phone_index: null }])
  server.clock.advance({ hours: 24 * 32 })
  await server.database.within(whole, (trx) => removeEnded(trx, server.clock.now()))
  expect(await rows()).toEqual([])
})

/** Proves a phone as a resident does. @returns the session. */
async function proven(phone: string, token?: string) {
  const sent = await server.call('POST', '/api/phone-codes', { token, body: { phone } })
  const code = sent.json.demoCode
  const answer = await server.call('POST', '/api/phone-sessions', { token, body: { phone, code } })
  expect(answer.status, answer.text).toBe(201)
  return answer.cookie!
}
