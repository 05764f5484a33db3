import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import meetings from '#demo/data/meetings.json' with { type: 'json' }
import { faults, watch } from './inspect.ts'
import { codes } from './look.ts'
import { button, desk, type House, openHouse, reads, said, sizes, staff } from './people.ts'

/** A joint meeting by what its secretary reads and presses: the agenda, the room, the decision, the minutes (R6, MT1 to MT8). */

const words = desk.meetings
const own = { codes: [...codes, /docx/] }

let house: House
let page: Page
let forbidden: () => Promise<string[]>
beforeAll(async () => {
  house = await openHouse()
  page = await staff(house, 'community')
  forbidden = await watch(page, house.product.url)
})
afterAll(() => house?.close())

const isWell = async () => expect(await faults(page, own)).toEqual([])
const item = (title: RegExp | string) => page.locator('[data-item]').filter({ hasText: title }).last()

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
})

test('the next one opens with them; the rule proposes what is stuck and the secretary chooses', async () => {
  await page.getByRole('link', { name: desk.nav.meetings, exact: true }).first().click()
  await page.locator('.meet-row').first().click()
  await reads(page, said(words.beforeTitle, { number: '.*' }).split('（')[0]!)
  const late = meetings.items[2]!.title
  await page.getByRole('button', { name: said(words.addNamed, { title: late }) }).click()
  await reads(page, /本次议题 2项/)
  await reads(item(late), words.reason.decision_late)
  await isWell()
  await button(page, words.step.call).click()
  await reads(page, words.state.called)
  await button(page, words.step.open).click()
  await reads(page, words.state.open)
})

test('in the room keys lead through the agenda; a decision is written down, and counts when the meeting closes', async () => {
  await item(meetings.items[2]!.title).click()
  await page.getByText(words.outcome.task, { exact: true }).click()
  const form = page.getByRole('form', { name: words.decision })
  await form.getByRole('combobox', { name: desk.field.lead }).click()
  await form
    .getByRole('option', { name: /城管局/ })
    .first()
    .click()
  await form.getByLabel(words.demandOf.task).fill('封堵暗管，清沟一次')
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  await form.getByLabel(words.dueOn).fill(day)
  await isWell()
  await button(form, words.decide).click()
  await reads(item(meetings.items[2]!.title), words.outcome.task)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('p')
  await page.locator('.meet.room').waitFor()
  await page.keyboard.press('k')
  await isWell()
  await page.keyboard.press('p')
  await button(page, words.step.close).click()
  await reads(page, words.state.held)
  await reads(item(meetings.items[2]!.title), words.fate.running)
  await item(meetings.items[2]!.title).click()
  await page.getByRole('link', { name: words.openCase }).click()
  await reads(page.getByRole('article'), '城管局')
  expect(await forbidden()).toEqual([])
})
