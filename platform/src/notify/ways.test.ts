import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MailProvider } from '#access/carrier.ts'
import { eraseReporter, reporterFor } from '#access/reporters.ts'
import { openReporterSession } from '#access/sessions.ts'
import type { Call } from '#access/route.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { district, ids, personOf } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, newId, startDistrict } from '#tests/story.ts'
import { messagesAbout, repeatAll } from './failed.ts'
import { sendWaiting } from './outbox.ts'
import { eraseMessages, noticesFor, tell } from './service.ts'
import type { Message } from './service.ts'
import { sendEmailCode } from './ways.ts'

/** NT12: everybody says how they want to be told; NT13: what is erased is erased in the outbox too. */

let server: TestServer
let reporter: string
let token: string
const whole: Scope = { district, reach: 'district', paths: [], organisations: [] }

const within = <T>(work: (trx: Trx) => Promise<T>, scope: Scope = whole) =>
  server.database.within(scope, work)
const at = () => server.clock.now().toString({ smallestUnit: 'millisecond' })

/** What was carried, and by which way. */
let carried: { channel: string; to: string; text: string; subject?: string }[]
const send = (mail: MailProvider['send'] = taken) =>
  sendWaiting(server.database, district, {
    sms: {
      send: async (to, text) => {
        carried.push({ channel: 'sms', to, text })
        return { ok: true }
      },
    },
    mail: { send: mail },
    keys: server.keys,
    now: server.clock.now(),
    publicUrl: 'https://chuanmen.example.org/',
  })
const taken: MailProvider['send'] = async ({ to, text, subject }) => {
  carried.push({ channel: 'email', to, text, subject })
  return { ok: true }
}

const message = (more: Partial<Message> = {}): Message => ({
  id: newId(server),
  to: { reporter },
  template: 'request.answer',
  params: { code: 'GY-2611-000001', title: '路灯不亮' },
  at: at(),
  channels: ['in_app', 'sms'],
  ...more,
})

const call = (method: string, url: string, body?: unknown, by = token) =>
  server.call(method, url, { token: by, body, headers: { 'accept-language': 'en' } })

async function prove(email: string, by = token) {
  const { json } = await call('POST', '/api/contact/email', { email }, by)
  const proven = await call('POST', '/api/contact/email/proof', { code: json.demoCode }, by)
  expect(proven.status, proven.text).toBe(200)
  server.clock.advance({ minutes: 2 })
  return proven.json
}

beforeAll(async () => {
  ;({ server } = await startDistrict())
})
afterAll(() => server.close())
beforeEach(async () => {
  carried = []
  await asOwner(server, 'delete from message')
  await asOwner(server, 'delete from contact_way')
  server.clock.advance({ hours: 25 })
  const now = server.clock.now()
  const call_ = { actor: { kind: 'anyone' }, session: null, now } as unknown as Call
  ;({ id: reporter } = await within((trx) =>
    reporterFor(
      trx,
      { id: newId(server), phone: `100${String(now.epochMilliseconds).slice(2, 10)}` },
      now,
      server.keys,
    ),
  ))
  token = await within((trx) => openReporterSession({ ...call_, trx }, reporter))
})

describe('NT12 how somebody is told', () => {
  test('by text message unless they say otherwise; by e-mail once an address is proven', async () => {
    expect((await call('GET', '/api/contact')).json).toMatchObject({
      bySms: true,
      byEmail: false,
      email: null,
    })
    await within((trx) => tell(trx, message()))
    await send()
    expect(carried.map(({ channel }) => channel)).toEqual(['sms'])

    expect(await prove('qian@example.org')).toMatchObject({ email: 'qian@example.org', byEmail: true })
    await within((trx) => tell(trx, message()))
    await send()
    expect(
      carried
        .slice(1)
        .map(({ channel }) => channel)
        .toSorted(),
    ).toEqual(['email', 'sms'])
    expect(carried.find(({ channel }) => channel === 'email')?.to).toBe('qian@example.org')

    carried = []
    await call('PUT', '/api/contact', { bySms: false, byEmail: true, language: 'en' })
    await within((trx) => tell(trx, message({ request: newId(server) })))
    await send()
    expect(carried).toHaveLength(1)
    expect(carried[0]?.text).toMatch(/There is an answer[\s\S]*https:\/\/chuanmen\.example\.org\/mine\//)

    await call('PUT', '/api/contact', { bySms: false, byEmail: false, language: 'en' })
    await within((trx) => tell(trx, message()))
    await send()
    expect(carried).toHaveLength(1)
  })

  test('those who serve get a letter about what their organisation is told, if they asked for it; never a text', async () => {
    const desk = await server.session('community_desk')
    await prove('desk@example.org', desk)
    const one = message({ to: { organisation: ids.community } })
    await within((trx) => tell(trx, one))
    await within((trx) => tell(trx, one))
    await within((trx) => tell(trx, message({ to: { organisation: ids.bureau } })))
    await send()
    expect(carried.map(({ channel, to }) => `${channel} ${to}`)).toEqual(['email desk@example.org'])
    const rows = await asOwner(server, `select to_person_id, channel from message where channel = 'email'`)
    expect(rows).toEqual([{ to_person_id: personOf('community_desk'), channel: 'email' }])
  })

  test('an address is sealed, and nobody but its owner is shown it', async () => {
    await prove('qian@example.org')
    const [row] = await asOwner(server, 'select contact_way::text as all, email_sealed from contact_way')
    expect(JSON.stringify(row)).not.toContain('qian')
    const desk = await server.session('district_desk')
    expect((await call('GET', '/api/contact', undefined, desk)).json.email).toBeNull()
    const others: Scope = {
      ...whole,
      reach: 'scoped',
      paths: [`${district}/`],
      person: personOf('district_desk'),
    }
    expect(await within((trx) => messagesAbout(trx, newId(server)), others)).toEqual([])
  })

  test('a wrong code is counted, five spend it; one a minute; an old one serves no more', async () => {
    const asked = await call('POST', '/api/contact/email', { email: 'qian@example.org' })
    expect((await call('POST', '/api/contact/email', { email: 'li@example.org' })).status).toBe(429)
    const wrong = asked.json.demoCode === '111111' ? '222222' : '111111'
    for (let n = 0; n < 5; n += 1) {
      const answer = await call('POST', '/api/contact/email/proof', { code: wrong })
      expect([answer.status, answer.json.code, answer.json.field]).toEqual([
        422,
        'contact.wrong_code',
        'body.code',
      ])
    }
    expect((await call('POST', '/api/contact/email/proof', { code: asked.json.demoCode })).status).toBe(422)
    server.clock.advance({ minutes: 2 })
    const second = await call('POST', '/api/contact/email', { email: 'qian@example.org' })
    server.clock.advance({ minutes: 16 })
    expect((await call('POST', '/api/contact/email/proof', { code: second.json.demoCode })).status).toBe(422)
    expect(
      (await call('PUT', '/api/contact', { bySms: true, byEmail: true, language: 'en' })).json.code,
    ).toBe('contact.no_email')
  })

  test('a code leaves after the commit: none for what was rolled back, and one that could not leave is not counted', async () => {
    const codes: string[] = []
    const mail = (ok: boolean): MailProvider => ({
      shown: false,
      able: true,
      send: async ({ text }) => {
        codes.push(text)
        return ok ? { ok } : { ok, reason: 'busy' }
      },
    })
    const own: Scope = { ...whole, reach: 'none', reporter }
    const asking = (ok: boolean, fails: boolean) =>
      within(async (trx) => {
        const actor = { kind: 'reporter', id: reporter, requests: [] } as const
        const one = { actor, trx, now: server.clock.now(), language: 'en' } as unknown as Call
        await sendEmailCode(one, 'qian@example.org', { keys: server.keys, mail: mail(ok) })
        if (fails) throw new Error('undone')
      }, own)
    await expect(asking(true, true)).rejects.toThrow('undone')
    expect(codes).toEqual([])
    await expect(asking(false, false)).rejects.toMatchObject({ code: 'unavailable' })
    // At once again: the one that did not leave locks nobody out.
    await asking(true, false)
    expect(codes).toHaveLength(2)
    await expect(asking(true, false)).rejects.toMatchObject({ code: 'http.too_many' })
  })

  test('an address that is taken away gets nothing more, also not what waited', async () => {
    await prove('qian@example.org')
    await within((trx) => tell(trx, message()))
    expect((await call('DELETE', '/api/contact/email')).json).toMatchObject({ email: null, byEmail: false })
    await send()
    expect(carried.filter(({ channel }) => channel === 'email')).toEqual([])
    const rows = await asOwner(server, `select reason from message where channel = 'email'`)
    expect(rows).toEqual([{ reason: 'no_email' }])
  })
})

describe('RQ17 letters', () => {
  test("NT8 carry the district's own words and subject", async () => {
    await prove('qian@example.org')
    await call('PUT', '/api/contact', { bySms: false, byEmail: true, language: 'zh-CN' })
    const changed = await server.call('PUT', '/api/message-templates/request.answer', {
      token: await server.session('district_desk'),
      body: {
        channel: 'email',
        audience: 'reporter',
        language: 'zh-CN',
        words: '本区答复 {code}：{title}',
        subject: '本区来信 {code}',
      },
      headers: { 'if-match': '"0"' },
    })
    expect(changed.status, changed.text).toBe(200)
    await within((trx) => tell(trx, message()))
    await send()
    expect(carried).toEqual([
      expect.objectContaining({
        subject: '本区来信 GY-2611-000001',
        text: expect.stringContaining('本区答复 GY-2611-000001：路灯不亮'),
      }),
    ])
  })

  const stateOf = () =>
    asOwner(server, `select state, tries, reason, detail from message where channel = 'email'`)

  test('a busy server is tried again, one that refuses is not; what it says is kept without the address', async () => {
    await prove('qian@example.org')
    await within((trx) => tell(trx, message()))
    await send(async () => ({ ok: false, reason: '451 <qian@example.org> greylisted', again: 'later' }))
    expect(await stateOf()).toEqual([
      { state: 'waiting', tries: 1, reason: 'provider', detail: '451 <***> greylisted' },
    ])
    server.clock.advance({ minutes: 2 })
    await send(async () => ({ ok: false, reason: '550 no such user qian@example.org', again: 'never' }))
    expect(await stateOf()).toEqual([
      { state: 'failed', tries: 2, reason: 'refused', detail: '550 no such user ***' },
    ])
    expect(
      await within((trx) => repeatAll(trx, { reason: 'refused', channel: 'sms' }, server.clock.now())),
    ).toBe(0)
    expect(
      await within((trx) => repeatAll(trx, { reason: 'refused', channel: 'email' }, server.clock.now())),
    ).toBe(1)
    await send()
    expect(await stateOf()).toEqual([{ state: 'sent', tries: 1, reason: null, detail: null }])
  })
})

describe('NT13 RQ15 erased', () => {
  test('words and what was to be sent are gone for everybody; the code remains; nothing of it can be sent again', async () => {
    const request = newId(server)
    const other = newId(server)
    await within((trx) => tell(trx, message({ request })))
    await send()
    await within((trx) => tell(trx, message({ request, template: 'request.close' })))
    await within((trx) => tell(trx, message({ request, to: { organisation: ids.community } })))
    await within((trx) => tell(trx, message({ request: other })))
    carried = []
    expect(await within((trx) => eraseMessages(trx, [request], server.clock.now()))).toBe(5)
    expect(await within((trx) => eraseMessages(trx, [request], server.clock.now()))).toBe(0)
    await send()
    expect(carried.map(({ channel }) => channel)).toEqual(['sms'])

    const [kept] = await asOwner<{ dump: string }>(
      server,
      `select string_agg(m::text, ' ') as dump from message m where request_id = '${request}'`,
    )
    expect(kept?.dump).toContain('GY-2611-000001')
    expect(kept?.dump).not.toContain('路灯')
    const { items } = await within((trx) =>
      noticesFor(trx, { reporter, organisations: [], requests: [] }, { limit: 10 }, 'en'),
    )
    expect(items.filter((one) => one.request === request).map(({ text }) => text)).toEqual(
      Array.from({ length: 2 }, () => expect.stringMatching(/\(erased\).*GY-2611-000001/)),
    )
    expect(items.find((one) => one.request === other)?.text).toContain('路灯不亮')
    expect(await within((trx) => messagesAbout(trx, request, true))).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ repeatable: true })]),
    )
    expect(
      await within((trx) => repeatAll(trx, { reason: 'erased', channel: 'sms' }, server.clock.now())),
    ).toBe(0)
  })

  test('how somebody wanted to be told is forgotten with them', async () => {
    await prove('qian@example.org')
    await within((trx) => eraseReporter(trx, reporter))
    expect(await asOwner(server, 'select owner_id from contact_way')).toEqual([])
  })
})
