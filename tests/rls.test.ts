import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { uuidv7 } from '#kernel/ids.ts'
import { district, ids, paths } from './fixture.ts'
import { startTestServer } from './server.ts'
import type { TestServer } from './server.ts'

/** Row security beneath the permission table: the WHERE is left out on purpose, and nothing leaks. */

let server: TestServer
const said = { inside: '', outside: '' }

beforeAll(async () => {
  server = await startTestServer()
  for (const [where, path] of [
    ['inside', paths.inside.unit],
    ['outside', paths.outside.community],
  ] as const) {
    const id = uuidv7(server.clock.now())
    const answer = await server.call('POST', '/api/requests', {
      body: {
        id,
        words: '路灯不亮',
        path,
        reporter: {
          id: uuidv7(server.clock.now()),
          name: '钱大娘',
          phone: where === 'inside' ? '10012345678' : '10087654321',
        },
      },
    })
    expect(answer.status, answer.text).toBe(201)
    said[where] = id
  }
})
afterAll(() => server.close())

const tables = [
  'service_request',
  'request_entry',
  'message',
  'reporter',
  'household',
  'resident',
  'attachment',
  'search_document',
  'publication',
  'liaison_scenario',
  'liaison_door',
] as const
const none = { district, reach: 'none' as const, paths: [], organisations: [] }
const count = (scope: Parameters<TestServer['database']['within']>[0], table: string) =>
  server.database.within(scope, async (trx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(trx)
    return rows[0]!.n
  })

describe('as the application role, with the WHERE left out', () => {
  test.each(tables)('%s shows nothing to a transaction that may reach nothing', async (table) => {
    expect(await count(none, table)).toBe(0)
  })

  test('a community reaches its own requests and nobody else’s', async () => {
    const scope = { ...none, reach: 'scoped' as const, paths: [paths.inside.community] }
    expect(await count(scope, 'service_request')).toBe(1)
    expect(await count(scope, 'request_entry')).toBe(1)
    expect(await count(scope, 'reporter')).toBe(1)
    expect(await count(scope, 'search_document')).toBe(1)
    expect(await count({ ...scope, paths: [paths.outside.community] }, 'service_request')).toBe(1)
    expect(await count({ ...scope, paths: ['131003/131003001/131003001002/'] }, 'service_request')).toBe(0)
  })

  test('a code that begins like another is not under it', async () => {
    expect(
      await count(
        { ...none, reach: 'scoped', paths: ['131003/131003001/13100300100100/'] },
        'service_request',
      ),
    ).toBe(0)
  })

  test('an organisation reaches what it has a hand in', async () => {
    expect(await count({ ...none, reach: 'scoped', organisations: [ids.community] }, 'service_request')).toBe(
      1,
    )
    expect(await count({ ...none, reach: 'scoped', organisations: [ids.bureau] }, 'service_request')).toBe(0)
  })

  test('another district reaches nothing, whatever else it is allowed', async () => {
    expect(await count({ ...none, district: '130107', reach: 'district' }, 'service_request')).toBe(0)
  })

  test('the district reaches all', async () => {
    expect(await count({ ...none, reach: 'district' }, 'service_request')).toBe(2)
  })

  test('a write outside its reach is refused', async () => {
    const scope = { ...none, reach: 'scoped' as const, paths: [paths.inside.community] }
    const changed = await server.database.within(scope, (trx) =>
      sql`update service_request set title = 'x' returning id`.execute(trx),
    )
    expect(changed.rows).toEqual([{ id: said.inside }])
    const move = server.database.within(scope, (trx) =>
      sql`update service_request set path = ${paths.outside.community}`.execute(trx),
    )
    await expect(move).rejects.toThrow(/row-level security/)
  })

  test('nobody writes their own organisation into a request beyond their reach', async () => {
    const scope = { ...none, reach: 'scoped' as const, paths: [paths.inside.community] }
    const join = (request: string) =>
      server.database.within(scope, (trx) =>
        sql`insert into request_party values (${none.district}, ${request}, ${ids.bureau}, 'assisting', now())`.execute(
          trx,
        ),
      )
    await expect(join(said.outside)).rejects.toThrow(/row-level security/)
    await expect(join(said.inside)).resolves.toBeDefined()
    const promote = await server.database.within(scope, (trx) =>
      sql`update request_party set role = 'lead' where request_id = ${said.outside}`.execute(trx),
    )
    expect(promote.numAffectedRows).toBe(0n)
  })
})

describe('the application role', () => {
  test('owns nothing, cannot bypass row security, and cannot become somebody who can', async () => {
    const { rows } = await server.database.pool.query<{
      bypass: boolean
      super: boolean
      owned: number
      member: number
    }>(`
      select rolbypassrls as bypass, rolsuper as super,
        (select count(*)::int from pg_class where relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members where member = r.oid) as member
      from pg_roles r where rolname = current_user`)
    expect(rows[0]).toEqual({ bypass: false, super: false, owned: 0, member: 0 })
  })

  test('RQ2 cannot change or remove an entry, nor an audit entry', async () => {
    const whole = { ...none, reach: 'district' as const }
    for (const statement of [
      'update request_entry set at = now()',
      'delete from request_entry',
      'delete from service_request',
      'update audit_entry set action = null',
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(server.database.within(whole, (trx) => sql.raw(statement).execute(trx))).rejects.toThrow(
        /permission denied/,
      )
    }
  })

  test('every table of a district has row security and the district first in its key', async () => {
    const client = new pg.Client({ connectionString: server.ownerUrl })
    await client.connect()
    const { rows } = await client.query<{ name: string; secured: boolean; first: string | null }>(`
      select c.relname as name, c.relrowsecurity as secured,
        (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary) as first
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname not in ('chuanmen_migration', 'chuanmen_installation', 'worker_alive', 'district')`)
    await client.end()
    expect(rows.length).toBeGreaterThan(15)
    for (const row of rows) expect(row).toEqual({ name: row.name, secured: true, first: 'district_code' })
  })
})
