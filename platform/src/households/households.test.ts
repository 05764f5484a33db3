import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phoneIndex } from '#access/reporters.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, paths, seedFixture } from '#tests/fixture.ts'
import { doorsIn, dwellingsOf, homesOfPhone, householdAt } from './service.ts'

const start = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const nobody: Scope = { district, reach: 'none', paths: [], organisations: [] }
const desk: Scope = { ...nobody, reach: 'scoped', paths: [paths.inside.community] }
const elsewhere: Scope = { ...nobody, reach: 'scoped', paths: [paths.outside.community] }
const id = () => uuidv7(start)
const doors = { first: id(), second: id(), tenth: id() }
const household = id()
const today = '2026-11-20'

let made: TestDatabase
const within = <T>(scope: Scope, work: (trx: Trx) => Promise<T>) => made.database.within(scope, work)

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, start.toString())
  const owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
  for (const [dwelling, floor, number] of [
    [doors.tenth, 10, '1001'],
    [doors.second, 2, '201'],
    [doors.first, 1, '102'],
  ]) {
    await owner.query('insert into dwelling values ($1, $2, $3, $4, $5)', [
      district,
      dwelling,
      paths.inside.unit,
      floor,
      number,
    ])
  }
  const lived = [
    [id(), '2001-01-01', '2020-05-01', '10011111111'],
    [household, '2020-05-01', null, '10012345678'],
  ]
  for (const [one, from, until, phone] of lived) {
    await owner.query('insert into household values ($1, $2, $3, $4, $5, $6)', [
      district,
      one,
      doors.second,
      paths.inside.unit,
      from,
      until,
    ])
    await owner.query(
      `insert into resident (district_code, id, household_id, path, name, relation, phone_index) values ($1, $2, $3, $4, '钱大娘', 'head', $5)`,
      [district, id(), one, paths.inside.unit, phoneIndex(made.keys, phone ?? '')],
    )
  }
  await owner.end()
})
afterAll(() => made.drop())

describe('doors', () => {
  test('HH1 a stairwell has its doors from the ground up, for anyone: a door is not personal', async () => {
    expect(
      (await within(nobody, (trx) => dwellingsOf(trx, paths.inside.unit))).map(({ number }) => number),
    ).toEqual(['102', '201', '1001'])
    expect(
      await within({ ...nobody, district: '130107' }, (trx) => dwellingsOf(trx, paths.inside.unit)),
    ).toEqual([])
    expect(await within(nobody, (trx) => doorsIn(trx, [paths.inside.unit, paths.outside.community]))).toEqual(
      new Map([[paths.inside.unit, 3]]),
    )
  })
})

describe('households', () => {
  test('HH2 who lives behind a door is seen within reach only', async () => {
    expect(await within(desk, (trx) => householdAt(trx, doors.second, today))).toEqual({
      household,
      dwelling: doors.second,
      path: paths.inside.unit,
      number: '201',
    })
    expect(await within(nobody, (trx) => householdAt(trx, doors.second, today))).toBeUndefined()
    expect(await within(elsewhere, (trx) => householdAt(trx, doors.second, today))).toBeUndefined()
    expect(await within(desk, (trx) => householdAt(trx, doors.first, today))).toBeUndefined()
  })

  test('HH3 on the day of a move the new household lives there, not the old one', async () => {
    expect((await within(desk, (trx) => householdAt(trx, doors.second, '2020-05-01')))?.household).toBe(
      household,
    )
    expect((await within(desk, (trx) => householdAt(trx, doors.second, '2020-04-30')))?.household).not.toBe(
      household,
    )
  })

  test('HH4 a phone finds its home by the blind index, not one that was left', async () => {
    const homes = (phone: string, scope: Scope) =>
      within(scope, (trx) => homesOfPhone(trx, phoneIndex(made.keys, phone), today))
    expect((await homes('10012345678', desk)).map((home) => home.number)).toEqual(['201'])
    expect(await homes('10011111111', desk)).toEqual([])
    expect(await homes('10012345678', nobody)).toEqual([])
  })
})
