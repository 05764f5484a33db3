import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { button, desk, type House, openHouse, phone, place, reads, said, sizes, staff } from './people.ts'

/** L2, L3, L5, L6 as a desk meets them: a building by keyboard, a household behind its door, cards, paper. */

const address = '/console/households?path=131003/131003005/131003005003/131003005003001/131003005003001003/'
let house: House
let page: Page
beforeAll(async () => {
  house = await openHouse()
  page = await staff(house, 'community')
})
afterAll(() => house?.close())

const pane = () => page.getByRole('complementary')
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
/** A door of the second stairwell. */
const door = (number: string) => page.getByRole('button', { name: new RegExp(`^2单元${number}，`) })

test('a building is found place by place', async () => {
  await page.goto('/console/households')
  // Every compound has such a house, and their lists come in any order.
  const compound = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: place.compound }) })
  await compound.getByRole('link', { name: '3号楼', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: `${place.compound}3号楼` }).waitFor()
})

test('arrows go from door to door, Enter opens, Escape closes', async () => {
  await page.goto(address)
  await door('602').waitFor()
  await door('602').focus()
  await page.keyboard.press('ArrowLeft')
  expect(await focused()).toMatch(/^2单元601/)
  await page.keyboard.press('ArrowLeft')
  expect(await focused()).toMatch(/^1单元602/)
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toMatch(/^1单元502/)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await pane().getByRole('heading', { level: 2, name: '赵玉兰家' }).waitFor()
  await button(pane(), desk.pane.close).focus()
  await page.keyboard.press('Escape')
  await pane().waitFor({ state: 'detached' })
})

test('a count leaves the doors it counts', async () => {
  const care = page.getByRole('button', { name: new RegExp(`^${desk.handbook.needsCare}\\s*\\d+$`) })
  const many = Number(/\d+/.exec(await care.innerText())?.[0])
  await care.click()
  expect(many).toBeGreaterThan(0)
  await expect
    .poll(() => page.getByRole('button', { name: new RegExp(`，${desk.handbook.needsCare}$`) }).count())
    .toBe(many)
  expect(await page.getByRole('button', { name: /^\d单元\d+，/ }).count()).toBe(many)
  await care.click()
})

test('a number opens for a reason, and the resident reads who looked', async () => {
  await door('602').click()
  await reads(pane(), /^100 \*{4}/)
  await button(pane(), desk.reveal.open).click()
  await pane().getByText(desk.revealReason.visit, { exact: true }).click()
  await button(pane(), desk.reveal.open).last().click()
  await reads(pane(), '10044128890')
  await page.reload()
  await button(pane(), desk.looks.who).click()
  await reads(pane(), new RegExp(said(desk.looks.reason, { reason: desk.revealReason.visit })))
})

test('who needs care goes on the list with consent and a day of review', async () => {
  await pane().getByRole('button', { name: desk.care.add }).click()
  await pane().getByLabel(desk.care.kindLabel).selectOption('frail')
  await button(pane(), desk.care.addDo).click()
  await reads(pane(), desk.care.basisMissing)
  await pane().getByText(desk.care.basis.consent, { exact: true }).click()
  await pane().getByLabel(desk.care.plan).fill('每周一早上去看一次')
  await button(pane(), desk.care.addDo).click()
  // The form holds the same words until they are kept; who leaves before that takes the request along.
  await button(pane(), desk.care.addDo).waitFor({ state: 'detached' })
  await reads(pane(), '每周一早上去看一次')
  await page.goto('/console/care')
  await page.getByLabel(desk.care.kindLabel).selectOption('frail')
  await reads(page, '每周一早上去看一次')
})

test('what changed meanwhile stands against it until somebody chooses', async () => {
  const other = await staff(house, 'grid')
  for (const one of [page, other]) {
    await one.goto(address)
    await one.getByRole('button', { name: /^2单元602，/ }).click()
    await one.getByRole('button', { name: desk.handbook.changeNote }).click()
  }
  const writes = async (one: Page, words: string) => {
    await one.getByLabel(desk.handbook.note).fill(words)
    await button(one.getByRole('complementary'), desk.handbook.save).click()
  }
  await writes(other, '门铃坏了，敲门')
  await reads(other, '门铃坏了，敲门')
  await writes(page, '耳朵背，多敲几下')
  await reads(page, desk.handbook.fate.conflict)
  await pane()
    .getByRole('listitem')
    .filter({ hasText: '门铃坏了，敲门' })
    .getByRole('button', { name: desk.handbook.choose })
    .click()
  await reads(page, desk.handbook.fate.applied)
  await expect.poll(() => pane().getByText(desk.handbook.choose).count()).toBe(0)
  await other.context().close()
})

test('paper says who printed it and what for', async () => {
  await page.goto(address)
  await page.getByRole('link', { name: desk.handbook.print }).click()
  await page.getByLabel(desk.prints.unit).selectOption({ index: 2 })
  await page.getByLabel(desk.prints.reason).fill('上门核对户册')
  await button(page, desk.prints.make).click()
  await reads(page, /何晓敏.*上门核对户册/)
  await reads(page, '赵玉兰')
  expect(await page.locator('body').innerText()).not.toContain('10044128890')
})

test('the code on a card opens the public page of its stairwell', async () => {
  await page.goto(address.replace('households', 'cards'))
  await reads(page, '孟庆岚')
  const resident = await house.person(sizes.phone)
  await resident.goto('/u/13100300500300100302')
  await reads(resident, '孟庆岚')
  await resident.getByRole('button', { name: phone.stairwell.live }).click()
  await reads(resident, phone.stairwell.home)
  await resident.goto('/u/1234567890')
  await reads(resident, phone.stairwell.unknown)
})
