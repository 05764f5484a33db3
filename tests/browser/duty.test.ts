import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { button, desk, type House, openHouse, reads, settled, staff } from './people.ts'
import { faults } from './inspect.ts'

/** Who is on duty, by what a desk reads and presses (R9, X3, RT1 to RT9). */

const words = desk.rota

let house: House
let community: Page
beforeAll(async () => {
  house = await openHouse()
  community = await staff(house, 'community')
})
afterAll(() => house?.close())

const go = (name: string) => community.getByRole('link', { name, exact: true }).click()

test('the roster of the demonstration: tonight, the week, and the day off on which nobody is there yet', async () => {
  await go(desk.nav.rota)
  await reads(community, words.tonight)
  await reads(community, /值班电话是0316/)
  await community.locator('.rota-hole').first().waitFor()
  expect(await faults(community)).toEqual([])
})

test('a turn for days off closes the hole, and can be given to somebody else', async () => {
  await button(community, words.new).click()
  const pane = community.getByRole('complementary', { name: words.new })
  await pane.getByLabel(words.turn).fill('周日白班')
  await pane.getByText(words.kind.off, { exact: true }).click()
  await pane.getByLabel(words.from, { exact: true }).fill('08:30')
  await pane.getByLabel(words.until, { exact: true }).fill('17:30')
  await button(pane, words.add).click()
  await reads(pane, words.aMissing)
  await pane.getByLabel(words.a).selectOption({ label: '何晓敏' })
  await button(pane, words.add).click()
  await reads(community, words.added)
  await community.getByRole('button', { name: words.after, exact: true }).click()
  await reads(community, words.thisWeek)
  const turns = community.locator('button.rota-turn', { hasText: '周日白班' })
  await turns.first().waitFor()
  await expect.poll(() => community.locator('.rota-hole').count()).toBe(0)
  await turns.last().click()
  const turn = community.getByRole('complementary', { name: '周日白班' })
  await turn.getByLabel(words.swapTo).selectOption({ label: '田春燕' })
  await button(turn, words.swapDo).click()
  await reads(community, words.swapDone)
  await reads(turns.last(), words.swapped)
})

test('a dispute is talked about and agreed; the desk above does not even see that there is a file (R10, MD1)', async () => {
  const file = desk.mediation
  await go(desk.nav.mediation)
  await reads(community, file.dueNow)
  expect(await faults(community)).toEqual([])
  await community.getByRole('button', { name: '晾衣杆伸到邻居窗前' }).click()
  const pane = community.getByRole('complementary', { name: '晾衣杆伸到邻居窗前' })
  await pane.getByText(file.do.agree, { exact: true }).click()
  await button(pane, file.write).click()
  await reads(pane, file.wordsMissing)
  await pane.getByLabel(file.wordsOf.agree).fill('换成能收回去的架子，钱各出一半')
  // Who mediates is changed meanwhile: the words that are being written stay.
  await button(pane, file.changeMediators).click()
  await pane.getByLabel(file.mediators).selectOption({ index: 1 })
  // The list takes its time: by then the file is read anew, and the form that was sent is gone. It is said all the same.
  await community.route(/\/api\/mediations\?/, async (route) => {
    await button(pane, file.changeMediators).waitFor()
    await route.continue()
  })
  await button(pane, file.save).click()
  await reads(community, file.mediatorsSaved)
  await community.unroute(/\/api\/mediations\?/)
  await pane.getByText(file.do.agree, { exact: true }).click()
  await button(pane, file.write).click()
  await reads(pane, file.state.agreed)
  await reads(community, file.written)
  await reads(pane, '换成能收回去的架子，钱各出一半')
  expect(await faults(community)).toEqual([])
  const above = await staff(house, 'subdistrict')
  await above.getByRole('link', { name: desk.nav.mediation, exact: true }).click()
  await reads(above, file.none)
  expect(await above.getByText('晾衣杆').count()).toBe(0)
})

test('what is not on the grid matters list waits; the desk of the district decides with words (O4)', async () => {
  const matters = desk.matters
  await go(desk.nav.matters)
  await reads(community, matters.sample)
  expect(await faults(community)).toEqual([])
  const district = await staff(house, 'district')
  await district.getByRole('link', { name: desk.nav.matters, exact: true }).click()
  await district.getByText(matters.show.waiting, { exact: true }).click()
  const waiting = district.getByRole('listitem').filter({ hasText: '商户经营面积摸底' })
  await button(waiting, matters.agree).click()
  await reads(waiting, matters.whyMissing)
  await waiting.getByLabel(matters.why).fill('只问沿街的，不填用工人数')
  await button(waiting, matters.agree).click()
  await reads(district, matters.agreed)
  await community.goto('/console/matters')
  await settled(community)
  await reads(community, '商户经营面积摸底')
  await reads(community, /只问沿街的/)
})
