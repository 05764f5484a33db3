import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { columnsOf } from '../fields/columns.ts'
import { owners, refuseTable, tablesIn } from './tables.ts'

test('every table of the migrations has an owner, and every owner has its table', () => {
  const folder = join(import.meta.dirname, '../../platform/migrations')
  const migrations = readdirSync(folder)
    .filter((name) => /^\d{4}_/.test(name))
    .toSorted()
  const columns = columnsOf(migrations.map((name) => readFileSync(join(folder, name), 'utf8')))
  const tables = new Set([...columns].map((column) => column.split('.')[0] ?? ''))
  expect(Object.keys(owners).toSorted()).toEqual([...tables].toSorted())
})

test('tables are found in SQL wherever they can stand', () => {
  const sql = `with late as (select * from service_request r join only person p on true -- from post
    ) insert into message select * from late using reporter`
  expect(tablesIn(sql).toSorted()).toEqual(['message', 'person', 'reporter', 'service_request'])
})

test('a folder uses its own tables, and others only where that is written down', () => {
  expect(refuseTable('platform/src/requests/store.ts', 'service_request')).toBeUndefined()
  expect(refuseTable('platform/src/requests/store.ts', 'person')).toContain('belongs to people')
  expect(refuseTable('platform/src/access/store.ts', 'post')).toBeUndefined()
  expect(refuseTable('platform/src/access/store.ts', 'resident')).toContain('belongs to households')
  expect(refuseTable('platform/src/demo/load.ts', 'resident')).toBeUndefined()
  expect(refuseTable('tests/rls.test.ts', 'resident')).toBeUndefined()
})
