import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#access/actor.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { district, ids, paths, personOf } from '#tests/fixture.ts'
import { startTestServer, type TestServer } from '#tests/server.ts'
import { append } from './service.ts'

let server: TestServer
let owner: pg.Client
let auditor: string

beforeAll(async () => {
  server = await startTestServer()
  owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  auditor = await server.session('audit_admin')
})
afterAll(async () => {
  await owner.end()
  await server.close()
})

const id = () => uuidv7(server.clock.now())
const list = async (query = '') => (await server.call('GET', `/api/audit${query}`, { token: auditor })).json
type Item = { lane: number; seq: number; at: string; action: string }

/** A request of somebody who proved the phone. */
async function say(phone: string) {
  server.clock.advance({ minutes: 1 })
  const { json } = await server.call('POST', '/api/phone-codes', { body: { phone } })
  const token = (await server.call('POST', '/api/phone-sessions', { body: { phone, code: json.demoCode } }))
    .cookie
  const request = id()
  const said = await server.call('POST', '/api/requests', {
    token,
    body: { id: request, words: '路灯不亮', path: paths.inside.community },
  })
  expect(said.status, said.text).toBe(201)
  return { request, token }
}

test('AU7 reading the ledger is an entry of it, with what was asked for', async () => {
  await list(`?actor=${personOf('audit_admin')}&action=request`)
  const { items } = await list('?action=audit.read')
  expect(items[0]).toMatchObject({
    actor: { kind: 'staff', id: personOf('audit_admin'), name: 'audit_admin的人' },
    action: 'audit.read',
    purpose: 'audit',
    subject: { kind: 'ledger', id: null },
    detail: { actor: personOf('audit_admin'), action: 'request' },
  })
})

test('AU7 pages follow one another without a gap and without a row twice, also when times are equal', async () => {
  const desk = await server.session('community_desk')
  for (let count = 0; count < 23; count += 1)
    await server.call('GET', '/api/requests?queue=all', { token: desk })
  const until = server.clock.now().add({ seconds: 1 }).toString()
  const all: Item[] = (await list(`?until=${until}&action=request.read&limit=200`)).items
  const paged: Item[] = []
  for (let after = ''; ;) {
    const page = await list(`?until=${until}&action=request.read&limit=5${after && `&after=${after}`}`)
    paged.push(...page.items)
    if (!page.next) break
    after = page.next
  }
  expect(paged).toEqual(all)
  expect(new Set(paged.map(({ lane, seq }) => `${lane}-${seq}`)).size).toBe(all.length)
  expect(all.length).toBeGreaterThanOrEqual(23)
  const { status, json } = await server.call('GET', '/api/audit?after=WzEsMl0', { token: auditor })
  expect([status, json.code]).toEqual([400, 'input.invalid'])
})

test('the ledger is found by who, what, about what and when', async () => {
  const { request } = await say('10010000101')
  const desk = await server.session('community_desk')
  await server.call('GET', `/api/requests/${request}`, { token: desk })
  const about: Item[] = (await list(`?subject=${request}`)).items
  expect(new Set(about.map(({ action }) => action))).toEqual(new Set(['request.submit', 'request.read']))
  expect((await list(`?actor=community_desk&action=request.read&subject=${request}`)).items).toHaveLength(1)
  expect((await list('?actor=nobody_of_that_name')).items).toEqual([])
  expect(
    (await list(`?subject=${request}&from=${server.clock.now().add({ hours: 1 }).toString()}`)).items,
  ).toEqual([])
})

test('AU8 a reporter sees who of the staff looked, for whom, when and why, and nobody else does', async () => {
  const { request, token } = await say('10010000102')
  const other = await say('10010000103')
  const desk = await server.session('community_desk')
  await server.call('GET', `/api/requests/${request}`, { token: desk })
  await server.call('GET', `/api/requests/${request}`, { token: desk })
  const revealed = await server.call('POST', `/api/requests/${request}/reveals`, {
    token: desk,
    body: { reason: '约上门时间' },
  })
  expect(revealed.json).toMatchObject({ phone: '10010000102' })
  const { json } = await server.call('GET', '/api/looked', { token })
  const common = { who: 'c**', organisation: '西后街社区居民委员会', purpose: 'service', request }
  expect(json.items).toHaveLength(2)
  expect(json.items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...common,
        times: 1,
        action: 'request.reveal',
        reason: '约上门时间',
        what: '查看了您的完整手机号',
      }),
      expect.objectContaining({
        ...common,
        times: 2,
        action: 'request.read',
        reason: null,
        what: '查看了您说的事',
      }),
    ]),
  )
  expect((await server.call('GET', '/api/looked', { token: other.token })).json.items).toEqual([])
  expect((await server.call('GET', '/api/looked', { token: desk })).status).toBe(403)
  expect((await server.call('GET', '/api/looked')).status).toBe(401)
})

test('AU8 a photo that somebody of the staff opened is among what was looked at', async () => {
  const { request, token } = await say('10010000104')
  const photo = id()
  await owner.query(
    `insert into attachment (district_code, id, request_id, kind, media_type, bytes, sha256, owner, created_at) values ($1, $2, $3, 'photo', 'image/jpeg', 1, '\\x00', 'anyone', now())`,
    [district, photo, request],
  )
  const actor: Actor = { kind: 'staff', id: personOf('handler'), name: 'x', posts: [], secondFactor: true }
  await server.database.within({ district, reach: 'none', paths: [], organisations: [] }, (trx) =>
    append(trx, {
      actor,
      organisation: ids.firm,
      action: 'attachment.read',
      purpose: 'service',
      now: server.clock.now(),
      note: { subjectKind: 'attachment', subject: photo },
    }),
  )
  const { json } = await server.call('GET', '/api/looked', { token })
  expect(json.items).toMatchObject([{ who: 'h**', organisation: '和顺物业', what: '打开了您的照片或语音' }])
})

test('AU8 an entry names the organisation that was acted for', async () => {
  const desk = await server.session('community_desk')
  await server.call('GET', '/api/requests?queue=all', { token: desk })
  const { rows } = await owner.query(`select distinct organisation_id from audit_entry where actor_id = $1`, [
    personOf('community_desk'),
  ])
  expect(rows).toEqual([{ organisation_id: ids.community }])
})

test('AU2 AU9 the verification over HTTP finds what was changed and says it in the reader’s language', async () => {
  await server.call('POST', '/api/sessions', {
    body: { login: 'community_desk', password: 'not the right one' },
  })
  expect((await list('?action=session.open')).items[0]).toMatchObject({
    detail: { step: 'password', outcome: 'wrong' },
  })

  const whole = await server.call('POST', '/api/audit/verification', { token: auditor })
  expect(whole.json).toMatchObject({ broken: [] })
  expect(whole.json.entries).toBeGreaterThan(20)
  const { rows } = await owner.query<Item>(
    'select lane, seq::int as seq from audit_entry where seq = 1 limit 1',
  )
  await owner.query(`update audit_entry set reason = 'x' where lane = $1 and seq = 1`, [rows[0]?.lane])
  const zh = await server.call('POST', '/api/audit/verification', { token: auditor })
  expect(zh.json.broken).toEqual([{ lane: rows[0]?.lane, seq: 1, what: expect.stringContaining('被改动') }])
  const en = await server.call('POST', '/api/audit/verification', {
    token: auditor,
    headers: { 'accept-language': 'en' },
  })
  expect(en.json.broken[0].what).toContain('was changed')
})
