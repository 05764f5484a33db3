import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { paths } from '#web/field/paths.ts'
import {
  begin,
  doors,
  type Door,
  feed,
  field,
  go,
  newPhone,
  pocket,
  reopen,
  sent,
  tray,
  unlock,
  visit,
  visitsAt,
  waits,
} from './field-people.ts'
import { button, type House, openHouse, reads, staff } from './people.ts'

/** FP8: what can go wrong between the door and the server, and that nothing is lost or done twice by it. */

const entries = '**/api/field/entries'

/** A front before the product that can put a new version of the door in place while it lets no word through. */
async function frontOf(product: string) {
  let version = 'first'
  let opened = true
  const server = createServer((asked, answer) => {
    if (asked.url?.startsWith('/api/') && !opened) return answer.destroy()
    const isWorker = asked.url === '/field/service-worker.js'
    const on = request(product + asked.url, { method: asked.method, headers: asked.headers }, (come) => {
      const { 'content-length': _, ...headers } = come.headers
      answer.writeHead(come.statusCode ?? 502, headers)
      come.on('end', () => answer.end(isWorker ? `;'${version}'` : ''))
      come.pipe(answer, { end: false })
    })
    on.on('error', () => answer.destroy())
    return asked.pipe(on)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    upgrade() {
      version = 'next'
      opened = false
    },
    open: () => void (opened = true),
    close: () => void server.close(),
  }
}

let house: House
let page: Page
let mine: Door[]
beforeAll(async () => {
  house = await openHouse()
  page = await newPhone(house)
  mine = await doors(page)
})
afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }))
afterAll(() => house?.close())

test('killed between writing and answer: opened again it is sent, once', async () => {
  const door = mine[0]!
  // The line swallows everything that is sent, and nobody answers.
  let asked = false
  await page.route(entries, () => {
    asked = true
  })
  await visit(page, door.id, { words: '灯泡换好了。' })
  await expect.poll(() => asked).toBe(true)
  const context = page.context()
  await page.close({ runBeforeUnload: false })
  page = await context.newPage()
  await reopen(page)
  await expect.poll(async () => visitsAt(await feed(page), door)).toEqual(['灯泡换好了。'])
  await sent(page)
  expect(visitsAt(await feed(page), door)).toEqual(['灯泡换好了。'])
})

test('a lost answer: the server had taken it, the phone sends it again, it is there once', async () => {
  const door = mine[1]!
  const answers: number[] = []
  await page.route(entries, async (route) => {
    const answer = await route.fetch()
    answers.push(answer.status())
    if (answers.length === 1) return route.abort()
    return route.fulfill({ response: answer })
  })
  await visit(page, door.id, { words: '问了降压药的事。' })
  await expect.poll(() => answers.length).toBeGreaterThan(0)
  await sent(page)
  expect(answers.length).toBeGreaterThan(1)
  expect(visitsAt(await feed(page), door)).toEqual(['问了降压药的事。'])
})

test('two tabs of one phone: both show it waiting, one sends it, both see it taken', async () => {
  const door = mine[2]!
  const context = page.context()
  const other = await context.newPage()
  await reopen(other)
  const sendings: string[] = []
  await context.setOffline(true)
  await visit(page, door.id, { words: '两个页面都开着。' })
  await waits(page, 1)
  await waits(other, 1)
  await context.route(entries, (route) => {
    const body = route.request().postDataJSON() as { entries: { id: string; kind: string }[] }
    sendings.push(...body.entries.flatMap(({ id, kind }) => (kind === 'visit' ? id : [])))
    return route.continue()
  })
  await context.setOffline(false)
  for (const one of [page, other]) await one.evaluate(() => dispatchEvent(new Event('online')))
  for (const one of [page, other]) await tray(one).waitFor({ state: 'detached' })
  expect(sendings).toEqual([...new Set(sendings)])
  expect(visitsAt(await feed(page), door)).toEqual(['两个页面都开着。'])
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await other.close()
})

test('no room on the phone: said at once, the words stay on the page, and with room again they are kept', async () => {
  const door = mine[3]!
  await page.context().setOffline(true)
  await go(page, paths.visit(door.id))
  await page.getByRole('button', { name: field.outcome.short.met }).click()
  const words = '存不下也不能丢。'
  await page.getByRole('textbox', { name: field.visit.words }).fill(words)
  // The browser of the tests enforces no quota, so its store is made to answer as one without room does.
  await page.evaluate(() => {
    const { add, put } = IDBObjectStore.prototype
    const full = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    Object.assign(IDBObjectStore.prototype, { add: full, put: full })
    Object.assign(window, { room: () => Object.assign(IDBObjectStore.prototype, { add, put }) })
  })
  await button(page, field.visit.save).click()
  await reads(page, field.problem.full)
  expect(await page.getByRole('textbox', { name: field.visit.words }).inputValue()).toBe(words)
  await page.evaluate(() => (window as unknown as { room: () => void }).room())
  await button(page, field.visit.save).click()
  await waits(page, 1)
  await page.context().setOffline(false)
  await sent(page)
  expect(visitsAt(await feed(page), door)).toEqual([words])
})

test('an entry that is not taken comes back with the reason, holds up no other, and is mended', async () => {
  const [, , , , first, second] = mine
  // The server's own word on one entry, as it would be for a household that has moved on.
  const problem = {
    code: 'field.not_own',
    title: '这一户不归您管了',
    detail: '请找社区服务台。',
    status: 403,
  }
  await page.route(entries, async (route) => {
    const body = route.request().postDataJSON() as { entries: { id: string; data: { words?: string } }[] }
    const refused = body.entries.find(({ data }) => data.words === '写错了门。')
    const others = body.entries.filter((one) => one !== refused)
    const answer =
      others.length > 0
        ? await route.fetch({ postData: JSON.stringify({ ...body, entries: others }) })
        : undefined
    const results = ((await answer?.json()) as { results: object[] } | undefined)?.results ?? []
    const at = new Date().toISOString()
    if (refused)
      results.push({
        ...{ id: refused.id, kind: 'visit', seq: 0, fate: 'refused', household: first!.id, problem },
        ...{
          deviceAt: at,
          madeAt: at,
          receivedAt: at,
          contested: [],
          requests: [],
          files: [],
          mendedBy: null,
        },
      })
    return route.fulfill({ json: { results, now: at, offset: 0 } })
  })
  await page.context().setOffline(true)
  await visit(page, first!.id, { words: '写错了门。' })
  await visit(page, second!.id, { words: '这一件没有错。' })
  await page.context().setOffline(false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await reads(tray(page), field.tray.refused_other.replace('{{count}}', '1'))
  expect(visitsAt(await feed(page), second!)).toEqual(['这一件没有错。'])
  await go(page, paths.queue())
  await reads(page, problem.detail)
  await page.getByRole('link', { name: field.queue.mend }).click()
  const words = page.getByRole('textbox', { name: field.visit.words })
  expect(await words.inputValue()).toBe('写错了门。')
  await words.fill('改对了。')
  await button(page, field.visit.save).click()
  await sent(page)
  expect(visitsAt(await feed(page), first!)).toEqual(['改对了。'])
})

test('FP11 a new version of the door waits until its holder puts it on, and a full queue is as full after it', async () => {
  const front = await frontOf(house.product.url)
  const context = await house.browser.newContext({ baseURL: front.url, viewport: pocket })
  const other = await begin(await context.newPage())
  const door = mine[7]!
  await other.context().setOffline(true)
  await visit(other, door.id, { words: '换版本之前写的。' })
  await waits(other, 1)
  // The line is back for the door alone, with a new version of it: what waits goes on waiting.
  front.upgrade()
  await other.context().setOffline(false)
  await other.evaluate(async () => (await navigator.serviceWorker.getRegistration('/field'))?.update())
  await go(other, paths.me())
  await other.getByText(field.me.update).click()
  await unlock(other)
  await waits(other, 1)
  front.open()
  await sent(other)
  expect(visitsAt(await feed(other), door)).toEqual(['换版本之前写的。'])
  await context.close()
  front.close()
})

test('FP10 withdrawn while offline: what was done is with the desk, and the phone is empty', async () => {
  const door = mine[6]!
  await page.context().setOffline(true)
  await visit(page, door.id, { words: '最后一次来。' })
  await waits(page, 1)
  const office = await staff(house, 'security')
  const me = (await (await page.request.get('/api/me')).json()) as { id: string; posts: { id: string }[] }
  for (const { id } of me.posts) {
    const ended = await office.request.post(`/api/posts/${id}/end`, { data: {} })
    expect(ended.status(), await ended.text()).toBeLessThan(300)
  }
  await page.context().setOffline(false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await reads(page, field.gone.withdrawn)
  const left = await page.evaluate(async () => {
    const open = indexedDB.open('chuanmen-field')
    await new Promise((done) => open.addEventListener('success', done))
    const tables = [...open.result.objectStoreNames]
    const counts = tables.map(
      (name) =>
        new Promise<number>((done) => {
          const count = open.result.transaction(name).objectStore(name).count()
          count.addEventListener('success', () => done(count.result))
        }),
    )
    return Promise.all(counts)
  })
  expect(left.every((count) => count === 0)).toBe(true)
  const desk = await staff(house, 'community')
  const over = await desk.request.get('/api/field/left-over')
  const { items } = (await over.json()) as { items: { data: { words?: string } }[] }
  expect(items.filter(({ data }) => data.words === '最后一次来。')).toHaveLength(1)
})
