import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashToken } from '#access/sessions.ts'
import { verifyAudit } from '#audit/verify.ts'
import { systemClock } from '#kernel/clock.ts'
import { loadConfig } from '#kernel/config.ts'
import { join } from '#kernel/installation.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { Phone } from '../phone.ts'
import type { Line } from '../phone.ts'
import { startDemo } from './demo.ts'
import type { Product } from './product.ts'

/** FD6: kill -9 of server and database while phones send their day: nothing that was entered is lost, nothing done twice. */

let product: Product
beforeAll(async () => {
  product = await startDemo()
}, 120_000)
afterAll(async () => {
  await product.stop()
  product.remove()
})

const line: Line = async (method, path, { token, body }) => {
  const answer = await fetch(product.url + path, {
    method,
    headers: {
      cookie: `chuanmen_session=${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : null,
    problem: answer.headers.get('x-problem') ?? undefined,
  }
}

/** As patient as a phone: tries until it is heard. */
async function untilHeard<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      // The server is away, or its database is.
      expect(String(error)).toMatch(/fetch failed|terminated|aborted|^Error: (429|503)/i)
      await sleep(300)
    }
  }
}

async function asOwner<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const { urls } = await join(loadConfig({ CHUANMEN_DATA_DIR: product.dataDir }))
  const client = new pg.Client({ connectionString: urls.owner })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Those with the fullest rounds, each with a phone. */
async function phones(many: number): Promise<Phone[]> {
  const found = await asOwner<{ person: string; code: string }>(
    `select d.person_id as person, min(d.district_code) as code from duty d
     where exists (select from post p where p.person_id = d.person_id and p.role = 'liaison' and p.valid_until is null)
     group by 1 order by count(*) desc, 1 limit $1`,
    [many],
  )
  const made: Phone[] = []
  for (const { person, code } of found) {
    const token = randomBytes(32).toString('base64url')
    await asOwner(
      `insert into session (district_code, token_hash, kind, person_id, created_at, expires_at)
       values ($1, $2, 'staff', $3, now(), now() + interval '12 hours')`,
      [code, hashToken(token), person],
    )
    const phone = new Phone({ line, token, now: () => systemClock.now() })
    await phone.register()
    await phone.fetch()
    expect(phone.households.size).toBeGreaterThan(3)
    made.push(phone)
  }
  return made
}

test('every entry of every phone stands once, whatever was killed while it was under way', async () => {
  const all = await phones(4)
  const visits: string[] = []
  const needs: string[] = []
  const edits: string[] = []
  let over = false
  const rounds = all.map(async (phone) => {
    while (!over) {
      for (const [household, { version }] of [...phone.households].slice(0, 3)) {
        const need = { id: uuidv7(systemClock.now()), words: `楼道灯不亮 ${visits.length}` }
        visits.push(phone.enter('visit', { household, outcome: 'met', words: '都好', needs: [need] }).id)
        needs.push(need.id)
        const fields = { note: `第 ${edits.length} 次` }
        edits.push(phone.enter('household.edit', { household, fields }, { base: version }).id)
      }
      await untilHeard(() => phone.send())
      await untilHeard(() => phone.fetch())
      await sleep(900)
    }
  })
  for (const part of ['serve', 'postgres', 'serve', 'serve'] as const) {
    // Somewhere in the middle of a batch.
    await sleep(700 + Math.random() * 900)
    const before = visits.length
    expect(product.kill(part), part).toBe(true)
    const patience = Date.now() + 30_000
    while (visits.length < before + 8 && Date.now() < patience) await sleep(100)
    expect(visits.length, `after ${part} was killed`).toBeGreaterThanOrEqual(before + 8)
  }
  over = true
  await Promise.all(rounds)
  for (const phone of all) {
    expect(phone.outbox).toEqual([])
    for (const { fate, problem } of phone.fates.values())
      expect(['applied', 'merged'], JSON.stringify(problem)).toContain(fate)
  }
  const count = async (text: string, ids: readonly string[]) =>
    (await asOwner<{ n: number }>(text, [ids]))[0]!.n
  expect(await count('select count(*)::int as n from visit where id = any ($1::uuid[])', visits)).toBe(
    visits.length,
  )
  expect(
    await count('select count(*)::int as n from household_entry where id = any ($1::uuid[])', edits),
  ).toBe(edits.length)
  expect(
    await count('select count(*)::int as n from service_request where id = any ($1::uuid[])', needs),
  ).toBe(needs.length)
  expect(
    await count(
      'select count(*)::int as n from request_entry where request_id = any ($1::uuid[]) and seq = 1',
      needs,
    ),
  ).toBe(needs.length)
  expect(
    await count(
      'select count(*)::int as n from message where request_id = any ($1::uuid[]) and to_organisation_id is not null',
      needs,
    ),
  ).toBe(needs.length)
  expect(
    await count('select count(*)::int as n from field_entry where id = any ($1::uuid[])', [
      ...visits,
      ...edits,
    ]),
  ).toBe(visits.length + edits.length)
  const { urls, keys } = await join(loadConfig({ CHUANMEN_DATA_DIR: product.dataDir }))
  expect(await verifyAudit({ ownerUrl: urls.owner, dataDir: product.dataDir, keys })).toMatchObject({
    ok: true,
    findings: [],
  })
}, 240_000)
