import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults } from './inspect.ts'
import { codes } from './look.ts'
import { button, desk, type House, lifecycle, openHouse, reads, said, sizes, staff } from './people.ts'

/** R5 and RQ18 in the browser: from the inbox to the rating, each step by whoever has it. */

let house: House

beforeAll(async () => {
  house = await openHouse()
}, 180_000)
afterAll(() => house.close())

const words = desk.whistle

test('a desk blows for what it cannot solve, the town calls departments, one comes and says that it is done', async () => {
  const community = await staff(house, 'community')
  await community.goto('/console/inbox?queue=all&state=accepted')
  await community.locator('.list-pane .item').first().click()
  const title = await community.locator('#case-title').innerText()
  await community.locator('.next').getByRole('link', { name: lifecycle.entry.whistle }).click()
  await reads(community, words.newWhat)
  await community.getByLabel(words.whyField).fill('一个单位办不了，要一起到现场')
  await button(community, words.blowNow).last().click()
  await reads(community, said(words.story.form, { by: '', town: '新源道街道' }).trim())

  const town = await staff(house, 'subdistrict')
  await town.goto('/console/whistles?queue=mine')
  await town.locator('.list-pane .item', { hasText: title }).first().click()
  await button(town, words.deed.blow).click()
  await town.getByLabel(words.lead).fill('排水')
  await town.getByRole('option', { name: /排水/ }).first().click()
  await button(town, words.do.blow).last().click()
  await reads(town, words.step[3])
  await town.locator('.loop li.now', { hasText: words.step[3] }).waitFor()

  const department = await staff(house, 'department')
  await department.goto('/console/whistles?queue=mine')
  await department.locator('.list-pane .item', { hasText: title }).first().click()
  await button(department, words.deed.report_in).click()
  await button(department, words.do.report_in).last().click()
  await department.locator('.loop li.now', { hasText: words.step[4] }).waitFor()
  await button(department, words.deed.done).click()
  await department.getByLabel(words.words.done).fill('查清了，管子换好了')
  await button(department, words.do.done).last().click()
  await department.locator('.loop li.now', { hasText: words.step[5] }).waitFor()

  await community.goto('/console/whistles?queue=mine')
  await community.locator('.list-pane .item', { hasText: title }).first().click()
  await button(community, words.deed.rate).click()
  await community.getByLabel(words.rating.satisfied).first().check()
  await button(community, words.do.rate).last().click()
  await reads(community, words.state.rated)
}, 180_000)

test('one whistle keeps to what every page is held to, also on a narrow page', async () => {
  const first = await staff(house, 'subdistrict')
  const page = await house.person(sizes.phone, { state: await first.context().storageState() })
  await page.goto('/console/whistles?queue=open')
  await page.locator('.list-pane .item').nth(1).click()
  await page.locator('.loop').waitFor()
  expect(await faults(page, { codes, stops: 6 })).toEqual([])
}, 120_000)
