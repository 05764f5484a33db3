import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#tests/database.ts'
import { manualClock } from './clock.ts'
import { buildHttp } from './http.ts'
import { routeMaker } from './route.ts'

let own: TestDatabase
beforeAll(async () => (own = await createTestDatabase()))
afterAll(() => own.drop())

/** A server with one door that gives a session to anybody. */
async function serverBehind(trustProxy: string[] | boolean) {
  const scope = { district: '131003', reach: 'none' as const, paths: [], organisations: [] }
  return buildHttp<null>({
    routes: [
      routeMaker<string, null>()({
        method: 'POST',
        path: '/api/door',
        allow: 'door',
        summary: 'A session for anybody',
        run: async (call) => call.setSession('token', 60),
        audit: 'public',
      }),
    ],
    gate: {
      identify: async () => ({ actor: null, session: null }),
      may: () => true,
      isAnyone: () => true,
      mustEnrol: () => false,
      scopeFor: () => scope,
      audit: async () => {},
    },
    database: own.database,
    clock: manualClock('2026-11-20T02:20:00.000Z'),
    district: async () => scope.district,
    tls: null,
    trustProxy,
    logger: null,
  })
}

test.each([
  ['a trusted proxy that took it by TLS', ['127.0.0.1'], 'https', true],
  ['a trusted proxy that took it in the open', ['127.0.0.1'], 'http', undefined],
  ['a stranger who only says TLS', ['10.9.9.9'], 'https', undefined],
])('the session cookie is bound to TLS behind %s', async (_, proxies, proto, secure) => {
  const server = await serverBehind(proxies)
  const answer = await server.inject({
    method: 'POST',
    url: '/api/door',
    headers: { 'x-forwarded-proto': proto },
  })
  const [cookie] = answer.cookies
  expect([cookie?.httpOnly, cookie?.sameSite, cookie?.secure]).toEqual([true, 'Lax', secure])
  await server.close()
})
