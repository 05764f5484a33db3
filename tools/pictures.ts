import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import type { Publication } from '#open311/publication-contract.ts'
import {
  button,
  desk as consoleWords,
  type Habits,
  openHouse,
  phone,
  resident,
  residentNumber,
  settled,
  sizes,
  staff,
} from '#tests/browser/people.ts'
import words from './pictures-words.json' with { type: 'json' }

/**
 * Makes the pictures of the documentation from the running product: `npm run pictures [-- FOLDER]`. It starts the
 * product with its demonstration, goes through both doors and writes docs/pictures/*.png.
 */

const root = path.resolve(import.meta.dirname, '..')
const folder = path.resolve(process.argv[2] ?? path.join(root, 'docs/pictures'))
const photo = path.join(root, 'platform/src/demo/data/pictures/lamp.jpg')

/** Writes the page as it is seen, in at most 256 colours. */
async function picture(page: Page, name: string): Promise<void> {
  await settled(page)
  // Nothing lies under the mouse.
  await page.mouse.move(0, 0)
  const file = await sharp(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
    .png({ palette: true, colours: 200, effort: 10, compressionLevel: 9 })
    .toBuffer()
  writeFileSync(path.join(folder, `${name}.png`), file)
  process.stdout.write(`${name}.png ${Math.round(file.length / 1024)} kB\n`)
}

async function phonePictures(house: Awaited<ReturnType<typeof openHouse>>): Promise<void> {
  const first = await resident(house, residentNumber)
  const state = await first.context().storageState()
  const { items } = (await (await first.request.get('/api/requests?queue=reported')).json()) as {
    items: { id: string; state: string }[]
  }
  await first.context().close()
  const at = async (address: string, name: string, habits: Habits = {}) => {
    const page = await house.person(sizes.phone, { state, scale: 2, ...habits })
    await page.goto(address)
    await picture(page, name)
    await page.context().close()
  }
  await at('/', 'phone-home')
  await at('/', 'phone-home-elder', {
    kept: { 'chuanmen.settings': JSON.stringify({ elder: true, contrast: false, home: null }) },
  })
  await at('/mine', 'phone-mine')
  const standing = (...states: string[]) => items.find((item) => states.includes(item.state))
  for (const [item, name] of [
    [standing('answered'), 'phone-request-answered'],
    [standing('in_progress', 'assigned', 'accepted'), 'phone-request-doing'],
  ] as const) {
    if (!item) throw new Error(`the resident of the demonstration has nothing to show for ${name}`)
    await at(`/mine/${item.id}`, name)
  }

  const page = await house.person(sizes.phone, { state, scale: 2 })
  await page.goto('/say')
  await page.getByRole('textbox', { name: phone.say.what }).fill(words.say)
  await page.getByLabel(phone.say.photo).setInputFiles(photo)
  await page.getByRole('img').first().waitFor()
  await page.getByRole('textbox', { name: phone.say.what }).blur()
  await picture(page, 'phone-say')
  await button(page, phone.say.send).click()
  await page.getByRole('heading', { level: 1, name: phone.said.title }).waitFor()
  await picture(page, 'phone-said')
  await page.context().close()
}

async function consolePictures(house: Awaited<ReturnType<typeof openHouse>>): Promise<void> {
  const stranger = await house.person(sizes.wide)
  await stranger.goto('/console/login')
  await picture(stranger, 'console-login')
  const desk = await staff(house, 'community')
  for (const [address, name] of [
    ['/console/inbox?queue=mine', 'console-inbox'],
    ['/console/dispatch', 'console-dispatch'],
    ['/console/record', 'console-record'],
    ['/console/categories', 'console-categories'],
  ] as const) {
    await desk.goto(address)
    await picture(desk, name)
  }
  await publicPicture(desk)
  const dark = await house.person(sizes.wide, {
    state: await desk.context().storageState(),
    kept: { 'chuanmen.theme': 'dark' },
  })
  await dark.goto('/console/inbox?queue=mine')
  await picture(dark, 'console-inbox-dark')
  const security = await staff(house, 'security')
  await security.goto('/console/people')
  await picture(security, 'console-people')
  const auditor = await staff(house, 'audit')
  await auditor.goto('/console/audit')
  await picture(auditor, 'console-audit')
}

/** The desk clears words for everybody: a case whose words hold something personal, and that was answered. */
async function publicPicture(desk: Page): Promise<void> {
  const asked = await desk.request.get('/api/requests?queue=all&state=answered,closed&limit=100')
  for (const { id } of ((await asked.json()) as { items: { id: string }[] }).items) {
    const found = await desk.request.get(`/api/requests/${id}/publication`)
    const { request, answers } = (await found.json()) as Publication
    if (request.marks.length === 0 || request.cleared || answers.length === 0) continue
    await desk.goto(`/console/inbox/${id}?queue=all`)
    await desk.getByRole('button', { name: consoleWords.public.open }).click()
    await desk.getByRole('dialog').getByRole('form').first().waitFor()
    await picture(desk, 'console-public')
    return
  }
  throw new Error('the demonstration has nothing to clear')
}

mkdirSync(folder, { recursive: true })
const house = await openHouse()
try {
  await phonePictures(house)
  await consolePictures(house)
} finally {
  await house.close()
}
