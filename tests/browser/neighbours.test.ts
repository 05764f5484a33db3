import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#web/field/paths.ts'
import words from '#web/field/pages/offers/messages/zh-CN.json' with { type: 'json' }
import { field, go, newPhone, sent, waits } from './field-people.ts'
import { faults } from './inspect.ts'
import { codes } from './look.ts'
import {
  button,
  desk,
  type House,
  lifecycle,
  openHouse,
  phone,
  place,
  reads,
  resident,
  residentNumber,
  said,
  settled,
  staff,
} from './people.ts'

/** What neighbours do for one another, on their own phones: small wants that are offered (R3), wishes (R11). */

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const isWell = async (page: Page) => expect(await faults(page, { codes })).toEqual([])

describe('small wants, on a phone that has a line now and then', () => {
  const bulb = '帮忙拧一个楼道灯泡，灯泡有，带把梯子更好。'
  const mattress = '从五楼抬一张旧床垫下来，两个人十分钟。'
  const mat = '在单元门口铺一块防滑垫，垫子有，要用胶粘。'
  const answer = '灯泡换好了，楼道亮了。'
  let page: Page
  const asked = () => page.getByRole('region', { name: words.offer.asked })
  const mine = () => page.getByRole('region', { name: words.offer.mine })
  const card = (text: string) => asked().locator('.offer-asked', { hasText: text })

  beforeAll(async () => {
    page = await newPhone(house)
  })

  test('whoever can help reads what is asked and until when, and never whose door it is (OF8)', async () => {
    await go(page, paths.today())
    await reads(card(bulb), /前回话/)
    expect(await card(bulb).innerText()).not.toMatch(/单元\d|室/)
    await isWell(page)
  })

  test('"not this time" needs no reason (OF4)', async () => {
    await button(card(mat), words.offer.not_now).click()
    await card(mat).waitFor({ state: 'detached' })
  })

  test('what was taken is given back with a basis from the list (OF6)', async () => {
    await mine().getByRole('link', { name: mattress }).click()
    await button(page, words.offer.give_back).click()
    const sheet = page.getByRole('dialog', { name: words.offer.give_back })
    await button(sheet, words.offer.give_back).click()
    await reads(sheet, words.offer.basis_missing)
    await sheet.getByLabel(lifecycle.basis.no_time, { exact: true }).check()
    await isWell(page)
    await button(sheet, words.offer.give_back).click()
    await page.getByRole('heading', { level: 1, name: field.today.title }).waitFor()
    await mine().waitFor({ state: 'detached' })
    await sent(page)
  })

  test('a yes without a line counts once it is sent; then the door and the words are there (OF3)', async () => {
    await page.context().setOffline(true)
    await button(card(bulb), words.offer.take).click()
    await reads(mine(), words.offer.pending)
    await waits(page, 1)
    await isWell(page)
    await page.context().setOffline(false)
    await sent(page)
    await mine().getByText(words.offer.pending).waitFor({ state: 'detached' })
    await mine().getByRole('link', { name: bulb }).click()
    await reads(page, /3号楼/)
    await isWell(page)
  })

  test('the answer is a sentence and a photo, also without a line', async () => {
    await page.context().setOffline(true)
    await button(page, words.offer.done).click()
    await reads(page, words.offer.missing)
    await page.getByRole('textbox', { name: words.offer.done_words }).fill(answer)
    const picture = { create: { width: 800, height: 600, channels: 3, background: '#dda' } } as const
    await page.locator('input[type=file]').setInputFiles({
      name: 'lamp.jpg',
      mimeType: 'image/jpeg',
      buffer: await sharp(picture).jpeg().toBuffer(),
    })
    await reads(page, said(field.files.picture, { number: '1' }))
    await isWell(page)
    await button(page, words.offer.done).click()
    await page.getByRole('heading', { level: 1, name: field.today.title }).waitFor()
    await page.context().setOffline(false)
    await sent(page)
    await mine().waitFor({ state: 'detached' })
  })

  test('the desk reads who did what, and sees the photo in the story', async () => {
    const community = await staff(house, 'community')
    await settled(community)
    await community.getByRole('link', { name: desk.nav.offers, exact: true }).click()
    const given = community.locator('.offer-row', { hasText: mattress })
    await reads(given, new RegExp(lifecycle.basis.no_time))
    await isWell(community)
    await community.getByRole('tab', { name: desk.offers.tab.over, exact: true }).click()
    const done = community.locator('.offer-row', { hasText: bulb })
    await reads(done, said(desk.offers.state.done, { name: '孟庆岚' }))
    await isWell(community)
    await done.getByRole('link').first().click()
    const story = community.getByRole('article')
    await reads(story, answer)
    await story.locator('img').first().waitFor()
    await community.context().close()
  })
})

describe('wishes, which nobody is named in', () => {
  const told = '我是2单元的钱素珍，想要个能坐着择菜的小板凳，打10051736620。'
  const title = '一个小板凳'
  const shown = '想要个能坐着择菜的小板凳，旧的就行。'
  const fulfilled = '木头的，放在社区了。'
  const thanks = '高矮正好，谢谢您。'
  let wisher: Page
  let helper: Page
  let community: Page
  const own = (page: Page, text: string) => page.locator('.wish.own', { hasText: text })

  test('a wish is told in own words, and only the desk reads it (WI2)', async () => {
    wisher = await resident(house, '10051736620')
    await wisher.goto('/')
    await wisher.getByRole('link', { name: new RegExp(phone.wish.title) }).click()
    await button(wisher, phone.wish.tell).click()
    const sheet = wisher.getByRole('dialog', { name: phone.wish.tell })
    await button(sheet, phone.wish.send.tell).click()
    await reads(sheet, phone.wish.missing)
    await sheet.getByLabel(phone.wish.words, { exact: true }).fill(told)
    await isWell(wisher)
    // Where she lives is known to this phone since it was proven.
    await reads(sheet, place.compound)
    await button(sheet, phone.wish.send.tell).click()
    await reads(wisher, phone.wish.after.tell)
    await reads(own(wisher, told), phone.wish.told.told)
    await isWell(wisher)
  })

  test('the desk makes words of it that name nobody; what may never be public is refused (WI2)', async () => {
    community = await staff(house, 'community')
    await settled(community)
    await community.getByRole('link', { name: desk.nav.offers, exact: true }).click()
    await community.getByRole('tab', { name: desk.offers.tab.wishes, exact: true }).click()
    const row = community.locator('.wish-row', { hasText: '能坐着择菜' })
    await row.getByLabel(desk.wishes.title).fill(title)
    await row.getByLabel(desk.wishes.words).fill(told)
    await reads(row, /这些不能公开：.*电话/)
    expect(await button(row, desk.wishes.publish).getAttribute('aria-disabled')).toBe('true')
    await isWell(community)
    await row.getByLabel(desk.wishes.words).fill(shown)
    await button(row, desk.wishes.publish).click()
    await row.waitFor({ state: 'detached' })
    await isWell(community)
  })

  test('on another phone it stands without a name, a door or a number, and is claimed (WI2, WI3)', async () => {
    helper = await resident(house, residentNumber)
    await helper.goto('/wishes')
    const wish = helper.locator('.wish:not(.own)', { hasText: title })
    await reads(wish, shown)
    expect(await wish.innerText()).toContain(place.community)
    expect(await helper.locator('main').innerText()).not.toMatch(/钱|100\d|单元|金桥小区/)
    await isWell(helper)
    await button(wish, phone.wish.claim).click()
    await reads(helper, phone.wish.claimed)
    await reads(own(helper, title), phone.wish.how)
    await isWell(helper)
  })

  test('fulfilled and thanked, and neither learns who the other is (WI5)', async () => {
    await button(own(helper, title), phone.wish.fulfil).click()
    const sheet = helper.getByRole('dialog', { name: phone.wish.fulfil })
    await button(sheet, phone.wish.send.fulfil).click()
    await reads(sheet, phone.wish.missing)
    await sheet.getByLabel(phone.wish.ask.fulfil).fill(fulfilled)
    await isWell(helper)
    await button(sheet, phone.wish.send.fulfil).click()
    await reads(own(helper, title), fulfilled)

    await wisher.reload()
    await reads(own(wisher, title), fulfilled)
    await button(own(wisher, title), phone.wish.thank).click()
    const says = wisher.getByRole('dialog', { name: phone.wish.thank })
    await says.getByLabel(phone.wish.ask.thank).fill(thanks)
    await button(says, phone.wish.send.thank).click()
    await reads(own(wisher, title), phone.wish.told.thanked)
    expect(await own(wisher, title).innerText()).not.toMatch(/赵|1004/)
    await isWell(wisher)

    await helper.reload()
    await reads(own(helper, title), thanks)
    expect(await own(helper, title).innerText()).not.toMatch(/钱|1005/)
  })

  test('the desk, which brings the two together, sees both masked (WI5)', async () => {
    await button(community, desk.wishes.list.over).click()
    const row = community.locator('.wish-row', { hasText: title })
    await reads(row, thanks)
    expect(await row.innerText()).toMatch(/赵\*/)
    expect(await row.innerText()).toMatch(/钱\*/)
    expect(await row.innerText()).not.toMatch(/10051736620|10044128890/)
    await isWell(community)
  })
})
