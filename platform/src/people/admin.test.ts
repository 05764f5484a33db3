import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkPassword } from '#access/passwords.ts'
import type { Config } from '#kernel/config.ts'
import { manualClock } from '#kernel/clock.ts'
import pg from 'pg'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { ids, paths, seedFixture } from '#tests/fixture.ts'
import { addPerson } from './admin.ts'

const clock = manualClock('2026-11-20T10:20:00+08:00')
let made: TestDatabase
let owner: pg.Client
let printed: string[]

const run = (line: string) =>
  addPerson({
    words: line.split(' '),
    config: {} as Config,
    ownerUrl: made.ownerUrl,
    database: made.database,
    keys: made.keys,
    clock,
    print: (text) => void printed.push(text),
  })

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, clock.now().toString())
  owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await made.drop()
})
beforeEach(() => {
  printed = []
})

test('PE7 the first person of an installation gets a post and a password shown once', async () => {
  expect(await run('--login first --name 陶然 --role community_desk --area 131003001001')).toBe(0)
  const password = /[a-z2-9]{4}(-[a-z2-9]{4}){3}/.exec(printed.join())?.[0] ?? ''
  const { rows } = await owner.query(
    `select p.name, o.role, o.path, o.organisation_id, c.password_hash, c.must_change, (select count(*)::int from audit_entry where subject_id = p.id) as noted
     from person p join post o on o.person_id = p.id join credential c on c.person_id = p.id where p.login = 'first'`,
  )
  expect(rows).toEqual([
    {
      name: '陶然',
      role: 'community_desk',
      path: paths.inside.community,
      organisation_id: ids.community,
      password_hash: expect.any(String),
      must_change: true,
      noted: 1,
    },
  ])
  expect(await checkPassword(password, rows[0].password_hash)).toEqual({ right: true, rehash: false })
})

test('PE7 the organisation may be named by its short name; the area by its path', async () => {
  expect(
    await run(
      '--login second --name 陶冶 --role handler --area 131003/ --organisation 城管局 --phone 10000000002',
    ),
  ).toBe(0)
})

test('PE7 what cannot be is refused and leaves nothing behind', async () => {
  const refused = [
    ['--login third --name 甲 --role handler --area 131003999', /area/],
    ['--login third --name 甲 --role handler --area 131003 --organisation 没有这个单位', /organisation/],
    ['--login third --name 甲 --role community_desk --area 131003001', /organisation/],
    ['--login first --name 甲 --role handler --area 131003', /login/],
  ] as const
  for (const [line, why] of refused) {
    expect(await run(line), line).toBe(1)
    expect(printed.at(-1)).toMatch(why)
  }
  for (const line of [
    '',
    '--login third',
    '--login third --name 甲 --role king --area 131003',
    '--unknown x',
  ])
    expect(await run(line), line).toBe(2)
  const { rows } = await owner.query(`select count(*)::int as n from person where login = 'third'`)
  expect(rows).toEqual([{ n: 0 }])
})
