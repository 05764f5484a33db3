import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#kernel/ids.ts'
import { district, paths } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { householdAt } from './service.ts'

/** Households move in, move away, split, come together; who lived where on a day stays right (HH12, boundary 20). */

let server: TestServer
let token: string
let liaison: string
let count = 0
const deviceAt = '2026-11-20T02:00:00.000Z'
const id = () => uuidv7(server.clock.now())
const fresh = () =>
  liveAt(server.ownerUrl, paths.inside.unit, `life ${(count += 1)}`, { number: `${300 + count}` })

beforeAll(async () => {
  server = await startTestServer()
  token = await server.session('community_desk')
  liaison = await server.session('liaison')
})
afterAll(() => server.close())

const post = (url: string, body: object, as = token) => server.call('POST', url, { token: as, body })
const happen = (home: { household: string }, event: object, as = token) =>
  post(`/api/households/${home.household}/events`, { id: id(), deviceAt, ...event }, as)
const undo = (home: { household: string }, entry: string, own = id()) =>
  post(`/api/households/${home.household}/entries/${entry}/undo`, { id: own, deviceAt })
const stays = async (dwelling: string, on?: string) =>
  (
    await server.call('GET', `/api/dwellings/${dwelling}/households${on ? `?on=${on}` : ''}`, { token })
  ).json.items.map(({ household, members }: { household: string; members: number }) => [household, members])
const page = async (household: string) =>
  (await server.call('GET', `/api/households/${household}`, { token })).json
const livesAt = (dwelling: string, day: string) =>
  server.database.within(
    { district, reach: 'district', paths: [], organisations: [], today: day },
    async (trx) => (await householdAt(trx, dwelling, day))?.household,
  )
const moveIn = (dwelling: string, on: string, more: object = {}) => {
  const household = id()
  return {
    household,
    body: {
      id: id(),
      household,
      dwelling,
      on,
      deviceAt,
      members: [
        { id: id(), name: '孙大爷', relation: 'head', birthYear: 1950, phone: '10011112222' },
        { id: id(), name: '孙小妹', relation: 'child', birthYear: 1985 },
      ],
      ...more,
    },
  }
}

describe('HH12 a household', () => {
  test('moves away, the door stands empty, and another moves in', async () => {
    const home = await fresh()
    const gone = await happen(home, { kind: 'move_away', on: '2026-10-01' })
    expect(gone.json).toMatchObject({ movedOut: '2026-10-01', version: 2 })
    const next = moveIn(home.dwelling, '2026-11-01')
    const answer = await post('/api/households', next.body)
    expect([answer.status, answer.json.members.length]).toEqual([201, 2])
    expect(answer.json.members[0]).toMatchObject({ name: '孙大爷', phone: '100 **** ***2' })
    expect(await livesAt(home.dwelling, '2026-09-30')).toBe(home.household)
    expect(await livesAt(home.dwelling, '2026-10-01')).toBeUndefined()
    expect(await livesAt(home.dwelling, '2026-11-01')).toBe(next.household)
    expect(await stays(home.dwelling)).toEqual([
      [next.household, 2],
      [home.household, 1],
    ])
    expect(await stays(home.dwelling, '2026-10-15')).toEqual([])
  })

  test('moves in once, however often it is entered, and not where somebody lives', async () => {
    const home = await fresh()
    const next = moveIn(home.dwelling, '2026-11-01')
    expect((await post('/api/households', next.body)).problem).toBe('household.door_taken')
    const shared = { ...next.body, shared: true }
    expect((await post('/api/households', shared)).status).toBe(201)
    expect((await post('/api/households', shared)).status).toBe(201)
    expect(await stays(home.dwelling, '2026-11-02')).toHaveLength(2)
    expect((await post('/api/households', { ...shared, id: id() })).problem).toBe('id_taken')
  })

  test('splits: who goes lives in the new one from that day, care goes along, and the days before stay', async () => {
    const home = await fresh()
    const other = await fresh()
    await happen(other, { kind: 'move_away', on: '2026-01-01' })
    const [child, care] = [id(), id()]
    await post(`/api/households/${home.household}/entries`, {
      id: id(),
      base: 1,
      deviceAt,
      fields: {
        [`resident.${child}.name`]: '钱小弟',
        [`resident.${child}.relation`]: 'child',
        [`care.${care}.resident`]: child,
        [`care.${care}.kind`]: 'disabled',
        [`care.${care}.basis`]: { basis: 'consent', consentedAt: '2026-05-01' },
        [`care.${care}.reviewOn`]: '2027-05-01',
      },
    })
    const household = id()
    const event = { kind: 'split', on: '2026-08-01', members: [child], household, dwelling: other.dwelling }
    expect((await happen(home, { ...event, members: [child, home.resident] })).problem).toBe(
      'record.invalid_reference',
    )
    expect((await happen(home, event)).json).toMatchObject({ members: [{ id: home.resident }], care: [] })
    expect(await page(household)).toMatchObject({
      members: [{ id: child }],
      care: [{ id: care }],
      movedIn: '2026-08-01',
    })
    expect(await stays(home.dwelling, '2026-07-31')).toEqual([[home.household, 2]])
    expect(await stays(home.dwelling, '2026-08-01')).toEqual([[home.household, 1]])
    expect(await stays(other.dwelling, '2026-08-01')).toEqual([[household, 1]])
  })

  test('joins another: its door stands empty, and both know of it', async () => {
    const [home, into] = [await fresh(), await fresh()]
    await happen(home, { kind: 'merge', on: '2026-08-01', into: into.household })
    expect((await page(into.household)).members).toHaveLength(2)
    expect(await page(home.household)).toMatchObject({ members: [], movedOut: '2026-08-01' })
    expect(await stays(home.dwelling, '2026-07-31')).toEqual([[home.household, 1]])
    const history = await server.call('GET', `/api/households/${into.household}/history`, { token })
    expect(history.json.items).toMatchObject([{ kind: 'merge', other: home.household, undone: false }])
    expect((await happen(home, { kind: 'move_away', on: '2026-09-01' })).problem).toBe('household.moved_away')
  })
})

describe('boundary 20 a mistake is taken back by a further entry', () => {
  type Case = { name: string; make: (home: Home, other: Home) => Promise<object> }
  const cases: Case[] = [
    { name: 'move_away', make: async () => ({ kind: 'move_away', on: '2026-08-01' }) },
    { name: 'merge', make: async (_, other) => ({ kind: 'merge', on: '2026-08-01', into: other.household }) },
    {
      name: 'split',
      make: async (home) => {
        const child = id()
        await post(`/api/households/${home.household}/entries`, {
          id: id(),
          base: 1,
          deviceAt,
          fields: { [`resident.${child}.name`]: '钱小弟', [`resident.${child}.relation`]: 'child' },
        })
        return { kind: 'split', on: '2026-08-01', members: [child], household: id(), dwelling: home.dwelling }
      },
    },
  ]
  test.each(cases)('$name, and everything is as before; what was entered stays', async ({ make }) => {
    const [home, other] = [await fresh(), await fresh()]
    const event = await make(home, other)
    const rest = ({ version: _, members, ...view }: { version: number; members: { version: number }[] }) => ({
      ...view,
      members: members.map(({ version: __, ...member }) => member),
    })
    const before = [
      rest(await page(home.household)),
      rest(await page(other.household)),
      await stays(home.dwelling),
      await stays(home.dwelling, '2026-09-01'),
    ]
    const entry = id()
    expect((await happen(home, { ...event, id: entry })).status).toBe(200)
    const own = id()
    expect((await undo(home, entry, own)).status).toBe(200)
    expect((await undo(home, entry, own)).status).toBe(200)
    expect([
      rest(await page(home.household)),
      rest(await page(other.household)),
      await stays(home.dwelling),
      await stays(home.dwelling, '2026-09-01'),
    ]).toEqual(before)
    expect((await undo(home, entry)).problem).toBe('record.already_ended')
    const { json } = await server.call('GET', `/api/households/${home.household}/history`, { token })
    expect(json.items.slice(0, 2)).toMatchObject([
      { kind: 'undo', undoes: entry },
      { id: entry, undone: true },
    ])
  })

  test('a household that never moved in leaves no day on which it lived there', async () => {
    const home = await fresh()
    await happen(home, { kind: 'move_away', on: '2026-01-01' })
    const next = moveIn(home.dwelling, '2026-11-01')
    await post('/api/households', next.body)
    await undo(next, next.body.id)
    expect(await livesAt(home.dwelling, '2026-11-10')).toBeUndefined()
    expect(await stays(home.dwelling)).toEqual([[home.household, 1]])
  })

  test('what others built on is not taken away from under them', async () => {
    const [home, other] = [await fresh(), await fresh()]
    const entry = id()
    await happen(home, { id: entry, kind: 'merge', on: '2026-08-01', into: other.household })
    await happen(other, { kind: 'move_away', on: '2026-09-01' })
    expect((await undo(home, entry)).problem).toBe('changed_meanwhile')
  })

  test('any story of moves, taken back from its end, leads back to where it began', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('away', 'in', 'merge'), { minLength: 1, maxLength: 5 }),
        async (story) => {
          const home = await fresh()
          const made: { household: string; entry: string }[] = []
          let at = { household: home.household }
          const begin = await stays(home.dwelling)
          let month = 1
          for (const step of story) {
            const on = `2026-${String((month += 1)).padStart(2, '0')}-01`
            const entry = id()
            if (step === 'in') {
              const next = moveIn(home.dwelling, on, { id: entry })
              if ((await post('/api/households', next.body)).status !== 201) continue
              at = { household: next.household }
              made.push({ ...at, entry })
            } else {
              const event =
                step === 'away' ? { kind: 'move_away' } : { kind: 'merge', into: (await fresh()).household }
              if ((await happen(at, { ...event, id: entry, on })).status === 200) made.push({ ...at, entry })
            }
          }
          for (const { household, entry } of made.toReversed())
            expect((await undo({ household }, entry)).status).toBe(200)
          expect(await stays(home.dwelling)).toEqual(begin)
        },
      ),
      { numRuns: 8 },
    )
  }, 60_000)
})

describe('L1 the liaison', () => {
  test('enters moves of the own door, none into a neighbour’s', async () => {
    const [own, neighbour] = [await fresh(), await fresh()]
    await giveDoor(server.ownerUrl, own.dwelling, 'liaison')
    expect(
      (await happen(own, { kind: 'merge', on: '2026-11-10', into: neighbour.household }, liaison)).problem,
    ).toBe('record.invalid_reference')
    expect(
      (
        await post(
          '/api/households',
          moveIn(neighbour.dwelling, '2026-11-10', { shared: true }).body,
          liaison,
        )
      ).problem,
    ).toBe('record.invalid_reference')
    const entry = id()
    expect((await happen(own, { id: entry, kind: 'move_away', on: '2026-11-18' }, liaison)).status).toBe(200)
    const taken = await post(
      `/api/households/${own.household}/entries/${entry}/undo`,
      { id: id(), deviceAt },
      liaison,
    )
    expect(taken.json).toMatchObject({ movedOut: null })
    await happen(own, { kind: 'move_away', on: '2026-11-18' }, liaison)
    expect((await post('/api/households', moveIn(own.dwelling, '2026-11-20').body, liaison)).status).toBe(201)
  })
})
