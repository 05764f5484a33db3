import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { district, ids } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, assign, entered, newId, said, startDistrict, whole } from '#tests/story.ts'
import { ringAlarms } from './clock.ts'
import { fold } from './standing.ts'
import { find, story } from './store.ts'

/** RQ14: what was overdue before there was a ladder climbs it after the upgrade (migration 0055); nothing is told twice by it. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const migration = readFileSync(new URL('../../migrations/0055_ladder_of_old.sql', import.meta.url), 'utf8')

const ring = () => ringAlarms(server.database, district, server.clock.now())
const storyOf = (id: string) => server.database.within(whole, (trx) => story(trx, id))
const steps = async (id: string) =>
  (await storyOf(id)).flatMap(({ entry }): [string, string | undefined][] => {
    if (entry.kind === 'climb') return [['climb', entry.data.holder.organisation]]
    return entry.kind === 'supervise' ? [['supervise', entry.data.above]] : []
  })

/** As it stood and was told of before 0041: whom the alarm told, and nothing of levels, supervisions or a next step. */
async function asOfOld(id: string): Promise<void> {
  await asOwner(
    server,
    `update service_request set standing = standing - 'rung' - 'supervisions' - 'parts' - 'whistled' - 'bound', next_alarm_at = null where id = $1`,
    [id],
  )
  await asOwner(
    server,
    `update request_entry set data = data - 'level' - 'next' - 'due' where request_id = $1 and kind = 'supervise'`,
    [id],
  )
}

test('RQ14 overdue since before the ladder: at a desk it climbs, at a department the next level is told, step by step', async () => {
  const make = async (given: boolean) => {
    const { id } = await said(server, { reporter: { id: newId(server) } })
    await entered(server, staff.community_desk, id, accept)
    if (given) await entered(server, staff.community_desk, id, assign())
    return id
  }
  const [waiting, given, today, highest] = [
    await make(false),
    await make(true),
    await make(false),
    await make(false),
  ]
  await entered(server, staff.community_desk, highest, { kind: 'escalate', words: '要街道出面' })
  await entered(server, staff.subdistrict_desk, highest, { kind: 'escalate', words: '要区里出面' })
  server.clock.advance({ hours: 24 })
  await ring()
  for (const id of [waiting, given, highest]) await asOfOld(id)
  const untouched = await server.database.within(whole, (trx) => find(trx, today))

  // Without the migration they never move again.
  const before = server.clock.now()
  server.clock.advance({ hours: 30 * 24 })
  await asOwner(server, `update service_request set next_alarm_at = null where id = $1`, [today])
  expect(await ring()).toBe(0)
  server.clock.set(before.toString())
  await asOwner(server, `update service_request set next_alarm_at = $2 where id = $1`, [
    today,
    untouched!.standing.rung!.at,
  ])

  await asOwner(server, migration)
  expect((await server.database.within(whole, (trx) => find(trx, today)))!.standing).toEqual(
    untouched!.standing,
  )
  // Nothing is above the highest desk: nobody was told, and nothing is waited for.
  expect(
    await asOwner(server, 'select 1 from service_request where id = $1 and next_alarm_at is not null', [
      highest,
    ]),
  ).toEqual([])
  const [row] = await asOwner<{ at: Date }>(
    server,
    'select next_alarm_at as at from service_request where id = $1',
    [waiting],
  )
  server.clock.set(row!.at.toISOString())
  await ring()
  expect(await steps(waiting)).toEqual([
    ['supervise', ids.subdistrict],
    ['climb', ids.subdistrict],
  ])
  expect(await steps(given)).toEqual([
    ['supervise', ids.subdistrict],
    ['supervise', ids.district],
  ])
  expect(await ring()).toBe(0)
  server.clock.advance({ hours: 15 * 24 })
  await ring()
  expect((await steps(waiting)).slice(2)).toEqual([['climb', ids.district]])
  expect(await steps(given)).toHaveLength(2)
  // From here on the cache is the fold of the story again.
  for (const id of [waiting, given]) {
    const { standing } = (await server.database.within(whole, (trx) => find(trx, id)))!
    expect(fold((await storyOf(id)).map(({ entry }) => entry))).toMatchObject({
      state: standing.state,
      holder: standing.holder,
      level: standing.level,
      rung: standing.rung,
      supervisions: standing.supervisions,
    })
  }
})
