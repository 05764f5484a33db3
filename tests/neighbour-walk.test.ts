import type { z } from 'zod'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localFiles } from '#kernel/files.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { allRoutes } from '#platform/app.ts'
import { paths, personOf } from './fixture.ts'
import { giveDoor, liveAt, wentTo } from './homes.ts'
import type { Home } from './homes.ts'
import { samples } from './samples.ts'
import { startTestServer } from './server.ts'
import type { TestServer } from './server.ts'
import { asOwner } from './story.ts'

/**
 * Boundary 9: every route there is, asked by a liaison and by a building's head about the household next door, in the same
 * stairwell. Nothing of who lives there, what stands in its handbook or what was said at its door is in any answer.
 */

const routes = allRoutes({ keys: null as never, files: localFiles('.'), mode: 'demo', dataDir: '.' })
/** Sessions and passwords are one's own; an upload brings something and reads nothing. What only reads goes first. */
const walked = routes
  .filter((route) => !route.uploadBytes && route.allow !== 'credential.change')
  .filter((route) => !route.allow.startsWith('session.') || route.path === '/api/me')
  .toSorted((a, b) => Number(b.method === 'GET') - Number(a.method === 'GET'))

type Next = Home & {
  visit: string
  visitTask: string
  promise: string
  secrets: string[]
  name: string
  phone: string
}

let server: TestServer
const behind = {} as Record<'liaison' | 'building_head', Next>
let asked = 0

/** A household with a name, a phone, a note and a visit, whose door is the duty of somebody. */
async function home(role: 'liaison' | 'building_head', number: string, name: string): Promise<Next> {
  const unit = paths.inside.unit
  const lives = await liveAt(server.ownerUrl, unit, `next ${role}`, { number, name })
  await giveDoor(server.ownerUrl, lives.dwelling, role)
  const went = await wentTo(server.ownerUrl, lives, unit)
  const heard = `${name}说膝盖疼`
  for (const table of ['visit', 'visit_task', 'promise'])
    await asOwner(server, `update ${table} set person_id = $1 where household_id = $2`, [
      personOf(role),
      lives.household,
    ])
  await asOwner(server, 'update visit set words = $1 where id = $2', [heard, went.visit])
  const phone = `1001000${number}`
  const note = `${number}的钥匙在门卫`
  const entered = await server.call('POST', `/api/households/${lives.household}/entries`, {
    token: await server.session('community_desk'),
    body: {
      id: uuidv7(server.clock.now()),
      base: 1,
      deviceAt: '2026-11-20T02:00:00Z',
      fields: { [`resident.${lives.resident}.phone`]: phone, note },
    },
  })
  expect(entered.status, entered.text).toBe(200)
  return { ...lives, ...went, name, phone, secrets: [name, phone, note, heard, lives.resident] }
}

beforeAll(async () => {
  server = await startTestServer()
  behind.liaison = await home('liaison', '2010', '邻舍甲')
  behind.building_head = await home('building_head', '2020', '邻舍乙')
})
afterAll(() => server.close())

/** From an address of its own each time: a call that is put off for too many before it would prove nothing. */
async function ask(
  token: string,
  method: string,
  url: string,
  more: { body?: unknown; headers?: object } = {},
) {
  asked += 1
  const answer = await server.server.inject({
    method: method as 'GET',
    url,
    remoteAddress: `10.3.${asked >> 8}.${asked & 255}`,
    headers: { cookie: `chuanmen_session=${token}`, ...more.headers },
    ...(more.body !== undefined && { payload: more.body as object }),
  })
  if (method === 'GET') expect(answer.statusCode, url).not.toBe(429)
  return { status: answer.statusCode, text: answer.body }
}

test.each([
  { role: 'liaison', next: 'building_head' },
  { role: 'building_head', next: 'liaison' },
] as const)(
  '$role reads the own door and nothing of the one next to it, by any route',
  async ({ role, next }) => {
    const token = await server.session(role)
    const theirs = behind[next]
    const nowhere = uuidv7(server.clock.now())
    const records = {
      ...theirs,
      request: nowhere,
      attachment: nowhere,
      code: 'GY-2611-000001',
      message: nowhere,
      whistle: nowhere,
    }
    const known = samples(server, { inside: records, outside: records })
    const own = await ask(token, 'GET', `/api/households/${behind[role].household}`)
    expect(own.text).toContain(behind[role].name)
    for (const route of walked) {
      const name = `${route.method} ${route.path}`
      const sample = known[name]!('inside')
      const { text } = await ask(token, route.method, sample.url, sample)
      for (const secret of theirs.secrets)
        expect(text.includes(secret), `${role} reads ${secret} at ${name}: ${text.slice(0, 1000)}`).toBe(
          false,
        )
      if (route.method !== 'GET' || !route.query) continue
      // Asking for what one wants to know: each field of the query in turn.
      for (const field of Object.keys((route.query as z.ZodObject).shape))
        for (const probe of [theirs.name, theirs.phone, theirs.household]) {
          const url = new URL(sample.url, 'http://x')
          url.searchParams.set(field, probe)
          const found = await ask(token, 'GET', `${url.pathname}${url.search}`)
          if (found.status !== 200) continue
          const where = `${role} finds it by ${field}=${probe} at ${name}: ${found.text.slice(0, 1000)}`
          for (const secret of theirs.secrets.filter((one) => one !== probe))
            expect(found.text.includes(secret), where).toBe(false)
        }
    }
  },
)
