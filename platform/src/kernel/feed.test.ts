import { PassThrough } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { Feed, Feeds } from './feed.ts'
import type { Looker } from './feed.ts'
import type { Signal } from './signals.ts'

/** Answers that stay open: who takes nothing is waited for, and costs no more than one look. */

const open: PassThrough[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

function serve(feeds: Feeds, look: Looker, { bytes = 1 << 16, session = 's' } = {}) {
  const out = new PassThrough({ highWaterMark: bytes })
  open.push(out)
  const feed = new Feed({
    once: false,
    wants: ({ topic }) => topic === 'news',
    look: async () => ({ events: [] }),
  })
  const served = feeds.serve({ district: '1', session, feed, look, out })
  return { out, served }
}

const news = { district: '1', topic: 'news', keys: [] }
const event = (n: number) => ({ event: 'notice', id: String(n), data: { n, text: 'x'.repeat(500) } })

test('a slow reader is not looked for again until it has taken what there was', async () => {
  const feeds = new Feeds()
  let looks = 0
  const { out } = serve(feeds, async () => ({ events: [event((looks += 1))] }), { bytes: 64 })
  await expect.poll(() => looks).toBe(1)
  for (let n = 0; n < 500; n += 1) {
    feeds.signal(news)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(looks).toBe(1)
  expect(out.readableLength + out.writableLength).toBeLessThan(2_000)
  out.resume()
  // All that was signalled meanwhile is one more look.
  await expect.poll(() => looks).toBe(2)
})

test('a burst of signals is answered together; those of others and of another district wake nobody', async () => {
  const feeds = new Feeds()
  const heard: Signal[][] = []
  serve(feeds, async (woken) => {
    heard.push([...woken])
    return { events: [] }
  })
  await expect.poll(() => heard.length).toBe(1)
  feeds.signal({ ...news, topic: 'other' })
  feeds.signal({ ...news, district: '2' })
  feeds.signal({ district: '1', topic: 'session', keys: ['another'] })
  for (let n = 0; n < 100; n += 1) feeds.signal({ ...news, keys: [String(n)] })
  await expect.poll(() => heard.length).toBe(2)
  expect(heard[1]?.map(({ topic, keys }) => `${topic} ${keys[0]}`)).toEqual(
    Array.from({ length: 100 }, (_, n) => `news ${n}`),
  )
})

test('a look that says no more, or fails, ends the feed; so does closing', async () => {
  const feeds = new Feeds()
  await serve(feeds, async () => null).served
  await serve(feeds, () => Promise.reject(new Error('away'))).served
  const { served } = serve(feeds, async () => ({ events: [] }))
  await expect.poll(() => feeds.size).toBe(1)
  feeds.close()
  await served
  expect(feeds.size).toBe(0)
  expect(() => feeds.check('s')).toThrow('unavailable')
})

test('a few look at a time, so that a thousand readers leave connections for the work', async () => {
  const feeds = new Feeds()
  let now = 0
  let most = 0
  let looked = 0
  const all = Array.from({ length: 60 }, () =>
    serve(feeds, async () => {
      most = Math.max(most, (now += 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
      now -= 1
      looked += 1
      return null
    }),
  )
  await Promise.all(all.map(({ served }) => served))
  expect(looked).toBe(60)
  expect(most).toBeLessThanOrEqual(6)
})
