import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths as consolePaths } from '#web/console/paths.ts'
import { paths as phonePaths } from '#web/phone/paths.ts'
import { faults, watch } from './inspect.ts'
import {
  button,
  choosePlace,
  desk,
  type Habits,
  handIn,
  type House,
  leavePhone,
  lifecycle,
  openHouse,
  phone,
  reads,
  resident,
  residentNumber,
  say,
  settled,
  sizes,
  staff,
} from './people.ts'

/** Every page of both doors, as it is with the demonstration's data: in both languages and every way to show it. */

// What is not Chinese and belongs: codes of requests, names of logins and of formats, ids.
const codes = [/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/, /GY-[\d-]+/, /JPEG|PNG|WebP/, /English/]

let house: House
/** What the resident's browser remembers. */
let known: NonNullable<Habits['state']>
let visit: Record<string, string>
const ids: Record<string, string> = {}
const staffStates = new Map<string, NonNullable<Habits['state']>>()

const logins = ['community', 'security', 'audit', 'system', 'district'] as const

beforeAll(async () => {
  house = await openHouse()
  const page = await resident(house, residentNumber)
  const { items } = await (await page.request.get('/api/requests?queue=reported')).json()
  for (const item of items as { id: string; state: string }[]) ids[item.state] ??= item.id
  expect(Object.keys(ids)).toEqual(expect.arrayContaining(['answered', 'accepted']))
  known = await page.context().storageState()
  await page.context().close()
  const other = await house.person()
  await say(other, '小广场的长椅少了一块板', '', '10044125566')
  visit = await other.evaluate(() => ({ ...sessionStorage }) as Record<string, string>)
  ids['said'] = new URL(other.url()).pathname.split('/').at(-1) ?? ''
  await other.context().close()
  for (const login of logins) {
    const one = await staff(house, login)
    staffStates.set(login, await one.context().storageState())
    await one.context().close()
  }
})
afterAll(() => house?.close())

async function look(
  path: string,
  size: { width: number; height: number },
  habits: Habits,
  options: Parameters<typeof faults>[1],
): Promise<string[]> {
  const page = await house.person(size, habits)
  const forbidden = await watch(page, house.product.url)
  await page.goto(path)
  const found = [...(await faults(page, { codes, ...options })), ...(await forbidden())]
  await page.context().close()
  return found
}

const settings = (elder: boolean, contrast: boolean) => ({
  'chuanmen.settings': JSON.stringify({ elder, contrast, home: null }),
})
const phoneModes: { mode: string; habits: Habits }[] = [
  { mode: 'Chinese', habits: {} },
  { mode: 'elder mode', habits: { kept: settings(true, false) } },
  { mode: 'high contrast', habits: { kept: settings(false, true) } },
  { mode: 'English', habits: { language: 'en' } },
]
const phonePages: { name: string; path: () => string; nobody?: true }[] = [
  { name: 'home', path: phonePaths.home },
  { name: 'home of somebody new', path: phonePaths.home, nobody: true },
  { name: 'say', path: phonePaths.say },
  { name: 'said', path: () => phonePaths.said(ids['said'] ?? ''), nobody: true },
  { name: 'mine', path: phonePaths.mine },
  { name: 'mine, empty', path: phonePaths.mine, nobody: true },
  { name: 'request answered', path: () => phonePaths.request(ids['answered'] ?? '') },
  { name: 'request under way', path: () => phonePaths.request(ids['accepted'] ?? '') },
  { name: 'request of somebody else', path: () => phonePaths.request(ids['said'] ?? '') },
  { name: 'find', path: phonePaths.find },
  { name: 'log in', path: phonePaths.logIn },
  { name: 'people', path: phonePaths.people },
  { name: 'a stairwell by its code', path: () => phonePaths.stairwell('13100300500300100302') },
  { name: 'looks', path: phonePaths.looks },
  { name: 'my data', path: phonePaths.rights },
  { name: 'notices', path: phonePaths.notices },
  { name: 'notices, none', path: phonePaths.notices, nobody: true },
  { name: 'how we tell you', path: phonePaths.contact },
]

describe.each(phoneModes)('the phone door in $mode at 390 px and 360 px', ({ habits }) => {
  test.each(phonePages)('$name', async ({ path, nobody }) => {
    const who: Habits = nobody ? { ...habits, visit } : { ...habits, state: known }
    expect(await look(path(), sizes.phone, who, { widths: [360], stops: 6 })).toEqual([])
  })
})

test.each(phonePages)('the phone door on a wide screen: $name', async ({ path, nobody }) => {
  const who: Habits = nobody ? { visit } : { state: known }
  expect(await look(path(), sizes.wide, who, {})).toEqual([])
})

/** The building of the demonstration, where the stories of the pictures play. */
const building = '131003/131003005/131003005003/131003005003001/131003005003001003/'

const consoleModes: { mode: string; habits: Habits }[] = [
  { mode: 'Chinese', habits: {} },
  { mode: 'the dark', habits: { kept: { 'chuanmen.theme': 'dark' } } },
  { mode: 'English', habits: { language: 'en' } },
]
const consolePages: { name: string; path: string; login?: (typeof logins)[number]; codes?: RegExp[] }[] = [
  { name: 'login', path: consolePaths.login },
  { name: 'inbox', path: '/console/inbox?queue=mine', login: 'community' },
  { name: 'inbox, all', path: '/console/inbox?queue=all', login: 'community' },
  { name: 'inbox, review', path: '/console/inbox?queue=review', login: 'community' },
  { name: 'calls', path: '/console/calls', login: 'community' },
  { name: 'dispatch', path: consolePaths.dispatch, login: 'community' },
  { name: 'record', path: consolePaths.record, login: 'community' },
  { name: 'buildings', path: consolePaths.households, login: 'community' },
  { name: 'a building', path: `${consolePaths.households}?path=${building}`, login: 'community' },
  { name: 'care list', path: consolePaths.care, login: 'community' },
  { name: 'first acquaintance', path: `${consolePaths.acquaintance}?path=${building}`, login: 'community' },
  { name: 'contact cards', path: `${consolePaths.cards}?path=${building}`, login: 'community' },
  { name: 'printing the handbook', path: `${consolePaths.print}?path=${building}`, login: 'community' },
  { name: 'plans', path: '/console/plans', login: 'community' },
  { name: 'people', path: consolePaths.people, login: 'security', codes: [/\b[a-z]+\b/] },
  { name: 'categories', path: consolePaths.categories, login: 'community' },
  { name: 'calendar', path: consolePaths.calendar, login: 'district' },
  { name: 'organisations', path: consolePaths.organisations, login: 'system' },
  { name: 'settings', path: consolePaths.settings, login: 'district' },
  { name: 'audit', path: consolePaths.audit, login: 'audit' },
  { name: 'erasures', path: consolePaths.erasures, login: 'security' },
  { name: 'account', path: consolePaths.account, login: 'community' },
  { name: 'undelivered', path: consolePaths.messages, login: 'system' },
  { name: 'wording', path: consolePaths.templates, login: 'system' },
  { name: 'erasures', path: consolePaths.erasures, login: 'security' },
  { name: 'a page that does not exist', path: '/console/nowhere', login: 'community' },
]

describe.each(consoleModes)('the console door in $mode at 1440 px', ({ habits }) => {
  test.each(consolePages)('$name', async ({ path, login, codes: own = [] }) => {
    const state = login && staffStates.get(login)
    const found = await look(
      path,
      sizes.wide,
      { ...habits, ...(state && { state }) },
      { stops: 8, codes: [...codes, ...own] },
    )
    expect(found).toEqual([])
  })
})

describe.each([
  { mode: 'Chinese', habits: {}, seen: false },
  { mode: 'English', habits: { language: 'en' as const }, seen: true },
])('the console door on a phone in $mode', ({ habits, seen }) => {
  test.each(consolePages)('$name', async ({ path, login, codes: own = [] }) => {
    const state = login && staffStates.get(login)
    const who: Habits = { ...habits, ...(state && { state }) }
    expect(await look(path, sizes.phone, who, { stops: 4, seen, codes: [...codes, ...own] })).toEqual([])
  })
})

describe('the inbox where only one thing has room', () => {
  let page: Page
  const back = (name: string) =>
    page.locator('main').getByText(name, { exact: true }).filter({ visible: true })
  const title = () => page.getByRole('article').getByRole('heading', { level: 1 })
  const rows = () => page.getByRole('tabpanel').getByRole('link')
  beforeAll(async () => {
    const state = staffStates.get('community')
    page = await house.person(sizes.phone, state ? { state } : {})
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

describe('the inbox by keyboard alone', () => {
  let page: Page
  const chosen = () => page.getByRole('article').getByRole('heading', { level: 1 }).innerText()
  beforeAll(async () => {
    const state = staffStates.get('community')
    page = await house.person(sizes.wide, state ? { state } : {})
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

test('an unreachable server is said in one sentence; what was written is sent once it is back, as one request (RQ3)', async () => {
  const page = await house.person(sizes.phone)
  await page.goto('/say')
  await page.getByRole('textbox', { name: phone.say.what }).fill('路灯不亮')
  await choosePlace(page)
  await leavePhone(page, '钱大娘', '10055556666')
  await page.context().setOffline(true)
  await button(page, phone.say.send).click()
  await reads(page, phone.say.waits)
  await page.context().setOffline(false)
  await page.reload()
  expect(await page.getByRole('textbox', { name: phone.say.what }).inputValue()).toBe('路灯不亮')
  await handIn(page)
  await page.goto('/mine')
  await settled(page)
  expect(await page.getByText('路灯不亮').count()).toBe(1)
  await page.context().close()
})
