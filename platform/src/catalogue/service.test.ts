import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Trx } from '#kernel/db.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { seedCatalogue } from './seed.ts'
import * as catalogue from './service.ts'

const beginning = '2026-01-01T00:00:00.000Z'
const now = '2026-11-20T02:20:00.000Z'
const newYear = '2026-12-31T16:00:00.000Z'

let it: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  it = await createTestDatabase()
  owner = new pg.Client({ connectionString: it.ownerUrl })
  await owner.connect()
  await seedCatalogue(owner, '131003', beginning)
})
afterAll(async () => {
  await owner.end()
  await it.drop()
})

const within = <T>(work: (trx: Trx) => Promise<T>, district = '131003') =>
  it.database.within({ district, reach: 'none', paths: [], organisations: [] }, work)
const one = async (code: string, at = now, language = 'zh-CN') =>
  (await within((trx) => catalogue.listCategories(trx, at, language))).find((row) => row.code === code)!
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

const by = { person: null, now, language: 'zh-CN' }
const day = (amount: number) => [{ name: '', unit: 'working_days' as const, amount }]

test('a district gets 66 categories once; those it has are left alone', async () => {
  await seedCatalogue(owner, '131003', now)
  const all = await within((trx) => catalogue.listCategories(trx, now, 'zh-CN'))
  expect(all).toHaveLength(66)
  expect(new Set(all.map(({ groupCode }) => groupCode)).size).toBe(10)
  expect(await within((trx) => catalogue.listCategories(trx, now, 'zh-CN'), '130107')).toEqual([])
  expect(await one('B02')).toMatchObject({
    name: '井盖缺损/线缆坠落',
    group: '市政公用',
    leads: ['住建局', '城管局'],
    helpers: ['水电气热企业'],
    version: 1,
  })
})

test('CA5 names come in the language of the caller, those of steps too', async () => {
  expect((await one('B02', now, 'en')).steps.map(({ name }) => name)).toEqual(['warning signs', 'repaired'])
  expect((await one('B02')).steps.map(({ name }) => name)).toEqual(['警示', '修复'])
  const { steps } = await one('E01', now, 'en')
  await within((trx) => catalogue.changeCategory(trx, 'E01', 1, { steps }, { ...by, language: 'en' }))
  expect((await one('E01')).steps.map(({ name }) => name)).toEqual(['到场', ''])
})

test('RQ16 a limit holds from its date on; what held before can still be read', async () => {
  await within((trx) => catalogue.changeCategory(trx, 'B04', 1, { steps: day(2), validFrom: newYear }, by))
  expect((await one('B04')).steps).toEqual(day(1))
  expect((await one('B04', newYear)).steps).toEqual(day(2))
  expect((await within((trx) => catalogue.stepsAt(trx, now))).get('B04')).toEqual(day(1))
})

test('RQ16 what was set for a later day can be set again; both stay in the history', async () => {
  await within((trx) => catalogue.changeCategory(trx, 'B04', 2, { steps: day(3), validFrom: newYear }, by))
  expect((await one('B04', newYear)).steps).toEqual(day(3))
  const history = await within((trx) => catalogue.categoryHistory(trx, 'B04', 'zh-CN'))
  expect(history.map(({ validFrom, steps }) => [validFrom, steps?.[0]?.amount])).toEqual([
    [newYear, 3],
    [newYear, 2],
    [beginning, 1],
  ])
})

test('RQ16 departments, papers and use hold from their date on, each by itself', async () => {
  const set = (version: number, change: Parameters<typeof catalogue.changeCategory>[3]) =>
    within((trx) => catalogue.changeCategory(trx, 'C02', version, change, by))
  const before = await one('C02')
  await set(1, { leads: ['区城管局'], active: false, validFrom: newYear })
  await set(2, { helpers: ['街道'], needed: [{ what: '照片', how: '' }] })
  expect(await one('C02')).toMatchObject({ leads: before.leads, helpers: ['街道'], active: true })
  expect(await one('C02', newYear)).toMatchObject({
    leads: ['区城管局'],
    helpers: ['街道'],
    needed: [{ what: '照片', how: '' }],
    active: false,
    steps: before.steps,
  })
  expect(await within((trx) => catalogue.leadsOf(trx, 'C02', now))).toEqual(before.leads)
  const [later, sooner] = await within((trx) => catalogue.categoryHistory(trx, 'C02', 'zh-CN'))
  expect(later).toMatchObject({
    validFrom: newYear,
    leads: ['区城管局'],
    active: false,
    steps: null,
    helpers: null,
  })
  expect(sooner).toMatchObject({ validFrom: now, helpers: ['街道'], leads: null })
})

test('RQ16 the past is not rewritten: not by a date before now, not by the application at all', async () => {
  expect(
    await refusal(
      within((trx) => catalogue.changeCategory(trx, 'B05', 1, { steps: day(9), validFrom: beginning }, by)),
    ),
  ).toBe('input.invalid')
  await expect(within((trx) => sql`update category_limit set steps = '[]'`.execute(trx))).rejects.toThrow(
    /permission denied/,
  )
  await expect(within((trx) => sql`delete from category_limit`.execute(trx))).rejects.toThrow(
    /permission denied/,
  )
})

test('who has not seen the latest changes nothing; what does not exist is not found', async () => {
  expect(await refusal(within((trx) => catalogue.changeCategory(trx, 'B04', 1, { active: false }, by)))).toBe(
    'changed_meanwhile',
  )
  expect(await refusal(within((trx) => catalogue.changeCategory(trx, 'Z99', 1, { active: false }, by)))).toBe(
    'record.not_found',
  )
  expect(
    await refusal(within((trx) => catalogue.changeCategory(trx, 'B04', 3, { active: false }, by), '130107')),
  ).toBe('record.not_found')
  expect((await one('B04')).active).toBe(true)
})

test('departments and use are changed one by one; one out of use is no longer offered', async () => {
  await within((trx) =>
    catalogue.changeCategory(trx, 'J07', 1, { leads: ['区社区服务中心'], helpers: ['街道'] }, by),
  )
  await within((trx) => catalogue.changeCategory(trx, 'J07', 2, { active: false }, by))
  expect(await one('J07')).toMatchObject({
    leads: ['区社区服务中心'],
    helpers: ['街道'],
    active: false,
    version: 3,
  })
  expect(await within((trx) => catalogue.leadsOf(trx, 'J07', now))).toEqual(['区社区服务中心'])
  expect((await within((trx) => catalogue.stepsAt(trx, now))).has('J07')).toBe(false)
  expect((await within((trx) => catalogue.categoryNames(trx, 'en'))).get('J07')).toEqual({
    code: 'J07',
    name: 'Thanks and other',
    group: 'Consumers and suggestions',
  })
})
