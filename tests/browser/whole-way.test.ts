import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
import { button, desk, pick, reads, said, staff } from './people.ts'
import { hireLiaisons, newcomers, type Newcomers } from './register-people.ts'

/**
 * Everyone has someone, from the workbook to the doorstep: a register of 20,000 households with 200 errors comes in, every
 * household is given a liaison, and one of them goes through the stairwell without a line while the desk goes on working.
 */

const households = 20_000
const liaisonName = '孟庆岚'
const notes = { phone: '先打电话，家里有狗。', desk: '下午三点以后在家。' }
const needs = ['阳台的花架快要掉下去', '想借一把两米的梯子'] as const

let those: Newcomers
let community: Page
let above: Page
beforeAll(async () => {
  those = await newcomers(households)
  await hireLiaisons(those)
  community = await staff(those.house, 'community')
  above = await staff(those.house, 'subdistrict')
})
afterAll(() => those?.close())

/** The civil day, whatever the clock of the database says. */
const today = `(now() at time zone 'Asia/Shanghai')::date`

/** The households behind the doors that are the liaison's duty, from the register itself. */
async function dutiesOf(name: string): Promise<string[]> {
  const found = await those.rows<{ id: string }>(
    `select h.id from duty d join person p on p.district_code = d.district_code and p.id = d.person_id
     join household h on h.district_code = d.district_code and h.dwelling_id = d.dwelling_id
     where p.name = $1 and d.valid_from <= ${today} and (d.valid_until is null or d.valid_until > ${today})
       and (h.moved_out is null or h.moved_out > ${today}) and h.merged_into_id is null`,
    [name],
  )
  return found.map(({ id }) => id).toSorted()
}

test('the workbook comes in but for the 200 cells to be mended', async () => {
  const words = desk.import
  await community.goto('/console/import')
  await community.getByLabel(words.choose, { exact: true }).first().setInputFiles(those.file)
  await button(community, words.startCheck).click()
  const wrong = community.locator('.import-figures > div').filter({ hasText: words.bad })
  await wrong.waitFor({ timeout: 180_000 })
  expect(await wrong.innerText()).toContain('200')
  const good = those.register.rows.length - 200
  await button(community, said(words.applyGood, { count: String(good) })).click()
  await button(community, words.undo).waitFor({ timeout: 180_000 })
})

describe('everybody is given a liaison', () => {
  const words = desk.plans

  test('L1 the plan for all of them is worked out, and proven', async () => {
    await community.goto('/console/plans')
    await button(community, words.history).click()
    await community.getByRole('dialog').getByRole('link', { name: '现在的包联' }).click()
    await button(community, words.new).click()
    const form = community.getByRole('dialog')
    await form.getByLabel(words.name).fill('新苑也有人')
    const today = await form.getByLabel(words.startsOn).getAttribute('min')
    await form.getByLabel(words.startsOn).fill(today ?? '')
    await button(form, words.solve).click()
    await community.getByText(/已证明：每人10至30户/).waitFor({ timeout: 180_000 })
  })

  test('LP5 LP6 one change by hand; the desk above puts it into force', async () => {
    await button(community, words.move).click()
    const form = community.getByRole('form', { name: words.move })
    await pick(form, words.unit, '金桥小区4号楼1单元', /4号楼1单元/)
    await pick(form, words.toWhom, liaisonName, new RegExp(liaisonName))
    await form.getByLabel(words.many).fill('2')
    await form.getByLabel(words.why).fill('以前管过这几户，都熟')
    await reads(form, /这2户每户/)
    await button(form, words.makeMove).click()
    await reads(community, said(words.moved, { count: '1' }))
    await above.goto(new URL(community.url()).pathname)
    await button(above, words.approve).click()
    const broken = above.getByRole('dialog').getByLabel(words.brokenWhy)
    if (await broken.count()) await broken.fill('大家商量好的')
    await button(above.getByRole('dialog'), words.approve).click()
    await button(above, words.publish).click()
    await button(above.getByRole('dialog'), words.publish).click()
    await above.getByText(words.stands.published).first().waitFor({ timeout: 60_000 })
    const left = await those.rows<{ many: number }>(
      `select count(*)::int as many from household h where moved_out is null and merged_into_id is null
         and path > (select path from area where kind = 'community' and name like '金桥%')
         and path < (select path || 'z' from area where kind = 'community' and name like '金桥%')
         and not exists (select 1 from duty d where d.district_code = h.district_code and d.dwelling_id = h.dwelling_id
           and d.valid_from <= ${today} and (d.valid_until is null or d.valid_until > ${today}))`,
    )
    expect(left).toEqual([{ many: 0 }])
  })
})

describe('the liaison’s phone', () => {
  let page: Page
  let mine: Door[]
  beforeAll(async () => {
    page = await newPhone(those.house)
    mine = await doors(page)
  })

  test('L1 the phone shows exactly the households of its holder, each as a door in its stairwell', async () => {
    expect(mine.length).toBeGreaterThan(9)
    expect(mine.map(({ id }) => id).toSorted()).toEqual(await dutiesOf(liaisonName))
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
    const answer = await community.request.post(`/api/households/${first!.id}/entries`, {
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
      expect(visitsAt(items, door)).toEqual([`第${index + 1}家，都好。`])
    for (const need of needs) {
      const found = await community.request.get('/api/requests/search', { params: { q: need, queue: 'all' } })
      const { items: requests } = (await found.json()) as { items: { title: string }[] }
      expect(requests.filter(({ title }) => title.includes(need))).toHaveLength(1)
    }
    await page.getByRole('link', { name: said(field.today.conflicts_other, { count: '1' }) }).click()
    await reads(page, notes.phone)
    await reads(page, notes.desk)
  })

  test('FP9 the queue shows the fate of each: six taken with the codes of their requests, one to choose', async () => {
    await go(page, paths.queue())
    const rows = page.locator('.queued')
    await expect.poll(() => rows.getByText(field.fate.applied, { exact: true }).count()).toBe(6)
    expect(await rows.getByText(field.fate.conflict, { exact: true }).count()).toBe(1)
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
})
