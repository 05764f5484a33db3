import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemo } from '#tests/faults/demo.ts'
import told from '#web/ui/told/messages/zh-CN.json' with { type: 'json' }
import { paths as fieldPaths } from '#web/field/paths.ts'
import { startPushService } from '../push-service.ts'
import { field, go, newPhone } from './field-people.ts'
import { faults } from './inspect.ts'
import { codes } from './look.ts'
import {
  button,
  type House,
  openHouse,
  proves,
  reads,
  resident,
  residentNumber,
  sizes,
  staff,
} from './people.ts'

/**
 * How people choose to be told, on all three doors (NT14 to NT19), with a push service on this machine. The browser here has
 * no push service of its own: subscribing is played, and what arrives is handed to the real service worker.
 */

let house: House
let push: Awaited<ReturnType<typeof startPushService>>

beforeAll(async () => {
  push = await startPushService(() => Date.now() / 1_000)
  house = await openHouse(() => startDemo({ CHUANMEN_PUSH_ORIGINS: push.origin }))
}, 240_000)
afterAll(async () => {
  await house.close()
  await push.close()
})

/** A browser whose push service is the one of this test. */
async function withPush(context: BrowserContext): Promise<void> {
  await context.exposeFunction('subscribeHere', (key: string) => push.browser(key))
  await context.addInitScript(() => {
    type Made = { endpoint: string; p256dh: string; auth: string }
    const kept = 'played.subscription'
    const bytes = (text: string) =>
      Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.codePointAt(0) ?? 0)
        .buffer
    const made = () => {
      const text = localStorage.getItem(kept)
      const one = text === null ? null : (JSON.parse(text) as Made)
      return (
        one && {
          endpoint: one.endpoint,
          getKey: (name: 'p256dh' | 'auth') => bytes(one[name]),
          unsubscribe: async () => {
            localStorage.removeItem(kept)
            return true
          },
        }
      )
    }
    const played = {
      async subscribe({ applicationServerKey }: { applicationServerKey: Uint8Array }) {
        const key = btoa(String.fromCodePoint(...applicationServerKey))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', '')
        const { subscribeHere } = globalThis as unknown as { subscribeHere: (key: string) => Promise<Made> }
        localStorage.setItem(kept, JSON.stringify(await subscribeHere(key)))
        return made()
      },
      getSubscription: async () => made(),
    }
    Object.assign(PushManager.prototype, played)
    Notification.requestPermission = async () => 'granted'
  })
}

const here = (page: Page) => page.getByRole('switch', { name: told.here })
const tick = (page: Page, kind: string, way: string) =>
  page.getByRole('checkbox', { name: `${kind}，${way}`, exact: true })

describe('a resident', () => {
  let page: Page
  beforeAll(async () => {
    page = await resident(house, residentNumber)
    await withPush(page.context())
    await page.goto('/contact')
    await here(page).waitFor()
  }, 60_000)

  test('is asked on one page, in both languages and in elder mode', async () => {
    expect(await faults(page, { codes })).toEqual([])
    const state = await page.context().storageState()
    for (const [language, elder] of [
      ['en', false],
      ['zh-CN', true],
    ] as const) {
      const kept = { 'chuanmen.settings': JSON.stringify({ elder, contrast: false, home: null }) }
      const other = await house.person(sizes.phone, { language, state, kept })
      await other.goto('/contact')
      await other.getByRole('switch').nth(1).waitFor()
      expect(await faults(other, { codes: [...codes, /中文/] }), language).toEqual([])
      await other.context().close()
    }
  }, 60_000)

  test('switches notices on, chooses by kind and way, when and how often; it is there again after a reload', async () => {
    await here(page).click()
    await tick(page, told.kind.progress, told.way.push).click()
    await page.getByLabel(told.quiet, { exact: true }).selectOption('own')
    await page.getByLabel(told.quiet_from, { exact: true }).selectOption('20:30')
    await page.getByLabel(told.digest, { exact: true }).selectOption('18:00')
    await page.waitForFunction(() => document.querySelector('.told')?.getAttribute('aria-busy') === 'false')
    await page.reload()
    await tick(page, told.kind.word, told.way.push).waitFor()
    expect(await here(page).getAttribute('aria-checked')).toBe('true')
    expect(await tick(page, told.kind.word, told.way.push).isChecked()).toBe(true)
    expect(await tick(page, told.kind.progress, told.way.push).isChecked()).toBe(false)
    expect(await page.getByLabel(told.quiet_from, { exact: true }).inputValue()).toBe('20:30')
    expect(await page.getByLabel(told.digest, { exact: true }).inputValue()).toBe('18:00')
  })

  test('presses faster than the line answers: all of it counts, and stands there at once', async () => {
    const { promise: line, resolve: comesBack } = Promise.withResolvers<void>()
    await page.route('**/api/contact', async (route) => {
      await line
      await route.continue()
    })
    const [word, progress] = [told.kind.word, told.kind.progress].map((kind) =>
      tick(page, kind, told.way.push),
    )
    await word!.click()
    await progress!.click()
    await page.getByLabel(told.digest, { exact: true }).selectOption('12:00')
    expect(await word!.isChecked()).toBe(false)
    expect(await progress!.isChecked()).toBe(true)
    comesBack()
    await page.waitForFunction(() => document.querySelector('.told')?.getAttribute('aria-busy') === 'false')
    await page.unroute('**/api/contact')
    await page.reload()
    await progress!.waitFor()
    expect(await word!.isChecked()).toBe(false)
    expect(await progress!.isChecked()).toBe(true)
    expect(await page.getByLabel(told.digest, { exact: true }).inputValue()).toBe('12:00')
  })

  test('switches them off again', async () => {
    await here(page).click()
    await tick(page, told.kind.word, told.way.push).waitFor({ state: 'detached' })
    expect(await here(page).getAttribute('aria-checked')).toBe('false')
  })

  test('NT17 whoever logs out, or leaves the phone to the next one, is told there no more', async () => {
    const isTold = () => page.evaluate(() => localStorage.getItem('played.subscription') !== null)
    const devices = async () => {
      const { devices: known } = (await (await page.request.get('/api/contact')).json()) as {
        devices: unknown[]
      }
      return known.length
    }
    const switchOn = async () => {
      await page.goto('/contact')
      await here(page).click()
      await tick(page, told.kind.word, told.way.push).waitFor()
      expect([await isTold(), await devices()]).toEqual([true, 1])
    }
    // The session ends by itself, and somebody else proves their own number on the same phone.
    await switchOn()
    await page.context().clearCookies()
    await page.goto('/login')
    await proves(page, '10044128899')
    await page.waitForURL('**/mine')
    expect([await isTold(), await devices()]).toEqual([false, 0])
    await switchOn()
    await page.goto('/mine')
    const forgotten = page.waitForResponse((one) => one.url().includes('/api/contact/push/'))
    await page.getByRole('button', { name: /^退出/ }).click()
    expect((await forgotten).status()).toBe(200)
    await page.waitForURL((url) => url.pathname === '/')
    expect(await isTold()).toBe(false)
  }, 60_000)
})

test('a liaison finds the same at the field door, whose own worker takes the notices along', async () => {
  const page = await newPhone(house)
  await go(page, fieldPaths.me())
  await page.getByRole('link', { name: new RegExp(field.told.title) }).click()
  await here(page).waitFor()
  expect(await faults(page, { codes })).toEqual([])
  await page.context().close()
}, 90_000)

test('staff choose it in their account; the desk that runs the system sees every way and sets up a robot', async () => {
  const desk = await staff(house, 'community')
  await desk.goto('/console/account')
  await here(desk).waitFor()
  expect(await faults(desk, { codes })).toEqual([])
  await desk.context().close()

  const system = await staff(house, 'system')
  await system.goto('/console/sending')
  await system.getByRole('row', { name: /办件群/ }).waitFor()
  expect(
    await faults(system, { codes: [...codes, /CHUANMEN_\w+|SMTP_URL|https?:\/\/\S+|errcode.*/] }),
  ).toEqual([])
  await system.getByRole('button', { name: '值班工作群' }).click()
  const pane = system.getByRole('complementary', { name: '值班工作群' })
  await button(pane, '试发一条').click()
  await reads(system, '试发了')
  await pane.getByLabel('名称').fill('值班群')
  await button(pane, '保存').click()
  await system.getByRole('button', { name: '值班群', exact: true }).waitFor()
  await system.context().close()
}, 90_000)
