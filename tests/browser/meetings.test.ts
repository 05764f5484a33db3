import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryBytes } from '#exchange/read/bytes.ts'
import { openZip } from '#exchange/read/zip.ts'
import { faults, watch } from './inspect.ts'
import { codes } from './look.ts'
import { button, desk, type House, openHouse, pick, reads, said, sizes, staff } from './people.ts'

/** Joint meetings by what their secretary reads and presses: what became of the last one, and one of today's (R6, MT1 to MT8). */

const words = desk.meetings
const own = { codes: [...codes, /docx/] }

let house: House
let page: Page
let forbidden: () => Promise<string[]>
beforeAll(async () => {
  house = await openHouse()
  page = await staff(house, 'community')
  forbidden = await watch(page, house.product.url)
  await page.reload()
})
afterAll(() => house?.close())

const isWell = async () => expect(await faults(page, own)).toEqual([])

/** Presses what leaves a file, and reads it: a document by GB/T 9704 is a zip of which this is the text. */
async function paper(link: Locator): Promise<{ name: string; text: string }> {
  const leaves = page.waitForEvent('download')
  await link.click()
  const file = await leaves
  const zip = await openZip(memoryBytes(await readFile(await file.path())))
  const parts: Buffer[] = []
  for await (const part of (await zip.open('word/document.xml')) ?? []) parts.push(Buffer.from(part))
  zip.close()
  const text = Buffer.concat(parts)
    .toString()
    .replaceAll(/<[^>]+>/g, '')
  return { name: file.suggestedFilename(), text }
}

test('last week’s meeting shows what became of each decision, and its minutes are a file', async () => {
  await page.getByRole('link', { name: desk.nav.meetings, exact: true }).click()
  await page.getByRole('tab', { name: words.tab.past }).click()
  await isWell()
  await page.locator('.meet-row').first().click()
  for (const fate of [words.fate.done, words.fate.running, words.fate.late, words.fate.put_off])
    await reads(page, fate)
  await isWell()
  const { name } = await paper(page.getByRole('link', { name: words.minutes }))
  expect(name).toMatch(/^minutes-\d{4}-11\.docx$/)
  await page.setViewportSize(sizes.phone)
  await isWell()
  await page.setViewportSize(sizes.wide)
  await page.getByRole('link', { name: desk.nav.meetings, exact: true }).first().click()
  await page.getByRole('tab', { name: words.tab.coming }).waitFor()
  expect(await forbidden()).toEqual([])
})

describe('a meeting of today', () => {
  const agenda = () => page.getByRole('navigation', { name: words.agenda })
  const decision = () => page.getByRole('form', { name: words.decision, exact: true })
  const moves = async (step: 'call' | 'open' | 'close') => {
    await button(page, words.step[step]).click()
    await reads(page, words.stepDone[step])
  }
  const matter = '东门外的小广场夜里没有灯'
  const rule = '晚上七点以后装修的，物业先上门劝一次，劝不住转城管。'
  const demand = '装四盏路灯，先接临时电。'
  const before = '请供电带着报价来。'
  let chosen: string[]

  test('is called: which one, when, where (MT1)', async () => {
    await button(page, words.convene).click()
    const sheet = page.getByRole('dialog', { name: words.convene })
    expect(await button(sheet, words.convene).isDisabled()).toBe(true)
    await isWell()
    const { day, clock } = await page.evaluate(() => {
      const soon = new Date(Date.now() + 8 * 3_600_000 + 60_000).toISOString()
      return { day: soon.slice(0, 10), clock: soon.slice(11, 16) }
    })
    await sheet.getByLabel(words.day).fill(day)
    await sheet.getByLabel(words.clock).fill(clock)
    await sheet.getByLabel(words.room).fill('二楼小会议室')
    await button(sheet, words.convene).click()
    await reads(page, words.state.preparing)
    await reads(agenda(), said(words.agendaTitle_other, { count: '0' }))
  })

  test('its agenda is chosen from what is proposed, and may hold what nobody has said (MT2)', async () => {
    const proposals = page.getByRole('region', { name: words.proposals })
    const add = proposals.getByRole('button', { name: new RegExp(said(words.addNamed, { title: '.*' })) })
    await add.first().waitFor()
    await isWell()
    for (let count = 1; count <= 2; count++) {
      await add.first().click()
      await reads(agenda(), said(words.agendaTitle_other, { count: String(count) }))
    }
    await agenda().getByText(words.addBy.own, { exact: true }).click()
    await agenda().getByLabel(words.ownTitle).fill(matter)
    await agenda().getByLabel(words.ownWords).fill('物业交接时没有留图，广场夜里全黑。')
    await isWell()
    await button(agenda(), words.add).click()
    await reads(agenda(), said(words.agendaTitle_other, { count: '3' }))
    chosen = await agenda().locator('ol').last().locator('.meet-title').allInnerTexts()
    expect(chosen.at(-1)).toBe(matter)
  })

  test('others are asked to come this once; the papers go out, and then it begins (MT4)', async () => {
    await button(page, words.invite).click()
    const sheet = page.getByRole('dialog', { name: words.invite })
    await pick(sheet, words.invitedOnes, '供电', /供电/)
    await isWell()
    await button(sheet, words.save).click()
    const members = page.getByRole('region', { name: words.membersTitle })
    await reads(members, new RegExp(words.invited))
    await moves('call')
    await isWell()
    await moves('open')
    await members
      .getByRole('group', { name: /^供电/ })
      .getByText(words.attendance.here, { exact: true })
      .click()
    await reads(members, new RegExp(`${words.invited}.*${words.attendance.here}`))
    await isWell()
  })

  test('each item is decided in its own form: a task, a rule, or next time (MT5)', async () => {
    const item = (title: string) => agenda().getByRole('button').filter({ hasText: title }).last()
    const [first = '', second = ''] = chosen
    await item(matter).click()
    await decision().getByText(words.outcome.task, { exact: true }).click()
    await isWell()
    expect(await button(decision(), words.decide).isDisabled()).toBe(true)
    await pick(decision(), desk.field.lead, '城管', /城管局/)
    await pick(decision(), desk.field.assisting, '供电', /供电/)
    await decision().getByLabel(words.demandOf.task).fill(demand)
    const due = await page.evaluate(() =>
      new Date(Date.now() + 8 * 3_600_000 + 9 * 86_400_000).toISOString().slice(0, 10),
    )
    await decision().getByLabel(words.dueOn).fill(due)
    await pick(decision(), desk.field.category, 'B04', /./)
    await isWell()
    await button(decision(), words.decide).click()
    await reads(item(matter), words.outcome.task)

    await item(first).click()
    await decision().getByText(words.outcome.precedent, { exact: true }).click()
    await pick(decision(), desk.field.lead, '和顺', /和顺/)
    await decision().getByLabel(words.demandOf.precedent).fill(rule)
    await isWell()
    await button(decision(), words.decide).click()
    await reads(item(first), words.outcome.precedent)

    await item(second).click()
    await decision().getByText(words.outcome.next_time, { exact: true }).click()
    await decision().getByLabel(words.demandOf.next_time).fill(before)
    await isWell()
    await button(decision(), words.decide).click()
    await reads(item(second), words.outcome.next_time)
  })

  test('closed, its decisions stand in the minutes and in the notice to whoever leads (MT5, MT8)', async () => {
    await moves('close')
    await isWell()
    const minutes = await paper(page.getByRole('link', { name: words.minutes }))
    expect(minutes.name).toMatch(/^minutes-\d{4}-12\.docx$/)
    for (const part of [...chosen, demand.slice(0, -1), rule, before, '供电', '和顺'])
      expect(minutes.text).toContain(part)
    await agenda().getByRole('button').filter({ hasText: matter }).click()
    const notice = await paper(page.getByRole('link', { name: words.notice }))
    expect(notice.name).toMatch(/\.docx$/)
    for (const part of [matter, demand.slice(0, -1), '城管局']) expect(notice.text).toContain(part)
    expect(await forbidden()).toEqual([])
  })
})
