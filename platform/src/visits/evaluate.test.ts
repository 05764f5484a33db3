import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { district, paths } from '#tests/fixture.ts'
import { openDatabase } from '#kernel/db.ts'
import { liveAt } from '#tests/homes.ts'
import { ruleOf, startRounds, tasksOfRule } from '#tests/rounds.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, whole } from '#tests/story.ts'
import { partsOf } from './emit-store.ts'
import { evaluate } from './evaluate.ts'
import { ensureRules } from './rule-service.ts'

/** VR1 and VR3 where a district is gone through in parts: each door once, whatever stops half-way. */

let server: TestServer
/** Doors of several areas, some with more than one. */
const households: string[] = []

beforeAll(async () => {
  const started = await startRounds()
  server = started.server
  households.push(...started.homes.map(({ household }) => household))
  const elsewhere = [
    paths.inside.community,
    paths.inside.subdistrict,
    paths.outside.community,
    paths.outside.community,
    paths.outside.subdistrict,
  ]
  for (const [n, path] of elsewhere.entries())
    households.push((await liveAt(server.ownerUrl, path, `elsewhere ${n}`, { number: `80${n}` })).household)
  server.clock.set('2026-11-01T01:00:00.000Z')
  await server.database.within(whole, (trx) => ensureRules(trx, server.clock.now()))
})
afterEach(() => asOwner(server, 'truncate visit_task, visit_task_entry, visit_run cascade'))
afterAll(() => server.close())

const goThrough = (options?: Parameters<typeof evaluate>[3]) =>
  evaluate(server.database, district, server.clock.now(), options)
const asked = async () => (await tasksOfRule(server, 'monthly')).map(({ household }) => String(household))
const marked = () =>
  asOwner<{ tasks: number }>(server, `select tasks from visit_run where rule_id = $1`, [ruleOf('monthly')])

test.for([1, 2, 3, 4, 5, 7, 8, 9, 1_000])(
  'parts of about %i doors hold every door once, in order, whatever areas they lie in',
  async (doors) => {
    const parts = await server.database.within(whole, (trx) => partsOf(trx, doors))
    const lying = await asOwner<{ path: string }>(server, 'select path from household')
    for (const { path } of lying)
      expect(
        parts.filter(
          ({ from, before }) =>
            (from === undefined || path >= from) && (before === undefined || path < before),
        ),
      ).toHaveLength(1)
    expect(parts.map(({ from }) => from)).toEqual([
      undefined,
      ...parts.slice(0, -1).map(({ before }) => before),
    ])
    expect(parts.at(-1)?.before).toBeUndefined()
  },
)

test.for([1, 3, 1_000])(
  'VR3 in parts of %i doors each gets one task, and the mark says how many',
  async (doors) => {
    await goThrough({ doors })
    expect((await asked()).toSorted()).toEqual(households.toSorted())
    expect(await marked()).toEqual([{ tasks: households.length }])
    expect(await goThrough({ doors })).toBe(0)
    expect(await goThrough({ doors, again: true })).toBe(0)
  },
)

test('VR3 a part that fails leaves the period unmarked; the next turn makes what is missing, and nothing twice', async () => {
  const [lost = ''] = households
  await asOwner(
    server,
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$`,
  )
  await asOwner(
    server,
    `create trigger refuse before insert on visit_task for each row when (new.household_id = '${lost}') execute function refuse()`,
  )
  await expect(goThrough({ doors: 1 })).rejects.toThrow('the disk is full')
  expect(await marked()).toEqual([])
  const made = await asked()
  expect(made).not.toContain(lost)
  expect(made.length).toBeGreaterThan(0)
  await asOwner(server, 'drop function refuse cascade')

  await goThrough({ doors: 1 })
  expect((await asked()).toSorted()).toEqual(households.toSorted())
  expect(await marked()).toEqual([{ tasks: households.length - made.length }])
})

test('VR3 the mark waits for slow parts longer than a connection may else be idle in a transaction', async () => {
  const [slow = ''] = households
  await asOwner(
    server,
    `create function doze() returns trigger language plpgsql as $$ begin perform pg_sleep(2.5); return new; end $$`,
  )
  await asOwner(
    server,
    `create trigger doze before insert on visit_task for each row
       when (new.household_id = '${slow}' and new.rule_id = '${ruleOf('monthly')}') execute function doze()`,
  )
  const url = new URL(String(server.database.pool.options.connectionString))
  url.searchParams.set('options', '-c idle_in_transaction_session_timeout=1000')
  const impatient = openDatabase(url.href)
  try {
    await evaluate(impatient, district, server.clock.now(), { doors: 1 })
  } finally {
    await impatient.close()
    await asOwner(server, 'drop function doze cascade')
  }
  expect(await marked()).toEqual([{ tasks: households.length }])
})
