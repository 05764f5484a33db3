import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scope, Trx } from '#kernel/db.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, paths, personOf, seedFixture } from '#tests/fixture.ts'
import { liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { dutiesOfDoor, dutiesOn, endDutiesOf, giveDuties, liaisonsAt } from './duties.ts'

const now = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const whole: Scope = { district, reach: 'district', paths: [], organisations: [], today: '2026-11-20' }
const [one, other] = [personOf('liaison'), personOf('grid_worker')]
let made: TestDatabase
let homes: Home[]
const within = <T>(work: (trx: Trx) => Promise<T>) => made.database.within(whole, work)
const give = (person: string, from: string, plan: string | null = null, doors = homes) =>
  within((trx) =>
    giveDuties(
      trx,
      doors.map(({ dwelling }) => ({ dwelling, person })),
      { from, plan },
    ),
  )
const holders = (day: string) =>
  within(async (trx) => (await dutiesOn(trx, day, { path: paths.district })).map(({ person }) => person))
const spans = (home: Home) =>
  within(async (trx) =>
    (await dutiesOfDoor(trx, home.dwelling)).map(({ person, from, until }) => [person, from, until]),
  )

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, '2026-01-01T00:00:00.000Z')
  homes = [
    await liveAt(made.ownerUrl, paths.inside.unit, 'a', { number: '101' }),
    await liveAt(made.ownerUrl, paths.inside.unit, 'b', { number: '102' }),
  ]
})
afterAll(() => made.drop())

describe('HH8 duties', () => {
  test('are given from a day on; the same gift twice is one', async () => {
    expect(await give(one, '2026-01-01')).toBe(2)
    expect(await give(one, '2026-01-01')).toBe(0)
    expect(await give(one, '2026-05-01')).toBe(0)
    expect(await holders('2025-12-31')).toEqual([])
    expect(await holders('2026-11-20')).toEqual([one, one])
  })

  test('pass on at a day to come, and who had the door stays known', async () => {
    expect(await give(other, '2026-12-01', uuidv7(now), [homes[0]!])).toBe(1)
    expect(await holders('2026-11-30')).toEqual([one, one])
    expect((await holders('2026-12-01')).toSorted()).toEqual([one, other].toSorted())
    expect(await spans(homes[0]!)).toEqual([
      [other, '2026-12-01', null],
      [one, '2026-01-01', '2026-12-01'],
    ])
  })

  test('a plan that replaces one not yet in force leaves it as an empty span', async () => {
    await give(one, '2026-12-01', null, [homes[0]!])
    expect(await spans(homes[0]!)).toEqual(
      expect.arrayContaining([
        [one, '2026-12-01', null],
        [other, '2026-12-01', '2026-12-01'],
        [one, '2026-01-01', '2026-12-01'],
      ]),
    )
    expect(await holders('2026-12-05')).toEqual([one, one])
  })

  test('two plans published at once leave every door with one liaison', async () => {
    await Promise.all([give(one, '2026-12-10'), give(other, '2026-12-10')])
    const after = await holders('2026-12-11')
    expect(after).toHaveLength(2)
    expect(new Set(after).size).toBe(1)
  })

  test('the public card says who has how many doors, and not which', async () => {
    await give(one, '2026-06-01', null, [homes[0]!])
    await give(other, '2026-06-01', null, [homes[1]!])
    const nobody: Scope = { ...whole, reach: 'none' }
    const card = await made.database.within(nobody, (trx) => liaisonsAt(trx, paths.inside.unit))
    expect(card.toSorted((a, b) => (a.person < b.person ? -1 : 1))).toEqual(
      [one, other].toSorted().map((person) => ({ person, path: paths.inside.unit, doors: 1 })),
    )
    expect(
      await made.database.within(nobody, (trx) => dutiesOn(trx, '2026-11-20', { path: paths.district })),
    ).toEqual([])
  })

  test('end with whoever leaves, and say which doors are without anybody', async () => {
    const left = await within((trx) => endDutiesOf(trx, [one], '2026-11-20'))
    expect(left).toEqual([homes[0]!.dwelling])
    expect(await holders('2026-11-20')).toEqual([other])
  })
})
