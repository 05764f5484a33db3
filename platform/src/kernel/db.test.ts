import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#tests/database.ts'
import type { Scope } from './db.ts'

const scope: Scope = { district: '131003', reach: 'district', paths: [], organisations: [] }
let it: TestDatabase

beforeAll(async () => {
  it = await createTestDatabase()
  await asOwner(`
    create table note (district_code text, id int, words text, primary key (district_code, id));
    alter table note enable row level security;
    create policy note_of_district on note using (district_code = (select app.district()));
    grant select, insert, update, delete on note to chuanmen_app;
    insert into note values ('131003', 1, 'here'), ('130107', 1, 'there')`)
})
afterAll(() => it.drop())

async function asOwner(statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: it.ownerUrl })
  await client.connect()
  await client.query(statements)
  await client.end()
}

async function value(expression: string, within: Scope = scope): Promise<unknown> {
  return it.database.within(within, async (trx) => {
    const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(trx)
    return rows[0]?.value
  })
}

const words = (): Promise<string[]> =>
  it.database.within(scope, async (trx) =>
    (await trx.withTables<{ note: { words: string } }>().selectFrom('note').select('words').execute()).map(
      (row) => row.words,
    ),
  )

test('a statement without a WHERE sees its own district only', async () => {
  expect(await words()).toEqual(['here'])
})

test('the server is not the owner and cannot step around row security', async () => {
  expect(await value('current_user')).toBe('chuanmen_app')
  await expect(value('(select count(*) from chuanmen_migration)')).rejects.toThrow(/permission denied/)
  await expect(it.database.pool.query('alter table note disable row level security')).rejects.toThrow(
    /must be owner/,
  )
  await expect(it.database.pool.query('set row_security = off; select * from note')).rejects.toThrow(
    /row-level security/,
  )
  expect((await it.database.pool.query('reset row_security; select 1')).rowCount ?? 1).toBe(1)
})

test('outside a scope nothing is seen, also after one ended on the same connection', async () => {
  await words()
  expect((await it.database.pool.query('select * from note')).rows).toEqual([])
})

test('every part of the scope reaches the transaction', async () => {
  const full: Scope = {
    district: '131003',
    reach: 'scoped',
    paths: ['131003/131003001/', '131003/131003002/'],
    organisations: ['a-1', 'b-2'],
    person: 'p',
    reporter: 'r',
    requests: ['q-1', 'q-2'],
  }
  const names = ['reach', 'paths', 'organisations', 'person', 'reporter', 'requests']
  const list = names.map((name) => `current_setting('app.${name}')`).join(', ')
  expect(await value(`array[${list}]`, full)).toEqual([
    'scoped',
    '131003/131003001/ 131003/131003002/',
    'a-1,b-2',
    'p',
    'r',
    'q-1,q-2',
  ])
  expect(await value(`current_setting('statement_timeout')`)).toBe('15s')
})

test.each([`x'; drop table note; --`, `\\'; drop table note; --`, 'a"b', '省/'])(
  'a hostile setting stays text: %s',
  async (text) => {
    expect(await value(`current_setting('app.person')`, { ...scope, person: text })).toBe(text)
    expect(await words()).toEqual(['here'])
  },
)

test.each(['', 'a b', 'a,b', 'a\tb'])(
  'a path or id that would widen the scope is refused: "%s"',
  async (part) => {
    await expect(value('1', { ...scope, paths: [part] })).rejects.toThrow(TypeError)
    await expect(value('1', { ...scope, organisations: [part] })).rejects.toThrow(TypeError)
  },
)

test('a NUL character is refused', async () => {
  await expect(value('1', { ...scope, person: 'a\0b' })).rejects.toThrow(TypeError)
})

test('columns arrive as contracts carry them', async () => {
  expect(await value(`'2026-11-21 08:30:00.123456+08'::timestamptz`)).toBe('2026-11-21T00:30:00.123Z')
  expect(await value(`'2026-11-21'::date`)).toBe('2026-11-21')
  expect(await value('9007199254740991::int8')).toBe(9_007_199_254_740_991)
  await expect(value('9007199254740992::int8')).rejects.toThrow(RangeError)
  expect(await value('12.50::numeric')).toBe(12.5)
  expect(await value(`array['2026-11-21 00:00+00'::timestamptz, null]`)).toEqual([
    '2026-11-21T00:00:00.000Z',
    null,
  ])
  expect(await value('array[1, 2]::int8[]')).toEqual([1, 2])
  expect(await value(`array['2026-11-21']::date[]`)).toEqual(['2026-11-21'])
  expect(await value(`'infinity'::timestamptz`)).toBe('infinity')
})

test('what throws is rolled back', async () => {
  const add = it.database.within(scope, async (trx) => {
    await sql`insert into note values ('131003', 2, 'gone')`.execute(trx)
    throw new Error('no')
  })
  await expect(add).rejects.toThrow('no')
  expect(await words()).toEqual(['here'])
})

test('a swallowed database error never passes for a commit', async () => {
  const add = it.database.within(scope, async (trx) => {
    await sql`insert into note values ('131003', 3, 'gone')`.execute(trx)
    await sql`select 1 / 0`.execute(trx).catch(() => {})
  })
  await expect(add).rejects.toThrow()
  expect(await words()).toEqual(['here'])
})

test('a serialization failure is tried again, at most three times', async () => {
  let tries = 0
  const result = it.database.within(scope, async (trx) => {
    tries += 1
    if (tries < 4) await sql`do $$ begin raise sqlstate '40001'; end $$`.execute(trx)
    return 'done'
  })
  expect(await result).toBe('done')
  tries = -10
  await expect(
    it.database.within(scope, async (trx) => {
      tries += 1
      await sql`do $$ begin raise sqlstate '40P01'; end $$`.execute(trx)
    }),
  ).rejects.toThrow()
  expect(tries).toBe(-6)
})

test('two transactions that block each other both finish', async () => {
  await asOwner(`insert into note values ('131003', 11, 'a'), ('131003', 12, 'b')`)
  let waiting = 0
  let bothHere = (): void => {}
  const together = new Promise<void>((resolve) => {
    bothHere = resolve
  })
  const append = (first: number, second: number): Promise<void> =>
    it.database.within(scope, async (trx) => {
      await sql`update note set words = words || 'x' where id = ${first}`.execute(trx)
      waiting += 1
      if (waiting === 2) bothHere()
      await together
      await sql`update note set words = words || 'x' where id = ${second}`.execute(trx)
    })
  await Promise.all([append(11, 12), append(12, 11)])
  expect((await words()).toSorted()).toEqual(['axx', 'bxx', 'here'])
})

test('a statement by key is planned once a connection, in whatever scope; a list every time', async () => {
  const kept = async (): Promise<string[]> =>
    it.database.within(scope, async (trx) => {
      const { rows } = await sql<{ statement: string }>`
        select statement from pg_prepared_statements order by prepare_time`.execute(trx)
      return rows.map(({ statement }) => statement)
    })
  const one = (district: string) =>
    it.database.within({ ...scope, district }, async (trx) => {
      const { rows } = await sql<{ words: string }>`select words from note where id = ${1}`.execute(trx)
      await sql`select words from note where id > ${0} order by id`.execute(trx)
      return rows
    })
  for (let n = 0; n < 8; n += 1) {
    expect(await one('131003')).toEqual([{ words: 'here' }])
    expect(await one('130107')).toEqual([{ words: 'there' }])
  }
  expect(await kept()).toContain('select words from note where id = $1')
  expect((await kept()).filter((text) => text.includes('order by'))).toEqual([])
})
