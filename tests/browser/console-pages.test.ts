import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths as consolePaths } from '#web/console/paths.ts'
import { codes, look } from './look.ts'
import { type Habits, type House, openHouse, sizes, staff } from './people.ts'

/** Every page of the console door, as it is with the demonstration's data: in both languages and every way to show it. */

let house: House
const staffStates = new Map<string, NonNullable<Habits['state']>>()

const logins = ['community', 'security', 'audit', 'system', 'district'] as const

beforeAll(async () => {
  house = await openHouse()
  for (const login of logins) {
    const one = await staff(house, login)
    staffStates.set(login, await one.context().storageState())
    await one.context().close()
  }
})
afterAll(() => house?.close())

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
  { name: 'whistles', path: '/console/whistles?queue=open', login: 'community' },
  { name: 'blowing a whistle', path: '/console/whistles?blow=new', login: 'community' },
  { name: 'figures of whistles', path: consolePaths.whistleFigures, login: 'district' },
  { name: 'calls', path: '/console/calls', login: 'community' },
  { name: 'dispatch', path: consolePaths.dispatch, login: 'community' },
  { name: 'dispatch, by due time', path: `${consolePaths.dispatch}?tab=list`, login: 'community' },
  { name: 'dispatch, figures', path: `${consolePaths.dispatch}?tab=figures`, login: 'district' },
  { name: 'routing', path: consolePaths.routing, login: 'district' },
  { name: 'offers', path: consolePaths.offers, login: 'community' },
  { name: 'wishes', path: `${consolePaths.offers}?tab=wishes`, login: 'community' },
  { name: 'rota', path: consolePaths.rota, login: 'community' },
  { name: 'mediation', path: consolePaths.mediation, login: 'community' },
  { name: 'grid matters', path: consolePaths.matters, login: 'district' },
  { name: 'record', path: consolePaths.record, login: 'community' },
  { name: 'buildings', path: consolePaths.households, login: 'community' },
  { name: 'a building', path: `${consolePaths.households}?path=${building}`, login: 'community' },
  { name: 'care list', path: consolePaths.care, login: 'community' },
  { name: 'first acquaintance', path: `${consolePaths.acquaintance}?path=${building}`, login: 'community' },
  { name: 'contact cards', path: `${consolePaths.cards}?path=${building}`, login: 'community' },
  { name: 'printing the handbook', path: `${consolePaths.print}?path=${building}`, login: 'community' },
  { name: 'plans', path: '/console/plans', login: 'community' },
  { name: 'meetings', path: '/console/meetings', login: 'community' },
  { name: 'visits', path: consolePaths.visits, login: 'community' },
  { name: 'rules of visits', path: `${consolePaths.visits}?tab=rules`, login: 'district' },
  { name: 'import', path: '/console/import', login: 'community', codes: [/CSV|Excel|xlsx|UTF/] },
  { name: 'twice in the register', path: consolePaths.twice, login: 'community' },
  { name: 'exports', path: consolePaths.exports, login: 'community' },
  { name: 'people', path: consolePaths.people, login: 'security', codes: [/\b[a-z]+\b/] },
  { name: 'categories', path: consolePaths.categories, login: 'community' },
  { name: 'calendar', path: consolePaths.calendar, login: 'district' },
  { name: 'organisations', path: consolePaths.organisations, login: 'system' },
  { name: 'settings', path: consolePaths.settings, login: 'district' },
  { name: 'audit', path: consolePaths.audit, login: 'audit' },
  { name: 'erasures', path: consolePaths.erasures, login: 'security' },
  { name: 'account', path: consolePaths.account, login: 'community' },
  { name: 'undelivered', path: consolePaths.messages, login: 'system' },
  {
    name: 'how messages leave',
    path: consolePaths.sending,
    login: 'system',
    // Names of settings and addresses, which the IT desk has to type.
    codes: [/[A-Z]+(?:_[A-Z]+)+/, /https:\/\/\S+/],
  },
  { name: 'wording', path: consolePaths.templates, login: 'system' },
  { name: 'a page that does not exist', path: '/console/nowhere', login: 'community' },
]

test('every page of the console is looked at: a new one fails here until it is', () => {
  // Those that need an id of their own are looked at where they are walked: plans, meetings.
  const apart: readonly string[] = [consolePaths.base, consolePaths.plansPrint, consolePaths.meeting]
  const looked = consolePages.map(({ path }) => path.split('?')[0])
  const pages = Object.values(consolePaths).filter((path) => !apart.includes(path))
  expect(pages.map((path) => path.split('/{')[0]).filter((path) => !looked.includes(path))).toEqual([])
})

describe.each(consoleModes)('the console door in $mode at 1440 px', ({ habits }) => {
  test.concurrent.each(consolePages)('$name', async ({ path, login, codes: own = [] }) => {
    const state = login && staffStates.get(login)
    const found = await look(
      house,
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
  test.concurrent.each(consolePages)('$name', async ({ path, login, codes: own = [] }) => {
    const state = login && staffStates.get(login)
    const who: Habits = { ...habits, ...(state && { state }) }
    expect(await look(house, path, sizes.phone, who, { stops: 4, seen, codes: [...codes, ...own] })).toEqual(
      [],
    )
  })
})
