import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { brotliDecompressSync } from 'node:zlib'
import { uuidv7 } from '#kernel/ids.ts'
import { district, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { Phone } from '#tests/phone.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

/** The change feed of one phone, against the real server and database. */

let server: TestServer
let own: Home
let neighbour: Home
let phone: Phone
let count = 0

const asOwner = async (text: string, values: unknown[] = []) => {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows
}
const newPhone = async (role: 'liaison' | 'building_head' | 'grid_worker' = 'liaison') => {
  const made = new Phone({
    line: (method, url, options) => server.call(method, url, options),
    token: await server.session(role),
    now: () => server.clock.now(),
  })
  expect((await made.register()).status).toBe(201)
  return made
}
const give = (home: Home, role: 'liaison' | 'building_head' = 'liaison') =>
  giveDoor(server.ownerUrl, home.dwelling, role)
const live = () =>
  liveAt(server.ownerUrl, paths.inside.unit, `feed ${(count += 1)}`, { number: `${200 + count}` })
const takeAway = (home: Home) =>
  asOwner(`update duty set valid_until = valid_from where dwelling_id = $1`, [home.dwelling])
const note = (home: Home, words: string) =>
  asOwner('update household set note = $2, version = version + 1 where id = $1', [home.household, words])

beforeAll(async () => {
  server = await startTestServer()
  own = await live()
  neighbour = await live()
  await give(own)
  await give(neighbour, 'building_head')
})
afterAll(() => server.close())
beforeEach(async () => {
  phone = await newPhone()
})

describe('FD2 what is one’s own', () => {
  test('comes whole: the household, the stairwell as it stands, oneself and the categories', async () => {
    const items = await phone.fetch()
    expect(items.map(({ kind }) => kind).toSorted()).toEqual([
      'categories',
      'household',
      'offers',
      'profile',
      'requests',
      'units',
    ])
    expect(phone.household(own.household)).toMatchObject({
      path: paths.inside.unit,
      door: { id: own.dwelling },
      members: [{ id: own.resident, name: '钱大娘' }],
      standsInFor: null,
    })
    expect(phone.store.get('units ')!.data).toMatchObject({
      items: [{ path: paths.inside.unit, building: '1号楼', compound: '和平小区' }],
    })
    expect(phone.store.get('profile ')!.data).toMatchObject({ roles: ['liaison'] })
  })

  test('nothing of a neighbour but where the door is', async () => {
    const page = await phone.page()
    expect(page.text).toContain(own.household)
    expect(page.text).toContain(neighbour.dwelling)
    expect(page.text).not.toContain(neighbour.household)
    expect(page.text).not.toContain(neighbour.resident)
  })

  test('a phone number in full, because to call the household is the duty', async () => {
    const edit = { id: uuidv7(server.clock.now()), kind: 'edit', base: 1, deviceAt: '2026-11-20T02:00:00Z' }
    const entered = await server.call('POST', `/api/households/${own.household}/entries`, {
      token: await server.session('community_desk'),
      body: { ...edit, fields: { [`resident.${own.resident}.phone`]: '10012345678' } },
    })
    expect(entered.status, entered.text).toBe(200)
    await phone.fetch()
    expect(phone.household(own.household)!.members[0]!.phone).toBe('10012345678')
  })

  test('VR4 the households of whoever is away and has named me, marked as theirs, until they are back', async () => {
    await asOwner(
      `insert into absence (district_code, id, person_id, backup_person_id, from_on, until_on) values ($1, $2, $3, $4, '2026-11-20', '2026-11-21')`,
      [district, uuidv7(server.clock.now()), personOf('building_head'), personOf('liaison')],
    )
    await phone.fetch()
    expect(phone.household(neighbour.household)?.standsInFor).toBe('building_head的人')
    server.clock.advance({ days: 1 })
    phone.token = await server.session('liaison')
    const back = await phone.fetch()
    expect(back).toContainEqual({
      kind: 'household',
      id: neighbour.household,
      version: 0,
      gone: true,
      data: null,
    })
    expect([...phone.households.keys()]).toEqual([own.household])
  })
})

describe('FD3 the cursor', () => {
  test('brings only what changed since, and nothing when nothing did', async () => {
    await phone.fetch()
    expect(await phone.fetch()).toEqual([])
    await note(own, '三声敲门')
    expect((await phone.fetch()).map(({ id }) => id)).toEqual([own.household])
    expect(phone.household(own.household)!.note).toBe('三声敲门')
    expect(await phone.fetch()).toEqual([])
  })

  test('a change that commits after a later one was read is not passed over', async () => {
    await phone.fetch()
    const slow = new pg.Client({ connectionString: server.ownerUrl })
    await slow.connect()
    await slow.query('begin')
    await slow.query(`update resident set name = '钱老太' where id = $1`, [own.resident])
    await note(own, '先写完的')
    await phone.fetch()
    expect(phone.household(own.household)).toMatchObject({ note: '先写完的', members: [{ name: '钱大娘' }] })
    await slow.query('commit')
    await slow.end()
    await phone.fetch()
    expect(phone.household(own.household)).toMatchObject({ members: [{ name: '钱老太' }] })
    expect(await phone.fetch()).toEqual([])
    await asOwner(`update resident set name = '钱大娘' where id = $1`, [own.resident])
  })

  test('a writer somewhere else that takes hours neither delays nor repeats anything', async () => {
    const slow = new pg.Client({ connectionString: server.ownerUrl })
    await slow.connect()
    await slow.query('begin')
    await slow.query('select pg_current_xact_id()')
    const home = await live()
    await phone.fetch()
    await note(own, '照样马上到')
    await phone.fetch()
    expect(phone.household(own.household)!.note).toBe('照样马上到')
    expect(await phone.fetch()).toEqual([])
    await give(home)
    await phone.fetch({ lost: true })
    await phone.fetch()
    expect(phone.household(home.household)).toBeDefined()
    await takeAway(home)
    await phone.fetch({ lost: true })
    await phone.fetch()
    expect(phone.household(home.household)).toBeUndefined()
    expect(await phone.fetch()).toEqual([])
    await slow.query('rollback')
    await slow.end()
  })

  test('a lost answer is asked for again and brings the same', async () => {
    await phone.fetch({ lost: true })
    expect(phone.store.size).toBe(0)
    await phone.fetch()
    expect(phone.household(own.household)).toBeDefined()
    await note(own, '又改了')
    await phone.fetch({ lost: true })
    await phone.fetch()
    expect(phone.household(own.household)!.note).toBe('又改了')
  })

  test('a garbled cursor is refused by name', async () => {
    phone.cursor = 'eyJoIjoi'
    const answer = await phone.page()
    expect([answer.status, answer.json]).toMatchObject([400, { field: 'query.cursor' }])
  })
})

describe('FD4 what becomes one’s own, and what ceases to be', () => {
  test('a new duty brings the household whole; its end takes it away until the phone knows', async () => {
    const home = await live()
    await phone.fetch()
    await give(home)
    await phone.fetch()
    expect(phone.household(home.household)).toBeDefined()
    await takeAway(home)
    // The answer that says so is lost, twice.
    await phone.fetch({ lost: true })
    await phone.fetch({ lost: true })
    expect(phone.household(home.household)).toBeDefined()
    expect(await phone.fetch()).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: home.household, gone: true })]),
    )
    expect(phone.household(home.household)).toBeUndefined()
    expect((await phone.fetch()).filter(({ gone }) => gone)).toEqual([])
  })

  test('what comes back comes whole, with what was written meanwhile', async () => {
    const home = await live()
    await give(home)
    await phone.fetch()
    await takeAway(home)
    await phone.fetch()
    await note(home, '换人期间写的')
    await asOwner('update duty set valid_until = null where dwelling_id = $1', [home.dwelling])
    await phone.fetch()
    expect(phone.household(home.household)!.note).toBe('换人期间写的')
    await takeAway(home)
  })

  test('more than a page comes in pages, also when one of them is lost and what is own changes meanwhile', async () => {
    const homes: Home[] = []
    for (let n = 0; n < 55; n += 1) homes.push(await live())
    for (const home of homes) await give(home)
    const first = await phone.page()
    expect((first.json as { more: boolean }).more).toBe(true)
    await takeAway(homes[0]!)
    await phone.fetch()
    const mine = new Set(phone.households.keys())
    expect(homes.slice(1).every(({ household }) => mine.has(household))).toBe(true)
    await phone.fetch()
    expect(phone.household(homes[0]!.household)).toBeUndefined()
    for (const home of homes) await takeAway(home)
    await phone.fetch()
    expect([...phone.households.keys()]).toEqual([own.household])
  })
})

describe('FD5 another history', () => {
  test('a cursor that was given out by a database that was put back begins anew', async () => {
    await phone.fetch()
    await asOwner('update field_device set horizon = 0 where id = $1', [phone.id])
    const answer = await phone.page()
    expect(answer.json).toMatchObject({ reset: true, more: false })
    await phone.fetch()
    expect(phone.household(own.household)).toBeDefined()
    expect(await phone.fetch()).toEqual([])
  })
})

describe('FD11 the ledger', () => {
  const lines = () =>
    asOwner(
      `select detail ->> 'step' as step from audit_entry where subject_id = $1 and action = 'field.sync' and detail ->> 'device' = $2`,
      [own.household, phone.id],
    )

  test('a delivery is a read: told when the household comes whole, then at most once a day', async () => {
    await phone.fetch()
    expect(await lines()).toEqual([{ step: 'delivered' }])
    await phone.fetch()
    await note(own, '同一天')
    await phone.fetch()
    expect(await lines()).toHaveLength(1)
    server.clock.advance({ days: 1 })
    phone.token = await server.session('liaison')
    await phone.fetch()
    expect(await lines()).toHaveLength(1)
    await note(own, '第二天')
    await phone.fetch()
    expect(await lines()).toHaveLength(2)
  })
})

test('FD10 whose post ended gets nothing, and is told so', async () => {
  const head = await newPhone('building_head')
  await head.fetch()
  await asOwner('update post set valid_until = $2 where person_id = $1', [
    personOf('building_head'),
    server.clock.now().toString(),
  ])
  expect((await head.page()).problem).toBe('field.withdrawn')
  await asOwner('update post set valid_until = null where person_id = $1', [personOf('building_head')])
  await head.fetch()
})

test('goes out compressed to whoever takes it so', async () => {
  const answer = await server.server.inject({
    method: 'GET',
    url: `/api/field/feed?device=${phone.id}`,
    headers: { cookie: `chuanmen_session=${phone.token}`, 'accept-encoding': 'gzip, br' },
  })
  expect(answer.headers).toMatchObject({
    'content-encoding': 'br',
    vary: expect.stringContaining('accept-encoding'),
  })
  expect(JSON.parse(brotliDecompressSync(answer.rawPayload).toString()).items.length).toBeGreaterThan(3)
})

test('marks go once every phone that could need them has begun anew, and not before', async () => {
  const prune = () =>
    server.database.within({ district, reach: 'district', paths: [], organisations: [] }, (trx) =>
      sql`select app.prune_field(now())`.execute(trx),
    )
  const left = async () =>
    (await asOwner('select 1 from field_mark where household_id = $1', [own.household])).length
  await phone.fetch()
  await note(own, '一')
  await note(own, '二')
  await asOwner(`update field_mark set marked_at = now() - interval '14 days 12 hours'`)
  const before = await left()
  await prune()
  expect(await left()).toBe(before)
  await phone.fetch()
  expect(phone.household(own.household)!.note).toBe('二')
  await asOwner(`update field_mark set marked_at = now() - interval '15 days 1 hour'`)
  await prune()
  expect(await left()).toBe(0)
  expect(await phone.fetch()).toEqual([])
})
