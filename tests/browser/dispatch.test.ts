import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from './inspect.ts'
import { codes } from './look.ts'
import { button, desk, type House, openHouse, reads, said, sizes, staff } from './people.ts'

/** Order, dispatch, take as the desks see it: whose turn it is, several in one step, the table and what it would do (R3, DP1 to DP11). */

const words = desk.dispatch
let house: House
let community: Page
beforeAll(async () => {
  house = await openHouse()
  community = await staff(house, 'community')
})
afterAll(() => house?.close())

const open = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()

describe('the board', () => {
  test('says whose turn it is, keyboard first; a sum opens what it counts', async () => {
    await open(community, desk.nav.dispatch)
    await reads(community, words.whoseTurn)
    await reads(community, said(words.yours, { name: '金桥社区居委会' }))
    expect(await faults(community, { codes })).toEqual([])
    await community.keyboard.press('j')
    await expect.poll(() => community.locator('.slip.marked').count()).toBe(1)
    const first = await community.locator('.slip.marked').innerText()
    await community.keyboard.press('j')
    await expect.poll(() => community.locator('.slip.marked').innerText()).not.toBe(first)
    const sum = community.locator('.board-sum a').first()
    const count = Number.parseInt(await sum.innerText(), 10)
    await sum.click()
    await reads(community, words.bulk)
    await expect.poll(() => community.locator('.ledger.dispatch tbody tr').count()).toBe(Math.min(count, 50))
    expect(await faults(community, { codes })).toEqual([])
  })

  test('several are given out in one step, each to whom the table names, and each says what became of it', async () => {
    await button(community, words.tickAll).click()
    const ticked = await community.locator('input[type=checkbox]:checked').count()
    expect(ticked).toBeGreaterThan(1)
    await community.keyboard.press('Shift+D')
    const sheet = community.getByRole('dialog')
    await reads(sheet, /从.*起，依据：/)
    expect(await faults(community, { codes })).toEqual([])
    await sheet.getByRole('button', { name: /^派出勾上的\d+件$/ }).click()
    await reads(sheet, words.fates)
    const fates = await sheet.locator('.bulk-fates li').count()
    expect(fates).toBe(ticked)
    expect(await sheet.locator('.bulk-fates .gone').count()).toBeGreaterThan(0)
    await button(sheet, words.fatesSeen).click()
  })

  test('a property firm sees the same board of its own, and takes what was given to it', async () => {
    const firm = await staff(house, 'property')
    await firm.goto('/console/dispatch')
    await reads(firm, words.tabWhat.own)
    expect(await faults(firm, { codes })).toEqual([])
    await firm.locator('.slip').getByRole('button', { name: words.take, exact: true }).first().click()
    const sheet = firm.getByRole('dialog')
    const title = await sheet.getByRole('heading').first().innerText()
    await sheet.getByRole('button', { name: desk.deed.take, exact: true }).click()
    await expect
      .poll(() => firm.locator('.board > section').filter({ hasText: '正在办' }).innerText())
      .toContain(title)
    await firm.context().close()
  })
})

describe('the table', () => {
  let district: Page
  beforeAll(async () => {
    district = await staff(house, 'district')
    await district.goto('/console/routing')
  })

  test('what would happen to a text: its kind, who gets it there, on what ground, who else was looked at', async () => {
    await district.getByLabel(desk.routing.tryWords).fill('金桥小区门口的路灯不亮，晚上看不见')
    await district.getByLabel('街道', { exact: true }).selectOption({ label: '新源道街道' })
    await district.getByLabel('社区', { exact: true }).selectOption({ label: '金桥社区' })
    const out = district.locator('.try-out')
    const unsure = out.getByRole('button', { name: /路灯/ })
    await expect
      .poll(async () => (await unsure.count()) + (await out.locator('.try-to').count()))
      .toBeGreaterThan(0)
    if (await unsure.count()) await unsure.click()
    await reads(out, /派给城管局/)
    await reads(out, /城市照明管理规定/)
    await reads(out, desk.routing.passed)
    expect(await faults(district, { codes })).toEqual([])
  })

  test('a row is changed with what it would have done in sight, and holds at once', async () => {
    await district.locator('.try-out').getByRole('button', { name: desk.routing.change }).click()
    const pane = district.getByRole('complementary', { name: '路灯不亮' })
    await pane.getByRole('textbox', { name: desk.routing.functions }).fill('物业、城管局')
    await pane.getByLabel(desk.routing.basis).fill('12月起小区里的灯归物业')
    await reads(pane, /近90天的\d+件里/)
    expect(await faults(district, { codes })).toEqual([])
    const today = await district.evaluate(() =>
      new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
    )
    await pane.getByLabel(desk.routing.from).fill(today)
    await button(pane, desk.routing.save).click()
    await reads(district, desk.routing.saved)
    await reads(district.locator('.try-out'), /派给.*物业/)
  })

  test('how good it was: a figure opens onto the requests behind it', async () => {
    await open(district, desk.nav.dispatch)
    await tab(district, words.tab.figures)
    await reads(district, words.byCategory)
    expect(await faults(district, { codes })).toEqual([])
    const wrong = district.locator('.figures-said a').nth(1)
    const count = Number.parseInt(await wrong.innerText(), 10)
    await wrong.click()
    await reads(district, words.figure.wrong)
    await expect.poll(() => district.locator('.figures-list tbody tr').count()).toBe(Math.min(count, 40))
    expect(await faults(district, { codes })).toEqual([])
  })
})

test('on a narrow page the columns follow one another', async () => {
  const page = await house.person(sizes.phone, { state: await community.context().storageState() })
  await page.goto('/console/dispatch')
  await reads(page, words.whoseTurn)
  expect(await faults(page, { codes })).toEqual([])
  await page.context().close()
})
