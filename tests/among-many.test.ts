import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scope, Trx } from '#kernel/db.ts'
import { askedOf, liveAfter, loadsOf, roundsOver, takenBy } from '#offers/store.ts'
import { lastMessages } from '#notify/robots-store.ts'
import { linesIn } from '#rota/store.ts'
import { deviceById, devicesOf, makeRoom, releaseEndpoint } from '#notify/devices-store.ts'
import { claimNext, claimTogether, giveUp, waysOf } from '#notify/outbox-store.ts'
import { lateRequests } from '#whistle/late.ts'
import { keepWishes } from '#wishes/clock.ts'
import { ringWhistles } from '#whistle/clock.ts'
import { followOpen } from '#whistle/follow.ts'
import { workerOf } from '#whistle/people-fixture.ts'
import { effortOf, largeTables } from './explain.ts'
import type { Effort } from './explain.ts'
import { district, ids, paths, personOf } from './fixture.ts'
import { growMany, many, theirs } from './many.ts'
import type { TestServer } from './server.ts'
import { accept, answered, asOwner, entered, multiply, newId, said, startDistrict, whole } from './story.ts'

/**
 * What keeps requests from getting stuck, among thousands of each: whistles, meetings, offers, wishes, rotas, matters,
 * mediation files and the outbox. Each is asked as its role asks it, through the front door and under row security. No
 * statement reads a large table from end to end, also inside functions; what is touched is what a page shows or a clock
 * does, however much lies elsewhere or is over; and a page asks as many statements with thirty rows as with three.
 */

/** Rows that a page of at most a hundred may touch, with all that hangs on them. */
const mostRows = 1_500
const mostStatements = 21

let server: TestServer
let large: ReadonlySet<string>
const tokens: Record<string, string | undefined> = {}
let request: string

beforeAll(async () => {
  let staff
  ;({ server, staff } = await startDistrict())
  const bureau = await workerOf(server, ids.bureau, paths.district, '翟志平')
  Object.assign(tokens, staff, { bureau: bureau.token, system_admin: await server.session('system_admin') })
  const done = async (token: string, url: string, body: object) => {
    const answer = await server.call('POST', url, { token, body: { id: newId(server), ...body } })
    expect(answer.status, answer.text).toBeLessThan(300)
    return answer.json as { id: string }
  }
  /** As far as being called, and all the way. */
  const whistled = async (rated: boolean) => {
    const { id } = await said(server)
    await entered(server, staff.community_desk, id, accept)
    const whistle = await done(staff.community_desk, '/api/whistles', { requests: [id], words: '一起来' })
    const step = (token: string, entry: object) => done(token, `/api/whistles/${whistle.id}/entries`, entry)
    await step(staff.subdistrict_desk, { kind: 'blow', lead: ids.bureau, assisting: [], words: '请来' })
    if (!rated) return whistle.id
    await step(bureau.token, { kind: 'report_in', words: '' })
    await step(bureau.token, { kind: 'done', words: '换了阀门', attachments: [] })
    const ratings = [{ organisation: ids.bureau, rating: 'satisfied' }]
    await step(staff.community_desk, { kind: 'rate', ratings, words: '来得快' })
    return whistle.id
  }
  const called = await whistled(false)
  const over = await whistled(true)
  ;({ id: request } = await said(server))
  await entered(server, staff.community_desk, request, accept)
  const closed = await said(server)
  await entered(server, staff.community_desk, closed.id, accept)
  await entered(server, staff.community_desk, closed.id, answered)
  await multiply(server, many / 4)
  await growMany(server.ownerUrl, { called, over })
  large = await largeTables((text, values) => asOwner(server, text, values), many / 2)
  expect([...large]).toEqual(
    expect.arrayContaining(['whistle', 'meeting_item', 'offer_ask', 'wish_told', 'rota_swap', 'grid_push']),
  )
}, 120_000)
afterAll(() => server.close())

const desks = ['community_desk', 'subdistrict_desk', 'district_desk', 'bureau'] as const

/** A page, as its reader asks for it; what a process reads once is read before. */
async function asked(who: string, url: string): Promise<Effort> {
  const page = () => server.call('GET', url, { token: tokens[who] })
  const first = await page()
  expect(first.status, first.text).toBe(200)
  return effortOf(large, page)
}

const cursor = Buffer.from(JSON.stringify(['2026-11-15T02:20:00.000Z', ids.firm])).toString('base64url')
const each = (urls: readonly string[], readers: readonly string[] = desks) =>
  urls.flatMap((url) => readers.map((who): [string, string] => [who, url]))

const past = ['/api/meetings?when=past', `/api/meetings?when=past&after=${cursor}`]
const pages: [string, string][] = [
  ...each(['mine', 'open', 'over'].map((queue) => `/api/whistles?queue=${queue}`)),
  ...each([
    `/api/whistles?queue=called&department=${ids.bureau}&part=late`,
    '/api/whistle-figures?from=2026-11-01&until=2026-11-10',
    '/api/joint-meetings',
    '/api/meetings',
    ...past,
    '/api/grid-pushes',
    '/api/grid-pushes?show=waiting',
    '/api/grid-pushes?show=past',
  ]),
  ...each(
    [
      '/api/offers',
      '/api/offers?state=live',
      `/api/offers?state=over&after=${cursor}`,
      '/api/wishes/desk',
      '/api/wishes/desk?state=open',
      `/api/wishes/desk?state=over&after=${cursor}`,
      '/api/rota/tonight',
    ],
    ['community_desk', 'district_desk'],
  ),
  ...each(
    ['/api/mediations', '/api/mediations?over=true', `/api/mediations?after=${cursor}`],
    ['community_desk'],
  ),
  ...each(
    [
      `/api/whistles/${theirs('whistle')}`,
      `/api/meetings?when=past&joint=${theirs('joint', 0)}`,
      `/api/meetings/${theirs('meeting')}`,
      `/api/meetings/${theirs('meeting', many)}/proposals`,
      `/api/rota?organisation=${ids.community}`,
      `/api/mediations/${theirs('file')}`,
    ],
    ['community_desk'],
  ),
  ...each(
    [
      '/api/wishes',
      '/api/wishes?open=true',
      `/api/wishes?path=${paths.inside.subdistrict}`,
      `/api/wishes?after=${cursor}`,
      `/api/duty?place=${paths.inside.unit}`,
    ],
    ['anybody'],
  ),
  ...each(['/api/wishes/own', '/api/contact', '/api/notices'], ['grid_worker']),
  ...each(['/api/sending', '/api/notices/failed'], ['system_admin']),
]
/**
 * Who reads a whistle is asked of each of its requests (RQ10), and no path says that, so these are walked in their order
 * past those of other communities: as far as a district's whistles go.
 */
const walked = new Set(['community_desk /api/whistles?queue=open', 'community_desk /api/whistles?queue=over'])

test.each(pages)('%s %s', async (who, url) => {
  const { scanned, rows, statements } = await asked(who, url)
  expect(scanned).toEqual([])
  if (!walked.has(`${who} ${url}`)) expect(rows).toBeLessThan(mostRows)
  expect(statements).toBeLessThanOrEqual(mostStatements)
})

test('the candidates for a want, and to whom it was offered', async () => {
  for (const url of [`/api/requests/${request}/helpers`, `/api/requests/${request}/offers`])
    expect(await asked('community_desk', url)).toMatchObject({ scanned: [] })
})

const at = '2026-11-20T02:20:00.000Z'
const tomorrow = '2026-11-21T02:20:00.000Z'
const by = (work: (trx: Trx) => Promise<unknown>) => () => server.database.within(whole, work)
const clocks: [string, () => Promise<unknown>][] = [
  ['RQ18 whistles that ring', () => ringWhistles(server.database, district, server.clock.now())],
  ['RQ18 whistles after their requests', () => followOpen(server.database, district, server.clock.now())],
  [
    'MT2 requests that wait for somebody who was called',
    by((trx) => lateRequests(trx, paths.inside.community)),
  ],
  ['OF5 rounds that are over', by((trx) => roundsOver(trx, at, 1, []))],
  ['OF7 offers that may not hold any more', by((trx) => liveAfter(trx, null, 100))],
  [
    'OF1 what people have and were asked',
    by((trx) => loadsOf(trx, [personOf('grid_worker')], '2026-10-20T02:20:00.000Z')),
  ],
  ['what waits on somebody’s phone', by((trx) => askedOf(trx, personOf('grid_worker')))],
  ['what somebody took', by((trx) => takenBy(trx, personOf('grid_worker'), '2026-10-20T02:20:00.000Z'))],
  ['WI6 wishes whose time is over', () => keepWishes(server.database, district, server.clock.now())],
  [
    'RT2 lines in force at every desk',
    by((trx) => linesIn(trx, [ids.community, ids.subdistrict], '2026-11-19', '2026-11-22')),
  ],
  ['NT15 nothing leaves before its hour', by((trx) => claimNext(trx, 'sms', at))],
  ['NT3 the next message', by((trx) => claimNext(trx, 'sms', tomorrow))],
  [
    'NT16 those that go out together with it',
    by(async (trx) => {
      for (;;) {
        const first = await claimNext(trx, 'email', tomorrow)
        if (first?.digest !== false) return claimTogether(trx, first!, tomorrow)
      }
    }),
  ],
  ['NT4 what was cut off', by((trx) => giveUp(trx, at))],
  [
    'NT12 the ways of those addressed',
    by((trx) =>
      waysOf(trx, { reporters: [], people: [theirs('owner', 1)], organisations: [ids.community] }, at),
    ),
  ],
  ['NT18 what became of the last message to each robot', by(lastMessages)],
  ['NT17 a browser', by((trx) => deviceById(trx, theirs('browser', 3)))],
  ['NT17 somebody’s browsers', by((trx) => devicesOf(trx, theirs('owner', 3)))],
  ['NT17 a browser that changes hands', by((trx) => releaseEndpoint(trx, 'index 7'))],
  ['NT17 the oldest browser gives way', by((trx) => makeRoom(trx, theirs('owner', 8), 3))],
]
test.each(clocks)('%s', async (_, deed) => {
  const { scanned, rows } = await effortOf(large, deed)
  expect(scanned).toEqual([])
  expect(rows).toBeLessThan(mostRows)
})

/**
 * What row security keeps of a table whatever its folder asks, with the WHERE left out: who may read all of it, some of it,
 * nothing of it. `area`: what lies in one's areas. `desk`: what one's organisation has, an area gives nothing. `person`: one's
 * own. `serving`: everybody who serves. `district`: everybody in the district. `published`: everybody, once it is.
 */
const promised: Record<string, 'area' | 'desk' | 'person' | 'serving' | 'district' | 'published'> = {
  request_part: 'area',
  precedent: 'serving',
  routing_rule: 'district',
  dispatch_choice: 'area',
  dispatch_step: 'area',
  offer: 'area',
  offer_ask: 'area',
  wish_told: 'area',
  wish: 'published',
  wish_claim: 'area',
  wish_entry: 'area',
  whistle: 'area',
  // Read by the policy of `whistle` itself, which must see the requests that are withheld.
  whistle_request: 'district',
  whistle_part: 'area',
  whistle_entry: 'area',
  joint_meeting: 'area',
  meeting_seat: 'district',
  meeting: 'area',
  meeting_member: 'serving',
  meeting_item: 'area',
  notify_setting: 'district',
  push_subscription: 'person',
  robot: 'district',
  rota: 'district',
  rota_line: 'district',
  rota_swap: 'district',
  mediation: 'desk',
  mediation_party: 'desk',
  mediation_mediator: 'desk',
  mediation_entry: 'desk',
  grid_matter_list: 'district',
  grid_push: 'serving',
}

describe('row security with the WHERE left out', () => {
  const nobody = { ...whole, reach: 'none' as const }
  const serving = { ...whole, reach: 'scoped' as const }
  const count = (scope: Scope, table: string) =>
    server.database.within(scope, async (trx) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
        trx,
      )
      return rows[0]!.n
    })

  test('every table made since migration 0041 says here what it keeps', () => {
    const folder = new URL('../platform/migrations/', import.meta.url)
    const made = readdirSync(folder)
      .filter((file) => /^\d{4}_.*\.sql$/.test(file) && file >= '0041')
      .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^create table (\w+)/gm)])
    expect(Object.keys(promised).toSorted()).toEqual(made.map(([, table = '']) => table).toSorted())
  })

  test.each(Object.entries(promised))('%s: %s', async (table, what) => {
    const all = await count(whole, table)
    const read = {
      stranger: await count({ ...whole, district: '130107' }, table),
      none: await count(nobody, table),
      elsewhere: await count({ ...serving, paths: ['131003/131003009/'], organisations: [ids.firm] }, table),
      area: await count({ ...serving, paths: [paths.inside.community] }, table),
      desk: await count({ ...serving, organisations: [ids.community] }, table),
      person: await count({ ...nobody, person: theirs('owner', 5) }, table),
    }
    expect(all).toBeGreaterThan(0)
    expect(read.stranger).toBe(0)
    if (what === 'district') expect(read).toMatchObject({ none: all, elsewhere: all })
    else if (what === 'serving') expect(read).toMatchObject({ none: 0, person: 0, elsewhere: all })
    else if (what === 'published') {
      expect(read.none).toBe(read.elsewhere)
      expect(read.area).toBeGreaterThan(read.none)
      expect(read.none).toBeLessThan(all)
    } else {
      expect(read).toMatchObject({ none: 0, elsewhere: 0, ...(what !== 'area' && { area: 0 }) })
      expect(read[what]).toBeGreaterThan(0)
      expect(read[what]).toBeLessThan(all / 10)
    }
  })

  // What everybody reads is changed by its own desk, or by one over it.
  test.each(['rota', 'rota_line', 'grid_push'])('%s is changed at home only', async (table) => {
    const changed = (scope: Scope) =>
      server.database.within(scope, async (trx) => {
        const { numAffectedRows } = await sql`update ${sql.table(table)} set version = version`.execute(trx)
        return Number(numAffectedRows)
      })
    expect(await changed({ ...serving, paths: ['131003/131003009/'] })).toBe(0)
    expect(await changed(nobody)).toBe(0)
    const own = await changed({ ...serving, paths: [paths.inside.community] })
    expect(own).toBeGreaterThan(0)
    expect(own).toBeLessThan((await count(whole, table)) / 10)
  })
})
