import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults } from './inspect.ts'
import { codes } from './look.ts'
import { type House, openHouse, sizes, staff } from './people.ts'

/** R5 and RQ18 in the browser: from the inbox to the rating, each step by whoever has it. */

let house: House

beforeAll(async () => {
  house = await openHouse()
}, 180_000)
afterAll(() => house.close())

test('one whistle keeps to what every page is held to, also on a narrow page', async () => {
  const first = await staff(house, 'subdistrict')
  const page = await house.person(sizes.phone, { state: await first.context().storageState() })
  await page.goto('/console/whistles?queue=open')
  await page.locator('.list-pane .item').nth(1).click()
  await page.locator('.loop').waitFor()
  expect(await faults(page, { codes, stops: 6 })).toEqual([])
}, 120_000)
