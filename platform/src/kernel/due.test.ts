import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#tests/database.ts'
import { openDatabase } from './db.ts'
import type { Database, Trx } from './db.ts'
import { eachAlone, enterDue } from './due.ts'
import type { Clock } from './due.ts'
import { openLog } from './log.ts'

/** What every clock of the product promises, on a clock that only counts: oldest first, none starves, each once, one bad one alone. */

const district = '131003'
let it: TestDatabase

beforeAll(async () => {
  it = await createTestDatabase()
  await asOwner(`
    create table alarm (district_code text, id text primary key, at int, spoilt bool not null default false);
    create table rung (n int generated always as identity, alarm text, at int, primary key (alarm, at));
    grant select, insert, update on alarm, rung to chuanmen_app;`)
})
beforeEach(() => asOwner('truncate alarm, rung restart identity'))
afterAll(() => it.drop())

async function asOwner<T extends pg.QueryResultRow>(statements: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: it.ownerUrl })
  await client.connect()
  const { rows } = await client.query<T>(statements)
  await client.end()
  return rows
}

type Alarm = { id: string; at: number; spoilt: boolean }

/** Due until ten; each alarm is due again `times` more, one later each. */
function clock(over: { atOnce: number; again?: number }): Clock<Alarm> {
  return {
    task: 'count',
    what: 'alarm',
    atOnce: over.atOnce,
    take: async (trx, limit, except) =>
      (
        await sql<Alarm>`select id, at, spoilt from alarm where at <= 10 and id <> all (${sql.val(except)}::text[])
          order by at, id limit ${limit} for update skip locked`.execute(trx)
      ).rows,
    enter: async (trx, due) => {
      for (const { id, at, spoilt } of due) {
        await sql`insert into rung (alarm, at) values (${id}, ${at})`.execute(trx)
        if (spoilt) throw new Error(`${id} cannot be entered`)
        const next = at < (over.again ?? 0) ? at + 1 : 11
        await sql`update alarm set at = ${next} where id = ${id}`.execute(trx)
      }
    },
  }
}

const alarms = (many: number, set = '') =>
  asOwner(
    `insert into alarm select '${district}', 'a' || lpad(i::text, 4, '0'), 1 + i % 7 from generate_series(1, ${many}) i; ${set}`,
  )
const rung = async () =>
  (await asOwner<{ alarm: string; at: number }>('select alarm, at from rung order by n')).map(
    ({ alarm, at }) => `${at} ${alarm}`,
  )

test('the oldest first, page after page until nothing is due, also what is due again and again', async () => {
  await alarms(95)
  expect(await enterDue(it.database, district, clock({ atOnce: 10 }))).toBe(95)
  const order = await rung()
  expect(order).toEqual(order.toSorted())
  expect(await enterDue(it.database, district, clock({ atOnce: 10 }))).toBe(0)
  await asOwner('truncate rung restart identity; update alarm set at = 1')
  expect(await enterDue(it.database, district, clock({ atOnce: 10, again: 3 }))).toBe(95 * 3)
})

test('more bad ones than a page holds, and all of them older: each is said once in the log, and all others are entered', async () => {
  await alarms(60, `update alarm set at = 0, spoilt = true where id <= 'a0025'`)
  const lines: string[] = []
  const log = openLog({ process: 'test', write: (line) => lines.push(line) })
  expect(await enterDue(it.database, district, clock({ atOnce: 10 }), log)).toBe(35)
  expect(lines).toHaveLength(25)
  for (const [index, line] of lines.entries())
    expect(line).toContain(`alarm a${String(index + 1).padStart(4, '0')} could not be moved by its clock`)
  // Nothing is left of what was tried, and they are tried again the next time.
  expect((await rung()).some((one) => one.startsWith('0'))).toBe(false)
  expect(await rung()).toHaveLength(35)
  await asOwner('update alarm set spoilt = false')
  expect(await enterDue(it.database, district, clock({ atOnce: 10 }), log)).toBe(25)
})

test('several workers at once share them, each once', async () => {
  await alarms(200)
  const made = await Promise.all(
    Array.from({ length: 4 }, () => enterDue(it.database, district, clock({ atOnce: 7 }))),
  )
  expect(made.reduce((sum, one) => sum + one)).toBe(200)
  expect(new Set(await rung()).size).toBe(200)
})

/** Ends in the middle of the third transaction, as a worker that is killed, or right after its commit. */
function mortal(database: Database, dies: 'amid' | 'unheard'): Database {
  let lives = 3
  return {
    ...database,
    within: async (scope, work) => {
      lives -= 1
      if (lives < 0) throw new Error('dead')
      const isLast = lives === 0
      const result = await database.within(scope, async (trx) => {
        const done = await work(trx)
        if (isLast && dies === 'amid')
          await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx).catch(() => {})
        return done
      })
      if (isLast) throw new Error('dead')
      return result
    },
  }
}

test.each(['amid', 'unheard'] as const)(
  'a worker that dies (%s) leaves nothing half done; the next goes on where it was',
  async (dies) => {
    await alarms(50)
    const dying = openDatabase(it.urls.app, { max: 1 })
    await expect(enterDue(mortal(dying, dies), district, clock({ atOnce: 10 }))).rejects.toThrow()
    await dying.close()
    const before = await rung()
    expect(before).toHaveLength(dies === 'amid' ? 20 : 30)
    expect(await enterDue(it.database, district, clock({ atOnce: 10 }))).toBe(50 - before.length)
    const all = await rung()
    expect(all).toHaveLength(50)
    expect(all.slice(0, before.length)).toEqual(before)
  },
)

test('a database that is away ends the run, and is nobody’s fault', async () => {
  const away = openDatabase('postgres://chuanmen_app@127.0.0.1:1/none', { max: 1 })
  const lines: string[] = []
  const log = openLog({ process: 'test', write: (line) => lines.push(line) })
  const work = () => Promise.resolve(true)
  await expect(enterDue(away, district, clock({ atOnce: 10 }), log)).rejects.toThrow()
  await expect(
    eachAlone(away, { district, task: 'count', what: 'alarm' }, ['a', 'b'], work, log),
  ).rejects.toThrow()
  expect(lines).toEqual([])
  await away.close()
})

test('one by one: what fails is said and left out, the others are done', async () => {
  await alarms(3)
  const lines: string[] = []
  const log = openLog({ process: 'test', write: (line) => lines.push(line) })
  const work = async (trx: Trx, id: string) => {
    if (id === 'a0003') return false
    await sql`insert into rung (alarm, at) values (${id}, 1)`.execute(trx)
    if (id === 'a0001') throw new Error('not this one')
    return true
  }
  const named = { district, task: 'count', what: 'alarm' }
  expect(await eachAlone(it.database, named, ['a0001', 'a0002', 'a0003'], work, log)).toBe(1)
  expect(await rung()).toEqual(['1 a0002'])
  expect(lines).toHaveLength(1)
})
