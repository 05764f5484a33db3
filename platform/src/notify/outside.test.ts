import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Scope, Trx } from '#kernel/db.ts'
import { startChatService } from '#tests/chat-service.ts'
import { district, ids, personOf } from '#tests/fixture.ts'
import { startPushService } from '#tests/push-service.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, newId, startDistrict } from '#tests/story.ts'
import { failedMessages, repeatAll } from './failed.ts'
import { sendWaiting } from './outbox.ts'
import { webPush } from './push.ts'
import { httpRobots } from './robot-carrier.ts'
import { tell } from './service.ts'
import type { Message } from './service.ts'

/**
 * NT14 to NT20 through real servers on this machine: a push service with browsers that open what they get, and the servers
 * of chat robots. A provider that is away loses nothing and repeats nothing.
 */

const whole: Scope = { district, reach: 'district', paths: [], organisations: [] }
/** Long enough for this machine, short enough for one that hangs on purpose. */
const patience = 1_500
const desk = personOf('community_desk')

let server: TestServer
let push: Awaited<ReturnType<typeof startPushService>>
let chat: Awaited<ReturnType<typeof startChatService>>
let token: string
let admin: string
let letters: { to: string; subject: string; text: string; key: string }[]

const within = <T>(work: (trx: Trx) => Promise<T>) => server.database.within(whole, work)
const at = () => server.clock.now().toString({ smallestUnit: 'millisecond' })
const send = () =>
  sendWaiting(server.database, district, {
    sms: { send: async () => ({ ok: true }) },
    mail: {
      send: async ({ to, subject, text, key }) => {
        letters.push({ to, subject, text, key })
        return { ok: true }
      },
    },
    push: webPush({ origins: [push.origin], subject: undefined, patience }, server.keys, server.clock),
    robots: httpRobots({ origins: [chat.origin], patience }, server.clock),
    keys: server.keys,
    now: server.clock.now(),
    publicUrl: 'https://chuanmen.example.org',
  })
const told = async (more: Partial<Message> = {}) => {
  const message: Message = {
    id: newId(server),
    to: { person: desk },
    template: 'request.note',
    params: { code: 'GY-2611-000001', title: '孙大爷家的灯不亮' },
    at: at(),
    ...more,
  }
  await within((trx) => tell(trx, message))
  return message
}
const call = (method: string, url: string, body?: unknown, by = token, headers = {}) =>
  server.call(method, url, { token: by, body, headers: { 'accept-language': 'en', ...headers } })
const contact = async (change: Record<string, unknown>) => {
  const answer = await call('PUT', '/api/contact', {
    bySms: true,
    byEmail: false,
    language: 'zh-CN',
    ...change,
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.json
}
/** A browser of the desk's person that said yes. */
const browser = async (door = 'console') => {
  const { json } = await call('GET', '/api/contact')
  const { number, ...keys } = push.browser(json.pushKey)
  const id = newId(server)
  const answer = await call('POST', '/api/contact/push', { id, door, ...keys }, token, {
    'accept-language': 'zh-CN',
  })
  expect(answer.status, answer.text).toBe(201)
  return { id, number, endpoint: keys.endpoint }
}
const robot = async (more: Record<string, unknown> = {}) => {
  const id = newId(server)
  const answer = await call(
    'PUT',
    `/api/robots/${id}`,
    {
      organisation: ids.community,
      kind: 'wecom',
      name: '值班群',
      url: `${chat.origin}/wecom?key=s3cret`,
      shape: null,
      accepted: null,
      language: 'zh-CN',
      declined: [],
      active: true,
      ...more,
    },
    admin,
    { 'if-match': '"0"' },
  )
  return { id, ...answer }
}
const states = () =>
  asOwner<{ channel: string; state: string; reason: string | null; tries: number }>(
    server,
    `select channel, state, reason, tries from message where channel <> 'in_app' order by created_at, id`,
  )

beforeAll(async () => {
  push = await startPushService(() => Math.floor(server.clock.now().epochMilliseconds / 1_000))
  chat = await startChatService()
  ;({ server } = await startDistrict({
    CHUANMEN_PUSH_ORIGINS: push.origin,
    CHUANMEN_ROBOT_ORIGINS: chat.origin,
  }))
})
afterAll(async () => {
  await server.close()
  await push.close()
  await chat.down()
})
beforeEach(async () => {
  letters = []
  push.shown.length = 0
  push.refused.length = 0
  chat.posted.length = 0
  push.answers(() => 201)
  chat.answers(undefined)
  await asOwner(server, 'delete from message')
  await asOwner(server, 'delete from contact_way')
  await asOwner(server, 'delete from robot')
  await asOwner(server, 'delete from notify_setting')
  // Ten past ten of the next morning.
  server.clock.advance({ hours: 24 })
  const clock = server.clock.now().toZonedDateTimeISO('Asia/Shanghai')
  server.clock.set(clock.with({ hour: 10, minute: 10 }).toInstant().toString())
  token = await server.session('community_desk')
  admin = await server.session('system_admin')
})

describe('NT17 web push', () => {
  test('arrives sealed and signed, in each browser once, as a plain notice that opens the right page', async () => {
    const [office, phone] = [await browser(), await browser('field')]
    const request = newId(server)
    const { id } = await told({ request })
    await send()
    await send()
    expect(push.refused).toEqual([])
    expect(push.shown.map((one) => one.browser).toSorted((a, b) => a - b)).toEqual([
      office.number,
      phone.number,
    ])
    const shown = (number: number) => push.shown.find((one) => one.browser === number)
    expect(shown(office.number)?.notice).toMatchObject({
      title: '串门',
      body: '有一件事有新进展：GY-2611-000001',
      url: `/console/inbox/${request}`,
    })
    expect(shown(phone.number)?.notice['url']).toBe('/field')
    // NT19: nothing of what anybody said, or of whom.
    expect(JSON.stringify(push.shown)).not.toContain('孙大爷')
    // The same matter told anew in the transaction of a retry is the same message (RQ3).
    await told({ id, request })
    await send()
    expect(push.shown).toHaveLength(2)
  })

  test('goes nowhere that the installation did not list, and the page does not offer it there (boundary 10)', async () => {
    const { json } = await call('GET', '/api/contact')
    expect(json.pushKey).toHaveLength(87)
    const keys = push.browser(json.pushKey)
    const body = { id: newId(server), door: 'phone', p256dh: keys.p256dh, auth: keys.auth }
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
    await sendWaiting(server.database, district, {
      sms: { send: async () => ({ ok: true }) },
      mail: { send: async () => ({ ok: true }) },
      keys: server.keys,
      now: server.clock.now(),
      publicUrl: undefined,
    })
    expect(await states()).toMatchObject([{ channel: 'push', state: 'failed', reason: 'no_provider' }])
  })

  test('a browser belongs to who subscribed in it last; one taken away is told no more', async () => {
    const first = await browser()
    const other = await server.session('district_desk')
    const { json } = await call('GET', '/api/contact', undefined, other)
    const keys = push.browser(json.pushKey)
    await call(
      'POST',
      '/api/contact/push',
      { id: newId(server), door: 'console', endpoint: first.endpoint, p256dh: keys.p256dh, auth: keys.auth },
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
    expect(push.shown).toEqual([])
    expect(await states()).toMatchObject([{ state: 'failed', reason: 'gone' }])
  })

  test('410: the browser is forgotten, the message says so, the next one is not even written', async () => {
    await browser()
    push.answers(() => 410)
    await told()
    await send()
    expect(await states()).toMatchObject([{ channel: 'push', state: 'failed', reason: 'gone', tries: 1 }])
    expect((await call('GET', '/api/contact')).json.devices).toEqual([])
    await told()
    expect(await states()).toHaveLength(1)
  })

  test.each([500, 503, 429] as const)('%i is tried again and arrives once', async (status) => {
    await browser()
    push.answers(() => status)
    await told()
    await send()
    expect(await states()).toMatchObject([{ state: 'waiting', reason: 'provider', tries: 1 }])
    push.answers(() => 201)
    server.clock.advance({ minutes: 2 })
    await send()
    await send()
    expect(push.shown).toHaveLength(1)
    expect(await states()).toMatchObject([{ state: 'sent', tries: 2 }])
  })

  test('429 with Retry-After is left alone for as long as it asks', async () => {
    await browser()
    push.answers(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
    await told()
    await send()
    push.answers(() => 201)
    server.clock.advance({ minutes: 59 })
    await send()
    expect(push.shown).toEqual([])
    server.clock.advance({ minutes: 2 })
    await send()
    expect(push.shown).toHaveLength(1)
  })

  test('one that refuses connections loses nothing: every message arrives once when it is back', async () => {
    await browser()
    for (let n = 0; n < 5; n += 1) await told()
    await push.down()
    for (let round = 0; round < 3; round += 1) {
      await send()
      server.clock.advance({ minutes: 2 })
    }
    // Those that were not tried kept their tries.
    expect((await states()).every(({ state }) => state === 'waiting')).toBe(true)
    await push.up()
    server.clock.advance({ minutes: 40 })
    await send()
    expect(push.shown).toHaveLength(5)
    expect(new Set(push.shown.map(({ notice }) => notice['tag'])).size).toBe(5)
  })

  test.each(['hang', 'break'] as const)(
    'one that takes it and then %ss may have shown it: that message is for a person, the others wait',
    async (how) => {
      await browser()
      await told()
      await told()
      await told()
      push.answers(() => how)
      await send()
      const after = await states()
      const interrupted = after.filter(({ reason }) => reason === 'interrupted').length
      expect(interrupted).toBeGreaterThan(0)
      expect(after.filter(({ state }) => state === 'waiting')).toHaveLength(3 - interrupted)
      push.answers(() => 201)
      server.clock.advance({ minutes: 2 })
      await send()
      // By itself nothing is shown twice; the interrupted one is repeated by hand, under the same tag.
      const tags = push.shown.map(({ notice }) => notice['tag'])
      expect(new Set(tags).size).toBe(tags.length)
      await within((trx) => repeatAll(trx, { reason: 'interrupted', channel: 'push' }, server.clock.now()))
      await send()
      expect(new Set(push.shown.map(({ notice }) => notice['tag'])).size).toBe(3)
      expect((await states()).every(({ state }) => state === 'sent')).toBe(true)
    },
  )
})

describe('NT18 robots', () => {
  const toDesk = { to: { organisation: ids.community } } as const

  test('WeChat Work, DingTalk with its sign, and JSON of any form get what the organisation is told, once', async () => {
    chat.signedBy('SEC0123456789')
    await robot()
    await robot({ kind: 'dingtalk', url: `${chat.origin}/dingtalk?access_token=t`, secret: 'SEC0123456789' })
    await robot({
      kind: 'http',
      url: `${chat.origin}/own`,
      secret: 'hand-in-hand',
      shape: '{"message":{"body":"{text}","ref":"{code}"},"id":"{key}"}',
      accepted: 'ok',
      language: 'en',
    })
    const message = await told({ ...toDesk, template: 'request.assign', request: newId(server) })
    await send()
    await send()
    expect(chat.posted.map(({ path }) => path).toSorted()).toEqual(['/dingtalk', '/own', '/wecom'])
    const of = (path: string) => chat.posted.find((one) => one.path === path)
    const link = `https://chuanmen.example.org/console/inbox/${message.request}`
    expect(of('/wecom')?.body).toEqual({
      msgtype: 'text',
      text: { content: `派给您单位：GY-2611-000001\n${link}` },
    })
    expect(of('/own')?.body).toMatchObject({
      message: { body: 'Assigned to your organisation: GY-2611-000001', ref: 'GY-2611-000001' },
    })
    const { 'x-timestamp': time, 'x-signature': signature } = of('/own')!.headers
    expect(signature).toBe(
      createHmac('sha256', 'hand-in-hand')
        .update(`${String(time)}.${JSON.stringify(of('/own')!.body)}`)
        .digest('hex'),
    )
    expect(JSON.stringify(chat.posted)).not.toContain('孙大爷')
  })

  test('its key is sealed, shown to nobody and kept when something else is changed; other origins are refused', async () => {
    const { id, json } = await robot({ secret: 'SEC0123456789', kind: 'dingtalk' })
    expect(json).toMatchObject({ origin: chat.origin, allowed: true, signed: true, version: 1 })
    expect(JSON.stringify(json)).not.toMatch(/s3cret|SEC0/)
    const [row] = await asOwner(server, 'select robot::text as all from robot')
    expect(JSON.stringify(row)).not.toMatch(/s3cret|SEC0/)
    const change = { organisation: ids.community, kind: 'wecom', name: '新名字', shape: null, accepted: null }
    const rest = { language: 'zh-CN', declined: ['progress'], active: true }
    const changed = await call('PUT', `/api/robots/${id}`, { ...change, ...rest }, admin, {
      'if-match': '"1"',
    })
    expect(changed.json).toMatchObject({ name: '新名字', signed: true, declined: ['progress'], version: 2 })
    await told(toDesk)
    await send()
    expect(chat.posted).toEqual([])
    await told({ ...toDesk, template: 'request.assign' })
    await send()
    expect(chat.posted).toHaveLength(1)
    expect((await robot({ url: 'https://elsewhere.example.org/hook' })).json.code).toBe('robot.not_allowed')
    expect((await robot({ url: null })).json.code).toBe('robot.no_url')
    expect((await robot({ kind: 'http', shape: '{"text":}' })).json.code).toBe('robot.wrong_shape')
    const late = await call('PUT', `/api/robots/${id}`, { ...change, ...rest }, admin, { 'if-match': '"1"' })
    expect(late.status).toBe(412)
  })

  test('what the service says decides: too often is tried again, a wrong sign is not; an outage repeats nothing', async () => {
    const { id } = await robot()
    chat.answers(() => ({ status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' }))
    await told(toDesk)
    await send()
    expect(await states()).toMatchObject([{ channel: 'robot', state: 'waiting', reason: 'provider' }])
    chat.answers(() => ({ status: 502, body: '' }))
    server.clock.advance({ minutes: 2 })
    await send()
    await chat.down()
    server.clock.advance({ minutes: 6 })
    await send()
    await chat.up()
    chat.answers(undefined)
    server.clock.advance({ minutes: 40 })
    await send()
    expect(chat.posted).toHaveLength(1)
    expect(await states()).toMatchObject([{ state: 'sent', tries: 4 }])

    chat.answers(() => ({ status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' }))
    await told(toDesk)
    await send()
    server.clock.advance({ minutes: 1 })
    chat.answers(() => 'hang')
    await told(toDesk)
    await send()
    const failed = await within((trx) => failedMessages(trx, { limit: 10, channel: 'robot' }))
    expect(failed.items.map(({ reason }) => reason).toSorted()).toEqual(['interrupted', 'refused'])
    const list = await call('GET', '/api/robots', undefined, admin)
    expect(list.json.items).toMatchObject([{ id, last: { state: 'failed', reason: 'interrupted' } }])
  })

  test('a trial goes by the outbox, by day and night; a robot that is switched off gets none', async () => {
    const { id } = await robot()
    server.clock.advance({ hours: 15 })
    const trial = await call(
      'POST',
      `/api/robots/${id}/trial`,
      { id: newId(server) },
      await server.session('system_admin'),
    )
    expect(trial.status, trial.text).toBe(204)
    await send()
    expect(chat.posted.map(({ body }) => JSON.stringify(body))).toEqual([expect.stringContaining('试发')])
  })
})

describe('NT14 NT15 NT16 what, when and how often', () => {
  const mail = 'desk@example.org'
  beforeEach(async () => {
    const { json } = await call('POST', '/api/contact/email', { email: mail })
    await call('POST', '/api/contact/email/proof', { code: json.demoCode })
  })

  test('NT14 by kind and way; the app always has it', async () => {
    await browser()
    const after = await contact({ byEmail: true, declined: ['progress:email', 'work:push'] })
    expect(after).toMatchObject({
      kinds: ['work', 'deadline', 'word', 'progress'],
      declined: ['progress:email', 'work:push'],
    })
    await told()
    await told({ template: 'request.assign' })
    await send()
    expect(push.shown.map(({ notice }) => notice['body'])).toEqual(['有一件事有新进展：GY-2611-000001'])
    expect(letters.map(({ text }) => text.includes('派给您单位'))).toEqual([true])
    const [row] = await asOwner<{ n: number }>(
      server,
      `select count(*)::int as n from message where channel = 'in_app'`,
    )
    expect(row?.n).toBe(2)
  })

  test('NT15 a reminder at midnight leaves at seven, once, whatever runs meanwhile; what is urgent leaves at once', async () => {
    await contact({ byEmail: true })
    server.clock.advance({ hours: 13, minutes: 50 })
    const reminder = await told({ template: 'request.remind', urgent: true })
    await told({ template: 'request.assign', urgent: true })
    for (let hour = 0; hour < 7; hour += 1) {
      await send()
      expect(letters.map(({ text }) => text.includes('快到时限'))).toEqual([false])
      server.clock.advance({ minutes: 59 })
    }
    const [held] = await asOwner<{ at: string; tries: number }>(
      server,
      `select to_char(not_before at time zone 'Asia/Shanghai', 'HH24:MI') as at, tries from message where not_before is not null`,
    )
    expect(held).toEqual({ at: '07:00', tries: 0 })
    server.clock.advance({ minutes: 10 })
    await told({ ...reminder })
    await send()
    await send()
    expect(letters.filter(({ text }) => text.includes('快到时限'))).toHaveLength(1)
  })

  test('NT15 what is tried again or repeated in the night waits for the morning too, and counts no try for it', async () => {
    await browser()
    await contact({})
    push.answers(() => 503)
    server.clock.advance({ hours: 11, minutes: 49 })
    await told()
    await send()
    push.answers(() => 201)
    server.clock.advance({ minutes: 2 })
    await send()
    expect(push.shown).toEqual([])
    expect(await states()).toMatchObject([{ state: 'waiting', tries: 1 }])
    server.clock.advance({ hours: 9 })
    await send()
    expect(push.shown).toHaveLength(1)
  })

  test('NT15 the district sets its own hours; only the IT desk may', async () => {
    const quiet = { from: '09:00', until: '12:00' }
    const answer = await call('PUT', '/api/sending/quiet', quiet, admin, { 'if-match': '"0"' })
    expect(answer.json).toMatchObject({ quiet, version: 1 })
    expect((await call('PUT', '/api/sending/quiet', quiet, admin, { 'if-match': '"0"' })).status).toBe(412)
    expect((await call('PUT', '/api/sending/quiet', quiet, token, { 'if-match': '"1"' })).status).toBe(403)
    await contact({ byEmail: true })
    await told()
    await send()
    expect(letters).toEqual([])
    const { json } = await call('GET', '/api/sending', undefined, admin)
    const email = json.ways.find((one: { channel: string }) => one.channel === 'email')
    expect(email).toMatchObject({ state: 'shown', waiting: 1, held: 1, sent: 0 })
    expect(json.ways.find((one: { channel: string }) => one.channel === 'push')).toMatchObject({
      state: 'set_up',
      origins: [push.origin],
    })
    // Somebody who keeps none of their own is asked again by day.
    await contact({ byEmail: true, quiet: { from: '00:00', until: '00:00' } })
    await told()
    await send()
    expect(letters).toHaveLength(1)
  })

  test('NT16 one letter a day with all of it; a deadline does not wait; the same letter at every try', async () => {
    await browser()
    await contact({ byEmail: true, digestAt: '18:00' })
    for (const code of ['GY-1', 'GY-2', 'GY-3']) await told({ params: { code, title: `事${code}` } })
    await told({ template: 'request.remind' })
    await send()
    expect(letters.map(({ text }) => text.includes('快到时限'))).toEqual([true])
    letters = []
    push.shown.length = 0
    push.answers(() => 503)
    server.clock.advance({ hours: 8 })
    await send()
    expect(letters).toHaveLength(1)
    expect(letters[0]).toMatchObject({ to: mail, subject: '今天的3条消息' })
    for (const code of ['GY-1', 'GY-2', 'GY-3']) expect(letters[0]?.text).toContain(`（${code}）`)
    // Told after its hour it belongs to tomorrow, and does not join the one that is tried again.
    await told({ params: { code: 'GY-4', title: '事四' } })
    push.answers(() => 201)
    server.clock.advance({ minutes: 3 })
    await send()
    expect(push.shown.map(({ notice }) => notice['body'])).toEqual(['您有3条新消息，请打开串门看。'])
    expect(push.shown[0]?.notice['url']).toBe('/console')
    expect(letters).toHaveLength(1)
    server.clock.advance({ hours: 24 })
    await send()
    expect(letters.map(({ subject }) => subject)).toHaveLength(2)
    expect((await states()).every(({ state }) => state === 'sent')).toBe(true)
  })
})
