import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { declared } from '#access/fields.ts'
import { createTestDatabase } from '#tests/database.ts'
import { columnsOf, undeclared } from './columns.ts'

const create = `create table door ( -- who knocks, when
  district_code text not null, id uuid not null,
  colour text not null default 'red, or (so)' check (colour in ('red', 'blue')),
  primary key (district_code, id), foreign key (district_code) references district (district_code));`

test('columns are read from create table; constraints, comments and checks are none', () => {
  expect([...columnsOf([create])]).toEqual(['door.district_code', 'door.id', 'door.colour'])
})

test('a later migration adds, renames and drops columns', () => {
  const change =
    'alter table door add column bell text, drop column id; alter table door rename colour to paint;'
  expect([...columnsOf([create, change])].toSorted()).toEqual([
    'door.bell',
    'door.district_code',
    'door.paint',
  ])
})

test('a column in neither list, in both, or in no table is a problem', () => {
  const columns = new Set(['door.district_code', 'door.id', 'door.colour', 'door.owner'])
  const houses = {
    personal: { 'door.colour': {}, 'door.gone': {} },
    notPersonal: { door: ['id', 'colour'] },
  }
  expect(undeclared(columns, { houses }, { door: 'houses' })).toEqual([
    'door.colour is declared both personal and not personal',
    'door.owner is not declared, neither as personal nor as not personal',
    'door.gone is declared, but no table has it',
  ])
})

test('a folder declares its own tables only: a second word on a column would hide the first', () => {
  const columns = new Set(['door.id', 'door.owner', 'bell.id'])
  const houses = { personal: { 'door.owner': {} }, notPersonal: { door: ['id'], bell: ['id'] } }
  const lies = { personal: { 'door.owner': {} }, notPersonal: { bell: ['id'] } }
  expect(undeclared(columns, { houses, lies }, { door: 'houses', bell: 'bells' })).toEqual([
    'bell.id is declared by houses, its table belongs to bells',
    'door.owner is declared by lies, its table belongs to houses',
    'bell.id is declared by lies, its table belongs to bells',
  ])
})

test('every file of the registry is in the list that is checked', () => {
  const files = readdirSync(join(import.meta.dirname, '../../platform/src/access/fields'))
  expect(
    Object.keys(declared)
      .map((folder) => `${folder}.ts`)
      .toSorted(),
  ).toEqual(files.filter((file) => file !== 'declare.ts').toSorted())
})

const register = [
  'household',
  'resident',
  'household_entry',
  'care',
  'person',
  'person_anchor',
  'absence',
  'duty',
  'service_request',
  'wish_told',
  'mediation',
  'whistle_entry',
]

test.each(register)('boundary 2 a field planted in %s, and declared nowhere, fails the build', (table) => {
  const own = join(import.meta.dirname, '../../platform/migrations')
  const planted = mkdtempSync(join(tmpdir(), 'chuanmen-fields-'))
  try {
    cpSync(own, planted, { recursive: true })
    writeFileSync(join(planted, '9999_planted.sql'), `alter table ${table} add column stability_label text;`)
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'check.ts'), planted], {
      encoding: 'utf8',
    })
    expect(run.status).toBe(1)
    expect(run.stderr).toContain(`${table}.stability_label is not declared`)
  } finally {
    rmSync(planted, { recursive: true })
  }
})

test('what is read from the migrations is what the migrated database has', async () => {
  const folder = join(import.meta.dirname, '../../platform/migrations')
  const migrations = readdirSync(folder)
    .filter((name) => /^\d{4}_/.test(name))
    .toSorted()
  const read = columnsOf(migrations.map((name) => readFileSync(join(folder, name), 'utf8')))
  const made = await createTestDatabase()
  const client = new pg.Client({ connectionString: made.ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ column: string }>(
      `select table_name || '.' || column_name as column from information_schema.columns
       where table_schema = 'public' and table_name not in ('chuanmen_migration', 'chuanmen_installation')`,
    )
    expect([...read].toSorted()).toEqual(rows.map((row) => row.column).toSorted())
  } finally {
    await client.end()
    await made.drop()
  }
})
