import type { Page } from 'playwright-core'
import type { Publication } from '#open311/publication-contract.ts'
import {
  accept,
  button,
  choosePlace,
  desk,
  findByCode,
  handIn,
  leavePhone,
  lifecycle,
  phone,
  pick,
  reads,
  say,
  settled,
  sizes,
  staff,
  step,
  take,
} from '#tests/browser/people.ts'
import { picture, type Studio } from './picture.ts'
import words from './words.json' with { type: 'json' }

/** The console of desks and departments, doing what they do in a day. */
export async function consolePictures(studio: Studio): Promise<void> {
  const { house } = studio
  const community = await staff(house, 'community')
  for (const [address, name] of [
    ['/console/inbox?queue=mine', 'console-inbox'],
    ['/console/dispatch', 'console-dispatch'],
  ] as const) {
    await community.goto(address)
    await picture(studio, community, name)
  }
  const dark = await house.person(sizes.wide, {
    state: await community.context().storageState(),
    kept: { 'chuanmen.theme': 'dark' },
  })
  await dark.goto('/console/inbox?queue=mine')
  await picture(studio, dark, 'console-inbox-dark')
  await dark.context().close()
  await published(studio, community)
  await searched(studio, community)
  await confided(studio, community)
  await merged(studio, community)
  await answered(studio, community)
  await noticed(studio, community)
  await called(studio)
  await planned(studio)
}

/** The desk clears words for everybody: a case whose words hold something personal, and that was answered. */
async function published(studio: Studio, page: Page): Promise<void> {
  const asked = await page.request.get('/api/requests?queue=all&state=answered,closed&limit=100')
  for (const { id } of ((await asked.json()) as { items: { id: string }[] }).items) {
    const found = await page.request.get(`/api/requests/${id}/publication`)
    const { request, answers } = (await found.json()) as Publication
    if (request.marks.length === 0 || request.cleared || answers.length === 0) continue
    await page.goto(`/console/inbox/${id}?queue=all`)
    await page.getByRole('button', { name: desk.public.open }).click()
    await page.getByRole('dialog').getByRole('form').first().waitFor()
    await picture(studio, page, 'console-public')
    return
  }
  throw new Error('the demonstration has nothing to clear')
}

/** Words marked where they stand. */
async function searched(studio: Studio, page: Page): Promise<void> {
  await page.goto('/console/inbox?queue=mine')
  await settled(page)
  await page.locator('body').press('/')
  await page.getByRole('combobox', { name: desk.find.label }).fill(words.found)
  await page.keyboard.press('Enter')
  await page.getByRole('tabpanel').locator('mark').first().waitFor()
  await picture(studio, page, 'console-search')
}

/** RQ10: what the desk knows of a confidential case, and the unit complained of does not. */
async function confided(studio: Studio, page: Page): Promise<void> {
  const other = await studio.house.person()
  await other.goto('/say')
  await other.getByRole('textbox', { name: phone.say.what }).fill(words.confided)
  await choosePlace(other)
  await leavePhone(other, '', '10044126731')
  await other.getByRole('switch', { name: phone.confide.switch }).click()
  const whom = other.getByLabel(phone.confide.whom)
  await whom.locator('option').nth(1).waitFor({ state: 'attached' })
  const firm = await staff(studio.house, 'property')
  const { posts } = (await (await firm.request.get('/api/me')).json()) as {
    posts: { organisation: { id: string } }[]
  }
  await firm.context().close()
  await whom.selectOption(posts[0]?.organisation.id ?? '')
  const code = await handIn(other)
  await other.context().close()
  await page.goto('/console/inbox?queue=mine')
  await findByCode(page, code)
  await picture(studio, page, 'console-confidential')
}

/** RQ13: two side by side, what is the same in them marked, before they are put together. */
async function merged(studio: Studio, page: Page): Promise<void> {
  const [one, two] = [await studio.house.person(), await studio.house.person()]
  const stays = await say(one, words.garden.one, '', '10044126603')
  const goes = await say(two, words.garden.two, '', '10044126604')
  for (const person of [one, two]) await person.context().close()
  await page.goto('/console/inbox?queue=mine')
  await findByCode(page, goes)
  const form = page.getByRole('region', { name: lifecycle.entry.merge })
  await button(page.getByRole('article'), lifecycle.entry.merge).click()
  await form.getByRole('button', { name: new RegExp(stays) }).click()
  const sheet = page.getByRole('dialog', { name: desk.duplicates.compare })
  await sheet.locator('mark').first().waitFor()
  await picture(studio, page, 'console-merge')
}

/** RQ7: an answer covers every point asked; how the like was answered before stands beside it. */
async function answered(studio: Studio, page: Page): Promise<void> {
  const other = await studio.house.person()
  const code = await say(other, words.lamp, '', '10044127701')
  await other.context().close()
  await page.goto('/console/inbox?queue=mine')
  await findByCode(page, code)
  await accept(page, 'B04')
  const form = await step(page, 'assign')
  await pick(form, desk.field.lead, words.firm, new RegExp(words.firm))
  await button(form, desk.deed.assign).click()
  const firm = await staff(studio.house, 'property')
  await findByCode(firm, code)
  await take(firm, words.take)
  const answer = await step(firm, 'answer')
  await answer.getByRole('region', { name: desk.before.head }).getByRole('button').first().click()
  await answer.getByLabel(desk.field.answer).fill(words.lampAnswer)
  const points = answer.getByRole('group')
  await points.nth(0).getByLabel(desk.cover.done).check()
  await points.nth(1).getByLabel(desk.cover.open).check()
  await firm.locator('.toast').waitFor({ state: 'detached' })
  await answer.evaluate((shown) => shown.scrollIntoView({ block: 'start' }))
  await picture(studio, firm, 'console-answer')
  await firm.context().close()
}

/** RQ17: what a resident has just said is told on a page that was open already. */
async function noticed(studio: Studio, page: Page): Promise<void> {
  await page.goto('/console/inbox?queue=mine')
  await settled(page)
  const other = await studio.house.person()
  const code = await say(other, words.live, '', '10044126605')
  await other.context().close()
  await page.locator('.bell-btn').click()
  await reads(page.getByRole('region', { name: desk.bell.label }), new RegExp(code))
  await picture(studio, page, 'console-notices')
}

/** Whom to call today, drawn by lot. */
async function called(studio: Studio): Promise<void> {
  const page = await staff(studio.house, 'district')
  await page.goto('/console/calls')
  await picture(studio, page, 'console-calls')
  await page.context().close()
}

/** RQ16: what a change of the calendar would do stands beside it, before it is kept. */
async function planned(studio: Studio): Promise<void> {
  const page = await staff(studio.house, 'district')
  await page.goto('/console/calendar')
  await settled(page)
  for (const { month, day, kind } of words.days)
    await page
      .getByRole('region', { name: month, exact: true })
      .getByRole('button', { name: new RegExp(`${day}.*${kind}`) })
      .click()
  await page.getByLabel(desk.calendar.notice).fill(words.notice)
  await page.getByLabel(desk.calendar.notice).blur()
  await page.locator('.effect').waitFor()
  await picture(studio, page, 'console-calendar')
  await page.context().close()
}
