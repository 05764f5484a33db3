import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choosePlace, handIn, type House, openHouse, phone, reads, said } from './people.ts'

/** A photo goes in parts: how far it got is seen, and where the line breaks it goes on from there by itself. */

let house: House
let page: Page
/** Where each part that was sent began, in order; undefined for one that the line swallowed. */
const began: number[] = []
let line: 'good' | 'broken' = 'good'
beforeAll(async () => {
  house = await openHouse()
  page = await house.person()
  await page.route('**/api/attachments', async (route) => {
    const at = Number(
      /name="at"\r\n\r\n(\d+)/.exec(route.request().postDataBuffer()?.toString('latin1') ?? '')?.[1],
    )
    if (line === 'broken') return route.abort()
    began.push(at)
    // After the second part the train enters the tunnel.
    if (began.length === 2) line = 'broken'
    return route.continue()
  })
})
afterAll(() => house?.close())

/** A photo of several parts; noise does not get smaller. */
function photo(): Promise<Buffer> {
  return sharp({
    create: {
      width: 1200,
      height: 900,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 95 })
    .toBuffer()
}

test('while it is sent a line shows how far it is; a broken line is said once, and the photo stays', async () => {
  await page.goto('/say')
  await page.getByRole('textbox', { name: phone.say.what }).fill('花坛边的长椅断了一条腿')
  await choosePlace(page)
  const bytes = await photo()
  expect(bytes.length).toBeGreaterThan(3 * 192 * 1024)
  await page
    .getByLabel(phone.say.photo)
    .setInputFiles({ name: 'bench.jpg', mimeType: 'image/jpeg', buffer: bytes })
  const way = page.getByRole('progressbar', { name: said(phone.upload.photo, { number: '1' }) })
  await way.waitFor()
  await reads(page, said(phone.upload.broken_one, { count: '1' }))
  expect(Number(await way.getAttribute('value'))).toBeCloseTo((2 * 192 * 1024) / bytes.length, 2)
})

test('once the line is back it goes on where it stopped, and is handed in with the request', async () => {
  line = 'good'
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByRole('progressbar').waitFor({ state: 'detached' })
  expect(await page.getByText(said(phone.upload.broken_one, { count: '1' })).count()).toBe(0)
  // No part was sent twice.
  expect(began).toEqual([...new Set(began)])
  expect(began.slice(0, 3)).toEqual([0, 192 * 1024, 2 * 192 * 1024])
  await handIn(page)
  await page.goto('/mine')
  await page.getByRole('link', { name: /长椅/ }).click()
  await page.getByRole('button', { name: said(phone.photo_open, { number: '1' }) }).waitFor()
})
