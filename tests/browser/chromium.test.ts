import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './chromium.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 64, height: 64 } })
})
afterAll(() => browser.close())

async function drawn(character: string): Promise<string> {
  await page.setContent(`<p lang="zh-CN" style="margin:0;font:48px/64px sans-serif">${character}</p>`)
  return (await page.screenshot()).toString('base64')
}

test('two different Chinese characters are drawn differently, so that no picture shows boxes', async () => {
  const [first, second, rare] = [await drawn('串'), await drawn('门'), await drawn('矿')]
  expect(new Set([first, second, rare]).size).toBe(3)
  expect(await drawn('串')).toBe(first)
})

test('web security is on: a page does not read from another origin', async () => {
  const read = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(String, (error: unknown) => String(error)),
  )
  expect(read).toContain('TypeError')
})
