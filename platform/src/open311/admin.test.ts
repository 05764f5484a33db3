import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asOwner } from '#tests/story.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { clientKeys } from './admin.ts'

let server: TestServer
let printed: string[]

const run = (line: string) =>
  clientKeys({
    words: line.split(' '),
    config: server.config,
    ownerUrl: server.ownerUrl,
    database: server.database,
    keys: server.keys,
    clock: server.clock,
    print: (text) => void printed.push(text),
  })
/** What a key is good for, by the front door. */
const post = async (key: string, where = 'requests') =>
  (await server.call('POST', `/open311/v2/${where}.json`, { form: { api_key: key, service_code: 'Z99' } }))
    .problem

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => {
  printed = []
})

test('a key is shown once, kept as a digest, and good until it is ended', async () => {
  expect(await run('add --name FixMyStreet')).toBe(0)
  const [key = '', words = ''] = printed.join().split('\n')
  const id = /\((.*)\)/.exec(words)?.[1] ?? ''
  expect(await post(key)).toBe('input.invalid')
  const kept = await asOwner<{ row: string }>(server, 'select c::text as row from api_client c')
  expect(kept).toHaveLength(1)
  expect(kept[0]?.row).not.toContain(key)

  printed = []
  expect(await run('list')).toBe(0)
  expect(printed.join()).toContain(`${id}  FixMyStreet  open311.submit open311.update  2026-11-20  in use`)

  expect(await run(`end ${id}`)).toBe(0)
  expect(await post(key)).toBe('access.log_in')
  expect(await run(`end ${id}`)).toBe(1)
  const noted = await asOwner(
    server,
    `select 1 from audit_entry where action = 'open311.key' and subject_id = $1`,
    [id],
  )
  expect(noted).toHaveLength(2)
})

test('a key that carries less does less', async () => {
  expect(await run('add --name Reader --only update')).toBe(0)
  const [key = ''] = printed.join().split('\n')
  expect(await post(key)).toBe('access.not_allowed')
  expect(await post(key, 'servicerequestupdates')).toBe('input.invalid')
})

test.each(['', 'add', 'add --name X --only everything', 'add --name X --nonsense', 'remove 1'])(
  '"%s" explains itself and makes no key',
  async (line) => {
    const count = async () => (await asOwner(server, 'select 1 from api_client')).length
    const before = await count()
    expect(await run(line)).toBe(2)
    expect(printed.join()).toContain('open311 key add --name NAME')
    expect(await count()).toBe(before)
  },
)

test('calls are counted by key, not by the address that many programs share', async () => {
  const keys = [await server.clientKey(), await server.clientKey()]
  const ask = (key: string) => post(key)
  for (let n = 0; n < 300; n += 1) await ask(keys[0]!)
  expect(await ask(keys[0]!)).toBe('http.too_many')
  expect(await ask(keys[1]!)).toBe('input.invalid')
})

test('what a program did stands in the ledger under its own id', async () => {
  const key = await server.clientKey()
  await asOwner(
    server,
    `insert into category (district_code, code, name_zh, name_en, group_zh, group_en, leads) values ('131003', 'A01', '垃圾', 'Rubbish', '市容', 'City', '{}')`,
  )
  const sent = await server.call('POST', '/open311/v2/requests.json', {
    form: { api_key: key, service_code: 'A01', description: '垃圾没人收', address_string: '和平小区' },
  })
  expect(sent.status, sent.text).toBe(201)
  const rows = await asOwner(
    server,
    `select a.actor_kind, c.name, r.code, a.path is not null as path from audit_entry a join api_client c on c.id = a.actor_id
     join service_request r on r.id = a.subject_id where a.action = 'open311.submit'`,
  )
  expect(rows).toEqual([
    { actor_kind: 'client', name: 'FixMyStreet', code: sent.json[0].service_request_id, path: true },
  ])
})
