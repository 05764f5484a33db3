import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#kernel/db.ts'
import { seededRandom } from '#demo/prng.ts'
import { district, ids } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, assign, entered, newId, said, startDistrict, whole } from '#tests/story.ts'
import { calendarOf } from '#deadlines/service.ts'
import { ring } from './alarms.ts'
import { brokenAt } from './chain.ts'
import { ringAlarms, ringId } from './clock.ts'
import { nextAlarm } from './next-alarm.ts'
import { makePlan } from './plan.ts'
import { desksOver } from './service.ts'
import { fold } from './standing.ts'
import { find, story } from './store.ts'

/**
 * RQ5 RQ14: the worker is killed at random points, 1,000 times, under a simulated clock: its connection is cut before, amid
 * or after the statements of a batch, or the commit goes through and it never hears of it. Each warning and each step of
 * the ladder is entered exactly once all the same, none before its time and none within the minute missed.
 */

const deaths = 1000
/** A connection that is cut takes longer than the rest together, and comes to the same. */
const fates: Fate[] = [
  'cut',
  'before',
  'before',
  'after',
  'after',
  'after',
  'after',
  'unheard',
  'unheard',
  'unheard',
]
const minute = 60_000

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

class Killed extends Error {}

/** Where it dies: with its connection cut amid a batch, by an end of its own, or after a commit it never hears of. */
type Fate = 'cut' | 'before' | 'after' | 'unheard'

/** The worker's own end of the database: it dies in its first transaction, and once dead does nothing more. */
function mortal(database: Database, fate: Fate): Database {
  let dead = false
  return {
    ...database,
    within: async (scope, work) => {
      if (dead) throw new Killed()
      dead = true
      if (fate === 'unheard') await database.within(scope, work)
      else
        await database.within(scope, async (trx) => {
          if (fate !== 'before') await work(trx)
          if (fate === 'cut') await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx)
          throw new Killed()
        })
      throw new Killed()
    },
  }
}

/** Requests in every state that has a clock to climb by. */
async function requests(): Promise<string[]> {
  const made: string[] = []
  for (let n = 0; n < 6; n += 1) {
    const { id } = await said(server, { reporter: { id: newId(server) } })
    made.push(id)
    server.clock.advance({ minutes: 7 })
    if (n > 0) await entered(server, staff.community_desk, id, accept)
    if (n > 1) await entered(server, staff.community_desk, id, assign())
    if (n > 2) await entered(server, staff.handler, id, { kind: 'take' })
    if (n > 3) await entered(server, staff.subdistrict_desk, id, { kind: 'supervise', demand: '写明哪天' })
    if (n > 4) {
      const parts = [{ id: newId(server), lead: { organisation: ids.bureau }, words: '井盖' }]
      await entered(server, staff.handler, id, { kind: 'split', parts })
    }
  }
  return made
}

/** What the clock would enter into a request if nothing ever failed: ids, kinds and the times they are for. */
async function undisturbed(id: string, until: string): Promise<{ id: string; kind: string; at: string }[]> {
  return server.database.within(whole, async (trx) => {
    const request = (await find(trx, id))!
    const plan = makePlan(await calendarOf(trx, until), () => [])
    const desks = await desksOver(trx, request.path)
    const expected: { id: string; kind: string; at: string }[] = []
    let { standing } = request
    for (;;) {
      const alarm = nextAlarm(standing)
      const rang = ring(standing, (one) => ringId(id, standing, one), true, { now: until, desks, plan })
      if (!alarm || !rang) return expected
      expected.push({ id: rang.entry.id, kind: rang.entry.kind, at: alarm.at })
      ;({ standing } = rang)
    }
  })
}

const iso = (ms: number) => new Date(ms).toISOString()

test('RQ5 RQ14 a worker killed a thousand times at random points tells everything exactly once, within the minute', async () => {
  const made = await requests()
  const end = Date.parse(iso(server.clock.now().epochMilliseconds)) + 12 * 24 * 60 * minute
  const expected = new Map<string, Awaited<ReturnType<typeof undisturbed>>>()
  for (const id of made) expected.set(id, await undisturbed(id, iso(end)))
  // The job comes round every minute; in minutes in which nothing is due it finds nothing, so they are passed over.
  const due = [
    ...new Set([...expected.values()].flat().map(({ at }) => Math.ceil(Date.parse(at) / minute) * minute)),
  ]
  const random = seededRandom('killed')
  let killed = 0
  for (const [index, at] of due.toSorted((a, b) => a - b).entries()) {
    server.clock.set(iso(at))
    const fatal = Math.round((deaths * (index + 1)) / due.length)
    while (killed < fatal) {
      killed += 1
      const worker = mortal(server.database, fates[Math.floor(random.next() * fates.length)]!)
      await expect(ringAlarms(worker, district, server.clock.now())).rejects.toThrow()
    }
    await ringAlarms(server.database, district, server.clock.now())
  }
  expect(killed).toBe(deaths)
  for (const [id, wanted] of expected) {
    const links = await server.database.within(whole, (trx) => story(trx, id))
    const rung = links.filter(({ entry }) => entry.channel === 'clock')
    expect(rung.map(({ entry }) => [entry.id, entry.kind])).toEqual(wanted.map((one) => [one.id, one.kind]))
    for (const [index, { entry }] of rung.entries()) {
      const late = Date.parse(entry.at) - Date.parse(wanted[index]!.at)
      expect(late).toBeGreaterThanOrEqual(0)
      expect(late).toBeLessThanOrEqual(minute)
    }
    expect(brokenAt(id, links)).toBeNull()
    expect(fold(links.map(({ entry }) => entry))).toEqual(
      (await server.database.within(whole, (trx) => find(trx, id)))!.standing,
    )
  }
  // Nor is anybody told twice: of each entry one message to everyone who hears of it, and to none of them two.
  const told = await asOwner<{ request: string; template: string; at: Date; to: string; many: number }>(
    server,
    `select request_id as request, template, created_at as at, channel || ' ' || coalesce(to_organisation_id, to_person_id, to_reporter_id) as to, count(*)::int as many
     from message where template in ('request.remind', 'request.supervise', 'request.climb') group by 1, 2, 3, 4`,
  )
  const entries = await asOwner<{ request: string; template: string; at: Date; many: number }>(
    server,
    `select request_id as request, 'request.' || kind as template, at, count(*)::int as many from request_entry
     where channel = 'clock' and kind in ('remind', 'supervise', 'climb') group by 1, 2, 3`,
  )
  const key = (one: { request: string; template: string; at: Date }) =>
    `${one.request} ${one.template} ${one.at.toISOString()}`
  const most = new Map(entries.map((one) => [key(one), one.many]))
  const byClock = told.filter((one) => most.has(key(one)))
  expect(new Set(byClock.map(key)).size).toBe(most.size)
  expect(byClock.filter((one) => one.many > most.get(key(one))!)).toEqual([])
}, 180_000)
