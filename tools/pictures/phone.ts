import path from 'node:path'
import {
  button,
  choosePlace,
  desk,
  findByCode,
  handIn,
  type Habits,
  leavePhone,
  phone,
  pick,
  reads,
  resident,
  residentNumber,
  said,
  say,
  sizes,
  staff,
  step,
} from '#tests/browser/people.ts'
import { picture, type Studio } from './picture.ts'
import words from './words.json' with { type: 'json' }

/** The resident's door, by day and in elder mode, and what a resident meets on the way. */

const photo = path.resolve(import.meta.dirname, '../../platform/src/demo/data/pictures/lamp.jpg')
/** Sharp where it is looked at closely. */
const fine = { scale: 2 }

export async function phonePictures(studio: Studio): Promise<void> {
  await known(studio)
  await duplicate(studio)
  await handedOver(studio)
  await erased(studio)
}

/** What the resident of the demonstration sees. */
async function known(studio: Studio): Promise<void> {
  const { house } = studio
  const first = await resident(house, residentNumber)
  const state = await first.context().storageState()
  const { items } = (await (await first.request.get('/api/requests?queue=reported')).json()) as {
    items: { id: string; state: string }[]
  }
  await first.context().close()
  const at = async (address: string, name: string, habits: Habits = {}) => {
    const page = await house.person(sizes.phone, { state, ...fine, ...habits })
    await page.goto(address)
    await picture(studio, page, name)
    await page.context().close()
  }
  await at('/', 'phone-home')
  await at('/', 'phone-home-elder', {
    kept: { 'chuanmen.settings': JSON.stringify({ elder: true, contrast: false, home: null }) },
  })
  const answered = items.find((item) => item.state === 'answered')
  if (!answered) throw new Error('the resident of the demonstration has no answer to show')
  await at(`/mine/${answered.id}`, 'phone-request-answered')

  const page = await house.person(sizes.phone, { state, ...fine })
  await page.goto('/say')
  await page.getByRole('textbox', { name: phone.say.what }).fill(words.say)
  await page.getByLabel(phone.say.photo).setInputFiles(photo)
  await page.getByRole('img').first().waitFor()
  await page.getByRole('textbox', { name: phone.say.what }).blur()
  await picture(studio, page, 'phone-say')
  await button(page, phone.say.send).click()
  await page.getByRole('heading', { level: 1, name: phone.said.title }).waitFor()
  await picture(studio, page, 'phone-said')
  await page.context().close()
}

/** While still writing it is shown that somebody said it, without a word of theirs (RQ13). */
async function duplicate(studio: Studio): Promise<void> {
  const one = await studio.house.person()
  await say(one, words.sewer.first, '', '10044126601')
  await one.context().close()
  const two = await studio.house.person(sizes.phone, fine)
  await two.goto('/say')
  await choosePlace(two)
  await two.getByRole('textbox', { name: phone.say.what }).fill(words.sewer.again)
  await button(two, phone.before.follow).first().waitFor()
  await two.getByRole('textbox', { name: phone.say.what }).blur()
  await picture(studio, two, 'phone-duplicate')
  await two.context().close()
}

/** Not for this desk: given on in the step in which it is declined, with what to have at hand. */
async function handedOver(studio: Studio): Promise<void> {
  const page = await studio.house.person(sizes.phone, fine)
  const community = await staff(studio.house, 'community')
  const code = await say(page, words.crossing, '', '10044127711')
  await findByCode(community, code)
  const form = await step(community, 'decline')
  await form.getByLabel(desk.field.reason).selectOption('other_units_duty')
  await pick(form, desk.instead.which, words.police.typed, new RegExp(words.police.typed))
  await form.getByLabel(desk.field.why).fill(words.police.why)
  await button(form, desk.needed.add).click()
  await form.getByLabel(said(desk.needed.what, { number: '1' }), { exact: true }).fill(words.needed.what)
  await form.getByLabel(said(desk.needed.how, { number: '1' }), { exact: true }).fill(words.needed.how)
  await button(form, desk.deed.decline).click()
  await reads(community.getByRole('article'), words.police.why)
  await page.goto('/mine')
  await page.getByRole('link', { name: new RegExp(words.crossing.slice(0, 6)) }).click()
  await reads(page, words.police.why)
  await picture(studio, page, 'phone-handed-over')
  await page.context().close()
  await community.context().close()
}

/** What was said is gone, and this stays (RQ15). */
async function erased(studio: Studio): Promise<void> {
  const number = '10044127799'
  const stranger = await studio.house.person()
  await stranger.goto('/say')
  await stranger.getByRole('textbox', { name: phone.say.what }).fill(words.erased)
  await choosePlace(stranger)
  await leavePhone(stranger, '', number)
  await stranger.getByLabel(phone.say.photo).setInputFiles(photo)
  await stranger.getByRole('img').first().waitFor()
  await handIn(stranger)
  await stranger.context().close()
  // Only whose number is proven may have it erased.
  const proven = await resident(studio.house, number)
  const state = await proven.context().storageState()
  await proven.context().close()
  const page = await studio.house.person(sizes.phone, { state, ...fine })
  await page.goto('/mine')
  await page.getByRole('link', { name: new RegExp(words.erased) }).click()
  await button(page, phone.erase.title).click()
  const sheet = page.getByRole('dialog', { name: phone.erase.title })
  await sheet.getByRole('textbox').fill(phone.erase.word)
  await button(sheet, phone.erase.do_all).click()
  await reads(page, phone.erase.said_all)
  await picture(studio, page, 'phone-erased')
  await page.context().close()
}
