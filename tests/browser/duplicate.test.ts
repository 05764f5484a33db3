import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  accept,
  assign,
  answer,
  button,
  choosePlace,
  desk,
  findByCode,
  type House,
  leavePhone,
  lifecycle,
  openHouse,
  phone,
  place,
  reads,
  said,
  say,
  sizes,
  staff,
  step,
  take,
} from './people.ts'
import { settled } from './people.ts'

/** RQ13: a second resident is shown that it was said, follows it, and gets the answer; a desk merges two and parts them. */

const first = { words: '东门口的井盖往外冒脏水，味儿大', name: '钱大娘', number: '10044126601' }
const second = { words: '东门口下水井又冒脏水了，臭得走不了人', number: '10044126602' }
let house: House
let one: Page
let two: Page
let community: Page
let code: string
const look = process.env['LOOK']
const shoot = async (page: Page, name: string) => {
  if (!look) return
  await settled(page)
  await page.screenshot({ path: `${look}/${name}.png`, fullPage: true })
}

beforeAll(async () => {
  house = await openHouse()
  one = await house.person(sizes.phone)
  two = await house.person(sizes.phone)
  community = await staff(house, 'community')
  code = await say(one, first.words, first.name, first.number)
})
afterAll(() => house?.close())

test('RQ13 boundary 7: while still writing, a second resident is shown that it was said, and not a word of it', async () => {
  await two.goto('/say')
  await choosePlace(two)
  await two.getByRole('textbox', { name: phone.say.what }).fill(second.words)
  const card = two.getByRole('region', { name: phone.before.title }).or(two.getByLabel(phone.before.title))
  await reads(card, place.compound)
  await reads(card, said(phone.before.people_one, { count: '1' }))
  await shoot(two, 'before')
  const text = await two.locator('main').innerText()
  for (const hidden of ['往外冒', '味儿大', '钱大娘', code]) expect(text).not.toContain(hidden)
})

test('RQ13 RQ3 they follow it: one request, a code of their own, their own words first', async () => {
  await leavePhone(two, '赵师傅', second.number)
  await button(two, phone.before.follow).first().click()
  await two.waitForURL('**/mine/**')
  await reads(two, second.words)
  await reads(two, said(phone.request.follows_one, { count: '1' }))
  const text = await two.locator('body').innerText()
  expect(text).not.toContain('往外冒')
  const own = /[A-Z]{2,4}-\d{4}-\d{6}/.exec(text)?.[0]
  expect(own).toBeDefined()
  expect(own).not.toBe(code)
  await shoot(two, 'followed')
  await findByCode(community, code)
  const article = community.getByRole('article')
  await reads(article, second.words)
  await reads(community, said(desk.duplicates.people_other, { count: '2' }))
})

test('RQ13 RQ8 both get the answer, and the follower may say that it is not solved', async () => {
  await accept(community, 'B03')
  await assign(community, /物业/)
  const firm = await staff(house, 'property')
  await findByCode(firm, code)
  await take(firm, '今天去通。')
  await answer(firm, '通了四十米，捞出一堆抹布。')
  await one.goto('/mine')
  await one.getByRole('link').filter({ hasText: '井盖' }).click()
  await reads(one, '通了四十米，捞出一堆抹布。')
  await two.reload()
  await reads(two, '通了四十米，捞出一堆抹布。')
  await shoot(two, 'followed-answered')
  await button(two, phone.deed.reopen).click()
  const sheet = two.getByRole('dialog', { name: phone.deed.reopen })
  await sheet.getByLabel(phone.deed.reopen_label).fill('我这边还在冒。')
  await button(sheet, phone.deed.reopen_do).click()
  await reads(two, '我这边还在冒。')
  await one.reload()
  await reads(one, lifecycle.story.reopen_other)
  await two.goto('/mine')
  await reads(two, place.compound)
})

test('RQ13 the desk puts two side by side, merges them, and parts them again', async () => {
  const three = await house.person(sizes.phone)
  const four = await house.person(sizes.phone)
  const lamp = await say(three, '中心花园的路灯三天不亮了，晚上看不见路', '孙师傅', '10044126603')
  const dark = await say(four, '中心花园那边路灯坏了，黑灯瞎火', '李大爷', '10044126604')
  await findByCode(community, dark)
  const facts = community.getByRole('complementary', { name: desk.facts.label })
  await reads(facts, desk.duplicates.title)
  await shoot(community, 'candidates')
  const form = community.getByRole('region', { name: lifecycle.entry.merge })
  await button(community.getByRole('article'), lifecycle.entry.merge).click()
  await form.getByRole('button', { name: new RegExp(lamp) }).click()
  const sheet = community.getByRole('dialog', { name: desk.duplicates.compare })
  await reads(sheet, '中心花园的路灯')
  expect(await sheet.locator('mark').count()).toBeGreaterThan(1)
  await sheet.getByLabel(said(desk.duplicates.staysThis, { code: lamp })).check()
  await shoot(community, 'compare')
  await button(sheet, desk.duplicates.merge).click()
  const article = community.getByRole('article')
  await reads(article, lifecycle.state.merged)
  await shoot(community, 'merged')

  await four.goto('/mine')
  await four.getByRole('link').filter({ hasText: '中心花园那边' }).click()
  await reads(four, '中心花园那边路灯坏了，黑灯瞎火')
  await reads(four, said(phone.request.follows_one, { count: '1' }))
  expect(await four.locator('body').innerText()).not.toContain('三天不亮')
  await shoot(four, 'merged-resident')

  const part = await step(community, 'unmerge')
  await part.getByLabel(desk.field.whyPart).fill('一盏在东头，一盏在西头。')
  await button(part, desk.deed.unmerge).click()
  await reads(article, /等.*受理|该您了/)
  await findByCode(community, lamp)
  await reads(community.getByRole('article'), '拆')
  await shoot(community, 'parted')
  await four.reload()
  await reads(four, /拆开，单独办/)
})
