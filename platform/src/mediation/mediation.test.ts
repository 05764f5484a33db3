import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '#access/actor.ts'
import type { Actor } from '#access/actor.ts'
import { roles } from '#access/permissions.ts'
import type { Role } from '#access/permissions.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { district, ids, paths, personOf, posts } from '#tests/fixture.ts'
import { liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

/** Mediation files (R10): formed, talked about, agreed, kept or broken; and read by almost nobody. */

let server: TestServer
let home: Home
let request: { id: string; code: string }
const tokens = {} as Record<Role, string>
const id = () => uuidv7(server.clock.now())
const call = (role: Role | undefined, method: string, url: string, body?: object, version?: number) =>
  server.call(method, url, {
    token: role && tokens[role],
    ...(body && { body }),
    ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
  })
const secret = '楼上浇花滴到楼下被褥'
const file = (more: object = {}) => ({
  id: id(),
  title: '浇花滴水',
  words: secret,
  parties: [
    { id: id(), name: '楼上孙某' },
    { id: id(), name: '楼下李某' },
  ],
  mediators: [personOf('building_head')],
  ...more,
})
const enter = (role: Role, one: string, body: object) =>
  call(role, 'POST', `/api/mediations/${one}/entries`, { id: id(), on: '2026-11-20', ...body })

beforeAll(async () => {
  server = await startTestServer()
  home = await liveAt(server.ownerUrl, paths.inside.unit, 'mediation')
  for (const role of roles) tokens[role] = await server.session(role)
  const said = await server.call('POST', '/api/requests', {
    body: { id: id(), words: '楼上滴水', path: paths.inside.unit, reporter: { id: id() } },
  })
  request = said.json
})
afterAll(() => server.close())

describe('MD2 a file', () => {
  test('is formed, talked about, agreed upon, found broken, talked about again and kept', async () => {
    const one = file()
    const opened = await call('community_desk', 'POST', '/api/mediations', one)
    expect(opened.status, opened.text).toBe(201)
    expect(opened.json).toMatchObject({
      state: 'open',
      mediators: [{ name: 'building_head的人' }],
      deeds: ['session', 'agree', 'end'],
      request: null,
    })
    expect((await call('community_desk', 'POST', '/api/mediations', one)).json.id).toBe(one.id)
    const session = { id: id(), kind: 'session', on: '2026-11-18', words: '都愿意坐下来' }
    expect((await enter('building_head', one.id, session)).status).toBe(201)
    expect((await enter('building_head', one.id, session)).json.entries).toHaveLength(2)
    expect((await enter('building_head', one.id, { kind: 'agree', words: '接个托盘' })).problem).toBe(
      'input.invalid',
    )
    const agreed = await enter('building_head', one.id, {
      kind: 'agree',
      words: '楼上接托盘，楼下不再敲管子',
      followUpOn: '2026-12-04',
    })
    expect(agreed.json).toMatchObject({
      state: 'agreed',
      followUpOn: '2026-12-04',
      deeds: ['kept', 'broken'],
    })
    expect((await enter('building_head', one.id, { kind: 'session', words: '再谈' })).problem).toBe(
      'mediation.not_in_this_state',
    )
    const broken = await enter('community_desk', one.id, { kind: 'broken', words: '托盘拿走了' })
    expect(broken.json).toMatchObject({ state: 'broken', followUpOn: null, deeds: ['session', 'end'] })
    await enter('building_head', one.id, { kind: 'session', words: '又谈了一次' })
    await enter('building_head', one.id, { kind: 'agree', words: '装回去', followUpOn: '2026-11-30' })
    const kept = await enter('building_head', one.id, { kind: 'kept' })
    expect(kept.json).toMatchObject({ state: 'kept', deeds: [] })
    expect(kept.json.entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'kept',
      'agree',
      'session',
      'broken',
      'agree',
      'session',
      'open',
    ])
  })

  test('names residents whom the desk may read, others in words, and mediators who hold a post', async () => {
    const named = file({
      parties: [
        { id: id(), resident: home.resident },
        { id: id(), name: '楼上的租户' },
      ],
    })
    const { json } = await call('community_desk', 'POST', '/api/mediations', named)
    expect(json.parties.find((party: { resident: string | null }) => party.resident)).toMatchObject({
      resident: home.resident,
    })
    const problem = async (more: object, role: Role = 'community_desk') =>
      (await call(role, 'POST', '/api/mediations', file(more))).json.code
    expect(
      await problem({
        parties: [
          { id: id(), resident: id() },
          { id: id(), name: '乙' },
        ],
      }),
    ).toBe('record.invalid_reference')
    expect(await problem({ mediators: [id()] })).toBe('record.invalid_reference')
    expect(await problem({ parties: [{ id: id(), name: '甲' }] })).toBe('input.invalid')
    expect(await problem({}, 'building_head')).toBe('access.not_allowed')
  })
})

describe('MD1 a file is read by', () => {
  let one: ReturnType<typeof file>
  const scopeOf = (role: Role) => {
    const deskLevel = role.endsWith('_desk') ? (role.replace('_desk', '') as 'community') : null
    const actor: Actor = {
      kind: 'staff',
      id: personOf(role),
      name: role,
      posts: [{ role, ...posts[role], deskLevel }],
      secondFactor: true,
    }
    return scopeFor(actor, 'mediation.read', district)
  }
  beforeAll(async () => {
    one = file({ request: request.id })
    expect((await call('community_desk', 'POST', '/api/mediations', one)).status).toBe(201)
  })

  test('its mediators and the desk that opened it, and nobody else, whatever their area', async () => {
    for (const role of roles) {
      const mayRead = role === 'community_desk' || role === 'building_head'
      const answer = await call(role, 'GET', `/api/mediations/${one.id}`)
      expect([role, answer.status === 200], answer.text).toEqual([role, mayRead])
      expect(answer.text.includes(secret), role).toBe(mayRead)
      const list = await call(role, 'GET', '/api/mediations')
      expect([role, list.text.includes(one.id)]).toEqual([role, mayRead])
    }
    expect((await call(undefined, 'GET', `/api/mediations/${one.id}`)).status).toBe(401)
  })

  test('row security, with the WHERE left out, and every area in reach', async () => {
    for (const role of roles)
      for (const table of ['mediation', 'mediation_party', 'mediation_entry', 'mediation_mediator']) {
        const scope = { ...scopeOf(role), paths: [paths.district] }
        const { rows } = await server.database.within(scope, (trx) =>
          sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(trx),
        )
        const mayRead = role === 'community_desk' || role === 'building_head'
        expect([role, table, rows[0]!.n > 0]).toEqual([role, table, mayRead])
      }
  })

  test('MD3 whoever is replaced reads it no longer; only the desk says who mediates', async () => {
    const url = `/api/mediations/${one.id}/mediators`
    const next = { mediators: [personOf('grid_worker')] }
    expect((await call('building_head', 'PUT', url, next, 1)).status).toBe(403)
    expect((await call('subdistrict_desk', 'PUT', url, next, 1)).problem).toBe('record.not_found')
    expect((await call('community_desk', 'PUT', url, next, 9)).problem).toBe('changed_meanwhile')
    expect((await call('community_desk', 'PUT', url, next, 1)).json.mediators).toEqual([
      { id: personOf('grid_worker'), name: 'grid_worker的人' },
    ])
    expect((await call('building_head', 'GET', `/api/mediations/${one.id}`)).status).toBe(404)
    expect((await call('grid_worker', 'GET', `/api/mediations/${one.id}`)).status).toBe(200)
  })

  test('MD4, MD5 the request goes on and tells nothing: no entry, message, search word, event or export', async () => {
    const seen = await call('community_desk', 'GET', `/api/requests/${request.id}`)
    expect(seen.json).toMatchObject({ state: 'submitted', version: 1 })
    expect(seen.text).not.toContain(one.id)
    const found = await call('community_desk', 'GET', `/api/requests/search?q=${encodeURIComponent('被褥')}`)
    expect(found.text).not.toContain(request.id)
    const owner = new pg.Client({ connectionString: server.ownerUrl })
    await owner.connect()
    const { rows: tables } = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'mediation%'`,
    )
    // Whatever table there is, now or later: none but its own holds what was said, nor who the parties are.
    for (const { name } of tables)
      for (const word of [secret, '楼下李某']) {
        const { rows } = await owner.query<{ n: number }>(
          `select count(*)::int as n from "${name}" t where position($1 in t::text) > 0`,
          [word],
        )
        expect([name, rows[0]!.n]).toEqual([name, 0])
      }
    await owner.end()
  })

  test('MD5 not formed from a request in confidence, nor from one out of reach', async () => {
    const hidden = await server.call('POST', '/api/requests', {
      body: {
        id: id(),
        words: '邻居打人',
        path: paths.inside.unit,
        confidential: true,
        reporter: { id: id() },
      },
    })
    const elsewhere = await server.call('POST', '/api/requests', {
      body: { id: id(), words: '滴水', path: paths.outside.community, reporter: { id: id() } },
    })
    for (const { json } of [hidden, elsewhere]) {
      const answer = await call('community_desk', 'POST', '/api/mediations', file({ request: json.id }))
      expect(answer.problem).toBe('record.invalid_reference')
    }
  })
})

test('no list of files reads more of the table than it shows', async () => {
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await owner.query(
    `insert into mediation (district_code, id, organisation_id, path, title, state, version, opened_by, opened_at)
     select $1, gen_random_uuid(), $2, $3, '别处', 'open', 1, $4, timestamptz '2026-01-01' + n * interval '1 minute'
     from generate_series(1, 3000) n`,
    [district, ids.otherCommunity, paths.outside.community, personOf('district_desk')],
  )
  await owner.query('analyze mediation')
  await owner.end()
  const scope = {
    district,
    reach: 'scoped' as const,
    paths: [paths.inside.community],
    organisations: [ids.community],
    person: personOf('grid_worker'),
  }
  const { page } = await import('./store.ts')
  const read = await server.database.within(scope, async (trx) => {
    const counted = async () =>
      (
        await sql<{ n: number }>`select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::int as n
          from pg_stat_xact_user_tables where relname = 'mediation'`.execute(trx)
      ).rows[0]!.n
    const before = await counted()
    await page(trx, { organisations: [ids.community], over: null, limit: 30 }, null)
    return (await counted()) - before
  })
  expect(read).toBeLessThan(150)
})
