import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noMail } from '#access/carrier.ts'
import { reporterFor } from '#access/reporters.ts'
import type { SmsProvider } from '#access/sms.ts'
import type { Scope, Trx } from '#kernel/db.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { entries, entryKinds } from '#requests/lifecycle.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, ids, personOf, seedFixture } from '#tests/fixture.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { isDelivered, mostTries, textOf, waitAfter, withoutNumbers } from './rules.ts'
import type { Sending } from './rules.ts'
import { failedMessages, messagesAbout, repeat } from './failed.ts'
import { sendWaiting } from './outbox.ts'
import * as notify from './service.ts'

const start = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const at = start.toString({ smallestUnit: 'millisecond' })
const after = (seconds: number) => start.add({ seconds })
const whole: Scope = { district, reach: 'district', paths: [], organisations: [] }
const nobody: Scope = { ...whole, reach: 'none' }
const id = () => uuidv7(start)

let made: TestDatabase
let owner: pg.Client
let reporter: string
let silent: string

const within = <T>(work: (trx: Trx) => Promise<T>, scope: Scope = whole) => made.database.within(scope, work)

/** A message as the requests capability writes it. */
const message = (more: Partial<notify.Message> = {}): notify.Message => ({
  id: id(),
  to: { reporter },
  template: 'request.answer',
  params: { code: 'GY-2611-000001', title: '路灯不亮' },
  at,
  channels: ['in_app', 'sms'],
  ...more,
})

const tell = (one: notify.Message, scope: Scope = whole) => within((trx) => notify.tell(trx, one), scope)

/** A provider that remembers, and answers as told. */
function provider(
  answer: (phone: string, key: string) => Awaited<ReturnType<SmsProvider['send']>> = () => ({
    ok: true,
  }),
) {
  const sent: { phone: string; text: string; key: string }[] = []
  return {
    sent,
    async send(phone: string, text: string, key: string) {
      const said = answer(phone, key)
      if (said.ok) sent.push({ phone, text, key })
      return said
    },
  }
}

const run = (sms: Pick<SmsProvider, 'send'>, now = start) =>
  sendWaiting(made.database, district, { sms, mail: noMail, keys: made.keys, now, publicUrl: undefined })
const stateOf = async (message_: string) =>
  (
    await owner.query<{ state: string; tries: number; reason: string | null }>(
      'select state, tries, reason from message where id = $1',
      [derivedId('sms', message_)],
    )
  ).rows[0]

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, at)
  owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
  reporter = (
    await within((trx) =>
      reporterFor(trx, { id: id(), name: '钱大娘', phone: '10012345678' }, start, made.keys),
    )
  ).id
  silent = (await within((trx) => reporterFor(trx, { id: id() }, start, made.keys))).id
})
afterAll(async () => {
  await owner.end()
  await made.drop()
})
beforeEach(async () => {
  await owner.query('delete from message')
})

describe('words', () => {
  test('NT2 both languages say every kind of entry to both readers, with every value filled in', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
    // A kind that tells nobody needs no words.
    for (const kind of entryKinds.filter((one) => entries[one].tells.length > 0)) {
      for (const language of ['zh-CN', 'en'] as const) {
        for (const audience of ['reporter', 'serving'] as const) {
          const text = textOf(
            `request.${kind}`,
            audience,
            { code: 'GY-2611-000001', title: '路灯不亮' },
            language,
          )
          expect(text).not.toMatch(/[{}]|^request\./)
          expect(text).toContain('路灯不亮')
        }
      }
    }
  })

  test('NT2 a message without words is a mistake in the program', async () => {
    await expect(tell(message({ template: 'request.unknown' }))).rejects.toThrow('no such message')
  })
})

describe('outbox', () => {
  test('NT1 RQ3 told twice is one message, and gone when the change is undone', async () => {
    const one = message()
    await tell(one)
    await tell(one)
    await within(async (trx) => {
      await notify.tell(trx, message())
      throw new Error('undone')
    }).catch(() => undefined)
    const { rows } = await owner.query('select channel, state from message order by channel')
    expect(rows).toEqual([
      { channel: 'in_app', state: 'sent' },
      { channel: 'sms', state: 'waiting' },
    ])
  })

  test('NT1 whoever acts may tell, also without being allowed to read it', async () => {
    await tell(message({ to: { organisation: ids.community } }), nobody)
    await tell(message({ to: { organisation: ids.community }, id: id() }), {
      ...nobody,
      person: personOf('handler'),
    })
    const { rows } = await owner.query('select count(*)::int as n from message')
    expect(rows).toEqual([{ n: 2 }])
  })

  test('NT3 a text message goes out once, to the phone, in Chinese', async () => {
    const one = message()
    await tell(one)
    const sms = provider()
    expect(await run(sms)).toEqual({ sent: 1, failed: 0 })
    expect(await run(sms, after(3600))).toEqual({ sent: 0, failed: 0 })
    expect(sms.sent).toEqual([
      { phone: '10012345678', text: expect.stringContaining('路灯不亮'), key: derivedId('sms', one.id) },
    ])
  })

  test('NT3 many workers at once send each message once', async () => {
    for (let count = 0; count < 50; count += 1) await tell(message())
    const sms = provider()
    const runs = await Promise.all([1, 2, 3, 4].map(() => run(sms)))
    expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(50)
    expect(new Set(sms.sent.map(({ key }) => key)).size).toBe(50)
  })

  test('NT3 RQ17 five tries with growing waits, then failed with the reason, then again by hand', async () => {
    const one = message()
    await tell(one)
    const broken = provider((phone) => ({ ok: false, reason: `no route to ${phone}` }))
    let now = 0
    for (let tries = 1; tries < mostTries; tries += 1) {
      await run(broken, after(now))
      expect(await stateOf(one.id)).toEqual({ state: 'waiting', tries, reason: 'provider' })
      now += waitAfter(tries) ?? 0
      await run(broken, after(now - 1))
      expect((await stateOf(one.id))?.tries).toBe(tries)
    }
    expect(await run(broken, after(now))).toEqual({ sent: 0, failed: 1 })
    const admin: Scope = { ...nobody, reach: 'scoped', person: personOf('system_admin') }
    const { items } = await within((trx) => failedMessages(trx, { limit: 10 }), admin)
    expect(items).toEqual([
      {
        id: derivedId('sms', one.id),
        channel: 'sms',
        addressee: 'reporter',
        template: 'request.answer',
        request: null,
        tries: 5,
        reason: 'provider',
        detail: 'no route to ***',
        at,
      },
    ])
    expect(JSON.stringify(items)).not.toMatch(/10012345678|路灯/)
    await within((trx) => repeat(trx, derivedId('sms', one.id), after(now)), admin)
    await expect(
      within((trx) => repeat(trx, derivedId('sms', one.id), after(now)), admin),
    ).rejects.toMatchObject({ code: 'record.not_found' })
    expect(await run(provider(), after(now))).toEqual({ sent: 1, failed: 0 })
  })

  test('NT4 a provider that breaks off may have taken the text: nobody gets it twice without a person asking', async () => {
    const one = message()
    await tell(one)
    await run({ send: () => Promise.reject(new Error('cable cut')) })
    expect(await stateOf(one.id)).toMatchObject({ state: 'failed', reason: 'interrupted' })
    const sms = provider()
    await run(sms, after(7200))
    expect(sms.sent).toEqual([])
  })

  test('NT4 what is refused for good is not tried again by itself', async () => {
    const one = message()
    await tell(one)
    await run({ send: async () => ({ ok: false, reason: 'bad number 10012345678', again: 'never' }) })
    expect(await stateOf(one.id)).toMatchObject({ state: 'failed', tries: 1, reason: 'refused' })
  })

  test('NT4 what a crash cut off is not sent a second time by itself', async () => {
    const one = message()
    await tell(one)
    await owner.query(`update message set state = 'sending', try_at = $1, tries = 1 where channel = 'sms'`, [
      at,
    ])
    expect(await run(provider(), after(60))).toEqual({ sent: 0, failed: 0 })
    expect(await run(provider(), after(601))).toEqual({ sent: 0, failed: 1 })
    expect(await stateOf(one.id)).toEqual({ state: 'failed', tries: 1, reason: 'interrupted' })
  })

  test('NT3 nobody is written to without a phone, and those who serve only in the app', async () => {
    const one = message({ to: { reporter: silent } })
    await tell(one)
    await tell(message({ to: { organisation: ids.community } }))
    const sms = provider()
    expect(await run(sms)).toEqual({ sent: 0, failed: 1 })
    expect(await stateOf(one.id)).toMatchObject({ state: 'failed', reason: 'no_phone' })
  })

  test('what a provider says is kept without numbers', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1\d{10}$/), fc.string(), (phone, around) => {
        expect(withoutNumbers(`${around}${phone}${around}`)).not.toContain(phone)
      }),
    )
  })
})

describe('NT5 delivered', () => {
  const sms = (state: string, reason: string | null = null): Sending => ({
    channel: 'sms',
    state,
    reason,
    read: false,
  })
  const app = (read: boolean): Sending => ({ channel: 'in_app', state: 'sent', reason: null, read })

  test('is a text that went out, a notice that was opened, or the only way there is', () => {
    expect(isDelivered([])).toBe(false)
    expect(isDelivered([app(false), sms('sent')])).toBe(true)
    expect(isDelivered([app(false), sms('waiting')])).toBe(false)
    expect(isDelivered([app(false), sms('failed', 'provider')])).toBe(false)
    expect(isDelivered([app(true), sms('failed', 'provider')])).toBe(true)
    expect(isDelivered([app(false)])).toBe(true)
    expect(isDelivered([app(false), sms('failed', 'no_phone')])).toBe(true)
  })

  test('counts the newest notice of its kind alone: a second answer is told anew', async () => {
    const request = id()
    await tell(message({ request }))
    await run(provider())
    expect(await within((trx) => notify.deliveredFor(trx, request, 'request.answer'))).toBe(true)
    expect(await within((trx) => notify.deliveredFor(trx, request, 'request.close'))).toBe(false)
    await tell(message({ request, at: after(60).toString({ smallestUnit: 'millisecond' }) }))
    expect(await within((trx) => notify.deliveredFor(trx, request, 'request.answer'))).toBe(false)
    expect(
      (await within((trx) => messagesAbout(trx, request)))
        .map(({ channel, state }) => `${channel} ${state}`)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['in_app sent', 'in_app sent', 'sms sent', 'sms waiting'])
  })
})

describe('notices', () => {
  const none = { organisations: [], requests: [] }
  const own: Scope = {
    ...nobody,
    get reporter() {
      return reporter
    },
  }

  test('NT6 everybody reads their own and nobody else’s, in their language', async () => {
    await tell(message())
    await tell(message({ to: { organisation: ids.community } }))
    await tell(message({ to: { person: personOf('liaison') } }))
    const desk: Scope = {
      ...nobody,
      reach: 'scoped',
      person: personOf('community_desk'),
      organisations: [ids.community],
    }
    const page = { limit: 10 }
    const mine = await within((trx) => notify.noticesFor(trx, { ...none, reporter }, page, 'en'), own)
    expect(mine.items.map(({ text }) => text)).toEqual([expect.stringContaining('There is an answer')])
    expect(mine).toMatchObject({ next: null, unread: 1 })
    const theirs = await within(
      (trx) =>
        notify.noticesFor(
          trx,
          { ...none, person: personOf('community_desk'), organisations: [ids.community] },
          page,
          'zh-CN',
        ),
      desk,
    )
    expect(theirs.items.map(({ text }) => text)).toEqual([expect.stringContaining('已答复')])
    // Asking for those of others under one's own scope gives nothing: row security holds beneath.
    expect(
      (
        await within(
          (trx) => notify.noticesFor(trx, { ...none, reporter, organisations: [ids.community] }, page, 'en'),
          nobody,
        )
      ).items,
    ).toEqual([])
    const other = mine.items[0]?.id ?? ''
    await expect(
      within((trx) => notify.markRead(trx, { ...none, reporter }, other, start, 'en'), desk),
    ).rejects.toMatchObject({ code: 'record.not_found' })
  })

  test('NT6 read once, read for good', async () => {
    await tell(message())
    const reader = { ...none, reporter }
    const [notice] = (await within((trx) => notify.noticesFor(trx, reader, { limit: 10 }, 'en'), own)).items
    const read = await within((trx) => notify.markRead(trx, reader, notice?.id ?? '', after(5), 'en'), own)
    expect(
      await within((trx) => notify.markRead(trx, reader, notice?.id ?? '', after(50), 'en'), own),
    ).toEqual(read)
    expect((await within((trx) => notify.noticesFor(trx, reader, { limit: 10 }, 'en'), own)).unread).toBe(0)
  })

  test('pages join without gap or double, whoever they were addressed to', async () => {
    for (let count = 0; count < 11; count += 1) {
      const to = count % 2 ? { organisation: ids.community } : { person: personOf('community_desk') }
      await tell(message({ to, at: after(count % 3).toString({ smallestUnit: 'millisecond' }) }))
    }
    const reader = { ...none, person: personOf('community_desk'), organisations: [ids.community] }
    const all = await within((trx) => notify.noticesFor(trx, reader, { limit: 100 }, 'en'))
    const walked: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Awaited<ReturnType<typeof notify.noticesFor>> = await within((trx) =>
        notify.noticesFor(trx, reader, { limit: 3, after: cursor ?? undefined }, 'en'),
      )
      walked.push(...page.items.map((one) => one.id))
      cursor = page.next
    }
    expect(all.items.length).toBe(11)
    expect(walked).toEqual(all.items.map((one) => one.id))
    await expect(
      within((trx) => notify.noticesFor(trx, reader, { limit: 3, after: 'WyJ4IiwieSJd' }, 'en')),
    ).rejects.toMatchObject({ code: 'input.invalid' })
  })
})
