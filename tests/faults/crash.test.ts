import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#kernel/clock.ts'
import { loadConfig } from '#kernel/config.ts'
import { join } from '#kernel/installation.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { verifyAudit } from '#audit/verify.ts'
import { startDemo } from './demo.ts'
import type { Product } from './product.ts'

/** kill -9 of every part under load: what was acknowledged is there exactly once, with its one entry and its one notice. */

let product: Product
beforeAll(async () => {
  product = await startDemo()
}, 120_000)
afterAll(async () => {
  await product.stop()
  product.remove()
})

/** Says one thing until it is acknowledged, always with the same id, as the phone page does. */
async function sayUntilHeard(area: string, stop: () => boolean): Promise<string | null> {
  const id = uuidv7(systemClock.now())
  const body = JSON.stringify({
    id,
    words: `崩溃测试 ${id}`,
    path: area,
    reporter: { id: uuidv7(systemClock.now()) },
  })
  while (!stop()) {
    try {
      const answer = await fetch(`${product.url}/api/requests`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      if (answer.status === 201) return id
      expect([429, 503], await answer.text()).toContain(answer.status)
    } catch {
      // The server is away; the phone keeps what was written and tries again.
    }
    // As patient as the phone page: whoever asks faster runs into the limit for one address while the database starts.
    await sleep(400)
  }
  return null
}

test('RQ3 every acknowledged request survives kill -9 of server, worker and PostgreSQL, exactly once', async () => {
  const config = loadConfig({ CHUANMEN_DATA_DIR: product.dataDir })
  const { urls, keys } = await join(config)
  const owner = new pg.Client({ connectionString: urls.owner })
  await owner.connect()
  const { rows: areas } = await owner.query<{ path: string }>(
    `select path from area where kind = 'community' and exists (select from organisation o where o.path = area.path) order by path limit 5`,
  )
  await owner.end()

  const heard: string[] = []
  let over = false
  const speakers = areas.map(async ({ path }) => {
    while (!over) {
      const id = await sayUntilHeard(path, () => over)
      if (id) heard.push(id)
      // Slower than the limit for one address.
      await sleep(1_200)
    }
  })
  for (const part of ['serve', 'postgres', 'work', 'serve', 'postgres', 'serve'] as const) {
    await sleep(1_200)
    const before = heard.length
    expect(product.kill(part), part).toBe(true)
    const patience = Date.now() + 30_000
    while (heard.length < before + 10 && Date.now() < patience) await sleep(100)
    expect(heard.length, `after ${part} was killed`).toBeGreaterThanOrEqual(before + 10)
  }
  over = true
  await Promise.all(speakers)

  const { urls: now } = await join(config)
  const client = new pg.Client({ connectionString: now.owner })
  await client.connect()
  const one = async (sql: string) => (await client.query<{ n: number }>(sql, [heard])).rows[0]!.n
  expect(new Set(heard).size).toBe(heard.length)
  expect(await one('select count(*)::int as n from service_request where id = any ($1::uuid[])')).toBe(
    heard.length,
  )
  expect(await one('select count(*)::int as n from request_entry where request_id = any ($1::uuid[])')).toBe(
    heard.length,
  )
  expect(
    await one(
      'select count(*)::int as n from message where request_id = any ($1::uuid[]) and to_organisation_id is not null',
    ),
  ).toBe(heard.length)
  await client.end()
  expect(await verifyAudit({ ownerUrl: now.owner, dataDir: product.dataDir, keys })).toMatchObject({
    ok: true,
    findings: [],
  })
}, 240_000)
