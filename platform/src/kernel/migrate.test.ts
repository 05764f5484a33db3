import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#tests/database.ts'
import { temporaryKeys } from './keys.ts'
import { migrate, type Migrated } from './migrate.ts'

const { serverUrl, passwords } = inject('cluster')
const name = `chuanmen_migrate_${process.pid}`
const ownerUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href
const keys = temporaryKeys()
let directory: string

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.map((row) => Object.values(row)[0])
  } finally {
    await client.end()
  }
}

const write = (file: string, sql: string): void => writeFileSync(path.join(directory, file), sql)
const run = (): Promise<Migrated> => migrate({ ownerUrl, passwords, keys, directory })

beforeEach(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-migrations-'))
  await query(serverUrl, `create database ${name} template template0`)
  write('0001_one.sql', 'create table one (a int);')
})
afterEach(async () => {
  await query(serverUrl, `drop database ${name} with (force)`)
  rmSync(directory, { recursive: true })
})

test('files are applied in order, each once', async () => {
  write('0003_three.sql', 'insert into two values (3);')
  write('0002_two.sql', 'create table two (a int);')
  write('notes.sql', 'not sql')
  expect((await run()).applied).toEqual(['0001_one.sql', '0002_two.sql', '0003_three.sql'])
  expect((await run()).applied).toEqual([])
  write('0004_four.sql', 'insert into two values (4);')
  expect((await run()).applied).toEqual(['0004_four.sql'])
  expect(await query(ownerUrl, 'select a from two order by a')).toEqual([3, 4])
})

test('a failing file leaves nothing behind, and its line is named', async () => {
  write('0002_two.sql', 'create table two (a int);\n\ninsert into nowhere values (1);')
  await expect(run()).rejects.toThrow(/0002_two\.sql failed .*nowhere.*line 3/)
  expect(await query(ownerUrl, `select to_regclass('two') is null`)).toEqual([true])
  write('0002_two.sql', 'create table two (a int);')
  expect((await run()).applied).toEqual(['0002_two.sql'])
})

test('a changed, missing or late file is refused', async () => {
  write('0003_three.sql', 'select 1')
  await run()
  write('0002_late.sql', 'select 1')
  await expect(run()).rejects.toThrow(/0002_late\.sql comes before 0003_three\.sql/)
  rmSync(path.join(directory, '0002_late.sql'))
  write('0001_one.sql', 'create table one (b int);')
  await expect(run()).rejects.toThrow(/0001_one\.sql was changed/)
  rmSync(path.join(directory, '0001_one.sql'))
  await expect(run()).rejects.toThrow(/newer than this program/)
})

test('line ends do not make a file another one', async () => {
  write('0002_two.sql', 'select 1;\nselect 2;\n')
  await run()
  write('0002_two.sql', 'select 1;\r\nselect 2;\r\n')
  expect((await run()).applied).toEqual([])
})

test('several processes at once apply each file once', async () => {
  const applied = await Promise.all([run(), run(), run()])
  expect(applied.flatMap((result) => result.applied)).toEqual(['0001_one.sql'])
})

test('a database of another key file is refused', async () => {
  await run()
  await expect(migrate({ ownerUrl, passwords, keys: temporaryKeys(), directory })).rejects.toThrow(
    /belongs to the key file/,
  )
  await expect(migrate({ ownerUrl, passwords, keys: undefined, directory })).rejects.toThrow(
    /there is no key file/,
  )
})

test('an application role that owns something is refused', async () => {
  write('0002_two.sql', 'create table two (a int); alter table two owner to chuanmen_app;')
  await expect(run()).rejects.toThrow(/the role chuanmen_app owns objects/)
})

test('passwords stand in no statement: the server is given verifiers', async () => {
  await run()
  expect(
    await query(
      ownerUrl,
      `select count(*)::int from pg_authid where rolname like 'chuanmen\\_%' and rolpassword like 'SCRAM-SHA-256$%'`,
    ),
  ).toContain(2)
})

test('the job runner reaches its own tables, the application does not', async () => {
  const { urls } = await run()
  await query(urls.worker, `select (graphile_worker.add_job('x')).id`)
  expect(await query(urls.worker, 'select count(*)::int from graphile_worker._private_jobs')).toEqual([1])
  await expect(query(urls.app, 'select count(*) from graphile_worker._private_jobs')).rejects.toThrow(
    /permission denied/,
  )
  await expect(query(urls.app, `select graphile_worker.add_job('x')`)).rejects.toThrow(/permission denied/)
  await expect(query(urls.worker, 'select count(*) from one')).rejects.toThrow(/permission denied/)
  await expect(query(urls.app, 'create table mine (a int)')).rejects.toThrow(/permission denied/)
})

let whole: TestDatabase
beforeAll(async () => {
  whole = await createTestDatabase()
})
afterAll(() => whole.drop())

test('our own migrations are all applied in a test database', async () => {
  const files = await query(whole.ownerUrl, 'select name from chuanmen_migration order by name')
  expect(files[0]).toBe('0001_areas.sql')
})
