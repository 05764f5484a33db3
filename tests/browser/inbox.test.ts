import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from './inspect.ts'
import { codes } from './look.ts'
import {
  desk,
  type Habits,
  type House,
  lifecycle,
  openHouse,
  reads,
  settled,
  sizes,
  staff,
} from './people.ts'

/** The inbox under the hand: on a phone, where one thing at a time has room, and by keyboard alone. */

let house: House
let state: NonNullable<Habits['state']>

beforeAll(async () => {
  house = await openHouse()
  const one = await staff(house, 'community')
  state = await one.context().storageState()
  await one.context().close()
})
afterAll(() => house?.close())

describe('the inbox where only one thing has room', () => {
  let page: Page
  const back = (name: string) =>
    page.locator('main').getByText(name, { exact: true }).filter({ visible: true })
  const title = () => page.getByRole('article').getByRole('heading', { level: 1 })
  const rows = () => page.getByRole('tabpanel').getByRole('link')
  beforeAll(async () => {
    page = await house.person(sizes.phone, { state })
    await page.goto('/console/inbox?queue=mine')
    await settled(page)
  })
  afterAll(() => page?.context().close())

  test('the list, the case, what belongs to it, and the way back to the row one came from', async () => {
    await expect.poll(() => rows().count()).toBeGreaterThan(1)
    expect(await title().isVisible()).toBe(false)
    const words = (await rows().nth(1).locator('b').first().innerText()).trim()
    await rows().nth(1).click()
    await expect.poll(() => title().innerText()).toBe(words)
    expect(await faults(page, { codes })).toEqual([])
    await back(desk.facts.label).click()
    await page.getByRole('heading', { name: desk.facts.where }).waitFor()
    expect(await title().isVisible()).toBe(false)
    expect(await faults(page, { codes })).toEqual([])
    await back(desk.case.backToCase).click()
    await title().waitFor()
    await back(desk.case.backToList).click()
    await rows().first().waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(words)
  })

  test("the phone's own way back leads from the case to the list too", async () => {
    await rows().first().click()
    await title().waitFor()
    await page.goBack()
    await rows().first().waitFor()
    expect(await title().isVisible()).toBe(false)
  })

  test('every form of a next step fits', async () => {
    const titles = rows().filter({ hasText: desk.last.mine.submitted })
    await titles.first().click()
    await page.getByRole('article').getByRole('button', { name: lifecycle.entry.accept, exact: true }).click()
    const form = page.getByRole('form', { name: lifecycle.entry.accept, exact: true })
    await form.waitFor()
    expect(await faults(page, { codes })).toEqual([])
    await form.getByRole('button', { name: desk.deed.cancel }).click()
  })

  test('the notices say when they came', async () => {
    await page.getByRole('banner').getByRole('button', { name: desk.bell.label }).click()
    await page.getByRole('region', { name: desk.bell.label }).getByRole('time').first().waitFor()
    await page.keyboard.press('Escape')
  })

  test('the menu opens by its button, and Escape and a chosen page put it away', async () => {
    const menu = page.getByRole('button', { name: desk.nav.menu })
    const links = page.getByRole('navigation', { name: desk.nav.label })
    await menu.click()
    await links.waitFor()
    expect(await faults(page, { codes })).toEqual([])
    await menu.focus()
    await page.keyboard.press('Escape')
    await links.waitFor({ state: 'hidden' })
    await menu.click()
    await links.getByRole('link', { name: desk.nav.record }).click()
    await page.getByRole('heading', { level: 1, name: desk.nav.record }).waitFor()
    await links.waitFor({ state: 'hidden' })
  })
})

test.each([
  ['inbox', '/console/inbox', '**/api/requests?*'],
  ['whistles', '/console/whistles', '**/api/whistles?*'],
] as const)(
  'who is on the way to another page is not called back by what comes late: %s',
  async (_, from, list) => {
    const page = await house.person(sizes.wide, { state })
    const held = { list: Promise.withResolvers<void>(), page: Promise.withResolvers<void>() }
    await page.route(list, (route) => held.list.promise.then(() => route.continue()))
    await page.route('**/assets/dispatch-page-*.js', (route) =>
      held.page.promise.then(() => route.continue()),
    )
    await page.goto(from)
    await page.getByRole('link', { name: desk.nav.dispatch, exact: true }).click()
    held.list.resolve()
    await expect.poll(() => page.getByRole('tabpanel').getByRole('link').count()).toBeGreaterThan(0)
    held.page.resolve()
    await reads(page, desk.dispatch.whoseTurn)
    expect(new URL(page.url()).pathname).toBe('/console/dispatch')
    await page.context().close()
  },
)

describe('the inbox by keyboard alone', () => {
  let page: Page
  const chosen = () => page.getByRole('article').getByRole('heading', { level: 1 }).innerText()
  beforeAll(async () => {
    page = await house.person(sizes.wide, { state })
    await page.goto('/console/inbox?queue=mine')
    await settled(page)
  })
  afterAll(() => page?.context().close())

  test('j goes down, k goes back up', async () => {
    const first = await chosen()
    await page.keyboard.press('j')
    await expect.poll(chosen).not.toBe(first)
    await page.keyboard.press('k')
    await expect.poll(chosen).toBe(first)
  })

  test('a opens the form to accept, Escape closes it, and letters typed into a field stay letters', async () => {
    const titles = page.getByRole('tabpanel').getByRole('link')
    await titles.filter({ hasText: desk.last.mine.submitted }).first().click()
    const before = await chosen()
    await page.keyboard.press('a')
    const form = page.getByRole('form', { name: lifecycle.entry.accept, exact: true })
    await form.waitFor()
    await form.getByLabel(desk.field.points).fill('')
    await form.getByLabel(desk.field.points).pressSequentially('jka?')
    expect(await form.getByLabel(desk.field.points).inputValue()).toBe('jka?')
    expect(await chosen()).toBe(before)
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  })

  test('? shows every key, Escape puts it away, / goes to the search', async () => {
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: desk.keys.title })
    await reads(sheet, desk.keys.does.j)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await page.keyboard.press('/')
    expect(
      await page
        .getByRole('combobox', { name: desk.find.label })
        .evaluate((field) => field === document.activeElement),
    ).toBe(true)
  })
})
