import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import ui from '#web/ui/messages/zh-CN.json' with { type: 'json' }
import { button, choosePlace, desk, type House, openHouse, phone, reads, said, staff } from './people.ts'

/** Who has gone on to another page while an answer was under way stays there, and hears of it all the same. */

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

/** The line is slow to answer this; `comes` lets the answer through. */
async function slow(
  page: Page,
  method: string,
  url: string,
): Promise<{ asked: Promise<void>; comes: () => void }> {
  const [line, question] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route(url, async (route) => {
    if (route.request().method() === method) {
      question.resolve()
      await line.promise
    }
    await route.continue()
  })
  return { asked: question.promise, comes: line.resolve }
}

test('a resident who did not wait on the page reads the code where they are now', async () => {
  const page = await house.person()
  await page.goto('/say')
  await page.getByRole('textbox', { name: phone.say.what }).fill('楼道里的扶手松了，下楼心里不稳')
  await choosePlace(page)
  const { asked, comes } = await slow(page, 'POST', '**/api/requests')
  await button(page, phone.say.send).click()
  await asked
  await button(page, ui.back).click()
  await page.waitForURL((url) => url.pathname === '/')
  comes()
  await reads(page, new RegExp(`^${said(phone.said.sent, { code: 'GY-' })}`))
  expect(new URL(page.url()).pathname).toBe('/')
})

test('a desk that went to the rota while its whistle was under way is not called back', async () => {
  const page = await staff(house, 'community')
  const list = await page.context().request.get('/api/requests?queue=mine&limit=30')
  const { items } = (await list.json()) as { items: { id: string; state: string }[] }
  const ours = items.find(({ state }) => state === 'accepted')
  await page.goto(`/console/whistles?blow=${ours!.id}`)
  await page.locator('.chips li').first().waitFor()
  await page.getByLabel(desk.whistle.whyField).fill('社区没有权限，需要部门来看')
  const { asked, comes } = await slow(page, 'POST', '**/api/whistles')
  await button(page.getByRole('form'), desk.whistle.blowNow).click()
  await asked
  await page.getByRole('link', { name: desk.nav.rota, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: desk.nav.rota }).waitFor()
  comes()
  await reads(page, desk.whistle.blown)
  expect(new URL(page.url()).pathname).toBe('/console/rota')
})
