import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths as phonePaths } from '#web/phone/paths.ts'
import { look } from './look.ts'
import {
  button,
  choosePlace,
  type Habits,
  handIn,
  type House,
  leavePhone,
  openHouse,
  phone,
  reads,
  resident,
  residentNumber,
  say,
  settled,
  sizes,
} from './people.ts'

/** Every page of the phone door, as it is with the demonstration's data: in both languages and every way to show it. */

let house: House
/** What the resident's browser remembers. */
let known: NonNullable<Habits['state']>
let visit: Record<string, string>
const ids: Record<string, string> = {}

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
})
afterAll(() => house?.close())

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
  { name: 'wishes', path: phonePaths.wishes },
  { name: 'wishes of somebody new', path: phonePaths.wishes, nobody: true },
]

describe.each(phoneModes)('the phone door in $mode at 390 px and 360 px', ({ habits }) => {
  test.concurrent.each(phonePages)('$name', async ({ path, nobody }) => {
    const who: Habits = nobody ? { ...habits, visit } : { ...habits, state: known }
    expect(await look(house, path(), sizes.phone, who, { widths: [360], stops: 6 })).toEqual([])
  })
})

test.concurrent.each(phonePages)('the phone door on a wide screen: $name', async ({ path, nobody }) => {
  const who: Habits = nobody ? { visit } : { state: known }
  expect(await look(house, path(), sizes.wide, who, {})).toEqual([])
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
