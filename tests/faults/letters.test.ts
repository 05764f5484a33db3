import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '#kernel/config.ts'
import { derivedId } from '#kernel/ids.ts'
import { join } from '#kernel/installation.ts'
import { seal } from '#kernel/keys.ts'
import { vapidOf } from '#notify/push-crypto.ts'
import { startChatService } from '../chat-service.ts'
import { startMailServer } from '../outside.ts'
import { startPushService } from '../push-service.ts'
import { startDemo } from './demo.ts'
import type { Product } from './product.ts'

/**
 * kill -9 of the worker between claim, message and note, by letter, web push and robot at once: whatever is sent is sent
 * once, and nothing is forgotten (RQ17, NT4, NT20).
 */

const amount = 60
/** How long each server takes over a message: the worker is killed in the middle of some of them. */
const slow = 60

let product: Product
let owner: pg.Client
let push: Awaited<ReturnType<typeof startPushService>>
let chat: Awaited<ReturnType<typeof startChatService>>
let mail: Awaited<ReturnType<typeof startMailServer>>

beforeAll(async () => {
  mail = await startMailServer({}, slow)
  push = await startPushService(() => Date.now() / 1_000)
  chat = await startChatService()
  push.answers(() => ({ status: 201, after: slow }))
  chat.takes(slow)
  product = await startDemo({
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'chuanmen@example.org',
    CHUANMEN_PUSH_ORIGINS: push.origin,
    CHUANMEN_ROBOT_ORIGINS: chat.origin,
  })
  const { urls, keys } = await join(loadConfig({ CHUANMEN_DATA_DIR: product.dataDir }))
  owner = new pg.Client({ connectionString: urls.owner })
  await owner.connect()
  const { rows } = await owner.query<{ district: string; id: string }>(
    'select district_code as district, id from reporter order by id limit 1',
  )
  const { district, id } = rows[0]!
  await owner.query(
    `insert into contact_way (district_code, owner_id, owner_kind, by_email, email_sealed, changed_at)
     values ($1, $2, 'reporter', true, $3, now())`,
    [district, id, seal(keys, 'qian@example.org', `contact_way.email:${id}`)],
  )
  // Whatever the hour at which this runs.
  await owner.query(
    `insert into notify_setting (district_code, version, quiet_from, quiet_until, set_at) values ($1, 1, 0, 0, now())`,
    [district],
  )
  // What the demonstration's own robots were told lies behind.
  await owner.query(`delete from message where channel = 'robot'`)
  const { endpoint, p256dh, auth } = push.browser(vapidOf(keys).publicKey)
  const [browser, robot] = [derivedId('browser'), derivedId('robot')]
  await owner.query(
    `insert into push_subscription (district_code, id, owner_id, door, target_sealed, endpoint_index, created_at)
     values ($1, $2, $3, 'phone', $4, 'x', now())`,
    [
      district,
      browser,
      id,
      seal(keys, JSON.stringify({ endpoint, p256dh, auth }), `push_subscription.target:${browser}`),
    ],
  )
  await owner.query(
    `insert into robot (district_code, id, organisation_id, kind, name, origin, target_sealed, shape, language, declined,
       active, version, set_at)
     select $1, $2, id, 'http', '群', $3, $4, '{"text":"{text}","key":"{key}"}', 'zh-CN', '{}', true, 1, now()
     from organisation order by id limit 1`,
    [
      district,
      robot,
      chat.origin,
      seal(keys, JSON.stringify({ url: `${chat.origin}/own`, secret: null }), `robot.target:${robot}`),
    ],
  )
  await owner.query(
    `insert into message (district_code, id, channel, to_reporter_id, to_organisation_id, device_id, template, params, state,
       try_at, created_at)
     select $1, gen_random_uuid(), way, case way when 'robot' then null else $2::uuid end,
       case way when 'robot' then (select organisation_id from robot where id = $4::uuid) end,
       case way when 'push' then $3::uuid when 'robot' then $4::uuid end,
       'request.answer', '{"code": "GY-1", "title": "灯"}', 'waiting', now(), now()
     from unnest(array['email', 'push', 'robot']) as way, generate_series(1, $5::integer)`,
    [district, id, browser, robot, amount],
  )
}, 120_000)
afterAll(async () => {
  await owner.end()
  await product.stop()
  product.remove()
  await mail.close()
  await push.close()
  await chat.down()
})

/** The ids of messages that arrived by a way. */
const arrived: Record<string, () => string[]> = {
  email: () => mail.got.map(({ raw }) => /^Message-ID: <([^@]+)@/im.exec(raw)?.[1] ?? 'none'),
  push: () => push.shown.map(({ notice }) => notice['tag'] ?? ''),
  robot: () => chat.posted.map(({ body }) => (body as { key: string }).key),
}

test('RQ17 NT4 messages survive kill -9 of the worker: none twice, none lost without a trace', async () => {
  const states = async () =>
    Object.fromEntries(
      (
        await owner.query<{ state: string; n: number }>(
          `select state, count(*)::int as n from message where channel in ('email', 'push', 'robot') group by state`,
        )
      ).rows.map(({ state, n }) => [state, n]),
    )
  const run = () => owner.query(`select app.enqueue('send', '{}')`)
  for (let kills = 0; kills < 4; kills += 1) {
    const before = mail.got.length
    await run()
    await expect.poll(() => mail.got.length, { timeout: 60_000 }).toBeGreaterThan(before + 2)
    expect(product.kill('work')).toBe(true)
    await sleep(300)
  }
  await run()
  await expect.poll(async () => (await states())['waiting'] ?? 0, { timeout: 60_000 }).toBe(0)
  await expect.poll(async () => (await states())['sent'] ?? 0, { timeout: 60_000 }).toBeGreaterThan(0)
  // The last ones are being noted as sent.
  await sleep(10 * slow)

  expect(push.refused).toEqual([])
  for (const [way, ids] of Object.entries(arrived)) {
    // None left twice, whatever was cut off.
    expect(new Set(ids()).size, way).toBe(ids().length)
    const { rows } = await owner.query<{ id: string; state: string }>(
      `select id, state from message where channel = $1`,
      [way],
    )
    // What is noted as sent was sent; what was cut off still stands there as claimed, for the IT desk to see as interrupted.
    for (const { id, state } of rows) {
      if (state === 'sent') expect(ids(), way).toContain(id)
      else expect(state, way).toBe('sending')
    }
    expect(rows.length).toBe(amount)
  }
  expect((await states())['sending'] ?? 0).toBeGreaterThan(0)
}, 240_000)
