import { describe, expect, test } from 'vitest'
import { district } from '#tests/fixture.ts'
import { newId } from '#tests/story.ts'
import { repeatAll } from './failed.ts'
import { sendWaiting } from './outbox.ts'
import { outside } from './outside-fixture.ts'

/** NT17, NT20 through a real push service on this machine, with browsers that open what they get. */

const { world, within, call, send, told, browser, states } = outside()

describe('NT17 web push', () => {
  test('arrives sealed and signed, in each browser once, as a plain notice that opens the right page', async () => {
    const [office, phone] = [await browser(), await browser('field')]
    const request = newId(world.server)
    const { id } = await told({ request })
    await send()
    await send()
    expect(world.push.refused).toEqual([])
    expect(world.push.shown.map((one) => one.browser).toSorted((a, b) => a - b)).toEqual([
      office.number,
      phone.number,
    ])
    const shown = (number: number) => world.push.shown.find((one) => one.browser === number)
    expect(shown(office.number)?.notice).toMatchObject({
      title: '串门',
      body: '有一件事有新进展：GY-2611-000001',
      url: `/console/inbox/${request}`,
    })
    expect(shown(phone.number)?.notice['url']).toBe('/field')
    // NT19: nothing of what anybody said, or of whom.
    expect(JSON.stringify(world.push.shown)).not.toContain('孙大爷')
    // The same matter told anew in the transaction of a retry is the same message (RQ3).
    await told({ id, request })
    await send()
    expect(world.push.shown).toHaveLength(2)
  })

  test('goes nowhere that the installation did not list, and the page does not offer it there (boundary 10)', async () => {
    const { json } = await call('GET', '/api/contact')
    expect(json.pushKey).toHaveLength(87)
    const keys = world.push.browser(json.pushKey)
    const body = { id: newId(world.server), door: 'phone', p256dh: keys.p256dh, auth: keys.auth }
    const elsewhere = await call('POST', '/api/contact/push', {
      ...body,
      endpoint: 'https://push.example.org/1',
    })
    expect(elsewhere.json.code).toBe('contact.push_not_allowed')
    const wrong = { ...body, endpoint: keys.endpoint, p256dh: `B${'A'.repeat(86)}` }
    expect((await call('POST', '/api/contact/push', wrong)).json.code).toBe('contact.push_wrong_key')
    // Taken off the list afterwards, what is for it fails and says so.
    await browser()
    await told()
    await sendWaiting(world.server.database, district, {
      sms: { send: async () => ({ ok: true }) },
      mail: { send: async () => ({ ok: true }) },
      keys: world.server.keys,
      now: world.server.clock.now(),
      publicUrl: undefined,
    })
    expect(await states()).toMatchObject([{ channel: 'push', state: 'failed', reason: 'no_provider' }])
  })

  test('a browser belongs to who subscribed in it last; one taken away is told no more', async () => {
    const first = await browser()
    const other = await world.server.session('district_desk')
    const { json } = await call('GET', '/api/contact', undefined, other)
    const keys = world.push.browser(json.pushKey)
    await call(
      'POST',
      '/api/contact/push',
      {
        id: newId(world.server),
        door: 'console',
        endpoint: first.endpoint,
        p256dh: keys.p256dh,
        auth: keys.auth,
      },
      other,
    )
    expect((await call('GET', '/api/contact')).json.devices).toEqual([])
    const second = await browser()
    // Nobody takes away another's.
    await call('DELETE', `/api/contact/push/${second.id}`, undefined, other)
    expect((await call('GET', '/api/contact')).json.devices).toHaveLength(1)
    await told()
    await call('DELETE', `/api/contact/push/${second.id}`)
    await send()
    expect(world.push.shown).toEqual([])
    expect(await states()).toMatchObject([{ state: 'failed', reason: 'gone' }])
  })

  test('410: the browser is forgotten, the message says so, the next one is not even written', async () => {
    await browser()
    world.push.answers(() => 410)
    await told()
    await send()
    expect(await states()).toMatchObject([{ channel: 'push', state: 'failed', reason: 'gone', tries: 1 }])
    expect((await call('GET', '/api/contact')).json.devices).toEqual([])
    await told()
    expect(await states()).toHaveLength(1)
  })

  test.each([500, 503, 429] as const)('%i is tried again and arrives once', async (status) => {
    await browser()
    world.push.answers(() => status)
    await told()
    await send()
    expect(await states()).toMatchObject([{ state: 'waiting', reason: 'provider', tries: 1 }])
    world.push.answers(() => 201)
    world.server.clock.advance({ minutes: 2 })
    await send()
    await send()
    expect(world.push.shown).toHaveLength(1)
    expect(await states()).toMatchObject([{ state: 'sent', tries: 2 }])
  })

  test('429 with Retry-After is left alone for as long as it asks', async () => {
    await browser()
    world.push.answers(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
    await told()
    await send()
    world.push.answers(() => 201)
    world.server.clock.advance({ minutes: 59 })
    await send()
    expect(world.push.shown).toEqual([])
    world.server.clock.advance({ minutes: 2 })
    await send()
    expect(world.push.shown).toHaveLength(1)
  })

  test('one that refuses connections loses nothing: every message arrives once when it is back', async () => {
    await browser()
    for (let n = 0; n < 5; n += 1) await told()
    await world.push.down()
    for (let round = 0; round < 3; round += 1) {
      await send()
      world.server.clock.advance({ minutes: 2 })
    }
    // Those that were not tried kept their tries.
    expect((await states()).every(({ state }) => state === 'waiting')).toBe(true)
    await world.push.up()
    world.server.clock.advance({ minutes: 40 })
    await send()
    expect(world.push.shown).toHaveLength(5)
    expect(new Set(world.push.shown.map(({ notice }) => notice['tag'])).size).toBe(5)
  })

  test.each(['hang', 'break'] as const)(
    'one that takes it and then %ss may have shown it: that message is for a person, the others wait',
    async (how) => {
      await browser()
      await told()
      await told()
      await told()
      world.push.answers(() => how)
      await send()
      const after = await states()
      const interrupted = after.filter(({ reason }) => reason === 'interrupted').length
      expect(interrupted).toBeGreaterThan(0)
      expect(after.filter(({ state }) => state === 'waiting')).toHaveLength(3 - interrupted)
      world.push.answers(() => 201)
      world.server.clock.advance({ minutes: 2 })
      await send()
      // By itself nothing is shown twice; the interrupted one is repeated by hand, under the same tag.
      const tags = world.push.shown.map(({ notice }) => notice['tag'])
      expect(new Set(tags).size).toBe(tags.length)
      await within((trx) =>
        repeatAll(trx, { reason: 'interrupted', channel: 'push' }, world.server.clock.now()),
      )
      await send()
      expect(new Set(world.push.shown.map(({ notice }) => notice['tag'])).size).toBe(3)
      expect((await states()).every(({ state }) => state === 'sent')).toBe(true)
    },
  )
})
