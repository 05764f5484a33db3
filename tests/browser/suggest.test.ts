import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from './inspect.ts'
import {
  button,
  desk,
  findByCode,
  type House,
  lifecycle,
  openHouse,
  phone,
  pick,
  reads,
  say,
  settled,
  sizes,
  staff,
  step,
  take,
} from './people.ts'

/**
 * What the desk reads when it accepts, gives out and answers: suggestions with their reasons, chosen and not entered; the
 * points asked, each of which is answered or said to be open (RQ7); answers given to the like before.
 */

let house: House
let community: Page
let firm: Page
let resident: Page
beforeAll(async () => {
  house = await openHouse()
  resident = await house.person()
  community = await staff(house, 'community')
  firm = await staff(house, 'property')
})
afterAll(() => house?.close())

test('SG1 the first that asks has the district learn from its own year', async () => {
  const { items } = await (await community.request.get('/api/requests?queue=all&limit=1')).json()
  const suggestion = async () =>
    (await community.request.get(`/api/requests/${items[0].id}/suggestion`)).json()
  await expect
    .poll(async () => (await suggestion()).model?.version, { timeout: 90_000, interval: 500 })
    .toBe(1)
})

const acceptForm = async (code: string) => {
  await community.goto('/console/inbox')
  await findByCode(community, code)
  return step(community, 'accept')
}

describe('R2 suggestions', () => {
  let danger: string
  let unclear: string
  const shownId = () => new URL(community.url()).pathname.split('/').at(-1) ?? ''
  test('R2 a clear matter: category chosen, because of its words; nothing is entered until the officer presses', async () => {
    const code = await say(resident, '楼上总往下扔烟头，差点烧着晾的被子', '赵玉兰', '10044127701')
    const form = await acceptForm(code)
    const guess = form.getByRole('note', { name: desk.guess.label })
    await reads(guess, /提到.*“烟头”.*高空抛物坠物.*有把握/)
    await reads(guess, /从本区受理过的\d+件里学来的，定不定由您/)
    expect(await form.getByRole('combobox', { name: desk.field.category }).inputValue()).toMatch(
      /高空抛物坠物/,
    )
    await button(form, desk.deed.cancel).click()
    await reads(community.getByRole('article'), desk.turn.yours)
  })

  test('R2 danger stands out, and “now” is chosen', async () => {
    const code = await say(resident, '厨房有股煤气味，不敢开火', '赵玉兰', '10044127701')
    const form = await acceptForm(code)
    await reads(form, /提到“煤气味”，有危险/)
    danger = shownId()
    expect(await form.getByRole('radio', { name: lifecycle.urgency.now }).isChecked()).toBe(true)
    // The officer decides: what they choose stays.
    await form.getByText(lifecycle.urgency.by_date, { exact: true }).click()
    expect(await form.getByRole('radio', { name: lifecycle.urgency.by_date }).isChecked()).toBe(true)
    await button(form, desk.deed.cancel).click()
  })

  test('R2 an unclear one: “not sure”, the likeliest to choose from, none chosen', async () => {
    const code = await say(resident, '昨天的事想跟你们当面说说', '赵玉兰', '10044127701')
    const form = await acceptForm(code)
    const guess = form.getByRole('note', { name: desk.guess.label })
    await reads(guess, desk.guess.unsure)
    unclear = shownId()
    expect(await form.getByRole('combobox', { name: desk.field.category }).inputValue()).toBe('')
    const [first] = await guess.getByRole('button').all()
    await first!.click()
    expect(await form.getByRole('combobox', { name: desk.field.category }).inputValue()).not.toBe('')
    await button(form, desk.deed.cancel).click()
  })

  test.each([
    { mode: 'Chinese', habits: {} },
    { mode: 'the dark', habits: { kept: { 'chuanmen.theme': 'dark' } } },
    { mode: 'English', habits: { language: 'en' as const } },
  ])(
    'R2 the form with its suggestions in $mode: nothing clipped, faint, bare or unreachable',
    async ({ habits }) => {
      const state = await community.context().storageState()
      const page = await house.person(sizes.wide, { ...habits, state })
      for (const id of [unclear, danger]) {
        await page.goto(`/console/inbox/${id}?queue=all`)
        await settled(page)
        await page.keyboard.press('a')
        await page.getByRole('note').waitFor()
        expect(await faults(page, { codes: [/GY-[\d-]+/] })).toEqual([])
      }
      await page.context().close()
    },
  )

  test('R2 while recording for somebody the same is suggested for the words so far, and none of them is in an address', async () => {
    const addresses: string[] = []
    community.on('request', (request) => addresses.push(decodeURIComponent(request.url())))
    await community.goto('/console/record')
    await community.getByLabel(desk.record.words).fill('广场舞音响太大，睡不着觉')
    const category = community.getByRole('combobox', { name: desk.field.category })
    await reads(community, /提到.*“广场舞”/)
    expect(await category.inputValue()).toMatch(/社会生活噪声/)
    expect(addresses.filter((address) => address.includes('广场舞'))).toEqual([])
  })
})

describe('RQ7 an answer covers every point', () => {
  let code: string
  test('RQ7 the points are picked from the words, for the desk to check', async () => {
    code = await say(
      resident,
      '3号楼门口的路灯坏了。什么时候能修好？请把草丛里的线也理一理。',
      '赵玉兰',
      '10044127701',
    )
    const form = await acceptForm(code)
    expect(await form.getByLabel(desk.field.points).inputValue()).toBe(
      '什么时候能修好？\n请把草丛里的线也理一理',
    )
    await reads(form, desk.field.pointsFound)
    await pick(form, desk.field.category, 'B04', /./)
    await button(form, desk.deed.accept).click()
    await reads(community.getByRole('article'), /受理，归/)
  })

  test('R2 who solved the like here before stands chosen, and the desk may choose another', async () => {
    const form = await step(community, 'assign')
    const lead = form.getByRole('combobox', { name: desk.field.lead })
    await lead.click()
    await lead.fill('和顺')
    await form.getByRole('option', { name: /金桥/ }).first().click()
    await button(form, desk.deed.assign).click()
    await reads(community.getByRole('article'), /现在归.*物业/)
  })

  test('RQ7 an answer with an unanswered point is refused, and the point is named', async () => {
    await firm.goto('/console/inbox')
    await findByCode(firm, code)
    await take(firm, '下午去看。')
    const form = await step(firm, 'answer')
    await form.getByLabel(desk.field.answer).fill('什么时候能修好：今天下午就修好。')
    const points = form.getByRole('group')
    await points.nth(0).getByLabel(desk.cover.done).check()
    await reads(points.nth(0), desk.cover.said.done)
    await button(form, desk.deed.answer).click()
    await reads(form, desk.missing.points.replace('{{points}}', '2'))
    await reads(points.nth(1), desk.cover.missing)
    expect(await form.isVisible()).toBe(true)
  })

  test('RQ7 a point that is left open is begun with a gap, and the gap is filled before it is sent', async () => {
    const form = firm.getByRole('form', { name: lifecycle.entry.answer, exact: true })
    const second = form.getByRole('group').nth(1)
    await second.getByLabel(desk.cover.open).check()
    await reads(second, desk.cover.unspoken)
    await button(second, desk.cover.opener).click()
    await reads(second, desk.cover.said.open)
    await button(form, desk.deed.answer).click()
    await reads(form, desk.missing.answerGap)
    const field = form.getByLabel(desk.field.answer)
    const words = await field.inputValue()
    await field.fill(words.replace('＿＿', '线是电信的，已经报给他们').replace('＿＿', '下周三'))
    await button(form, desk.deed.answer).click()
    await reads(firm.getByRole('article'), desk.due.awaitsWord)
    await resident.goto('/mine')
    await resident.getByRole('link', { name: /路灯坏了/ }).click()
    await reads(resident, /下周三以前再给您准话/)
    await reads(resident, phone.request.solved)
  })
})

test('RQ7 how the like was answered before is offered, to begin with and never to send as it is', async () => {
  const { items } = await (
    await community.request.get('/api/requests?queue=all&state=accepted,in_progress&limit=60')
  ).json()
  let id: string | undefined
  for (const item of items as { id: string }[]) {
    const alike = await (await community.request.get(`/api/requests/${item.id}/alike`)).json()
    const { abilities } = await (await community.request.get(`/api/requests/${item.id}`)).json()
    if (alike.items.length > 0 && abilities.includes('answer')) id = item.id
    if (id) break
  }
  expect(id).toBeDefined()
  await community.goto(`/console/inbox/${id}?queue=all`)
  await settled(community)
  const form = await step(community, 'answer')
  const before = form.getByRole('region', { name: desk.before.head })
  await before.getByRole('button').first().click()
  await button(before, desk.before.start).click()
  for (const point of await form.getByLabel(desk.cover.done).all()) await point.check()
  expect(await faults(community, { codes: [/GY-[\d-]+/] })).toEqual([])
  await button(form, desk.deed.answer).click()
  await reads(form, /这还是那一件的答复|答复里还有空着的/)
})
