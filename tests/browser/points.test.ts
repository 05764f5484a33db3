import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
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
  sizes,
  staff,
  step,
} from './people.ts'

/** RQ7: an answer covers every point that was asked; one that leaves a point open goes nowhere, and says which. */

const number = '10044127701'
const points = ['把垃圾清走', '说清以后几点收']
let house: House
let resident: Page
let community: Page
let code: string
beforeAll(async () => {
  house = await openHouse()
  resident = await house.person(sizes.phone)
  community = await staff(house, 'community')
  code = await say(resident, '楼下垃圾三天没收，桶都满了', '', number)
  await findByCode(community, code)
})
afterAll(() => house?.close())

test('what was asked is written down point by point, with what the resident needs', async () => {
  const form = await step(community, 'accept')
  await pick(form, desk.field.category, 'A01', /./)
  await form.getByText(lifecycle.urgency.by_date, { exact: true }).click()
  await form.getByLabel(desk.field.points).fill(points.join('\n'))
  await button(form, desk.needed.add).click()
  await form.getByLabel(said(desk.needed.what, { number: '1' }), { exact: true }).fill('垃圾桶的照片')
  await form.getByLabel(said(desk.needed.how, { number: '1' }), { exact: true }).fill('手机拍的就行')
  await button(form, desk.deed.accept).click()
  const article = community.getByRole('article')
  for (const point of points) await reads(article, point)
  await reads(article, /垃圾桶的照片/)
})

test('RQ7 an answer with an unanswered point is not sent; the page says which one is missing', async () => {
  const form = await step(community, 'answer')
  await form.getByLabel(desk.field.answer).fill('垃圾当天清走了。')
  await form.getByRole('group', { name: points[0]! }).getByLabel(desk.cover.done).check()
  await button(form, desk.deed.answer).click()
  await reads(form, said(desk.missing.points, { points: '2' }))
  await reads(form.getByRole('group', { name: points[1]! }), desk.cover.missing)
  expect(await form.getByRole('group', { name: points[0]! }).getByText(desk.cover.missing).count()).toBe(0)
  await resident.goto('/mine')
  await resident.getByRole('link', { name: /垃圾三天没收/ }).click()
  await reads(resident, /受理，归/)
  expect(await resident.getByText('垃圾当天清走了。').count()).toBe(0)
})

test('RQ7 with every point covered it goes, and the resident reads it', async () => {
  const form = community.getByRole('form', { name: lifecycle.entry.answer, exact: true })
  await form.getByRole('group', { name: points[1]! }).getByLabel(desk.cover.open).check()
  await button(form, desk.deed.answer).click()
  await reads(community.getByRole('article'), desk.due.awaitsWord)
  await resident.reload()
  await reads(resident, '垃圾当天清走了。')
})
