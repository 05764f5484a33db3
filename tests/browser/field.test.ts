import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#web/api/ids.ts'
import { paths } from '#web/field/paths.ts'
import {
  doors,
  type Door,
  feed,
  field,
  go,
  newPhone,
  reopen,
  sent,
  visit,
  visitsAt,
  waits,
} from './field-people.ts'
import { button, type House, openHouse, reads, said, staff } from './people.ts'

/** A round through the stairwell without a line, and what the desk does meanwhile. */

let house: House
let page: Page
let desk: Page
let mine: Door[]
beforeAll(async () => {
  house = await openHouse()
  page = await newPhone(house)
  mine = await doors(page)
  desk = await staff(house, 'community')
})
afterAll(() => house?.close())

const notes = { phone: '先打电话，家里有狗。', desk: '下午三点以后在家。' }
const needs = ['阳台的花架快要掉下去', '想借一把两米的梯子'] as const

test('L1 the phone shows exactly the households of its holder, each as a door in its stairwell', async () => {
  expect(mine.length).toBeGreaterThan(9)
  expect(await page.locator('.at-door:not(.other)').count()).toBe(mine.length)
})

test('FP4 without a line it opens by its code; six visits, two needs and an edit are seen at once and wait', async () => {
  await page.context().setOffline(true)
  await reopen(page)
  for (const [index, door] of mine.slice(0, 6).entries())
    await visit(page, door.id, {
      words: `第${index + 1}家，都好。`,
      needs: needs[index] ? [needs[index]] : [],
    })
  await waits(page, 6)
  const [first] = mine
  await go(page, paths.edit(first!.id))
  await page.getByLabel(field.field.note).fill(notes.phone)
  await button(page, said(field.edit.save_other, { count: '1' })).click()
  await page.getByLabel(field.field.note).waitFor({ state: 'detached' })
  await go(page, paths.household(first!.id))
  await reads(page, notes.phone)
  await reads(page, '第1家，都好。')
  await go(page, paths.today())
  await waits(page, 7)
})

test('FP8 shut and opened again in the stairwell, everything still waits', async () => {
  await reopen(page)
  await waits(page, 7)
})

test('back in the light everything is there: the visits once each, two requests at the desk, one conflict to choose', async () => {
  const [first] = mine
  const answer = await desk.request.post(`/api/households/${first!.id}/entries`, {
    data: {
      id: newId(),
      base: first!.version,
      deviceAt: new Date().toISOString(),
      fields: { note: notes.desk },
    },
  })
  expect(answer.status(), await answer.text()).toBeLessThan(300)
  await page.context().setOffline(false)
  await sent(page)
  const items = await feed(page)
  for (const [index, door] of mine.slice(0, 6).entries())
    expect(visitsAt(items, door.id)).toEqual([`第${index + 1}家，都好。`])
  for (const need of needs) {
    const found = await desk.request.get('/api/requests/search', { params: { q: need, queue: 'all' } })
    const { items: requests } = (await found.json()) as { items: { title: string }[] }
    expect(requests.filter(({ title }) => title.includes(need))).toHaveLength(1)
  }
  await page.getByRole('link', { name: said(field.today.conflicts_other, { count: '1' }) }).click()
  await reads(page, notes.phone)
  await reads(page, notes.desk)
})

test('FP9 the queue shows the fate of each: six taken with the codes of their requests, one to choose', async () => {
  await go(page, paths.queue())
  await expect.poll(() => page.getByText(field.fate.applied, { exact: true }).count()).toBe(6)
  expect(await page.getByText(field.fate.conflict, { exact: true }).count()).toBe(1)
  expect(await page.getByText(/编号GY-\d{4}-\d{6}/).count()).toBe(2)
})

test('HH6 whoever knows the household chooses, and then it says the same everywhere', async () => {
  await go(page, paths.conflicts())
  const theirs = page.locator('.conflict .card', { hasText: notes.desk })
  await theirs.getByRole('button').click()
  await reads(page, field.conflict.none)
  await go(page, paths.today())
  await sent(page)
  const items = await feed(page)
  const household = items.find((one) => one.kind === 'household' && one.id === mine[0]!.id)
  expect(household?.kind === 'household' && household.data?.note).toBe(notes.desk)
  expect(household?.kind === 'household' && household.data?.conflicts).toEqual([])
})

test('a household that was opened offline is told: its people can read who looked (FP12)', async () => {
  const items = await feed(page)
  const looks = items.filter((one) => one.kind === 'entry' && one.data?.kind === 'reads')
  expect(looks.length).toBeGreaterThan(0)
})
