import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { wholeOf } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { startChatService } from '#tests/chat-service.ts'
import { district, personOf } from '#tests/fixture.ts'
import { startPushService } from '#tests/push-service.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, newId, startDistrict } from '#tests/story.ts'
import sample from './data/outside-fixture.json' with { type: 'json' }
import { sendWaiting } from './outbox.ts'
import { webPush } from './push.ts'
import { httpRobots } from './robot-carrier.ts'
import { tell } from './service.ts'
import type { Message } from './service.ts'

/**
 * A district whose messages leave for real servers on this machine: a push service with browsers that open what they get, and
 * the servers of chat robots. A provider that is away loses nothing and repeats nothing.
 */

/** Long enough for this machine, short enough for one that hangs on purpose. */
const patience = 1_500

type Letter = { to: string; subject: string; text: string; key: string }

/** What stands while the tests of a file run; a new morning, and nothing told yet, before each of them. */
export type Outside = {
  server: TestServer
  push: Awaited<ReturnType<typeof startPushService>>
  chat: Awaited<ReturnType<typeof startChatService>>
  /** of the community's desk, whom everything is told */
  token: string
  /** of the IT desk */
  admin: string
  letters: Letter[]
}

export function outside() {
  const world = {} as Outside
  const within = <T>(work: (trx: Trx) => Promise<T>) => world.server.database.within(wholeOf(district), work)
  const call = (method: string, url: string, body?: unknown, by = world.token, headers = {}) =>
    world.server.call(method, url, { token: by, body, headers: { 'accept-language': 'en', ...headers } })

  beforeAll(async () => {
    world.push = await startPushService(() => Math.floor(world.server.clock.now().epochMilliseconds / 1_000))
    world.chat = await startChatService()
    const { server } = await startDistrict({
      CHUANMEN_PUSH_ORIGINS: world.push.origin,
      CHUANMEN_ROBOT_ORIGINS: world.chat.origin,
    })
    world.server = server
  })
  afterAll(async () => {
    await world.server.close()
    await world.push.close()
    await world.chat.down()
  })
  beforeEach(async () => {
    const { server, push, chat } = world
    world.letters = []
    push.shown.length = 0
    push.refused.length = 0
    chat.posted.length = 0
    push.answers(() => 201)
    chat.answers(undefined)
    for (const table of ['message', 'contact_way', 'robot', 'notify_setting'])
      await asOwner(server, `delete from ${table}`)
    // Ten past ten of the next morning.
    server.clock.advance({ hours: 24 })
    const clock = server.clock.now().toZonedDateTimeISO('Asia/Shanghai')
    server.clock.set(clock.with({ hour: 10, minute: 10 }).toInstant().toString())
    world.token = await server.session('community_desk')
    world.admin = await server.session('system_admin')
  })

  return {
    world,
    within,
    call,
    async send() {
      const { server, push, chat } = world
      await sendWaiting(server.database, district, {
        sms: { send: async () => ({ ok: true }) },
        mail: {
          send: async ({ to, subject, text, key }) => {
            world.letters.push({ to, subject, text, key })
            return { ok: true }
          },
        },
        push: webPush({ origins: [push.origin], subject: undefined, patience }, server.keys, server.clock),
        robots: httpRobots({ origins: [chat.origin], patience }, server.clock),
        keys: server.keys,
        now: server.clock.now(),
        publicUrl: 'https://chuanmen.example.org',
      })
    },
    /** Tells the desk's person something, or whoever else. */
    async told(more: Partial<Message> = {}) {
      const message: Message = {
        id: newId(world.server),
        to: { person: personOf('community_desk') },
        template: 'request.note',
        params: { code: 'GY-2611-000001', title: sample.title },
        at: world.server.clock.now().toString({ smallestUnit: 'millisecond' }),
        ...more,
      }
      await within((trx) => tell(trx, message))
      return message
    },
    /** A browser of the desk's person that said yes. */
    async browser(door = 'console') {
      const { json } = await call('GET', '/api/contact')
      const { number, ...keys } = world.push.browser(json.pushKey)
      const id = newId(world.server)
      const answer = await call('POST', '/api/contact/push', { id, door, ...keys }, world.token, {
        'accept-language': 'zh-CN',
      })
      expect(answer.status, answer.text).toBe(201)
      return { id, number, endpoint: keys.endpoint }
    },
    /** What left the app, or has yet to. */
    states: () =>
      asOwner<{ channel: string; state: string; reason: string | null; tries: number }>(
        world.server,
        `select channel, state, reason, tries from message where channel <> 'in_app' order by created_at, id`,
      ),
  }
}
