import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { button, desk, type House, openHouse, pick, reads, said, staff } from './people.ts'
import { faults } from './inspect.ts'

/** A liaison plan from draft to duty, by what two desks read and press, and what the liaison then has (L1, LP1 to LP9). */

const words = desk.plans
const reason = '以前管过这几户，都熟'
const liaisonName = '孟庆岚'

let house: House
let community: Page
let above: Page
beforeAll(async () => {
  house = await openHouse()
  community = await staff(house, 'community')
  above = await staff(house, 'subdistrict')
})
afterAll(() => house?.close())

const go = (page: Page) => page.getByRole('link', { name: desk.nav.plans, exact: true }).click()

/** Households that the liaison of the demonstration reads, as the phone does. */
async function householdsOf(page: Page): Promise<number> {
  const answer = await page.context().request.get('/api/households?limit=100')
  expect(answer.status()).toBe(200)
  return ((await answer.json()) as { items: unknown[] }).items.length
}

describe('a plan that starts today', () => {
  let liaison: Page
  let before: number
  beforeAll(async () => {
    liaison = await staff(house, 'liaison')
    before = await householdsOf(liaison)
  })

  test('the draft of the demonstration stands there: what it mends, and that it is proven', async () => {
    await go(community)
    await reads(community, /已证明：每人10至30户/)
    await reads(community, words.stands.mine)
    expect(await faults(community)).toEqual([])
  })

  test('a figure opens onto its doors, a name onto why', async () => {
    const row = community.getByRole('row', { name: new RegExp(words.figure.unserved) })
    await row.getByRole('button').first().click()
    await reads(community.getByRole('dialog'), /号楼\d单元\d+/)
    await community.keyboard.press('Escape')
    await community.locator('.plan-people .row-title').first().click()
    await reads(community.getByRole('dialog'), words.whyHas)
    await reads(community.getByRole('dialog'), words.nearer)
    await community.keyboard.press('Escape')
  })

  test('the community drafts another one and has it worked out', async () => {
    await button(community, words.history).click()
    await community.getByRole('dialog').getByRole('link', { name: '现在的包联' }).click()
    await button(community, words.new).click()
    const form = community.getByRole('dialog')
    await form.getByLabel(words.name).fill('今天起用的方案')
    const today = await form.getByLabel(words.startsOn).getAttribute('min')
    await form.getByLabel(words.startsOn).fill(today ?? '')
    await form.getByText(words.stable.fewest, { exact: true }).click()
    await reads(form, /1603户，63人分/)
    await button(form, words.solve).click()
    await reads(community, /换一户要省5000米以上才换时/)
    await reads(community, /今天起用的方案/)
  })

  test('LP5 one change by hand, without a mouse on the map: its price, its reason; undone and done again', async () => {
    await button(community, words.move).click()
    const form = community.getByRole('form', { name: words.move })
    await pick(form, words.unit, '金桥小区4号楼1单元', /4号楼1单元/)
    await pick(form, words.toWhom, liaisonName, new RegExp(liaisonName))
    await form.getByLabel(words.many).fill('4')
    await reads(form, /这4户每户/)
    await reads(form, new RegExp(`${liaisonName}.*户，变`, 's'))
    await button(form, words.makeMove).click()
    await reads(form, words.whyMissing)
    await form.getByLabel(words.why).fill(reason)
    await button(form, words.makeMove).click()
    await reads(community, said(words.moved, { count: '1' }))
    await reads(community, /金桥小区4号楼1单元，4户/)
    await button(community, words.undo).click()
    await reads(community, words.undone)
    await expect
      .poll(() => community.getByText(said(words.moved, { count: '1' })).count(), { timeout: 10_000 })
      .toBe(0)
  })

  test('a stairwell is drawn to a person on the map, and the form has both', async () => {
    const map = community.locator('.plan-map.can-take')
    const [from, to] = [map.locator('.unit').nth(4), map.locator('.who').nth(12)]
    const [a, b] = [await from.boundingBox(), await to.boundingBox()]
    await community.mouse.move(a!.x + a!.width / 2, a!.y + a!.height / 2)
    await community.mouse.down()
    await community.mouse.move(b!.x + b!.width / 2, b!.y + b!.height / 2, { steps: 5 })
    await community.mouse.up()
    const form = community.getByRole('form', { name: words.move })
    expect(await form.getByRole('combobox', { name: words.unit }).inputValue()).toMatch(/单元$/)
    expect(await form.getByRole('combobox', { name: words.toWhom }).inputValue()).not.toBe('')
    await pick(form, words.unit, '金桥小区4号楼1单元', /4号楼1单元/)
    await pick(form, words.toWhom, liaisonName, new RegExp(liaisonName))
    await form.getByLabel(words.many).fill('4')
    await form.getByLabel(words.why).fill(reason)
    await reads(form, /这4户每户/)
    await button(form, words.makeMove).click()
    await reads(community, said(words.moved, { count: '1' }))
  })

  test('LP6 whoever drafted it cannot approve it; the desk above approves it and puts it into force', async () => {
    expect(await button(community, words.approve).count()).toBe(0)
    await go(above)
    await reads(above, /今天起用的方案/)
    await button(above, words.approve).click()
    await reads(above.getByRole('dialog'), /何晓敏拟的，手改了1处/)
    const broken = above.getByRole('dialog').getByLabel(words.brokenWhy)
    if (await broken.count()) await broken.fill('大家商量好的')
    await button(above.getByRole('dialog'), words.approve).click()
    await reads(above, /已经定下来，还没起用/)
    await button(above, words.publish).click()
    await button(above.getByRole('dialog'), words.publish).click()
    await reads(above, words.stands.published)
  })

  test('LP7 from now on the liaison has the four households, and the sheet of paper says so', async () => {
    expect(await householdsOf(liaison)).toBeGreaterThanOrEqual(before + 4)
    await above.getByRole('link', { name: words.print }).click()
    await reads(above, /起，\d+人包联1603户/)
    await reads(above, new RegExp(liaisonName))
    expect(await faults(above)).toEqual([])
  })
})
