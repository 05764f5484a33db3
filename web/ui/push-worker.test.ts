import { afterEach, expect, test, vi } from 'vitest'

/** NT17, NT19: the service worker, played: what it shows of a push, and where a press on it leads. */

type Handler = (event: unknown) => void

async function worker(pages: readonly string[] = []) {
  const handlers = new Map<string, Handler>()
  const shown: { title: string; options: { body: string; tag: string; data: string } }[] = []
  const went: string[] = []
  const page = (url: string) => ({
    url,
    focus: async () => ({
      url,
      navigate: async (to: string) => void went.push(`goes to ${to}`),
    }),
  })
  vi.stubGlobal('addEventListener', (name: string, run: Handler) => handlers.set(name, run))
  vi.stubGlobal('location', { origin: 'https://chuanmen.example.org' })
  vi.stubGlobal('registration', {
    showNotification: async (title: string, options: (typeof shown)[number]['options']) =>
      void shown.push({ title, options }),
  })
  vi.stubGlobal('clients', {
    matchAll: async () => pages.map(page),
    openWindow: async (url: string) => void went.push(`opens ${url}`),
  })
  vi.resetModules()
  await import('./push-worker.ts')
  const happen = async (name: string, event: object) => {
    let work: Promise<unknown> = Promise.resolve()
    handlers.get(name)?.({ ...event, waitUntil: (one: Promise<unknown>) => (work = one) })
    await work
  }
  return {
    shown,
    went,
    push: (json: () => unknown) => happen('push', { data: { json } }),
    press: (url: string) =>
      happen('notificationclick', { notification: { close: () => undefined, data: url } }),
  }
}

afterEach(() => vi.unstubAllGlobals())

test('shows the sentence that came, under a tag that is the same at every try', async () => {
  const { push, shown } = await worker()
  await push(() => ({
    title: '串门',
    body: '有一件事到您这里：GY-1',
    url: '/console/inbox/1',
    tag: '1',
    language: 'zh-CN',
  }))
  expect(shown).toMatchObject([
    { title: '串门', options: { body: '有一件事到您这里：GY-1', tag: '1', data: '/console/inbox/1' } },
  ])
})

test('what is not from us shows nothing of it', async () => {
  const { push, shown } = await worker()
  await push(() => {
    throw new SyntaxError('cut off')
  })
  await push(() => ({ body: '<b>' }))
  expect(shown).toEqual([])
})

test('a press opens the page it is about, in a page of the same door where one is open, and nowhere else', async () => {
  const home = 'https://chuanmen.example.org'
  const none = await worker([`${home}/field`])
  await none.press('/console/inbox/1')
  expect(none.went).toEqual([`opens ${home}/console/inbox/1`])
  const open = await worker([`${home}/mine`, `${home}/console/people`])
  await open.press('/console/inbox/1')
  expect(open.went).toEqual([`goes to ${home}/console/inbox/1`])
  const hostile = await worker()
  await hostile.press('https://elsewhere.example.org/')
  await hostile.press('//elsewhere.example.org/')
  expect(hostile.went).toEqual([])
})
