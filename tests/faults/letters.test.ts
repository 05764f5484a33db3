import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '#kernel/config.ts'
import { derivedId } from '#kernel/ids.ts'
import { join } from '#kernel/installation.ts'
import { seal } from '#kernel/keys.ts'
import { startDemo } from './demo.ts'
import type { Product } from './product.ts'

/** kill -9 of the worker between claim, letter and note: whatever is sent is sent once, and nothing is forgotten (RQ17, NT4). */

const amount = 60
/** How long the mail server takes over each letter: the worker is killed in the middle of some of them. */
const slow = 60

let product: Product
let owner: pg.Client
const got: string[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData(stream, _session, done) {
    let raw = ''
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => (raw += chunk))
    stream.on('end', () => {
      got.push(/^Message-ID: <([^@]+)@/im.exec(raw)?.[1] ?? 'none')
      setTimeout(done, slow)
    })
  },
})
server.on('error', () => undefined)

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  product = await startDemo({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'chuanmen@example.org' })
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
  for (let n = 0; n < amount; n += 1)
    await owner.query(
      `insert into message (district_code, id, channel, to_reporter_id, template, params, state, try_at, created_at)
       values ($1, $2, 'email', $3, 'request.answer', '{"code": "GY-1", "title": "灯"}', 'waiting', now(), now())`,
      [district, derivedId('letter', String(n)), id],
    )
}, 120_000)
afterAll(async () => {
  await owner.end()
  await product.stop()
  product.remove()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

test('RQ17 NT4 letters survive kill -9 of the worker: none twice, none lost without a trace', async () => {
  const states = async () =>
    Object.fromEntries(
      (
        await owner.query<{ state: string; n: number }>(
          `select state, count(*)::int as n from message where channel = 'email' group by state`,
        )
      ).rows.map(({ state, n }) => [state, n]),
    )
  const run = () => owner.query(`select app.enqueue('send', '{}')`)
  for (let kills = 0; kills < 4; kills += 1) {
    const before = got.length
    await run()
    await expect.poll(() => got.length, { timeout: 60_000 }).toBeGreaterThan(before + 2)
    expect(product.kill('work')).toBe(true)
    await sleep(300)
  }
  await run()
  await expect.poll(async () => (await states())['waiting'] ?? 0, { timeout: 60_000 }).toBe(0)
  await expect.poll(async () => (await states())['sent'] ?? 0, { timeout: 60_000 }).toBeGreaterThan(0)

  // No letter left twice, whatever was cut off.
  expect(new Set(got).size).toBe(got.length)
  const { rows: sent } = await owner.query<{ id: string }>(
    `select id from message where channel = 'email' and state = 'sent'`,
  )
  // What is noted as sent was sent; what was cut off still stands there as claimed, for the IT desk to see as interrupted.
  for (const { id } of sent) expect(got).toContain(id)
  const last = await states()
  expect((last['sent'] ?? 0) + (last['sending'] ?? 0)).toBe(amount)
  expect(last['sending'] ?? 0).toBeGreaterThan(0)
}, 240_000)
