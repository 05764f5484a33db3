import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { addClient, clientAbilities } from '#access/clients.ts'
import { buildServer } from '#platform/app.ts'
import type { Role } from '#access/permissions.ts'
import { manualClock } from '#kernel/clock.ts'
import { loadConfig } from '#kernel/config.ts'
import { createTestDatabase } from './database.ts'
import { district, openSession, seedFixture } from './fixture.ts'

/** A Friday morning, ten past ten in Shanghai. */
export const startsAt = '2026-11-20T02:20:00.000Z'

/**
 * The whole server on a database of its own with the fixture in it; requests go through its real front door.
 * @param settings further ones, as an operator sets them
 */
export async function startTestServer(settings: Record<string, string> = {}) {
  const test = await createTestDatabase()
  const clock = manualClock(startsAt)
  await seedFixture(test.ownerUrl, '2026-01-01T00:00:00.000Z')
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-server-'))
  const config = loadConfig({ CHUANMEN_DATA_DIR: dataDir, CHUANMEN_DEMO: 'none', ...settings })
  const server = await buildServer({ config, database: test.database, keys: test.keys, clock })
  await server.ready()

  let address = '127.0.0.1'

  /** One call as a browser would make it. `token` is the session cookie's value. */
  async function call(
    method: string,
    url: string,
    options: {
      token?: string | undefined
      body?: unknown
      /** Instead of a body. */
      form?: Record<string, string> | readonly (readonly [string, string])[] | undefined
      headers?: Record<string, string>
    } = {},
  ) {
    const form = options.form && new URLSearchParams(options.form as Record<string, string>).toString()
    const answer = await server.inject({
      method: method as 'GET',
      url,
      remoteAddress: address,
      headers: {
        ...(options.token && { cookie: `chuanmen_session=${options.token}` }),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...options.headers,
      },
      ...(options.body !== undefined && { payload: options.body as object }),
      ...(form !== undefined && { payload: form }),
    })
    const type = String(answer.headers['content-type'] ?? '')
    const cookie = answer.cookies.find(({ name }) => name === 'chuanmen_session')?.value
    return {
      status: answer.statusCode,
      headers: answer.headers,
      json: type.includes('json') ? answer.json() : null,
      /** Stable code of a refusal, in whatever shape it came. */
      problem: answer.headers['x-problem'] as string | undefined,
      text: answer.body,
      cookie,
    }
  }

  return {
    ...test,
    clock,
    config,
    dataDir,
    server,
    call,
    /** Calls come from this address from now on. */
    from: (other: string) => void (address = other),
    /** A key that carries everything a key can. */
    clientKey: (answers: 'id' | 'token' = 'id') =>
      test.database.within({ district, reach: 'district', paths: [], organisations: [] }, async (trx) => {
        const made = await addClient(
          trx,
          { name: 'FixMyStreet', abilities: clientAbilities(), answers },
          clock.now(),
        )
        return made.key
      }),
    session: (role: Role) => openSession(test.ownerUrl, role, clock.now().toString()),
    async close() {
      await server.close()
      await test.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>
