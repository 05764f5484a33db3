import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults, watch } from './inspect.ts'
import { codes } from './look.ts'
import {
  accept,
  button,
  desk,
  findByCode,
  type House,
  lifecycle,
  openHouse,
  pick,
  reads,
  said,
  say,
  settled,
  sizes,
  staff,
} from './people.ts'

/**
 * R5 and RQ18 in the browser: from the inbox to the rating, each step by whoever has it, and what the figures make of it.
 * Nobody loads a page anew: what others did is told, and shows by itself.
 */

const words = desk.whistle
type Deed = keyof typeof words.deed

const problem = '2号楼前的雨水井盖塌下去半边，路面也裂了'
const why = '井归排水，路面归物业，两家要同一天来。'
const advice = '先请物业围上，量一下井有多深，再吹一次。'

let house: House
let community: Page
let town: Page
let department: Page
let firm: Page
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const isWell = async (page: Page) => expect(await faults(page, { codes })).toEqual([])

/** Opens the whistle about the problem from the list of what waits for one, as the rail leads there. */
async function opens(page: Page): Promise<void> {
  await settled(page)
  const rail = page.getByRole('navigation', { name: desk.nav.label })
  await rail.getByRole('link', { name: new RegExp(`^${desk.nav.whistles}`) }).click()
  const list = page.getByRole('region', { name: desk.nav.whistles })
  await list.getByRole('link', { name: problem }).click()
  await page.getByRole('heading', { level: 1, name: problem }).waitFor()
}

/** Opens the form of a step by the button that stands on the page. */
async function begin(page: Page, deed: Deed): Promise<Locator> {
  await button(page.getByRole('article'), words.deed[deed]).click()
  return page.getByRole('form', { name: words.deed[deed], exact: true })
}

/** Sends the form, and reads that it was entered. */
async function enter(page: Page, form: Locator, deed: Exclude<Deed, 'form'>): Promise<void> {
  await button(form, words.do[deed]).click()
  await reads(page, said(words.entered, { what: words.deed[deed] }))
  await form.waitFor({ state: 'detached' })
}

/** The page that all of them write on. */
const shared = (page: Page) => page.getByRole('list', { name: desk.story.label })

/** The line of one department among those that were called. */
const called = (page: Page, name: string) =>
  page.getByRole('region', { name: words.departments }).getByRole('listitem').filter({ hasText: name })

describe('what one community cannot do alone', () => {
  let code: string

  test('is whistled from the inbox by a key; nothing but why is typed (RQ11)', async () => {
    const resident = await house.person()
    code = await say(resident, problem, '陶国平', '10088221167')
    await resident.context().close()
    community = await staff(house, 'community')
    await settled(community)
    await findByCode(community, code)
    await accept(community, 'B02')
    await community.keyboard.press('w')
    const form = community.getByRole('form', { name: words.new, exact: true })
    await reads(form, problem)
    await button(form, words.blowNow).click()
    await reads(form, words.missing.requests)
    await isWell(community)
    await form.getByLabel(words.whyField).fill(why)
    await button(form, words.blowNow).click()
    await reads(community, words.blown)
    await reads(community.getByRole('article'), why)
    await isWell(community)
  })

  test('the town sends it back with advice, and the request lies where it was (RQ18, RQ1)', async () => {
    town = await staff(house, 'subdistrict')
    await opens(town)
    await reads(town, words.yours.formed)
    const form = await begin(town, 'send_back')
    await button(form, words.do.send_back).click()
    await reads(form, desk.missing.words)
    await form.getByLabel(words.words.send_back).fill(advice)
    await isWell(town)
    await enter(town, form, 'send_back')
    await reads(shared(town), advice)
    await isWell(town)
  })

  test('whoever blew reads why, and blows again by the button on the case', async () => {
    await reads(shared(community), advice)
    await community.getByRole('complementary').getByRole('link', { name: problem }).click()
    await community.getByRole('article').getByText(code).waitFor()
    await community
      .getByRole('article')
      .getByRole('link', { name: new RegExp(`^${lifecycle.entry.whistle}`) })
      .click()
    const form = community.getByRole('form', { name: words.new, exact: true })
    await form.getByLabel(words.whyField).fill('围上了，井深三米二。')
    await form.getByRole('switch', { name: words.urgent }).click()
    await button(form, words.blowNow).click()
    await reads(community.getByRole('article'), words.isUrgent)
    // The town has its list before it all the while.
    await opens(town)
    await reads(town.getByRole('article'), words.isUrgent)
  })

  test('the town blows: one leads, one helps (RQ18)', async () => {
    const form = await begin(town, 'blow')
    await button(form, words.do.blow).click()
    await reads(form, words.missing.lead)
    await pick(form, words.lead, '排水', /城管局排水所/)
    await pick(form, words.assist, '和顺', /和顺/)
    await reads(form, words.cause.blowUrgent)
    await isWell(town)
    await enter(town, form, 'blow')
    await called(town, '排水所').getByText(words.role.lead).waitFor()
    await isWell(town)
  })

  test('one that is called objects on a basis; the town decides, once, and its time runs on (WH1)', async () => {
    firm = await staff(house, 'property')
    await opens(firm)
    const form = await begin(firm, 'object')
    await form.getByLabel(desk.field.basis).selectOption({ label: words.basis.not_our_duty })
    await form.getByLabel(words.words.object).fill('路面在红线外，是市政的。')
    await isWell(firm)
    await enter(firm, form, 'object')
    await opens(town)
    await reads(town, words.yours.objection)
    await isWell(town)
    const decides = await begin(town, 'insist')
    await decides.getByLabel(words.words.insist).fill('竣工图上这段路在小区里，请照样来。')
    await enter(town, decides, 'insist')
  })

  test('each reports in, and all of them write on one page (WH6)', async () => {
    department = await staff(house, 'department')
    await opens(department)
    const form = await begin(department, 'report_in')
    await isWell(department)
    await form.getByLabel(words.words.report_in).fill('下午三点到，先下井看。')
    await enter(department, form, 'report_in')
    await called(department, '排水所').getByText(words.outcome.in_time).waitFor()
    expect(await button(firm.getByRole('article'), words.deed.object).count()).toBe(0)
    const comes = await begin(firm, 'report_in')
    await enter(firm, comes, 'report_in')
    const note = await begin(firm, 'note')
    await note.getByLabel(words.words.note).fill('围挡搬到了井的两边，车从西门走。')
    await enter(firm, note, 'note')
    await reads(shared(department), '围挡搬到了井的两边，车从西门走。')
    await isWell(department)
  })

  test('the lead answers for all of them; whoever blew rates each that came (WH4)', async () => {
    const done = await begin(department, 'done')
    await done.getByLabel(words.words.done).fill('井壁重新砌了，换了井盖；物业补了路面。')
    await reads(done, said(words.doneCause, { requests: '1', points: '1' }))
    await isWell(department)
    await enter(department, done, 'done')
    await opens(community)
    const rate = await begin(community, 'rate')
    await button(rate, words.do.rate).click()
    await reads(rate, words.missing.rate)
    await isWell(community)
    await rate
      .getByRole('group', { name: /排水所/ })
      .getByText(words.rating.satisfied, { exact: true })
      .click()
    await rate.getByRole('group', { name: /和顺/ }).getByText(words.rating.fair, { exact: true }).click()
    await enter(community, rate, 'rate')
    await called(community, '排水所').getByText(words.rating.satisfied).waitFor()
    await isWell(community)
    for (const page of [community, department, firm]) await page.context().close()
  })

  test('the figures count it, and every figure opens what it counts (WH8, boundary 19)', async () => {
    await town.getByRole('link', { name: words.figures, exact: true }).click()
    const row = town.getByRole('row', { name: /城管局排水所/ })
    const figure = row.getByRole('link', { name: new RegExp(`${words.figure.done}\\d+次`) })
    const count = Number(await figure.innerText())
    await isWell(town)
    await figure.click()
    const list = town.getByRole('region', { name: desk.nav.whistles })
    await list.getByRole('link', { name: problem }).waitFor()
    expect(await list.locator('.item').count()).toBe(count)
    await isWell(town)
  })
})

test('one whistle keeps to what every page is held to, also on a narrow page', async () => {
  const page = await house.person(sizes.phone, { state: await town.context().storageState() })
  const forbidden = await watch(page, house.product.url)
  await page.goto('/console/whistles?queue=open')
  await page.locator('.list-pane .item').nth(1).click()
  await page.locator('.loop').waitFor()
  expect(await faults(page, { codes, stops: 6 })).toEqual([])
  expect(await forbidden()).toEqual([])
})
