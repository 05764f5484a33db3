import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { button, desk, openHouse, phone, reads, said, staff } from './people.ts'
import type { House } from './people.ts'

/** L4 and boundary 13 in the browser: a rule is changed knowing what it causes; a resident's word is asked once and heard. */

let house: House

beforeAll(async () => {
  house = await openHouse()
}, 180_000)
afterAll(() => house.close())

const words = desk.visits

test('the editor says what a rule will cause before it is made, and keeps every version', async () => {
  const page = await staff(house, 'district')
  await page.goto('/console/visits?tab=rules')
  await button(page, words.addRule).click()
  await page.getByLabel(words.field.name).fill('入冬看煤气')
  await page.getByLabel(words.field.rhythm).selectOption('weekly')
  await page.getByLabel(words.field.who).selectOption('care')
  await page.getByLabel(words.care.lives_alone).check()
  await page.getByLabel(words.field.basis).fill('区里入冬安全通知')
  await reads(page, /接下来30天：\d+户，\d+件任务/)
  await button(page, words.saveRule).click()
  await reads(page, words.ruleSaved)
  await reads(page, '包联干部走访有独居的户，每周一次，期内都行。')
  const row = page.locator('.visit-rules > li', { hasText: '入冬看煤气' })
  await button(row, words.changeRule).click()
  await row.getByLabel(words.field.rhythm).selectOption('quarterly')
  await button(row, words.saveRule).click()
  await reads(page, '包联干部走访有独居的户，每季一次，期内都行。')
  await row.locator('.visit-rule-form').waitFor({ state: 'detached' })
  await button(row, words.changeRule).click()
  await reads(page, said(words.history, { count: '2' }))
}, 120_000)

/** A code that the liaison shows of a visit that nobody was asked about. */
async function shownBy(page: Page): Promise<string> {
  const origin = new URL(page.url()).origin
  const { items } = (await (await page.request.get('/api/visits?outcome=met&limit=50')).json()) as {
    items: { id: string; confirmed: string | null }[]
  }
  const visit = items.find(({ confirmed }) => confirmed === null)
  const made = await page.request.post(`/api/visits/${visit?.id}/confirmation`, {
    data: { way: 'qr' },
    headers: { origin },
  })
  expect(made.status()).toBe(201)
  return ((await made.json()) as { url: string }).url
}

test('a resident says once that nobody came, reads nothing of anybody, and the desk hears of it', async () => {
  const liaison = await house.person()
  await liaison.goto('/')
  await liaison.request.post('/api/sessions', {
    data: { login: 'liaison', password: 'chuanmen-demo' },
    headers: { origin: new URL(liaison.url()).origin },
  })
  const link = await shownBy(liaison)
  const resident = await house.person()
  await resident.goto(link)
  await reads(resident, /孟庆岚\d+月\d+日 ?周.来过您家吗/)
  const shown = await resident.locator('main').innerText()
  expect(shown).not.toMatch(/\d单元|\d+号楼|小区|1\d{10}/)
  await button(resident, phone.visit.talk).click()
  await resident.getByLabel(phone.visit.words).fill('那天我在医院，家里没人。')
  await button(resident, phone.visit.no).click()
  await reads(resident, phone.visit.thanks)
  await resident.reload()
  await reads(resident, phone.visit.thanks)
  expect(await button(resident, phone.visit.yes).count()).toBe(0)
  const community = await staff(house, 'community')
  await community.goto('/console/visits?tab=visits&answer=no')
  await community.locator('.visit-door').first().click()
  await reads(community, '那天我在医院，家里没人。')
}, 120_000)
