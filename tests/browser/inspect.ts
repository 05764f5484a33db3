import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { settled } from './people.ts'

/** What is asked of every page, whatever it is about. Each check gives back what is wrong, in words. */

/** Listens from before the first page: what the page tried that it must not. */
export async function watch(page: Page, home: string): Promise<() => Promise<string[]>> {
  const found: string[] = []
  const { origin } = new URL(home)
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:', 'about:'].includes(url.protocol) && url.origin !== origin)
      found.push(`asks outside: ${url.origin}`)
  })
  page.on('response', (response) => {
    if (/script|stylesheet|font/.test(response.request().resourceType()) && !response.ok())
      found.push(`${response.status()} for ${new URL(response.url()).pathname}`)
  })
  page.on('pageerror', (error) => found.push(`throws: ${error.message}`))
  page.on('console', (message) => {
    if (/Refused to|Content Security Policy/.test(message.text())) found.push(message.text())
  })
  await page.addInitScript(() => {
    const kept: string[] = []
    Object.assign(window, { violations: kept })
    document.addEventListener('securitypolicyviolation', (event) =>
      kept.push(`forbidden by the policy: ${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  return async () => {
    const kept = await page.evaluate(() => (window as unknown as { violations: string[] }).violations)
    return [...found.splice(0), ...kept]
  }
}

/** Serious and critical findings of axe. */
async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.html.slice(0, 160)}`))
}

/** Everything a person reads or hears on the page, with the other language's switch left out. */
function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const kept: string[] = []
    const shown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || !shown(parent) || parent.closest('script, style, kbd, [lang="en"]:not(html)')) continue
      const text = node.textContent?.trim()
      if (text) kept.push(text)
    }
    for (const element of document.body.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
      if (!shown(element) || element.closest('[lang="en"]:not(html)')) continue
      for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
        if (element.getAttribute(name)) kept.push(element.getAttribute(name) ?? '')
    }
    return kept
  })
}

const key = /(?<![\w./-])[a-z]+(?:[A-Z][a-z]+)*(?:\.[a-z_]+(?:[A-Z][a-z]+)*)+(?![\w./-])/

/** Bare message keys, and on Chinese pages Latin words that are no codes. */
async function language(page: Page, codes: RegExp[]): Promise<string[]> {
  const read = await texts(page)
  const bare = read.filter((text) => key.test(text) || /\{\{|\}\}|\[object/.test(text))
  const chinese = (await page.locator('html').getAttribute('lang')) === 'zh-CN'
  const latin = read.filter((text) => {
    const rest = codes.reduce((left, code) => left.replaceAll(new RegExp(code, 'g'), ''), text)
    return chinese && /[A-Za-z]{2,}/.test(rest)
  })
  return [...bare.map((text) => `bare key: ${text}`), ...latin.map((text) => `Latin words: ${text}`)]
}

/** One heading, at most one filled button, nothing that runs out at the side or has to be pushed sideways. */
function shape(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((element) =>
        element.checkVisibility({ visibilityProperty: true }),
      )
    const wrong: string[] = []
    const headings = shown('h1')
    if (headings.length !== 1)
      wrong.push(`${headings.length} h1: ${headings.map((one) => one.textContent).join(' | ')}`)
    const filled = shown('.btn.primary')
    if (filled.length > 1)
      wrong.push(`${filled.length} primary buttons: ${filled.map((one) => one.textContent).join(' | ')}`)
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) {
      const over = [...document.body.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
        .slice(-3)
      wrong.push(
        `${scrollWidth - clientWidth} px out at the side: ${over.map((one) => one.className).join(' | ')}`,
      )
    }
    const pushed = shown('body *').filter(
      (element) =>
        element.scrollWidth > element.clientWidth + 1 &&
        /auto|scroll/.test(getComputedStyle(element).overflowX),
    )
    if (pushed.length > 0) wrong.push(`scrolls sideways: ${pushed.map((one) => one.className).join(' | ')}`)
    // A frame that cuts off what is too wide hides it from the page's own width.
    const cut = shown('.console *').filter((element) => {
      const { right, left, width } = element.getBoundingClientRect()
      return width > 1 && (right > clientWidth + 1 || left < -1) && !element.closest('.vh, thead, svg *')
    })
    if (cut.length > 0)
      wrong.push(
        `beyond the edge: ${[...new Set(cut.map((one) => one.className || one.tagName))].slice(0, 4).join(' | ')}`,
      )
    return wrong
  })
}

/** Goes through the first stops of the Tab key: each one shows where it is. */
async function focus(page: Page, stops: number): Promise<string[]> {
  const wrong: string[] = []
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab')
    const blind = await page.evaluate(() => {
      const active = document.activeElement
      if (!active || active === document.body) return undefined
      // A control may hand its ring to the box around it.
      const around = [active, active.parentElement, active.closest('label')].filter((one) => one !== null)
      const ring = around.some((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      })
      return ring ? undefined : active.outerHTML.slice(0, 120)
    })
    if (blind) wrong.push(`no ring: ${blind}`)
  }
  return wrong
}

/** Everything that is wrong with the page as it stands. */
export async function faults(
  page: Page,
  options: {
    codes?: RegExp[]
    widths?: number[]
    stops?: number
    /** Axe has looked at this page already, with other words in it. */
    seen?: boolean
  } = {},
): Promise<string[]> {
  await settled(page)
  const found = [
    ...(options.seen ? [] : await axe(page)),
    ...(await language(page, options.codes ?? [])),
    ...(await shape(page)),
    ...(await focus(page, options.stops ?? 0)),
  ]
  const size = page.viewportSize()
  for (const width of options.widths ?? []) {
    await page.setViewportSize({ width, height: size?.height ?? 844 })
    found.push(...(await shape(page)).map((one) => `at ${width} px: ${one}`))
  }
  if (size) await page.setViewportSize(size)
  return [...new Set(found)]
}
