import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults, watch } from './inspect.ts'
import { button, desk, type House, openHouse, reads, said, settled, staff } from './people.ts'

/** A desk searches, keeps the search under a name, and shares it with its own people. */

let house: House
let page: Page
let complaints: () => Promise<string[]>
beforeAll(async () => {
  house = await openHouse()
  page = await staff(house, 'community')
  complaints = await watch(page, house.product.url)
  await page.reload()
  await page.getByRole('article').waitFor()
})
afterAll(() => house?.close())

const rows = () => page.getByRole('tabpanel').getByRole('link')
const field = () => page.getByRole('combobox', { name: desk.find.label })

async function searchFor(q: string) {
  await page.locator('body').press('/')
  await field().fill(q)
  await page.keyboard.press('Enter')
  await reads(page, said(desk.search.for, { q }))
  await settled(page)
}

test('what is typed is found at once, marked, and opened by the arrow keys', async () => {
  await page.locator('body').press('/')
  await page.keyboard.type('电动车')
  const first = page.getByRole('listbox', { name: desk.find.label }).getByRole('option').first()
  await first.waitFor()
  expect(await first.locator('mark').allInnerTexts()).toEqual(['电动车'])
  const [title = ''] = (await first.innerText()).split('\n')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('article').getByRole('heading', { name: title }).waitFor()
})

test('Enter shows everything that is found, with the words marked where they stand', async () => {
  await searchFor('电动车')
  const count = await rows().count()
  expect(count).toBeGreaterThan(1)
  for (const row of await rows().all()) expect(await row.locator('mark').first().innerText()).toBe('电动车')
  expect(await faults(page, { codes: [/GY-\d{4}-\d{6}/] })).toEqual([])
})

test('a search without finds says so and goes on from there; one character is too short', async () => {
  await searchFor('飞船')
  await reads(page, said(desk.search.none, { q: '飞船' }))
  await searchFor('车')
  await reads(page, desk.search.tooShort)
})

test('a kept search stands on the left with its number, for everybody of the desk when wished', async () => {
  await searchFor('电动车')
  const found = await rows().count()
  await button(page, desk.views.save).click()
  const sheet = page.getByRole('dialog', { name: desk.views.title })
  await sheet.getByLabel(desk.views.name).fill('')
  await button(sheet, desk.views.do).click()
  await reads(sheet, desk.views.nameMissing)
  await sheet.getByLabel(desk.views.name).fill('车棚的事')
  await sheet.getByRole('switch').click()
  await button(sheet, desk.views.do).click()
  await sheet.waitFor({ state: 'hidden' })
  const kept = page.getByRole('list', { name: desk.views.label }).getByRole('link', { name: '车棚的事' })
  await kept.getByText(String(found), { exact: true }).waitFor()

  await button(page, desk.search.end).click()
  await page.getByText(said(desk.search.for, { q: '电动车' })).waitFor({ state: 'hidden' })
  await kept.click()
  await settled(page)
  expect(await rows().count()).toBe(found)
  expect(await field().inputValue()).toBe('电动车')

  const colleague = await staff(house, 'grid')
  await reads(colleague.getByRole('list', { name: desk.views.label }), '车棚的事')
  const firm = await staff(house, 'property')
  await settled(firm)
  expect(await firm.getByText('车棚的事').count()).toBe(0)
})

test('it is removed by one press, and back by another', async () => {
  const kept = page.getByRole('list', { name: desk.views.label })
  await button(page, desk.views.drop).click()
  await kept.waitFor({ state: 'detached' })
  await button(page, '撤回').click()
  await reads(kept, '车棚的事')
})

test('nothing went wrong on the way', async () => {
  expect(await complaints()).toEqual([])
})
