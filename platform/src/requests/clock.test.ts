import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#kernel/db.ts'
import { openLog } from '#kernel/log.ts'
import { district, ids } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import {
  accept,
  answered,
  asOwner,
  assign,
  entered,
  multiply,
  newId,
  said,
  startDistrict,
  whole,
} from '#tests/story.ts'
import { brokenAt } from './chain.ts'
import { ringAlarms } from './clock.ts'
import { find, story } from './store.ts'

/** RQ5 and RQ7: what happens when nothing happens. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterEach(() =>
  asOwner(server, 'truncate service_request, request_entry, request_party, message, attachment cascade'),
)
afterAll(() => server.close())

const ring = () => ringAlarms(server.database, district, server.clock.now())
const at = (time: string) => server.clock.set(time)
const storyOf = (id: string) => server.database.within(whole, (trx) => story(trx, id))
const kindsOf = async (id: string) =>
  (await storyOf(id)).map(({ entry }) =>
    'share' in entry.data ? `${entry.kind} ${entry.data.share}` : entry.kind,
  )
const messagesTo = async (organisation: string, template: string) =>
  (
    await asOwner(server, 'select 1 from message where to_organisation_id = $1 and template = $2', [
      organisation,
      template,
    ])
  ).length

/** Said on Friday at 10:20, accepted at once for 24 hours, given to the firm. */
async function given() {
  at('2026-11-20T02:20:00.000Z')
  const request = await said(server, { reporter: { id: newId(server), phone: '10012340201' } })
  await entered(server, staff.community_desk, request.id, accept)
  await entered(server, staff.community_desk, request.id, assign())
  return request
}
const half = '2026-11-20T14:20:00.000Z'
const most = '2026-11-20T21:32:00.000Z'
const due = '2026-11-21T02:20:00.000Z'

describe('RQ5 half, four fifths, all of the time', () => {
  test('remind the holder twice, then tell the level above; however often the job runs', async () => {
    const { id, code, token } = await given()
    at('2026-11-20T14:19:59.000Z')
    expect(await ring()).toBe(0)
    for (const [time, made] of [
      [half, 1],
      [most, 1],
      [due, 1],
      ['2026-11-22T02:20:00.000Z', 0],
    ] as const) {
      at(time)
      expect([await ring(), await ring(), await ring()]).toEqual([made, 0, 0])
    }
    expect(await kindsOf(id)).toEqual([
      'submit',
      'accept',
      'assign',
      'remind half',
      'remind most',
      'supervise',
    ])
    expect(await messagesTo(ids.firm, 'request.remind')).toBe(2)
    expect(await messagesTo(ids.firm, 'request.supervise')).toBe(1)
    expect(await messagesTo(ids.subdistrict, 'request.supervise')).toBe(1)
    const list = await server.call('GET', `/api/requests?queue=all&overdue=true&code=${code}`, {
      token: await server.session('subdistrict_desk'),
    })
    expect(list.json.items).toMatchObject([{ id, overdue: true }])
    // The reporter sees that it was noticed, not the warnings before.
    const seen = await server.call('GET', `/api/requests/${id}`, { token })
    expect(seen.json.entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'supervise',
      'assign',
      'accept',
      'submit',
    ])
  })

  test('a worker that slept through all of it makes up for each once, on two workers at once too', async () => {
    const { id } = await given()
    at('2026-11-24T02:20:00.000Z')
    const made = await Promise.all([ring(), ring(), ring(), ring()])
    expect(made.reduce((sum, one) => sum + one)).toBe(4)
    expect(await kindsOf(id)).toEqual([
      'submit',
      'accept',
      'assign',
      'remind half',
      'remind most',
      'supervise',
      // RQ14: a working day later the next level up, and nobody is above that.
      'supervise',
    ])
    expect(brokenAt(id, await storyOf(id))).toBeNull()
  })

  test('RQ14 what nobody takes up is told to the level above after four working hours', async () => {
    at('2026-11-20T02:20:00.000Z')
    const { id } = await said(server)
    // 10:20 to 12:00 and 13:30 to 15:50.
    at('2026-11-20T07:49:59.000Z')
    await ring()
    expect(await kindsOf(id)).toEqual(['submit', 'remind half', 'remind most'])
    at('2026-11-20T07:50:00.000Z')
    await ring()
    expect((await kindsOf(id)).at(-1)).toBe('supervise')
    const answer = await server.call('GET', `/api/requests/${id}`, { token: staff.subdistrict_desk })
    expect(answer.json).toMatchObject({ overdue: true, state: 'submitted' })
    // Taking it up starts another clock, which has told nothing yet.
    await entered(server, staff.community_desk, id, accept)
    expect(
      (await server.call('GET', `/api/requests/${id}`, { token: staff.community_desk })).json.overdue,
    ).toBe(false)
    expect(await ring()).toBe(0)
  })
})

describe('RQ5 many at once', () => {
  const shares = `
    select count(*)::int as n from (
      select request_id, kind, data->>'share' from request_entry where kind in ('remind', 'supervise') group by 1, 2, 3 having count(*) = 1) each`
  const wholeStory = async (of: number) => {
    const [row] = await asOwner<{ n: number; entries: number; told: number }>(
      server,
      `select (${shares}) as n, (select count(*)::int from request_entry where kind in ('remind', 'supervise')) as entries,
        (select count(*)::int from message where template in ('request.remind', 'request.supervise')) as told`,
    )
    // Two reminders and one supervision each; four messages: the holder three times, the level above once.
    expect(row).toEqual({ n: of * 3, entries: of * 3, told: of * 4 })
  }

  test('RQ14 none starves among five hundred', async () => {
    await given()
    await multiply(server, 499)
    at(due)
    expect(await ring()).toBe(1_500)
    await wholeStory(500)
  })

  test('two workers at once share them', async () => {
    await given()
    await multiply(server, 199)
    at(due)
    const made = await Promise.all([ring(), ring()])
    expect(made[0]! + made[1]!).toBe(600)
    await wholeStory(200)
  })

  test('a worker that is cut off in the middle leaves nothing half done and nothing doubled', async () => {
    await given()
    await multiply(server, 299)
    at(due)
    const dying = openDatabase(server.urls.app, { max: 2 })
    const run = ringAlarms(dying, district, server.clock.now()).then(
      () => 'finished',
      () => 'cut off',
    )
    const rung = async () =>
      (
        await asOwner<{ n: number }>(
          server,
          `select count(*)::int as n from request_entry where kind = 'remind'`,
        )
      )[0]!.n
    while ((await rung()) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const closed = dying.close()
    // In the middle of whatever it does: the server ends its connections, as after a kill.
    await asOwner(
      server,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'chuanmen_app' and state <> 'idle'`,
    )
    expect(await run).toBe('cut off')
    await closed
    expect(await rung()).toBeLessThan(600)
    await ring()
    await wholeStory(300)
  })

  test('one that cannot be rung is said in the log and holds up nobody, today or tomorrow', async () => {
    const poisoned = await given()
    await multiply(server, 119)
    // Its cache says an alarm is due, its standing says otherwise; and it is the first in line.
    await asOwner(
      server,
      `update service_request set next_alarm_at = '2026-01-01T00:00:00Z', standing = jsonb_set(standing, '{told}', '["half", "most", "due"]') where id = $1`,
      [poisoned.id],
    )
    const lines: string[] = []
    const log = openLog({ process: 'test', write: (line) => lines.push(line) })
    at(due)
    expect(await ringAlarms(server.database, district, server.clock.now(), log)).toBe(119 * 3)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(poisoned.id)
    expect(await ringAlarms(server.database, district, server.clock.now(), log)).toBe(0)
    expect(await kindsOf(poisoned.id)).toEqual(['submit', 'accept', 'assign'])
  })
})

describe('RQ7 silence', () => {
  const silent = async () => {
    const request = await given()
    await entered(server, staff.handler, request.id, { kind: 'take' })
    await entered(server, staff.handler, request.id, answered)
    return request
  }
  const stateOf = (id: string) => server.database.within(whole, (trx) => find(trx, id))
  const send = (state: 'sent' | 'failed') =>
    asOwner(
      server,
      state === 'sent'
        ? `update message set state = 'sent', sent_at = created_at, try_at = null where channel = 'sms'`
        : `update message set state = 'failed', reason = 'provider', try_at = null where channel = 'sms'`,
    )

  test('of seven days after a delivered notice closes, and is shown as silence', async () => {
    const { id } = await silent()
    await send('sent')
    at('2026-11-27T02:19:59.000Z')
    expect(await ring()).toBe(0)
    at('2026-11-27T02:20:00.000Z')
    expect([await ring(), await ring()]).toEqual([1, 0])
    expect((await stateOf(id))?.standing).toMatchObject({
      state: 'closed',
      satisfaction: 'silent',
      holder: null,
    })
    expect((await storyOf(id)).at(-1)?.entry).toMatchObject({
      kind: 'close',
      by: { kind: 'system' },
      data: { grounds: 'silence' },
    })
  })

  test('after a notice that did not arrive closes nothing; whoever answered is reminded to call, once', async () => {
    const { id } = await silent()
    await send('failed')
    at('2026-12-20T02:20:00.000Z')
    expect([await ring(), await ring()]).toEqual([1, 0])
    expect((await stateOf(id))?.standing.state).toBe('answered')
    expect(await kindsOf(id)).toContain('remind due')
    expect(await messagesTo(ids.firm, 'request.remind')).toBe(1)
  })

  test('counts anew from the answer after "not solved"', async () => {
    const { id, token } = await silent()
    await send('sent')
    at('2026-11-25T02:20:00.000Z')
    await entered(server, token, id, { kind: 'reopen', words: '没好' })
    await entered(server, await server.session('handler'), id, answered)
    await send('sent')
    at('2026-11-27T02:20:00.000Z')
    expect(await ring()).toBe(0)
    at('2026-12-02T02:20:00.000Z')
    expect(await ring()).toBe(1)
    expect((await stateOf(id))?.standing).toMatchObject({ state: 'closed', satisfaction: 'silent' })
  })

  test('the word of the reporter ends the waiting', async () => {
    const { id, token } = await silent()
    await send('sent')
    await entered(server, token, id, { kind: 'confirm' })
    at('2026-12-20T02:20:00.000Z')
    expect(await ring()).toBe(0)
    const { rows } = await server.database.within(whole, (trx) =>
      sql<{
        next: string | null
      }>`select next_alarm_at as next from service_request where id = ${id}`.execute(trx),
    )
    expect(rows[0]?.next).toBeNull()
  })
})
