import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  button,
  choosePlace,
  handIn,
  type House,
  openHouse,
  phone,
  proves,
  reads,
  say,
  sizes,
} from './people.ts'

/** RQ15 from a browser that proved no number: what this browser said is its own to have deleted, and it gets the receipt. */

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

async function saysUnnamed(page: Page, words: string) {
  await page.goto('/say')
  await page.getByRole('textbox', { name: phone.say.what }).fill(words)
  await choosePlace(page)
  return handIn(page)
}

async function typeTheWord(page: Page, title: string, act: string) {
  const sheet = page.getByRole('dialog', { name: title })
  await sheet.getByRole('textbox').fill(phone.erase.word)
  await button(sheet, act).click()
  return sheet
}

test('one matter, said without a number, from its own page', async () => {
  const page = await house.person(sizes.phone)
  const words = '楼道灯一闪一闪'
  await saysUnnamed(page, words)
  await page.goto('/mine')
  await page.getByRole('link', { name: new RegExp(words) }).click()
  await button(page, phone.erase.title).click()
  await typeTheWord(page, phone.erase.title, phone.erase.do_all)
  await reads(page, phone.erase.said_all)
  expect(new URL(page.url()).pathname).toMatch(/erased/)
})

test('everything, without a number', async () => {
  const page = await house.person(sizes.phone)
  await saysUnnamed(page, '水表井盖松了')
  await page.goto('/my-data')
  await button(page, phone.erase.account).click()
  await typeTheWord(page, phone.erase.account, phone.erase.do_account)
  await reads(page, phone.erase.said_account)
})

test('under a number that is not shown to be one’s own: it says so beside the button, and comes back from showing it', async () => {
  const page = await house.person(sizes.phone)
  const number = '10044127711'
  await say(page, '门禁坏了', '', number)
  await page.goto('/mine')
  await page.getByRole('link', { name: /门禁坏了/ }).click()
  await button(page, phone.erase.title).click()
  const sheet = await typeTheWord(page, phone.erase.title, phone.erase.do_all)
  await reads(sheet.getByRole('alert'), phone.erase.unproven)
  await button(sheet, phone.login.title).click()
  await proves(page, number)
  await button(page, phone.erase.title).click()
  await typeTheWord(page, phone.erase.title, phone.erase.do_all)
  await reads(page, phone.erase.said_all)
})
