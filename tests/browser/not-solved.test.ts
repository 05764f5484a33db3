import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  accept,
  answer,
  assign,
  button,
  findByCode,
  type House,
  lifecycle,
  openHouse,
  phone,
  reads,
  say,
  sizes,
  staff,
  take,
} from './people.ts'

/** What is called solved and is not: the resident says so once, and anybody with code and phone tail can follow it. */

const number = '10044127788'
const words = '单元门关不严，夜里一直响'
let house: House
let resident: Page
let community: Page
let firm: Page
let code: string
beforeAll(async () => {
  house = await openHouse()
  resident = await house.person(sizes.phone)
  community = await staff(house, 'community')
  firm = await staff(house, 'property')
  code = await say(resident, words, '', number)
  await findByCode(community, code)
  await accept(community, 'C04')
  await assign(community, /物业/)
  await findByCode(firm, code)
  await take(firm, '晚上去看。')
  await answer(firm, '闭门器调好了。')
})
afterAll(() => house?.close())

test('RQ8 a resident who says it is not solved writes what is missing, and it goes on with the same firm', async () => {
  await resident.goto('/mine')
  await resident.getByRole('link', { name: new RegExp(words) }).click()
  await reads(resident, '闭门器调好了。')
  await button(resident, phone.deed.reopen).click()
  const sheet = resident.getByRole('dialog', { name: phone.deed.reopen })
  await button(sheet, phone.deed.reopen_do).click()
  await reads(sheet, phone.deed.reopen_missing)
  await sheet.getByLabel(phone.deed.reopen_label).fill('半夜又响了一宿。')
  await button(sheet, phone.deed.reopen_do).click()
  await reads(resident, lifecycle.story.reopen_you)
  await reads(resident, '半夜又响了一宿。')
  await reads(resident, phone.request.why_reopened)
  await reads(resident, /物业.*正在办/)
})

test('RQ8 the firm reads that it was not solved, as its own turn', async () => {
  await firm.reload()
  const article = firm.getByRole('article')
  await reads(article, lifecycle.story.reopen)
  await reads(article, '半夜又响了一宿。')
  await reads(article, '该您了')
})

test('code and phone tail open it on any phone without an account, and only both together', async () => {
  const other = await house.person(sizes.phone)
  const id = new URL(resident.url()).pathname
  await other.goto(id)
  await reads(other, phone.request.closed_to_you)
  await other.goto('/find')
  await other.getByLabel(phone.find.code).fill(code.toLowerCase().replaceAll('-', ' '))
  await other.getByLabel(phone.find.tail).fill('0000')
  await button(other, phone.find.do).click()
  await reads(other, '编号或手机尾号不对')
  await other.getByLabel(phone.find.tail).fill(number.slice(-4))
  await button(other, phone.find.do).click()
  await other.getByRole('heading', { level: 1, name: words }).waitFor()
  await reads(other, '半夜又响了一宿。')
  expect(await other.locator('body').innerText()).not.toContain(number)
  await other.context().close()
})

test('RQ8 the second answer counts when the resident says so', async () => {
  await answer(firm, '换了新的闭门器，关了二十次都没响。')
  await resident.reload()
  await reads(resident, '换了新的闭门器，关了二十次都没响。')
  await button(resident, phone.deed.confirm).click()
  await reads(resident, lifecycle.story.confirm_you)
})
