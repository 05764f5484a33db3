import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  accept,
  answer,
  assign,
  button,
  choosePlace,
  desk,
  findByCode,
  handIn,
  type House,
  lifecycle,
  openHouse,
  phone,
  reads,
  resident as loggedIn,
  said,
  say,
  sizes,
  staff,
  take,
} from './people.ts'

/** RQ15 and boundary 5, as people meet them: the resident has it deleted, and nobody reads it any more. */

const number = '10044127799'
const words = '楼上金奶奶家半夜拖椅子'
let house: House
let resident: Page
let community: Page
let security: Page
let code: string
let address: string
beforeAll(async () => {
  house = await openHouse()
  const stranger = await house.person(sizes.phone)
  community = await staff(house, 'community')
  security = await staff(house, 'security')
  const firm = await staff(house, 'property')
  code = await say(stranger, words, '', number)
  await stranger.context().close()
  resident = await loggedIn(house, number)
  await resident.getByRole('link', { name: new RegExp(words) }).click()
  await reads(resident, code)
  address = new URL(resident.url()).pathname
  await findByCode(community, code)
  await accept(community, 'C04')
  await assign(community, /物业/)
  await findByCode(firm, code)
  await take(firm, '找金奶奶谈谈。')
  await answer(firm, '金奶奶换了软垫。')
  await firm.context().close()
})
afterAll(() => house?.close())

test('what goes and what stays is said before, and one word is typed; only then it is gone', async () => {
  await resident.reload()
  await reads(resident, '金奶奶换了软垫。')
  await button(resident, phone.deed.confirm).click()
  await reads(resident, lifecycle.story.confirm_you)
  await button(resident, phone.erase.title).click()
  const sheet = resident.getByRole('dialog', { name: phone.erase.title })
  for (const line of [...phone.erase.goes_all.split('\n'), ...phone.erase.stays_all.split('\n')])
    await reads(sheet, line)
  await button(sheet, phone.erase.do_all).click()
  await reads(sheet, said(phone.erase.word_missing, { word: phone.erase.word }))
  await sheet.getByRole('textbox').fill(phone.erase.word)
  await button(sheet, phone.erase.do_all).click()
  await reads(resident, phone.erase.said_all)
  await reads(resident, phone.erase.left_all)
})

test('the resident no longer finds it, neither in the list nor at its old address nor by its code', async () => {
  await resident.goto('/mine')
  await resident.getByRole('heading', { level: 1, name: phone.mine.title }).waitFor()
  await reads(resident, phone.rights.title)
  expect(await resident.locator('body').innerText()).not.toContain(words)
  await resident.goto(address)
  await reads(resident, phone.request.closed_to_you)
  await resident.goto('/find')
  await resident.getByLabel(phone.find.code).fill(code)
  await resident.getByLabel(phone.find.tail).fill(number.slice(-4))
  await button(resident, phone.find.do).click()
  await reads(resident, '编号或手机尾号不对')
})

test('the desk reads the case, that it was deleted, and neither words nor person', async () => {
  await findByCode(community, code)
  await community.reload()
  const article = community.getByRole('article')
  await reads(article, lifecycle.erased.title)
  await reads(article, /按本人要求删除了原话/)
  await reads(article, lifecycle.story.confirm)
  const all = await community.locator('body').innerText()
  expect(all).not.toContain('金奶奶')
  expect(all).not.toContain(words)
})

test('my data: what is kept, put right, taken along', async () => {
  await resident.goto('/my-data')
  await reads(resident, '100 4412 7799')
  await reads(resident, said(phone.rights.erasure, { code }))
  await resident.getByRole('button', { name: phone.rights.correct }).first().click()
  const sheet = resident.getByRole('dialog', { name: phone.rights.correct_name })
  await sheet.getByLabel(phone.rights.name).fill('王秀英')
  await button(sheet, phone.rights.save).click()
  await reads(resident, '王秀英')
  const [file] = await Promise.all([
    resident.waitForEvent('download'),
    button(resident, phone.rights.csv).click(),
  ])
  expect(file.suggestedFilename()).toBe(`${phone.rights.file}.csv`)
})

test('what the law keeps is said with its ground, decided by the security administrator, and the reason is read', async () => {
  await resident.goto('/say')
  await resident.getByRole('textbox', { name: phone.say.what }).fill('门口的台阶缺了一角')
  await choosePlace(resident)
  const second = await handIn(resident)
  await security.goto('/console/erasures')
  await button(security, desk.erasures.addHold).click()
  const form = security.getByRole('form', { name: desk.erasures.addHold })
  await form.getByLabel(desk.erasures.holdCode).fill(second)
  await form.getByLabel(desk.erasures.holdWords).fill('区法院（2026）民初8号')
  await button(form, desk.erasures.place).click()
  await reads(security, '区法院（2026）民初8号')

  await resident.goto('/mine')
  await resident.getByRole('link', { name: /台阶/ }).click()
  await button(resident, phone.erase.title).click()
  const sheet = resident.getByRole('dialog', { name: phone.erase.title })
  await reads(sheet, phone.erase.open_person)
  await sheet.getByRole('textbox').fill(phone.erase.word)
  await button(sheet, phone.erase.do_all).click()
  await reads(resident, phone.erase.said_waiting)
  await reads(resident, phone.erase.why_proceedings)

  await security.reload()
  await reads(security, second)
  expect(await security.locator('body').innerText()).not.toContain('台阶')
  await button(security, desk.erasures.decide).click()
  const decision = security.getByRole('form', { name: desk.erasures.decide })
  await decision.getByLabel(desk.erasures.reason).fill('判决以后再删。')
  await button(decision, desk.erasures.do_refuse).click()
  await reads(security, '判决以后再删。')
  await resident.reload()
  await reads(resident, phone.erase.said_refused)
  await reads(resident, '判决以后再删。')
})
