import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scope } from '#kernel/db.ts'
import { blindIndex, seal } from '#kernel/keys.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { district, paths } from '#tests/fixture.ts'
import { startTestServer, type TestServer } from '#tests/server.ts'
import { phoneCodes, sendPhoneCode } from './phone-codes.ts'
import { phoneColumns, reporterFor, reportersByIds } from './reporters.ts'
import type { Call } from './route.ts'
import type { SmsProvider } from './sms.ts'

/** Rule AC17. */
const mostWrongTails = 5

let server: TestServer
let owner: pg.Client

beforeAll(async () => {
  server = await startTestServer()
  owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await server.close()
})

const scope = (more: Partial<Scope> = {}): Scope => ({
  district,
  reach: 'none',
  paths: [],
  organisations: [],
  ...more,
})
const id = () => uuidv7(server.clock.now())
const mention = (given: { id: string; name?: string; phone?: string }) =>
  server.database.within(scope(), (trx) => reporterFor(trx, given, server.clock.now(), server.keys))
const say = async (phone: string | undefined, token?: string) => {
  const request = id()
  const body = {
    id: request,
    words: '楼道灯坏了',
    path: paths.inside.community,
    reporter: { id: id(), ...(phone && { phone }) },
  }
  const answer = await server.call('POST', '/api/requests', { body, token })
  expect(answer.status, answer.text).toBe(201)
  return { request, code: answer.json.code as string, token: answer.cookie ?? token }
}
const me = async (token: string | undefined) => (await server.call('GET', '/api/me', { token })).json
const readable = async (request: string, token: string | undefined) =>
  (await server.call('GET', `/api/requests/${request}`, { token })).status

let callers = 0
/** From an address of its own each time: how often one caller may ask at all is another rule. */
async function post(url: string, payload: object, token?: string) {
  callers += 1
  const answer = await server.server.inject({
    method: 'POST',
    url,
    payload,
    remoteAddress: `10.1.${callers >> 8}.${callers & 255}`,
    ...(token && { headers: { cookie: `chuanmen_session=${token}` } }),
  })
  return {
    status: answer.statusCode,
    json: answer.json(),
    headers: answer.headers,
    cookie: answer.cookies.find(({ name }) => name === 'chuanmen_session')?.value,
  }
}

/** Proves a phone as its owner does. A minute passes, so that another code may be asked for. */
async function prove(phone: string, token?: string) {
  server.clock.advance({ seconds: phoneCodes.pauseSeconds })
  const { json } = await post('/api/phone-codes', { phone }, token)
  const proven = await post('/api/phone-sessions', { phone, code: json.demoCode }, token)
  expect(proven.status).toBe(201)
  return proven.cookie
}

test('AC14 one phone is one reporter, whoever mentions it, and however many do at once', async () => {
  const phone = '10010000001'
  const all = await Promise.all(Array.from({ length: 6 }, () => mention({ id: id(), phone })))
  expect(new Set(all.map((one) => one.id)).size).toBe(1)
  expect(all.map(({ created }) => created)).toEqual(all.map(() => false))
  expect((await mention({ id: id(), phone: '10010000002' })).id).not.toBe(all[0]?.id)
})

test('AC14 what is stored of a phone shows nothing of it and opens only on its own row', async () => {
  const { id: reporter } = await mention({ id: id(), phone: '10010000003', name: '钱素珍' })
  const { rows } = await owner.query(
    'select phone_sealed, phone_index, phone_tail_index from reporter where id = $1',
    [reporter],
  )
  expect(JSON.stringify(rows[0])).not.toMatch(/10010000003|0003/)
  const [one, other] = [
    phoneColumns(server.keys, id(), '10010000003'),
    phoneColumns(server.keys, id(), '10010000003'),
  ]
  expect(one.index).toBe(other.index)
  expect(one.tail).not.toBe(other.tail)
  const seen = await server.database.within(scope({ reporter }), (trx) =>
    reportersByIds(trx, [reporter], server.keys),
  )
  expect(seen.get(reporter)).toMatchObject({ name: '钱素珍', phone: '10010000003', proven: false })
  const unseen = await server.database.within(scope(), (trx) => reportersByIds(trx, [reporter], server.keys))
  expect(unseen.size).toBe(0)
})

test('AC14 a mention never overwrites a name, and no id takes the place of a phone', async () => {
  const { id: reporter } = await mention({ id: id(), phone: '10010000004', name: '钱素珍' })
  await mention({ id: id(), phone: '10010000004', name: '别的人' })
  expect((await owner.query('select name from reporter where id = $1', [reporter])).rows).toEqual([
    { name: '钱素珍' },
  ])
  await expect(mention({ id: reporter, phone: '10010000005' })).rejects.toMatchObject({ code: 'id_taken' })
  await expect(mention({ id: reporter })).rejects.toMatchObject({ code: 'id_taken' })
})

test('AC15 mentioning a phone opens the one request just made, and nothing else that was said with it', async () => {
  const phone = '10010000006'
  const mine = await say(phone)
  const stranger = await say(phone)
  expect(await me(stranger.token)).toMatchObject({ kind: 'follower', follows: 1, reporter: null })
  expect([
    await readable(mine.request, mine.token),
    await readable(stranger.request, stranger.token),
  ]).toEqual([200, 200])
  expect([
    await readable(mine.request, stranger.token),
    await readable(stranger.request, mine.token),
  ]).toEqual([404, 404])
  const token = await prove(phone)
  expect([await readable(mine.request, token), await readable(stranger.request, token)]).toEqual([200, 200])
  expect(await me(token)).toMatchObject({ kind: 'reporter', reporter: { phone, proven: true } })
})

test('AC16 a code serves five minutes, once, and five tries', async () => {
  const phone = '10010000007'
  const ask = async () => {
    server.clock.advance({ minutes: 1 })
    return (await post('/api/phone-codes', { phone })).json.demoCode as string
  }
  const give = async (code: string) => (await post('/api/phone-sessions', { phone, code })).status
  const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

  const late = await ask()
  expect(late).toMatch(/^\d{6}$/)
  server.clock.advance({ minutes: phoneCodes.minutes })
  expect(await give(late)).toBe(401)

  const once = await ask()
  expect([await give(once), await give(once)]).toEqual([201, 401])

  const guessed = await ask()
  for (let tries = 0; tries < phoneCodes.tries; tries += 1) expect(await give(other(guessed))).toBe(401)
  expect(await give(guessed)).toBe(401)
  const { rows } = await owner.query(
    `select count(*)::int as n from audit_entry where action = 'session.open' and detail->>'step' = 'phone_code' and detail->>'outcome' = 'wrong'`,
  )
  expect(rows).toEqual([{ n: phoneCodes.tries }])
})

test('AC16 one code a minute and ten a day go to one phone', async () => {
  const ask = () => post('/api/phone-codes', { phone: '10010000008' })
  expect((await ask()).status).toBe(201)
  const soon = await ask()
  expect([soon.status, soon.json.code, soon.headers['retry-after']]).toEqual([429, 'http.too_many', '60'])
  for (let count = 1; count < phoneCodes.perDay; count += 1) {
    server.clock.advance({ minutes: 1 })
    expect((await ask()).status).toBe(201)
  }
  server.clock.advance({ minutes: 1 })
  expect((await ask()).status).toBe(429)
  server.clock.advance({ hours: 24 })
  expect((await ask()).status).toBe(201)
})

test('AC16 a code leaves after the commit: none for what was rolled back, and one that could not leave is not counted', async () => {
  const texts: string[] = []
  const asking = (ok: boolean, fails: boolean) =>
    server.database.within(scope(), async (trx) => {
      const call = {
        actor: { kind: 'anyone' },
        trx,
        now: server.clock.now(),
        language: 'en',
      } as unknown as Call
      const sms: SmsProvider = {
        shown: false,
        send: async (_phone, text) => {
          texts.push(text)
          return ok ? { ok } : { ok, reason: 'busy' }
        },
      }
      await sendPhoneCode(call, '10010000077', { keys: server.keys, sms })
      if (fails) throw new Error('undone')
    })
  await expect(asking(true, true)).rejects.toThrow('undone')
  expect(texts).toEqual([])
  await expect(asking(false, false)).rejects.toMatchObject({ code: 'unavailable' })
  // At once again: the one that did not leave locks nobody out.
  await asking(true, false)
  expect(texts).toHaveLength(2)
  // And what had been sent before a try that failed stays as it was.
  server.clock.advance({ minutes: 1 })
  await expect(asking(false, false)).rejects.toMatchObject({ code: 'unavailable' })
  const code = /\d{6}/.exec(texts[1] ?? '')?.[0] ?? ''
  expect((await post('/api/phone-sessions', { phone: '10010000077', code })).status).toBe(201)
})

test('AC16 two that ask at the same moment get one code', async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => post('/api/phone-codes', { phone: '10010000009' })),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
})

test('AC17 five wrong tails lock a request code for an hour, known or not', async () => {
  const { code } = await say('10010004321')
  const follow = (one: string, phoneTail: string) => post('/api/follow', { code: one, phoneTail })
  expect((await follow(code, '4321')).status).toBe(200)
  for (const one of [code, 'GY-2611-999999']) {
    const answers = []
    for (let count = 0; count < mostWrongTails; count += 1) answers.push(await follow(one, '0000'))
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual(
      answers.map(() => [404, 'request.wrong_code_or_tail']),
    )
    expect((await follow(one, '4321')).json.code).toBe('http.too_many')
  }
  server.clock.advance({ hours: 1 })
  expect((await follow(code, '4321')).status).toBe(200)
})

test('AC17 guesses at the same moment count one by one', async () => {
  const { code } = await say('10010004322')
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => post('/api/follow', { code, phoneTail: '0000' })),
  )
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(mostWrongTails)
})

test('AC17 what staff see of a phone does not open the request in the name of its reporter', async () => {
  const { request, code } = await say('10010004323')
  const desk = await server.session('community_desk')
  const { json } = await server.call('GET', `/api/requests/${request}`, { token: desk })
  expect(json.reporter.phone).toBe('100 **** ***3')
  expect(JSON.stringify(json)).not.toContain('4323')
  const asStaff = await post('/api/follow', { code, phoneTail: '4323' }, desk)
  expect([asStaff.status, asStaff.json.code]).toEqual([404, 'request.not_found'])
})

test('AC20 sending a known request again makes nobody its reporter once it is worked on, or an hour later', async () => {
  const submission = () => ({
    id: id(),
    words: '楼道灯坏了',
    path: paths.inside.community,
    reporter: { id: id(), phone: '10010004324' },
  })
  const send = async (body: object) => {
    const { status, json, cookie } = await post('/api/requests', body)
    expect(status).toBe(201)
    return { follows: json.followToken as boolean, cookie }
  }
  const lost = submission()
  expect((await send(lost)).follows).toBe(true)
  const again = await send(lost)
  expect([again.follows, await readable(lost.id, again.cookie)]).toEqual([true, 200])

  // Id and words are what staff read; the id of the reporter they never see.
  expect((await send({ ...lost, reporter: { ...lost.reporter, id: id() } })).follows).toBe(false)
  const nameless = { id: id(), words: '楼道灯坏了', path: paths.inside.community }
  expect((await send(nameless)).follows).toBe(true)
  expect((await send({ ...nameless, reporter: { id: derivedId('reporter', nameless.id) } })).follows).toBe(
    false,
  )

  const desk = await server.session('community_desk')
  const note = { id: id(), kind: 'note', words: '已电话核实' }
  const entered = await server.call('POST', `/api/requests/${lost.id}/entries`, { token: desk, body: note })
  expect(entered.status, entered.text).toBe(200)
  expect(await send(lost)).toEqual({ follows: false, cookie: undefined })

  const old = submission()
  await send(old)
  server.clock.advance({ hours: 1, seconds: 1 })
  expect(await send(old)).toEqual({ follows: false, cookie: undefined })
})

test('AC21 a session of one’s own buys no further guesses', async () => {
  const sessions = [await say('10010004325'), await say('10010004326')]
  const answers = []
  for (let count = 0; count < 21; count += 1)
    answers.push(
      await server.call('POST', '/api/follow', {
        token: sessions[count % 2]!.token,
        body: { code: `GY-2611-9${String(count).padStart(5, '0')}`, phoneTail: '0000' },
      }),
    )
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 404), 429])
})

test('AC18 home is the one door where a proven phone stands in the register', async () => {
  const register = async (phone: string, doors: number) => {
    for (let door = 0; door < doors; door += 1) {
      const [dwelling, household, resident] = ['dwelling', 'household', 'resident'].map((kind) =>
        derivedId(kind, phone, String(door)),
      ) as [string, string, string]
      await owner.query(
        'insert into dwelling (district_code, id, path, floor, number) values ($1, $2, $3, 1, $4)',
        [district, dwelling, paths.inside.unit, `${phone}-${door}`],
      )
      await owner.query(
        'insert into household (district_code, id, dwelling_id, path) values ($1, $2, $3, $4)',
        [district, household, dwelling, paths.inside.unit],
      )
      await owner.query(
        `insert into resident (district_code, id, household_id, path, name, relation, phone_sealed, phone_index) values ($1, $2, $3, $4, '赵玉兰', 'head', $5, $6)`,
        [
          district,
          resident,
          household,
          paths.inside.unit,
          seal(server.keys, phone, `resident.phone:${resident}`),
          blindIndex(server.keys, 'phone', phone),
        ],
      )
    }
  }
  await register('10010000010', 1)
  await register('10010000011', 2)
  const home = async (phone: string) => (await me(await prove(phone))).reporter.home
  expect(await home('10010000010')).toEqual({ path: paths.inside.unit, name: '和平小区1号楼1单元' })
  expect(await home('10010000011')).toBeNull()
  expect(await home('10010000012')).toBeNull()
})

test('AC19 what a browser said with no phone comes along when it proves one', async () => {
  const first = await say(undefined)
  expect((await me(first.token)).kind).toBe('reporter')
  const second = await say(undefined, first.token)
  const token = await prove('10010000013', second.token)
  expect(await readable(first.request, token)).toBe(200)
  expect(await readable(second.request, token)).toBe(200)
  expect(await readable(first.request, first.token)).toBe(401)
})
