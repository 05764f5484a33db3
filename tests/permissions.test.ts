import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#access/actor.ts'
import { may } from '#access/actor.ts'
import { exclusiveRoles, permissions, roles } from '#access/permissions.ts'
import type { Ability, Grant, Role } from '#access/permissions.ts'
import { allRoutes } from '#platform/app.ts'
import { localFiles } from '#kernel/files.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { district, paths, posts } from './fixture.ts'
import { meetingAt } from './meetings.ts'
import { draftAt } from './plans.ts'
import { giveDoor, liveAt, wentTo } from './homes.ts'
import { samples } from './samples.ts'
import type { Records, Side } from './samples/sample.ts'
import { startTestServer } from './server.ts'
import { whistleOn } from './whistles.ts'
import type { TestServer } from './server.ts'
import pg from 'pg'

/** Every route x every role x inside and outside its area: nothing is let through that the permission table does not name. */

let server: TestServer
let records: Records
const tokens = {} as Record<Role, string>
const routes = allRoutes({ keys: null as never, files: localFiles('.'), mode: 'demo', dataDir: '.' })
const sides: Side[] = ['inside', 'outside']

/** Not walked here: opening and ending one's own session has tests of its own, and uploads are bound to nothing yet. */
const own = routes.filter(
  (route) =>
    route.allow === 'session.open' ||
    (route.allow === 'session.own' && route.path !== '/api/me' && route.path !== '/api/follow') ||
    route.uploadBytes ||
    route.allow === 'credential.change',
)
const walked = routes.filter((route) => !own.includes(route))

beforeAll(async () => {
  server = await startTestServer()
  records = { inside: await say('inside'), outside: await say('outside') }
  for (const role of roles) tokens[role] = await server.session(role)
})
afterAll(() => server.close())

/** A request with a photo on it, said by somebody without an account. */
async function say(side: Side): Promise<Records[Side]> {
  const id = uuidv7(server.clock.now())
  const attachment = uuidv7(server.clock.now())
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const said = await server.call('POST', '/api/requests', {
    body: {
      id,
      words: '路灯不亮',
      path: side === 'inside' ? paths.inside.unit : paths.outside.community,
      reporter: { id: uuidv7(server.clock.now()), phone: side === 'inside' ? '10012340001' : '10012340002' },
    },
  })
  expect(said.status, said.text).toBe(201)
  const digest = Buffer.alloc(32)
  await client.query(
    `insert into attachment (district_code, id, request_id, entry_id, kind, media_type, bytes, sha256, owner, created_at)
     select $1, $2, $3, id, 'photo', 'image/jpeg', 1, $4, 'anyone', now() from request_entry where request_id = $3`,
    [district, attachment, id, digest],
  )
  await localFiles(server.dataDir).put(`${attachment}-${'0'.repeat(16)}`, Buffer.from('x'))
  const { rows } = await client.query<{ id: string }>(
    'select id from message where request_id = $1 and to_organisation_id is not null limit 1',
    [id],
  )
  await client.end()
  const home = await liveAt(
    server.ownerUrl,
    side === 'inside' ? paths.inside.unit : paths.outside.community,
    side,
  )
  await draftAt(server.ownerUrl, side === 'inside' ? paths.inside.community : paths.outside.community, side)
  await meetingAt(server.ownerUrl, side === 'inside' ? paths.inside.community : paths.outside.community, side)
  const went = await wentTo(
    server.ownerUrl,
    home,
    side === 'inside' ? paths.inside.unit : paths.outside.community,
  )
  // The liaison of the fixture has the door inside; nobody has the one outside, and the building's head has none.
  if (side === 'inside') await giveDoor(server.ownerUrl, home.dwelling, 'liaison')
  const whistle = await whistleOn(server.ownerUrl, id, side)
  return { request: id, attachment, code: said.json.code, message: rows[0]!.id, ...home, ...went, whistle }
}

/** Whether the permission table lets this role reach the record of a side with this ability. Worked out apart from the code under test. */
function reaches(role: Role, ability: Ability, side: Side): boolean {
  const grant: Grant = permissions[ability]
  const reach = grant.staff[role]
  const path = side === 'inside' ? paths.inside.community : paths.outside.community
  const byArea = path.startsWith(posts[role].path)
  // The only organisations with a hand in the records are the desks they were said to.
  const byParty = side === 'inside' && posts[role].organisation === posts.community_desk.organisation
  if (reach === undefined) return false
  const duty = side === 'inside' && role === 'liaison'
  return { any: true, area: byArea, party: byParty, both: byArea || byParty, duty, own: false }[reach]
}

describe('route table', () => {
  test('every route names an ability of the permission table and has a sample', () => {
    const known = samples(server, records)
    for (const route of routes) expect(Object.keys(permissions)).toContain(route.allow)
    expect(walked.map((route) => `${route.method} ${route.path}`).filter((name) => !known[name])).toEqual([])
  })

  test('every ability is used by some route', () => {
    const used = new Set<string>(routes.map(({ allow }) => allow))
    expect(Object.keys(permissions).filter((ability) => !used.has(ability))).toEqual([])
  })
})

describe.each(
  walked.map(
    (route, index) => [`${route.method} ${route.path}`, route, `192.0.2.${(index % 250) + 1}`] as const,
  ),
)('%s', (name, route, address) => {
  // One address may not call as often as a walk over every route does.
  beforeAll(() => server.from(address))

  test.each(roles)('%s', async (role) => {
    for (const side of sides) {
      const { url, body, form, headers, bound } = samples(server, records)[name]!(side)
      const answer = await server.call(route.method, url, {
        token: tokens[role],
        body,
        form,
        ...(headers && { headers }),
      })
      const grant: Grant = permissions[route.allow]
      const where = `${role} ${name} ${side}: ${answer.text.slice(0, 300)}`
      if (!grant.staff[role] && !grant.open) {
        expect(answer.status, where).toBe(403)
        expect(answer.problem, where).toBe('access.not_allowed')
      } else if (bound && !reaches(role, route.allow, side)) {
        // A record beyond reach looks like one that is not there; writing into an area beyond reach is refused.
        expect([403, 404], where).toContain(answer.status)
        expect(answer.text, where).not.toContain('路灯不亮')
      } else {
        expect(answer.problem ?? '', where).not.toMatch(/^access\./)
        expect(answer.status, where).toBeLessThan(500)
        if (bound) expect([404], where).not.toContain(answer.status)
      }
    }
  })

  test('without a session', async () => {
    const { url, body, form, headers } = samples(server, records)[name]!('inside')
    const answer = await server.call(route.method, url, {
      body,
      form,
      ...(headers && { headers }),
    })
    const grant: Grant = permissions[route.allow]
    if (grant.open) expect(answer.problem).not.toBe('access.log_in')
    // Open311 says 403 for a key that is missing.
    else expect([answer.status, answer.problem]).toEqual([route.wire ? 403 : 401, 'access.log_in'])
  })
})

describe('the table itself', () => {
  const staff = (...held: Role[]): Actor => ({
    kind: 'staff',
    id: 'x',
    name: 'x',
    secondFactor: true,
    posts: held.map((role) => ({ role, ...posts[role], deskLevel: null })),
  })

  test('the three administrators see no request, and nobody else sees the audit ledger', () => {
    for (const role of exclusiveRoles)
      for (const ability of ['request.read', 'request.enter', 'request.reveal', 'attachment.read'] as const)
        expect(may(staff(role), ability)).toBe(false)
    for (const role of roles) expect(may(staff(role), 'audit.read')).toBe(role === 'audit_admin')
  })

  test('who makes people does not hand out posts, and who hands out posts does not make people', () => {
    for (const role of roles)
      expect(may(staff(role), 'person.change') && may(staff(role), 'post.change')).toBe(false)
  })
})
