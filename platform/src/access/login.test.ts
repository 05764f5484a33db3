import { argon2Sync } from 'node:crypto'
import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { append } from '#audit/service.ts'
import type { Scope } from '#kernel/db.ts'
import { district, personOf, posts } from '#tests/fixture.ts'
import { startTestServer, type TestServer } from '#tests/server.ts'
import type { Actor } from './actor.ts'
import { makeGate } from './gate.ts'
import { lockout, setPassword } from './login.ts'
import type { Role } from './permissions.ts'
import { hashToken } from './sessions.ts'

const password = 'pomegranate-by-the-gate'
const whole: Scope = { district, reach: 'district', paths: [], organisations: [] }

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

const give = (role: Role, mustChange = false) =>
  server.database.within(whole, (trx) =>
    setPassword(trx, { person: personOf(role), password, mustChange }, server.clock.now(), server.keys),
  )
/** Each try from an address of its own: how often one caller may ask at all is another rule. */
let callers = 0
async function logIn(login: string, given = password, token?: string) {
  callers += 1
  const answer = await server.server.inject({
    method: 'POST',
    url: '/api/sessions',
    remoteAddress: `10.0.${callers >> 8}.${callers & 255}`,
    payload: { login, password: given },
    ...(token && { headers: { cookie: `chuanmen_session=${token}` } }),
  })
  return {
    status: answer.statusCode,
    json: answer.json(),
    headers: answer.headers,
    cookie: answer.cookies.find(({ name }) => name === 'chuanmen_session')?.value,
  }
}
const me = async (token: string | undefined) => (await server.call('GET', '/api/me', { token })).json
const ledger = async (detail: object) =>
  (
    await owner.query(
      'select actor_kind, subject_id, action from audit_entry where detail @> $1 order by at desc, seq desc',
      [detail],
    )
  ).rows
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: server.clock.now().epochMilliseconds,
  })

/** Sets up an authenticator for somebody logged in. @returns its secret and the new token. */
async function enrol(token: string | undefined) {
  const offered = await server.call('POST', '/api/second-factor/enrolment', { token, body: {} })
  const confirmed = await server.call('PUT', '/api/second-factor', {
    token,
    body: { code: codeOf(offered.json.secret) },
  })
  expect(confirmed.status, confirmed.text).toBe(204)
  return { secret: offered.json.secret as string, token: confirmed.cookie }
}

test('AC1 the right password opens a session, of which the database holds the hash alone', async () => {
  await give('community_desk')
  const answer = await logIn('Community_Desk')
  expect([answer.status, answer.json]).toEqual([
    201,
    {
      secondFactor: false,
      mustChange: false,
      person: { id: personOf('community_desk'), name: 'community_desk的人' },
    },
  ])
  expect(answer.headers['set-cookie']).toMatch(/HttpOnly/)
  expect(answer.headers['set-cookie']).toMatch(/SameSite=Lax/)
  const { rows } = await owner.query('select token_hash from session where token_hash in ($1, $2)', [
    answer.cookie,
    hashToken(answer.cookie ?? ''),
  ])
  expect(rows).toEqual([{ token_hash: hashToken(answer.cookie ?? '') }])
  expect(await me(answer.cookie)).toMatchObject({
    kind: 'staff',
    name: 'community_desk的人',
    posts: [
      {
        role: 'community_desk',
        organisation: { id: posts.community_desk.organisation },
        path: posts.community_desk.path,
      },
    ],
    due: [],
  })
})

test('AC2 logging out ends the session, and logging in again ends the one before', async () => {
  await give('handler')
  const first = (await logIn('handler')).cookie
  const second = (await logIn('handler', password, first)).cookie
  expect((await me(first)).kind).toBe('anyone')
  expect((await me(second)).kind).toBe('staff')
  expect((await server.call('DELETE', '/api/session', { token: second })).status).toBe(204)
  expect((await me(second)).kind).toBe('anyone')
})

test('AC2 a new password ends every other session of the person', async () => {
  await give('grid_worker')
  const [here, there] = [(await logIn('grid_worker')).cookie, (await logIn('grid_worker')).cookie]
  const wrong = await server.call('PUT', '/api/password', {
    token: here,
    body: { current: 'not this one', password: 'another-good-one' },
  })
  expect([wrong.status, wrong.json.code]).toEqual([401, 'access.wrong_login'])
  const unfit = await server.call('PUT', '/api/password', {
    token: here,
    body: { current: password, password: '1234567890' },
  })
  expect([unfit.status, unfit.json.code, unfit.json.field]).toEqual([
    422,
    'access.password_unfit',
    'body.password',
  ])
  const changed = await server.call('PUT', '/api/password', {
    token: here,
    body: { current: password, password: 'a-new-and-good-one' },
  })
  expect(changed.status).toBe(204)
  expect([(await me(here)).kind, (await me(there)).kind, (await me(changed.cookie)).kind]).toEqual([
    'anyone',
    'anyone',
    'staff',
  ])
  expect((await logIn('grid_worker')).json.code).toBe('access.wrong_login')
  expect((await logIn('grid_worker', 'a-new-and-good-one')).status).toBe(201)
})

test('AC5 a hash of other parameters is made anew at the next login', async () => {
  await give('liaison')
  const stored = () =>
    owner
      .query('select password_hash as hash from credential where person_id = $1', [personOf('liaison')])
      .then(({ rows }) => rows[0].hash as string)
  const salt = Buffer.alloc(16, 7)
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: 8_192,
    passes: 1,
  })
  const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  await owner.query('update credential set password_hash = $1 where person_id = $2', [
    `$argon2id$v=19$m=8192,t=1,p=1$${plain(salt)}$${plain(tag)}`,
    personOf('liaison'),
  ])
  expect((await logIn('liaison', 'wrong password')).status).toBe(401)
  expect(await stored()).toMatch(/m=8192/)
  expect((await logIn('liaison')).status).toBe(201)
  expect(await stored()).toMatch(/m=19456,t=2,p=1/)
  expect((await logIn('liaison')).status).toBe(201)
})

test('AC6 AC8 the fifth wrong try locks the login for everybody, for a quarter of an hour', async () => {
  await give('building_head')
  for (let count = 1; count <= lockout.failures; count += 1) {
    const answer = await logIn('building_head', 'wrong password')
    expect([answer.status, answer.json.code]).toEqual([401, 'access.wrong_login'])
  }
  const locked = await logIn('building_head')
  expect([locked.status, locked.json.code]).toEqual([423, 'access.locked'])
  expect(locked.headers['retry-after']).toBe('900')
  server.clock.advance({ minutes: 14 })
  expect((await logIn('building_head')).json.code).toBe('access.locked')
  server.clock.advance({ minutes: 1 })
  expect((await logIn('building_head')).status).toBe(201)
  const tried = await ledger({ step: 'password', outcome: 'wrong' })
  expect(tried.filter(({ subject_id: subject }) => subject === personOf('building_head'))).toHaveLength(4)
  expect(await ledger({ step: 'password', outcome: 'locked' })).toEqual([
    { actor_kind: 'anyone', subject_id: personOf('building_head'), action: 'session.open' },
  ])
})

test('AC7 an unknown login answers and locks as a known one', async () => {
  const wrong = async (login: string) => {
    const answers = []
    for (let count = 0; count < lockout.failures + 1; count += 1) {
      const { status, json } = await logIn(login, 'wrong password')
      answers.push([status, json.code, json.detail])
    }
    return answers
  }
  await give('audit_admin')
  expect(await wrong('nobody_of_that_name')).toEqual(await wrong('audit_admin'))
})

test('AC6 whatever the order of right, wrong and waiting, the lock is exactly as the rule says', async () => {
  await give('district_desk')
  const steps = fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant('wrong' as const) },
      { weight: 1, arbitrary: fc.constant('right' as const) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 16 }) },
    ),
    { minLength: 6, maxLength: 14 },
  )
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      // Each run starts with an open lock and a right password.
      server.clock.advance({ minutes: 16 })
      expect((await logIn('district_desk')).status).toBe(201)
      let failures = 0
      let lockedFor = 0
      for (const step of given) {
        if (typeof step === 'number') {
          server.clock.advance({ minutes: step })
          if (lockedFor > 0 && lockedFor <= step) failures = 0
          lockedFor = Math.max(0, lockedFor - step)
          continue
        }
        const { status } = await logIn('district_desk', step === 'right' ? password : 'wrong password')
        if (lockedFor > 0) expect(status).toBe(423)
        else if (step === 'right') {
          expect(status).toBe(201)
          failures = 0
        } else {
          expect(status).toBe(401)
          failures += 1
          if (failures === lockout.failures) lockedFor = lockout.minutes
        }
      }
    }),
    { numRuns: 12 },
  )
})

test('AC6 wrong tries at once count one by one', async () => {
  await give('security_admin')
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => logIn('security_admin', 'wrong password')),
  )
  const by = (status: number) => answers.filter((answer) => answer.status === status).length
  expect([by(401), by(423)]).toEqual([lockout.failures, 20 - lockout.failures])
})

test('AC9 AC11 with an authenticator the password is half the way, and each code serves once', async () => {
  await give('subdistrict_desk')
  const plain = (await logIn('subdistrict_desk')).cookie
  const { secret, token } = await enrol(plain)
  expect([(await me(plain)).kind, (await me(token)).secondFactor]).toEqual(['anyone', true])

  const half = await logIn('subdistrict_desk')
  expect(half.json).toEqual({ secondFactor: true, mustChange: false, person: null })
  expect((await me(half.cookie)).kind).toBe('anyone')
  expect((await server.call('GET', '/api/requests', { token: half.cookie })).json.code).toBe('access.log_in')

  const second = (code: string, cookie = half.cookie) =>
    server.call('POST', '/api/sessions/second-factor', { token: cookie, body: { code } })
  // The code that confirmed the authenticator was used by that.
  expect((await second(codeOf(secret))).json.code).toBe('access.wrong_code')
  server.clock.advance({ seconds: 30 })
  const code = codeOf(secret)
  const inside = await second(code)
  expect(inside.status).toBe(201)
  expect((await me(inside.cookie)).kind).toBe('staff')
  expect((await second(code)).json.code).toBe('access.log_in')
  const again = await logIn('subdistrict_desk')
  expect((await second(code, again.cookie)).json.code).toBe('access.wrong_code')

  server.clock.advance({ minutes: 6 })
  expect((await second(codeOf(secret), again.cookie)).json.code).toBe('access.log_in')
  // To replace it takes the password again.
  const replace = (body: object) =>
    server.call('POST', '/api/second-factor/enrolment', { token: inside.cookie, body })
  expect((await replace({})).json.code).toBe('access.wrong_login')
  expect((await replace({ password })).status).toBe(201)
})

test('AC9 the right password does not buy fresh guesses at the code', async () => {
  await give('system_admin')
  await enrol((await logIn('system_admin')).cookie)
  server.clock.advance({ minutes: 1 })
  let wrong = 0
  for (let count = 0; count < 20; count += 1) {
    const half = await logIn('system_admin')
    if (half.status === 423) break
    const answer = await server.call('POST', '/api/sessions/second-factor', {
      token: half.cookie,
      body: { code: '000000' },
    })
    expect(answer.status).toBe(401)
    wrong += 1
  }
  expect(wrong).toBe(lockout.failures)
})

test('AC12 a password given by the security administrator opens nothing but the change to an own one', async () => {
  const security = await server.session('security_admin')
  const set = await server.call('PUT', `/api/people/${personOf('handler')}/password`, {
    token: security,
    body: { password: 'handed-over-on-paper' },
  })
  expect(set.status, set.text).toBe(204)
  const first = await logIn('handler', 'handed-over-on-paper')
  expect(first.json).toMatchObject({ mustChange: true })
  expect((await server.call('GET', '/api/requests', { token: first.cookie })).json.code).toBe(
    'access.password_change_required',
  )
  expect((await me(first.cookie)).due).toEqual(['password'])
  const changed = await server.call('PUT', '/api/password', {
    token: first.cookie,
    body: { current: 'handed-over-on-paper', password: 'tooshort' },
  })
  expect(changed.status, changed.text).toBe(422)
  const longer = await server.call('PUT', '/api/password', {
    token: first.cookie,
    body: { current: 'handed-over-on-paper', password: 'one-i-chose-myself' },
  })
  expect(longer.status, longer.text).toBe(204)
  expect((await server.call('GET', '/api/requests', { token: longer.cookie })).status).toBe(200)
  const nobody = await server.call('PUT', `/api/people/${posts.handler.organisation}/password`, {
    token: security,
    body: { password: 'handed-over-on-paper' },
  })
  expect(nobody.json.code).toBe('record.not_found')
})

test('AC10 production lets desks and administrators set up an authenticator and nothing else', () => {
  const gate = (mode: 'demo' | 'production') => makeGate({ database: server.database, mode, append })
  const actor = (role: Role, secondFactor: boolean): Actor => ({
    kind: 'staff',
    id: personOf(role),
    name: role,
    posts: [{ role, ...posts[role], deskLevel: null }],
    secondFactor,
  })
  expect(gate('production').mustEnrol(actor('community_desk', false), 'request.read')).toBe(true)
  expect(gate('production').mustEnrol(actor('audit_admin', false), 'audit.read')).toBe(true)
  expect(gate('production').mustEnrol(actor('community_desk', false), 'session.own')).toBe(false)
  expect(gate('production').mustEnrol(actor('community_desk', true), 'request.read')).toBe(false)
  expect(gate('production').mustEnrol(actor('handler', false), 'request.read')).toBe(false)
  expect(gate('demo').mustEnrol(actor('community_desk', false), 'request.read')).toBe(false)
})
