import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scopeFor } from '#access/actor.ts'
import type { Actor, HeldPost } from '#access/actor.ts'
import type { Role } from '#access/permissions.ts'
import type { Trx } from '#kernel/db.ts'
import { choicesOf, drilled, figures, lately } from '#dispatch/choice-store.ts'
import { firstOf, page as boardPage, stepsOf, sums } from '#dispatch/board-store.ts'
import type { Listing } from '#dispatch/board-store.ts'
import { begun, late } from '#dispatch/step-store.ts'
import { deliveredAmong } from '#notify/service.ts'
import { effortOf } from '#tests/explain.ts'
import { district, ids, paths, personOf, posts } from '#tests/fixture.ts'
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
} from '#tests/story.ts'
import { attachmentFor, attachmentsOf } from './files/attachments.ts'
import { answeredBetween, openPicks } from './calls/store.ts'
import { saidAround } from './together/candidates.ts'
import { listQuerySchema } from './contract.ts'
import * as followers from './together/follower-store.ts'
import { handlersFor } from './handlers.ts'
import { counts } from './list.ts'
import { listPage } from './list-page.ts'
import type { Command } from './commands.ts'
import { acceptedTexts, answersTo, givenOut, precedentsTo, returnersOf } from './past.ts'
import * as store from './store.ts'

/**
 * No query without an index, under row security, with twenty thousand requests: every plan is asked for, as the
 * application's role, and none reads one of the large tables from end to end.
 */

let server: TestServer
/** A request that one person said long ago. */
let model: string
let submitEntry: string
let rare: { reporter: string; follower: string }
const cursor = Buffer.from(JSON.stringify(['2026-11-19T02:20:00.000Z', ids.firm])).toString('base64url')

beforeAll(async () => {
  let staff
  ;({ server, staff } = await startDistrict())
  const alone = await said(server, { reporter: { id: newId(server), phone: '10012340401' } })
  rare = { reporter: '', follower: alone.id }
  model = alone.id
  const models: string[] = []
  // Most of them elsewhere and over, as in a real district; a few wait.
  for (let n = 0; n < 10; n += 1) {
    const path = n < 8 ? paths.outside.community : paths.inside.community
    const { id } = await said(server, {
      path,
      reporter: { id: newId(server), phone: `1001234${String(410 + n).padStart(4, '0')}` },
    })
    models.push(id)
    const desk = staff.district_desk
    await entered(server, desk, id, accept)
    if (n === 0) await entered(server, desk, id, assign(ids.bureau))
    else if (n === 8) await entered(server, desk, id, assign(ids.firm))
    else await entered(server, desk, id, answered)
    if (n > 1 && n !== 8) await entered(server, desk, id, { kind: 'follow_up', outcome: 'satisfied' })
  }
  await multiply(server, 2_000)
  // One community of a district holds a hundredth of it; the other copies are moved away.
  const moved = (column: string) =>
    `case ${column} when '${ids.community}'::uuid then '${ids.otherCommunity}'::uuid when '${ids.firm}' then '${ids.otherSubdistrict}' else ${column} end`
  await asOwner(
    server,
    `with away as (
      update service_request set path = '${paths.outside.community}', holder_organisation_id = ${moved('holder_organisation_id')}
      where code like 'GY-2501-%' and abs(hashtext(id::text)) % 30 > 0 returning id)
    update request_party set organisation_id = ${moved('organisation_id')} where request_id in (select id from away)`,
  )
  const [row] = await asOwner<{ reporter: string; entry: string }>(
    server,
    `select r.reporter_id as reporter, e.id as entry from service_request r join request_entry e on e.request_id = r.id and e.seq = 1 where r.id = $1`,
    [model],
  )
  submitEntry = row!.entry
  // Its copies were said by others, so that this reporter said but one.
  await asOwner(
    server,
    `update service_request set reporter_id = (select reporter_id from service_request where id = $1) where reporter_id = $2 and id <> $3`,
    [models[1], row!.reporter, model],
  )
  rare.reporter = row!.reporter
  // One in four is followed by somebody.
  await asOwner(
    server,
    `insert into request_follower (district_code, id, request_id, reporter_id, code, title, since)
     select district_code, gen_random_uuid(), id, reporter_id, 'F' || code, 'x', submitted_at
     from service_request where code like 'GY-2501-%' and abs(hashtext(id::text)) % 4 = 0`,
  )
  await asOwner(
    server,
    `insert into dispatch_choice (district_code, entry_id, request_id, path, category_code, at, turn, chosen_id, why)
     select district_code, gen_random_uuid(), id, '${paths.inside.community}', category_code, submitted_at, 1, '${ids.firm}', 'nobody'
     from service_request where code like 'GY-2501-%' and category_code is not null`,
  )
  await asOwner(server, 'analyze')
})
afterAll(() => server.close())

const held = (role: Role): HeldPost => ({
  role,
  ...posts[role],
  deskLevel: role.endsWith('_desk') ? (role.replace('_desk', '') as 'community') : null,
})
const actors: Record<string, Actor> = {
  ...Object.fromEntries(
    (['community_desk', 'subdistrict_desk', 'district_desk', 'handler', 'grid_worker'] as const).map(
      (role) => [
        role,
        {
          kind: 'staff',
          id: personOf(role),
          name: role,
          posts: [held(role)],
          secondFactor: true,
        } satisfies Actor,
      ],
    ),
  ),
  get reporter(): Actor {
    return { kind: 'reporter', id: rare.reporter, requests: [] }
  },
  get follower(): Actor {
    return { kind: 'follower', requests: [rare.follower] }
  },
}
const scopeOf = (who: string) =>
  who === 'clock'
    ? { district, reach: 'district' as const, paths: [], organisations: [] }
    : scopeFor(actors[who]!, 'request.read', district)

const large = new Set([
  'dispatch_choice',
  'dispatch_step',
  'request_follower',
  'service_request',
  'request_entry',
  'request_party',
  'message',
  'reporter',
])

const effort = (who: string, work: (trx: Trx) => Promise<unknown>) =>
  server.database.within(scopeOf(who), (trx) => effortOf(large, () => work(trx)))
/** Large tables that a piece of work would read from end to end. */
const sequentialScans = async (...work: Parameters<typeof effort>) => (await effort(...work)).scanned
/** Rows of the large tables that a piece of work touches, by whatever way it comes to them, also inside functions. */
const rowsRead = async (...work: Parameters<typeof effort>) => (await effort(...work)).rows

const page = (who: string, query: string) => (trx: Trx) => {
  const parsed = listQuerySchema.parse(Object.fromEntries(new URLSearchParams(query)))
  const actor = actors[who]!
  const own = actor.kind === 'staff' ? actor.posts.map(({ organisation }) => organisation) : []
  return listPage(
    trx,
    parsed,
    { ...scopeOf(who), isStaff: actor.kind === 'staff' },
    own,
    '2026-11-20T02:20:00.000Z',
  )
}

const desks = ['community_desk', 'district_desk', 'handler'] as const
const filters = [
  '',
  '&state=submitted,accepted',
  '&group=B',
  '&category=B03',
  '&channel=visit',
  '&overdue=true',
  `&path=${paths.inside.community}`,
  '&code=GY-2501-0001',
  `&after=${cursor}`,
]
const lists: [string, string][] = [
  ['community_desk', 'queue=heard'],
  ...desks.flatMap((who) =>
    ['mine', 'watching', 'all'].flatMap((queue) =>
      filters.map((filter): [string, string] => [who, `queue=${queue}${filter}`]),
    ),
  ),
  ['grid_worker', 'queue=all'],
  ['community_desk', 'queue=review'],
  ['district_desk', 'queue=review&state=in_progress'],
  ['subdistrict_desk', 'queue=watching'],
  ['reporter', 'queue=reported'],
  ['reporter', `queue=reported&after=${cursor}`],
  ['follower', 'queue=reported'],
]

test('the yardstick bites: a question without an index is found out', async () => {
  const plain = sql`select count(*) from service_request where title = 'x'`
  expect(await sequentialScans('clock', (trx) => plain.execute(trx))).toHaveLength(1)
  expect(await rowsRead('clock', (trx) => plain.execute(trx))).toBeGreaterThan(20_000)
})

test('the yardstick bites: an index that is jumped through for each request is found out', async () => {
  const last = (trx: Trx) =>
    sql`select r.id, a.at from (select * from service_request r where r.district_code = app.district() order by r.submitted_at desc limit 50) r
      join lateral (select e.at from request_entry e where e.district_code = r.district_code and e.request_id = r.id
        and e.kind = 'answer' order by e.seq desc limit 1) a on true`.execute(trx)
  expect(await sequentialScans('clock', last)).toEqual([])
  await asOwner(
    server,
    `create index jumped on request_entry (district_code, at, request_id) where kind = 'answer'`,
  )
  try {
    expect((await sequentialScans('clock', last))[0]).toMatch(/^request_entry over at of jumped in /)
  } finally {
    await asOwner(server, 'drop index jumped')
  }
})

test.each(lists)('%s %s', async (who, query) => {
  expect(await sequentialScans(who, page(who, query))).toEqual([])
})

const one = async (trx: Trx) => (await store.find(trx, model))!
const questions: [string, string, (trx: Trx) => Promise<unknown>][] = [
  ['a reporter’s list', 'reporter', (trx) => page('reporter', 'queue=reported')(trx)],
  ['a follower’s list', 'follower', (trx) => page('follower', 'queue=reported')(trx)],
  ['the newest of a district', 'district_desk', (trx) => page('district_desk', 'queue=all')(trx)],
  ['the newest of a community', 'community_desk', (trx) => page('community_desk', 'queue=mine')(trx)],
  ['what a firm holds', 'handler', (trx) => page('handler', 'queue=mine')(trx)],
  [
    'the overdue of a district',
    'district_desk',
    (trx) => page('district_desk', 'queue=all&overdue=true')(trx),
  ],
  ['one request', 'community_desk', one],
  ['one request, locked', 'community_desk', (trx) => store.find(trx, model, { lock: true })],
  ['its story', 'community_desk', (trx) => store.story(trx, model)],
  ['its story for the reporter', 'reporter', (trx) => store.story(trx, model)],
  ['an entry', 'community_desk', (trx) => store.entryAt(trx, submitEntry)],
  ['its photos', 'community_desk', (trx) => attachmentsOf(trx, model)],
  ['a photo', 'reporter', (trx) => attachmentFor(trx, model, 'anyone', false).catch(() => null)],
  ['a code', 'follower', (trx) => store.findByCode(trx, 'GY-2501-000100')],
  [
    'what a reporter said this year',
    'community_desk',
    (trx) => store.countOf(trx, rare.reporter, '2026-01-01T00:00:00.000Z'),
  ],
  ['what rings now', 'clock', (trx) => store.ringing(trx, '2026-11-20T02:20:00.000Z', 50, [])],
  [
    'what was answered in an hour',
    'clock',
    (trx) => answeredBetween(trx, '2026-11-18T01:00:00.000Z', '2026-11-18T02:00:00.000Z'),
  ],
  ['whom a desk calls today', 'community_desk', (trx) => openPicks(trx, [ids.community], 50)],
  ['who follows it (RQ13)', 'handler', (trx) => followers.followersOf(trx, [model])],
  [
    'what a reporter follows',
    'reporter',
    (trx) => followers.followings(trx, { reporter: rare.reporter, ids: [rare.follower] }),
  ],
  ['what opens by an id', 'follower', (trx) => followers.following(trx, rare.follower)],
  [
    'what was said around here lately',
    'follower',
    (trx) =>
      saidAround(
        trx,
        { path: paths.inside.unit, place: '', lon: null, lat: null },
        '2026-11-18T00:00:00.000Z',
      ),
  ],
  [
    'what was said around a position lately',
    'follower',
    (trx) =>
      saidAround(trx, { path: '1/2/3/', place: '', lon: 116.7, lat: 39.52 }, '2026-10-05T00:00:00.000Z'),
  ],
  ['whose notice arrived', 'clock', (trx) => deliveredAmong(trx, [model], 'request.answer')],
]
test.each(questions)('%s: by an index, and not many rows', async (_, who, work) => {
  expect(await sequentialScans(who, work)).toEqual([])
  expect(await rowsRead(who, work)).toBeLessThan(300)
})

test.each(['community_desk', 'district_desk', 'handler'])('what waits for %s', async (who) => {
  expect(await sequentialScans(who, (trx) => counts(trx, [posts[who as 'handler'].organisation]))).toEqual([])
})

const like = { category: 'B03', since: '2025-01-01T00:00:00.000Z' }
const past: [string, string, (trx: Trx) => Promise<unknown>][] = [
  ['texts to learn from', 'clock', (trx) => acceptedTexts(trx, null, 50)],
  [
    'the next page of them',
    'clock',
    (trx) => acceptedTexts(trx, { id: ids.firm, submittedAt: '2026-11-19T02:20:00.000Z' }, 50),
  ],
  [
    'answers to the like in a community',
    'community_desk',
    (trx) => answersTo(trx, { ...like, path: paths.inside.community }, model, 100),
  ],
  [
    'answers to the like around a unit’s own',
    'handler',
    (trx) => answersTo(trx, { ...like, path: paths.inside.subdistrict }, model, 100),
  ],
  [
    'who answered the like',
    'subdistrict_desk',
    (trx) =>
      precedentsTo(
        trx,
        [paths.inside.community, paths.inside.unit].map((path) => ({ ...like, path })),
        like.since,
      ),
  ],
  ['who sent it back', 'community_desk', (trx) => returnersOf(trx, [model])],
  [
    'to whom it was given',
    'community_desk',
    (trx) => givenOut(trx, [{ id: model, kind: 'transfer' } as Command]),
  ],
]
test.each(past)('SG5 SG7 %s: by an index, and no further than the place', async (_, who, work) => {
  expect(await sequentialScans(who, work)).toEqual([])
  // A thirtieth of the twenty thousand lies in this community.
  expect(await rowsRead(who, work)).toBeLessThan(4_000)
})

const tomorrow = '2026-11-20T16:00:00.000Z'
const hour = { since: '2026-11-19T01:00:00.000Z', until: '2026-11-19T02:00:00.000Z', path: null }
const listed = (more: Partial<Listing> = {}) => ({ organisations: null, limit: 50, ...more })
const dispatch: [string, string, (trx: Trx) => Promise<unknown>][] = [
  ...desks.flatMap((who): [string, string, (trx: Trx) => Promise<unknown>][] => [
    ['the sums of the board', who, (trx) => sums(trx, { own: null }, tomorrow)],
    ['a page of the board', who, (trx) => boardPage(trx, listed(), tomorrow)],
    ['its next page', who, (trx) => boardPage(trx, listed({ after: cursor }), tomorrow)],
    [
      'what one organisation has',
      who,
      (trx) => boardPage(trx, listed({ organisations: [ids.bureau] }), tomorrow),
    ],
    ['what is late', who, (trx) => boardPage(trx, listed({ due: 'overdue', group: 'B' }), tomorrow)],
    [
      'the first of each box',
      who,
      (trx) =>
        firstOf(trx, [{ organisation: ids.bureau, person: null, state: 'assigned' }], { byPerson: true }, 3),
    ],
  ]),
  ['at which step they wait', 'district_desk', (trx) => stepsOf(trx, [model])],
  ['steps that began', 'clock', (trx) => begun(trx, 200, [])],
  ['steps that are late', 'clock', (trx) => late(trx, '2026-11-20T02:20:00.000Z', 200, [])],
  ['what was chosen for one', 'community_desk', (trx) => choicesOf(trx, model)],
  ['figures of an hour', 'clock', (trx) => figures(trx, hour)],
  ['the requests behind one', 'clock', (trx) => drilled(trx, hour, { figure: 'dispatched', limit: 40 })],
  [
    'what a row would have touched',
    'district_desk',
    (trx) =>
      lately(trx, [{ category: 'B04', group: null, path: paths.district }], '2026-08-20T02:20:00.000Z', 200),
  ],
]
test.each(dispatch)('DP12 %s, %s', async (_, who, work) => {
  expect(await sequentialScans(who, work)).toEqual([])
})

test('who can solve it', async () => {
  const now = server.clock.now()
  expect(
    await sequentialScans('community_desk', async (trx) => handlersFor(trx, await one(trx), now)),
  ).toEqual([])
})
