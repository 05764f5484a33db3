import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#tests/database.ts'
import { dumpSchema } from './schema.ts'

let it: TestDatabase
beforeAll(async () => {
  it = await createTestDatabase()
})
afterAll(() => it.drop())

async function names(query: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: it.ownerUrl })
  await client.connect()
  try {
    return (await client.query<{ name: string }>(query)).rows.map((row) => row.name)
  } finally {
    await client.end()
  }
}

const districtTables = `pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_code' and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'district'`

test('schema.sql is what the migrations make (run "npm run -s admin -- schema")', async () => {
  const kept = readFileSync(path.resolve(import.meta.dirname, '../../migrations/schema.sql'), 'utf8')
  expect(await dumpSchema(it.ownerUrl)).toBe(kept)
})

test('every table of a district has row security and a policy', async () => {
  expect(
    await names(
      `select c.relname as name from ${districtTables}
       and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`,
    ),
  ).toEqual([])
})

test('the district code stands first in every primary key of a district table', async () => {
  expect(
    await names(
      `select c.relname as name from ${districtTables} and not exists (
         select from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indkey[0] = a.attnum)`,
    ),
  ).toEqual([])
})

test('every unique and foreign key of a district table holds the district code', async () => {
  expect(
    await names(
      `select k.conname as name from ${districtTables.replace(' where ', ' join pg_constraint k on k.conrelid = c.oid where ')}
       and k.contype in ('u', 'f') and not a.attnum = any(k.conkey)
       and (k.contype = 'u' or exists (select from pg_attribute f where f.attrelid = k.confrelid and f.attname = 'district_code'))`,
    ),
  ).toEqual([])
})

test('no column is an enum, whose comparisons row security keeps from using an index', async () => {
  expect(
    await names(
      `select typname as name from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace`,
    ),
  ).toEqual([])
})
