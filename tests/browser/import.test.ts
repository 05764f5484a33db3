import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { header } from '#exchange/register-fixture.ts'
import { memoryBytes } from '#exchange/read/bytes.ts'
import { openWorkbook } from '#exchange/read/xlsx-source.ts'
import { button, desk, reads, said, staff } from './people.ts'
import { newcomers, type Newcomers } from './register-people.ts'

/** A register of 20,000 households with 200 errors in it: brought in by hand, mended by what the page says, taken back. */

const words = desk.import
let those: Newcomers
let page: Page

beforeAll(async () => {
  those = await newcomers(20_000)
  page = await staff(those.house, 'community')
})
afterAll(() => those?.close())

const figure = async (name: string) =>
  page.locator('.import-figures > div').filter({ hasText: name }).innerText()

test('a workbook is given, its columns are known, what is forbidden is named', async () => {
  await page.goto('/console/import')
  await page.getByLabel(words.choose, { exact: true }).first().setInputFiles(those.file)
  await reads(page, words.firstRows)
  await reads(page, words.forbidden.beliefs)
  expect(await page.getByLabel(said(words.holdsWhat, { column: '身份证号码' })).inputValue()).toBe('identity')
  expect(await page.locator('.import-map').innerText()).not.toMatch(/131003\d{12}/)
})

test('the check names each of the 200 cells, and no other', async () => {
  await button(page, words.startCheck).click()
  await page.locator('.import-figures').waitFor({ timeout: 120_000 })
  expect(await figure(words.bad)).toContain('200')
  const found = new Set<string>()
  const more = button(page, words.moreErrors)
  const cells = page.locator('.import-errors tbody tr')
  for (;;) {
    const before = await cells.count()
    if (!(await more.isVisible())) break
    await more.click()
    await page.waitForFunction(
      (count) => document.querySelectorAll('.import-errors tbody tr').length > count,
      before,
    )
  }
  for (const text of await page.locator('.import-cell').allInnerTexts()) found.add(text)
  const planted = those.register.planted.map(({ row, col }) => `${String.fromCharCode(65 + col)}${row}`)
  expect([...found].toSorted()).toEqual(planted.toSorted())
})

test('the rows to be mended are a workbook with the reasons in it', async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: words.download }).click(),
  ])
  const bytes = Buffer.concat(await (await download.createReadStream()).toArray())
  const book = await openWorkbook(memoryBytes(bytes))
  const all: string[][] = []
  for await (const batch of book.rows(book.sheets[0] ?? '')) all.push(...batch.map(({ cells }) => cells))
  expect(all).toHaveLength(201)
  expect(all[0]?.slice(2)).toEqual(header)
  expect(all.slice(1).every(([reason]) => (reason ?? '').length > 5)).toBe(true)
})

test('the good rows go in, live, and all of it is taken back again', async () => {
  const good = those.register.rows.length - 200
  await button(page, said(words.applyGood, { count: String(good) })).click()
  await button(page, words.undo).waitFor({ timeout: 120_000 })
  const count = `select count(*)::int as count from resident r join household h on h.id = r.household_id
    join import_effect e on e.record_id = h.id where r.left_on is null`
  expect((await those.rows<{ count: number }>(count))[0]?.count).toBe(good)
  await button(page, words.undo).click()
  await reads(page, said(words.undoneWhat, { count: '0' }))
  expect((await those.rows<{ count: number }>(count))[0]?.count).toBe(0)
})
