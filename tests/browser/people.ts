import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { startDemo } from '#tests/faults/demo.ts'
import type { Product } from '#tests/faults/product.ts'
import requests from '#requests/messages/zh-CN.json' with { type: 'json' }
import consoleWords from '#web/console/messages/zh-CN.json' with { type: 'json' }
import phoneWords from '#web/phone/messages/zh-CN.json' with { type: 'json' }
import { openBrowser } from './chromium.ts'
import places from './data/places.json' with { type: 'json' }

/** What the people of the walks do: a resident at the phone door, staff at the console door. They go by what they read. */

export const phone = phoneWords
export const desk = consoleWords
export const lifecycle = requests

/** A catalogue's text with its gaps filled in. */
export function said(text: string, gaps: Record<string, string>): string {
  return text.replaceAll(/\{\{?(\w+)\}?\}/g, (gap, name: string) => gaps[name] ?? gap)
}

/** Reads as a catalogue's text does, whatever stands in its gaps. */
export function like(text: string): RegExp {
  return new RegExp(
    text
      .split(/\{\{?\w+\}?\}/)
      .map((part) => RegExp.escape(part))
      .join('.*'),
  )
}

export const sizes = { phone: { width: 390, height: 844 }, wide: { width: 1440, height: 900 } } as const

const password = 'chuanmen-demo'

/** The community whose desk has a demo account, one of its compounds, and what an imported register brings to it. */
export const place = places

/** What a browser remembers when a person comes: who they are, and how they like their pages. */
export type Habits = {
  language?: 'zh-CN' | 'en'
  /** cookies and kept things of an earlier visit */
  state?: Awaited<ReturnType<BrowserContext['storageState']>>
  /** local storage of this door, by key */
  kept?: Record<string, string>
  /** session storage of this door, by key */
  visit?: Record<string, string>
  /** pixels of the screen per CSS pixel */
  scale?: number
}

export type House = {
  product: Product
  browser: Browser
  /** A person with a browser of their own: nothing is remembered from anybody else. */
  person(size?: { width: number; height: number }, habits?: Habits): Promise<Page>
  close(): Promise<void>
}

/** The real product and a real browser. */
export async function openHouse(start: () => Promise<Product> = startDemo): Promise<House> {
  const [product, browser] = await Promise.all([start(), openBrowser()])
  return {
    product,
    browser,
    async person(size = sizes.phone, { language = 'zh-CN', state, kept, visit, scale = 1 } = {}) {
      const context = await browser.newContext({
        viewport: size,
        baseURL: product.url,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        hasTouch: size.width < 600,
        reducedMotion: 'reduce',
        deviceScaleFactor: scale,
        ...(state && { storageState: state }),
      })
      context.setDefaultTimeout(20_000)
      await context.addInitScript(
        ([local, session]) => {
          for (const [key, value] of Object.entries(local)) localStorage.setItem(key, value)
          for (const [key, value] of Object.entries(session)) sessionStorage.setItem(key, value)
        },
        [{ 'chuanmen.language': language, ...kept }, visit ?? {}] as const,
      )
      return context.newPage()
    },
    async close() {
      await browser.close()
      await product.stop()
      product.remove()
    },
  }
}

/** Waits until a person can read it: on the page, not in the field where it was just written. */
export async function reads(page: Page | Locator, text: string | RegExp): Promise<void> {
  const found = page.getByText(text).filter({ visible: true })
  await found.locator('xpath=self::*[not(self::textarea)]').first().waitFor()
}

/** A button as a person names it; a key shown on it belongs to its name. */
export function button(page: Page | Locator, name: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${name}\\b|^${name}$|^${name} ?[a-z]$`) })
}

/** Logs a member of staff in and waits for the inbox. */
export async function staff(house: House, login: string, habits: Habits = {}): Promise<Page> {
  const page = await house.person(sizes.wide, habits)
  await page.goto('/console/login')
  await page.getByLabel(desk.login.name).fill(login)
  await page.getByLabel(desk.login.secret, { exact: true }).fill(password)
  await page.getByRole('button', { name: desk.login.enter, exact: true }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/login'))
  return page
}

/** Logs a resident in by the code that the demonstration shows instead of sending it. */
export async function resident(house: House, number: string): Promise<Page> {
  const page = await house.person()
  await page.goto('/login')
  await proves(page, number)
  await page.waitForURL('**/mine')
  return page
}

/** Shows that a number is theirs, on the page that asks for it. */
export async function proves(page: Page, number: string): Promise<void> {
  await page.getByLabel(phone.login.phone).fill(number)
  await button(page, phone.login.ask).click()
  const told = await page.getByText(like(phone.login.demo)).innerText()
  await page.getByLabel(phone.login.code).fill(/\d{6}/.exec(told)?.[0] ?? '')
  await button(page, phone.login.enter).click()
}

/** The resident of the demonstration whose number is printed at the start. */
export const residentNumber = '10044128890'

/** Everything that was asked for has come and is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .bones, .sk'))
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
  })
}

/** Chooses the place by the community's name and the lists below it. */
export async function choosePlace(page: Page): Promise<void> {
  await page.getByRole('button', { name: phone.choose, exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel(phone.place.find).fill(place.compound)
  await sheet.getByRole('button', { name: place.compound, exact: true }).click()
  await sheet.getByRole('button', { name: said(phone.place.stop, { name: place.compound }) }).click()
  await button(page.getByRole('dialog'), phone.done).click()
}

/** Leaves a name and a number to be called at. */
export async function leavePhone(page: Page, name: string, number: string): Promise<void> {
  await page.getByRole('button', { name: phone.fill, exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel(phone.who.name).fill(name)
  await sheet.getByLabel(phone.who.phone).fill(number)
  await button(sheet, phone.done).click()
}

/** Says something on the phone page and gives back the code that is shown. */
export async function say(page: Page, words: string, name: string, number: string): Promise<string> {
  await page.goto('/say')
  await page.getByRole('textbox', { name: phone.say.what }).fill(words)
  await choosePlace(page)
  await leavePhone(page, name, number)
  return handIn(page)
}

/** Presses the one button, and reads the code. */
export async function handIn(page: Page): Promise<string> {
  await button(page, phone.say.send).click()
  await page.getByRole('heading', { level: 1, name: phone.said.title }).waitFor()
  const code = await page.getByText(/^[A-Z]{2,4}-\d{4}-\d{6}$/).innerText()
  return code
}

/** Opens a request in the inbox through the field "find by code". */
export async function findByCode(page: Page, code: string): Promise<void> {
  await page.getByRole('combobox', { name: desk.find.label }).fill(code)
  await page.getByRole('option', { name: new RegExp(code) }).click()
  await page.getByRole('article').getByText(code).waitFor()
}

/** The form of one step, opened by its button. */
export async function step(page: Page, kind: keyof typeof lifecycle.entry): Promise<Locator> {
  const name = lifecycle.entry[kind]
  await button(page.getByRole('article'), name).click()
  return page.getByRole('form', { name, exact: true })
}

/** Chooses in a field that is searched by typing. */
export async function pick(form: Locator, label: string, typed: string, option: RegExp): Promise<void> {
  const field = form.getByRole('combobox', { name: label })
  await field.click()
  await field.fill(typed)
  await form.getByRole('option', { name: option }).first().click()
}

/** The desk takes it up, on the page that shows it. */
export async function accept(page: Page, category: string): Promise<void> {
  const form = await step(page, 'accept')
  await pick(form, desk.field.category, category, /./)
  await form.getByText(lifecycle.urgency.by_date, { exact: true }).click()
  await reads(form, like(desk.deedCause.accept))
  await button(form, desk.deed.accept).click()
  await reads(page.getByRole('article'), like(lifecycle.story.accept))
}

/** The desk sends it to the first proposed organisation of that name. */
export async function assign(page: Page, lead: RegExp): Promise<void> {
  const form = await step(page, 'assign')
  await form.getByRole('combobox', { name: desk.field.lead }).click()
  await form.getByRole('option', { name: lead }).first().click()
  await button(form, desk.deed.assign).click()
  await reads(page.getByRole('article'), like(desk.turn.theirs))
}

/** The handler takes it. */
export async function take(page: Page, first: string): Promise<void> {
  const form = await step(page, 'take')
  await form.getByLabel(desk.field.first).fill(first)
  await button(form, desk.deed.take).click()
  await reads(page.getByRole('article'), first)
}

/** The handler answers; every point was done. */
export async function answer(page: Page, words: string): Promise<void> {
  const form = await step(page, 'answer')
  await form.getByLabel(desk.field.answer).fill(words)
  await form.getByLabel(desk.cover.done).check()
  await button(form, desk.deed.answer).click()
  await reads(page.getByRole('article'), words)
}
