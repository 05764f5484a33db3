import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phoneIndex } from '#access/reporters.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { seal } from '#kernel/keys.ts'
import { district, paths } from '#tests/fixture.ts'
import { liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { duplicateRules } from './duplicate-rules.ts'
import { identityIndex } from './stored.ts'

/** What was entered twice is found by rules that are data, and put together by a person (HH13). */

let server: TestServer
let token: string
let owner: pg.Client
let count = 0
const id = () => uuidv7(server.clock.now())
const deviceAt = '2026-11-20T02:00:00.000Z'
const fresh = (name: string, path: string = paths.inside.unit) =>
  liveAt(server.ownerUrl, path, `twice ${(count += 1)}`, { number: `${100 + count}`, name })

beforeAll(async () => {
  server = await startTestServer()
  token = await server.session('community_desk')
  owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await server.close()
})

const setPhone = ({ resident }: Home, phone: string) =>
  owner.query('update resident set phone_sealed = $2, phone_index = $3 where id = $1', [
    resident,
    seal(server.keys, phone, `resident.phone:${resident}`),
    phoneIndex(server.keys, phone),
  ])
const list = async (rule: string, query = '', as = token) =>
  (await server.call('GET', `/api/register/duplicates?rule=${rule}${query}`, { token: as })).json
const pairs = async (rule: string) =>
  (await list(rule)).items.map(({ one, other }: { one: { id: string }; other: { id: string } }) =>
    [one.id, other.id].toSorted(),
  )
const decide = (kind: string, decision: string, keep: string, other: string, own = id()) =>
  server.call('POST', '/api/register/duplicates/decisions', {
    token,
    body: { id: own, kind, decision, keep, other },
  })
const page = async ({ household }: { household: string }) =>
  (await server.call('GET', `/api/households/${household}`, { token })).json
const care = (home: Home) =>
  owner.query(
    `insert into care (district_code, id, resident_id, household_id, path, kind, basis, consented_at, review_on)
     values ($1, $2, $3, $4, $5, 'frail', 'consent', '2026-01-01', '2027-01-01')`,
    [district, derivedId('care', home.resident), home.resident, home.household, paths.inside.unit],
  )

describe('HH13 two look alike', () => {
  test('by the same identity number, by phone and a name with a slip, by name and year in one building', async () => {
    const [a, b] = [await fresh('周一一'), await fresh('周一二')]
    for (const { resident } of [a, b])
      await owner.query('update resident set identity_index = $2 where id = $1', [
        resident,
        identityIndex(server.keys, '11010519491231002X'),
      ])
    expect(await pairs('identity')).toEqual([[a.resident, b.resident].toSorted()])
    expect(await pairs('phone_name')).toEqual([])
    for (const one of [a, b]) await setPhone(one, '10033334444')
    expect(await pairs('phone_name')).toEqual([[a.resident, b.resident].toSorted()])
    const [c, d] = [await fresh('吴三省'), await fresh('吴三省')]
    expect(await pairs('name_birth_building')).toEqual([[c.resident, d.resident].toSorted()])
    // The same phone under another name is a family's phone.
    const e = await fresh('郑家人')
    await setPhone(e, '10033334444')
    expect(await pairs('phone_name')).toHaveLength(1)
  })

  test('and nobody beyond the reader’s reach is told of', async () => {
    const elsewhere = await fresh('吴三省', paths.outside.community)
    expect(await pairs('name_birth_building')).toHaveLength(1)
    expect((await list('name_birth_building', '', await server.session('liaison'))) as unknown).toMatchObject(
      {
        code: 'access.not_allowed',
      },
    )
    expect(elsewhere.resident).toBeTruthy()
  })

  test('in pages that neither miss nor repeat a pair', async () => {
    for (let at = 0; at < 4; at += 1) await fresh('冯四海')
    const all = await pairs('name_birth_building')
    const seen: string[][] = []
    let after: string | null = ''
    while (after !== null) {
      const answer: { items: { one: { id: string }; other: { id: string } }[]; next: string | null } =
        await list('name_birth_building', `&limit=2${after && `&after=${after}`}`)
      seen.push(...answer.items.map(({ one, other }) => [one.id, other.id].toSorted()))
      after = answer.next
    }
    expect(seen).toEqual(all)
    expect(new Set(seen.map(String)).size).toBe(7)
  })

  test('by a rule that is no rule, nothing', async () => {
    expect((await list('surname')).code).toBe('input.invalid')
    expect(new Set(duplicateRules.map(({ name }) => name)).size).toBe(duplicateRules.length)
  })
})

describe('HH13 a person decides', () => {
  test('they are two: nobody is asked again', async () => {
    const [a, b] = [await fresh('褚五行'), await fresh('褚五行')]
    const own = id()
    expect((await decide('resident', 'different', a.resident, b.resident, own)).json).toEqual({
      household: null,
      entry: null,
    })
    expect((await decide('resident', 'different', b.resident, a.resident, own)).status).toBe(200)
    expect(await pairs('name_birth_building')).not.toContainEqual([a.resident, b.resident].toSorted())
  })

  test('they are one: care goes along, the empty household too, and all of it can be taken back', async () => {
    const [keep, twice] = [await fresh('卫六顺'), await fresh('卫六顺')]
    await care(twice)
    const before = [await page(keep), await page(twice)]
    const own = id()
    const decided = await decide('resident', 'same', keep.resident, twice.resident, own)
    expect(decided.json).toEqual({ household: twice.household, entry: own })
    expect((await decide('resident', 'same', keep.resident, twice.resident, own)).json).toEqual(decided.json)
    expect(await page(keep)).toMatchObject({
      members: [{ id: keep.resident }],
      care: [{ resident: keep.resident }],
    })
    expect((await page(twice)).members).toEqual([])
    const refused = await server.call('POST', `/api/households/${twice.household}/entries`, {
      token,
      body: { id: id(), base: 1, deviceAt, fields: { note: 'x' } },
    })
    expect(refused.problem).toBe('household.merged')
    const listed = await server.call('GET', `/api/households?path=${paths.inside.unit}&limit=200`, { token })
    expect(listed.text).not.toContain(twice.household)
    const back = await server.call('POST', `/api/households/${twice.household}/entries/${own}/undo`, {
      token,
      body: { id: id(), deviceAt },
    })
    expect(back.status, back.text).toBe(200)
    const plain = (view: { members: object[]; care: object[] }) => [view.members.length, view.care.length]
    expect([plain(await page(keep)), plain(await page(twice))]).toEqual(before.map(plain))
  })

  test('two households are one: who is in both is one, who is in one moves over', async () => {
    const [keep, twice] = [await fresh('蒋七星'), await fresh('蒋七星')]
    await owner.query('update household set dwelling_id = $2 where id = $1', [twice.household, keep.dwelling])
    const child = id()
    await server.call('POST', `/api/households/${twice.household}/entries`, {
      token,
      body: {
        id: id(),
        base: 1,
        deviceAt,
        fields: { [`resident.${child}.name`]: '蒋小星', [`resident.${child}.relation`]: 'child' },
      },
    })
    expect(await pairs('door_name')).toEqual([[keep.household, twice.household].toSorted()])
    const own = id()
    expect((await decide('household', 'same', keep.household, twice.household, own)).status).toBe(200)
    expect((await page(keep)).members.map((one: { id: string }) => one.id)).toEqual([keep.resident, child])
    expect(await pairs('door_name')).toEqual([])
    await server.call('POST', `/api/households/${twice.household}/entries/${own}/undo`, {
      token,
      body: { id: id(), deviceAt },
    })
    expect((await page(keep)).members).toHaveLength(1)
    expect((await page(twice)).members).toHaveLength(2)
  })

  test('of somebody beyond reach nothing is decided', async () => {
    const [a, b] = [await fresh('沈八方'), await fresh('沈八方', paths.outside.community)]
    expect((await decide('resident', 'same', a.resident, b.resident)).problem).toBe('record.not_found')
    expect((await decide('household', 'same', a.household, b.household)).problem).toBe('record.not_found')
  })
})
