import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  button,
  desk,
  findByCode,
  type House,
  openHouse,
  phone,
  pick,
  reads,
  say,
  sizes,
  staff,
  step,
} from './people.ts'

/** What is not for this desk: handed over so that nobody starts again, or declined with whom to turn to, and appealed. */

let house: House
let resident: Page
let community: Page
beforeAll(async () => {
  house = await openHouse()
  resident = await house.person(sizes.phone)
  community = await staff(house, 'community')
})
afterAll(() => house?.close())

async function opened(words: string): Promise<void> {
  await resident.goto('/mine')
  await resident.getByRole('link', { name: new RegExp(words) }).click()
  await resident.getByRole('heading', { level: 1, name: new RegExp(words) }).waitFor()
}

test('RQ1 the desk hands it over in the step in which it declines; the resident reads who has it now', async () => {
  const code = await say(resident, '路口绿灯太短，老人走不过去', '', '10044127711')
  await findByCode(community, code)
  const form = await step(community, 'decline')
  await form.getByLabel(desk.field.reason).selectOption('other_units_duty')
  // Without a unit nothing goes, and the form says what is missing.
  await form.getByLabel(desk.field.why).fill('红绿灯的时间归交警定。')
  await button(form, desk.deed.decline).click()
  await reads(form, desk.missing.decline)
  await pick(form, desk.instead.which, '交警', /交警/)
  await reads(form, /交警.*马上收到/)
  await button(form, desk.deed.decline).click()
  const article = community.getByRole('article')
  await reads(article, /已移交给.*交警/)
  await reads(article, /现在归.*交警/)

  await opened('路口绿灯太短')
  await reads(resident, /交警.*等他们接/)
  await reads(resident, '红绿灯的时间归交警定。')
  await reads(resident, /归别的单位管/)
  // It is not dead: nothing is left to appeal, and a note can be added.
  expect(await button(resident, phone.deed.appeal).count()).toBe(0)
  await button(resident, phone.deed.note).waitFor()
})

test('a body outside: the resident reads whom to turn to, with the phone, and opens the letter to show there', async () => {
  const code = await say(resident, '邻区的路灯不亮，晚上看不见', '', '10044127711')
  await findByCode(community, code)
  const form = await step(community, 'decline')
  await form.getByLabel(desk.field.reason).selectOption('outside_district')
  await form.getByText(desk.instead.outside, { exact: true }).click()
  await form.getByLabel(desk.instead.name).fill('安次区城管局')
  await form.getByLabel(desk.instead.phone).fill('0316-2011234')
  await form.getByLabel(desk.field.why).fill('地点在安次区，我们派不了人。')
  await button(form, desk.deed.decline).click()
  await reads(community.getByRole('article'), /该找：安次区城管局/)

  await opened('邻区的路灯不亮')
  const card = resident.getByRole('region', { name: phone.instead.title })
  await reads(card, '安次区城管局')
  expect(await card.getByRole('link').getAttribute('href')).toBe('tel:0316-2011234')
  await button(card, phone.letter.open).click()
  const letter = resident.getByRole('dialog', { name: phone.letter.title })
  await reads(letter, /安次区城管局：/)
  await reads(letter, '邻区的路灯不亮，晚上看不见')
  await reads(letter, code)
  await letter.getByRole('button', { name: '关上' }).click()
})

test('an appeal goes once to the level above, which answers it', async () => {
  await button(resident, phone.deed.appeal).click()
  const sheet = resident.getByRole('dialog', { name: phone.deed.appeal })
  await button(sheet, phone.deed.appeal_do).click()
  await reads(sheet, phone.deed.appeal_missing)
  await sheet.getByLabel(phone.deed.appeal_label).fill('那段路是咱们区修的。')
  await button(sheet, phone.deed.appeal_do).click()
  await reads(resident, /您不服，.*正在复核/)
  await reads(resident, '那段路是咱们区修的。')

  const office = await staff(house, 'subdistrict')
  const code = await resident
    .getByText(/[A-Z]{2,4}-\d{4}-\d{6}/)
    .first()
    .innerText()
  await findByCode(office, /[A-Z]{2,4}-\d{4}-\d{6}/.exec(code)?.[0] ?? '')
  await reads(office.getByRole('article'), /反映人不服，申诉到/)
  const form = await step(office, 'answer')
  await form.getByLabel(desk.field.answer).fill('查过了，是安次区的路灯，我们打过电话，他们今晚来修。')
  await form.getByLabel(desk.cover.done).check()
  await button(form, desk.deed.answer).click()
  await resident.reload()
  await reads(resident, '查过了，是安次区的路灯，我们打过电话，他们今晚来修。')
})
