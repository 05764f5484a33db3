import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#access/actor.ts'
import { phoneIndex } from '#access/reporters.ts'
import { derivedId } from '#kernel/ids.ts'
import { seal } from '#kernel/keys.ts'
import { district, ids, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { noteOfflineReads } from './handbook.ts'

/** What is kept closed, who opened it, and that the resident sees it (HH10, HH11). */

let server: TestServer
let home: Home
let other: Home
const phone = '10012345678'
const identity = '11010519491231002X'
const tokens: Record<string, string> = {}

beforeAll(async () => {
  server = await startTestServer()
  home = await liveAt(server.ownerUrl, paths.inside.unit, 'home', { number: '201' })
  other = await liveAt(server.ownerUrl, paths.inside.unit, 'other', { number: '202' })
  await giveDoor(server.ownerUrl, home.dwelling, 'liaison')
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await owner.query(
    'update resident set phone_sealed = $2, phone_index = $3, identity_sealed = $4 where id = $1',
    [
      home.resident,
      seal(server.keys, phone, `resident.phone:${home.resident}`),
      phoneIndex(server.keys, phone),
      seal(server.keys, identity, `resident.identity:${home.resident}`),
    ],
  )
  for (const [index, { resident, household }] of [home, other].entries()) {
    await owner.query(
      `insert into care (district_code, id, resident_id, household_id, path, kind, basis, statute, review_on)
       values ($1, $2, $3, $4, $5, $6, 'statutory', '《社会救助暂行办法》', $7)`,
      [
        district,
        derivedId('care', resident),
        resident,
        household,
        paths.inside.unit,
        index === 0 ? 'lives_alone' : 'hardship',
        index === 0 ? '2026-12-01' : '2026-11-01',
      ],
    )
  }
  await owner.end()
  for (const role of ['community_desk', 'liaison', 'building_head', 'district_desk'] as const)
    tokens[role] = await server.session(role)
})
afterAll(() => server.close())

const reveal = (
  role: string,
  field: string,
  resident = home.resident,
  reason: string | undefined = '约上门时间',
) =>
  server.call('POST', `/api/residents/${resident}/reveals`, { token: tokens[role], body: { field, reason } })

describe('HH10 what is kept closed', () => {
  test('is masked on the page and opens for a reason, by role and field', async () => {
    const page = await server.call('GET', `/api/households/${home.household}`, { token: tokens['liaison'] })
    expect(page.text).not.toContain(phone)
    expect(page.text).not.toContain(identity)
    expect(page.json.members[0]).toMatchObject({ phone: '100 **** ***8', hasIdentity: true })
    expect((await reveal('liaison', 'phone')).json).toEqual({ value: phone, household: home.household })
    expect((await reveal('community_desk', 'identity')).json.value).toBe(identity)
    for (const role of ['liaison', 'district_desk'])
      expect((await reveal(role, 'identity')).problem, role).toBe('access.not_allowed')
  })

  test('stays closed without a reason, and out of reach it is not there', async () => {
    expect((await reveal('liaison', 'phone', home.resident, ' ')).problem).toBe('input.invalid')
    for (const [role, resident] of [
      ['liaison', other.resident],
      ['building_head', home.resident],
    ] as const)
      expect((await reveal(role, 'phone', resident)).problem).toBe('record.not_found')
  })
})

describe('HH11 the resident sees who looked', () => {
  const looked = async () => {
    const code = await server.call('POST', '/api/phone-codes', { body: { phone } })
    const session = await server.call('POST', '/api/phone-sessions', {
      body: { phone, code: code.json.demoCode },
    })
    const answer = await server.call('GET', '/api/looked', { token: session.cookie })
    return answer.json.items as {
      what: string
      times: number
      reason: string | null
      organisation: string
      who: string
    }[]
  }

  test('pages, openings with their reason, and what was opened offline, by a proven phone alone', async () => {
    const actor: Extract<Actor, { kind: 'staff' }> = {
      kind: 'staff',
      id: personOf('liaison'),
      name: 'liaison的人',
      posts: [{ role: 'liaison', organisation: ids.bureau, path: paths.inside.unit, deskLevel: null }],
      secondFactor: false,
    }
    const scope = {
      district,
      reach: 'scoped' as const,
      paths: [],
      organisations: [],
      person: actor.id,
      duty: true,
      today: '2026-11-20',
    }
    const noted = await server.database.within(scope, (trx) =>
      noteOfflineReads(
        trx,
        actor,
        [
          { household: home.household, at: '2026-11-19T01:00:00.000Z' },
          { household: home.household, at: '2026-11-19T02:00:00.000Z' },
          { household: other.household, at: '2026-11-19T02:00:00.000Z' },
        ],
        server.clock.now(),
      ),
    )
    expect(noted).toBe(2)
    server.clock.advance({ minutes: 2 })
    const items = await looked()
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: '打开了您家的户册', times: 2, organisation: '城管局', who: 'l**' }),
        expect.objectContaining({ what: '查看了您家人的姓名、电话或证件号码', reason: '约上门时间' }),
      ]),
    )
    // The neighbour's household is nobody's here.
    expect(items.reduce((sum, { times }) => sum + times, 0)).toBe(4)
  })
})

describe('HH9 the care list', () => {
  const list = (role: string, query = '') => server.call('GET', `/api/care${query}`, { token: tokens[role] })

  test('begins with what is to be looked at anew, and reaches as far as the reader', async () => {
    const all = await list('community_desk')
    expect(all.json.items.map(({ reviewOn }: { reviewOn: string }) => reviewOn)).toEqual([
      '2026-11-01',
      '2026-12-01',
    ])
    expect((await list('community_desk', '?due=2026-11-20')).json.items).toHaveLength(1)
    expect((await list('community_desk', '?kind=lives_alone')).json.items).toHaveLength(1)
    expect((await list('liaison')).json.items).toMatchObject([
      { household: home.household, kind: 'lives_alone', name: '钱大娘', place: '和平小区1号楼1单元' },
    ])
    expect((await list('building_head')).json.items).toEqual([])
    const first = await list('community_desk', '?limit=1')
    const second = await list('community_desk', `?limit=1&after=${first.json.next}`)
    expect(second.json.items.map(({ reviewOn }: { reviewOn: string }) => reviewOn)).toEqual(['2026-12-01'])
    expect(second.json.next).toBeNull()
  })
})
