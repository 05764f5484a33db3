import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults, watch } from './inspect.ts'
import { codes } from './look.ts'
import { desk, type House, openHouse, reads, sizes, staff } from './people.ts'

/** What became of a joint meeting's decisions, by what its secretary reads, and its minutes (R6, MT7, MT8). */

const words = desk.meetings
const own = { codes: [...codes, /docx/] }

let house: House
let page: Page
let forbidden: () => Promise<string[]>
beforeAll(async () => {
  house = await openHouse()
  page = await staff(house, 'community')
  forbidden = await watch(page, house.product.url)
  await page.reload()
})
afterAll(() => house?.close())

const isWell = async () => expect(await faults(page, own)).toEqual([])

test('last week’s meeting shows what became of each decision, and its minutes are a file', async () => {
  await page.getByRole('link', { name: desk.nav.meetings, exact: true }).click()
  await page.getByRole('tab', { name: words.tab.past }).click()
  await isWell()
  await page.locator('.meet-row').first().click()
  for (const fate of [words.fate.done, words.fate.running, words.fate.late, words.fate.put_off])
    await reads(page, fate)
  await isWell()
  const leaves = page.waitForEvent('download')
  await page.getByRole('link', { name: words.minutes }).click()
  expect((await leaves).suggestedFilename()).toMatch(/^minutes-\d{4}-11\.docx$/)
  await page.setViewportSize(sizes.phone)
  await isWell()
  await page.setViewportSize(sizes.wide)
  await page.getByRole('link', { name: desk.nav.meetings, exact: true }).first().click()
  await page.getByRole('tab', { name: words.tab.coming }).waitFor()
  expect(await forbidden()).toEqual([])
})
