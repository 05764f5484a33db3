import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phoneIndex } from '#access/reporters.ts'
import { removeEnded } from '#access/sessions.ts'
import { district, paths } from '#tests/fixture.ts'
import { startsAt } from '#tests/server.ts'
import { answered, asOwner, entered, newId, said, whole } from '#tests/story.ts'
import type { accept } from '#tests/story.ts'
import { brokenAt } from '../chain.ts'
import { ringAlarms } from '../clock.ts'
import { fold } from '../standing.ts'
import { startErasing, words } from './erasing-fixture.ts'
import type { Erasing } from './erasing-fixture.ts'
import { eraseRequest } from './store.ts'

/** RQ15 and boundary 5: the resident has it erased, it is erased, and what stands against it is said. */

let server: Erasing['server']
let staff: Erasing['staff']
let erase: Erasing['erase']
let rowOf: Erasing['rowOf']
let storyOf: Erasing['storyOf']
let finish: Erasing['finish']
let lived: Erasing['lived']
let proven: Erasing['proven']
beforeAll(async () => {
  ;({ server, staff, erase, rowOf, storyOf, finish, lived, proven } = await startErasing())
})
afterAll(() => server.close())

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
