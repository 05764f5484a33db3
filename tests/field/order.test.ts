import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FieldEntry, Pushed } from '#field/contract.ts'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { district, paths, personOf } from '../fixture.ts'
import { giveDoor, liveAt } from '../homes.ts'
import type { Home } from '../homes.ts'
import { Phone } from '../phone.ts'
import type { Line } from '../phone.ts'
import { startTestServer } from '../server.ts'
import type { TestServer } from '../server.ts'

/**
 * The order matrix (FD9): what two phones of one liaison, the phone of whoever stands in, and a desk made without knowing of
 * one another arrives backwards, interleaved, twice, with the first missing, and all at once; over real HTTP to a real
 * database. The final state is the same, what stands against each other waits in the inbox, and nothing is dropped.
 */

let server: TestServer
let url: string
let count = 0

const whose = ['phone', 'second', 'standIn', 'desk'] as const
type Whose = (typeof whose)[number]
type Made = { by: Whose; at: number } & (
  | { what: 'note'; value: string }
  | { what: 'phone'; value: string }
  | { what: 'birthYear'; value: number }
  | { what: 'left' }
  | { what: 'joins' }
  | { what: 'grows'; value: number }
  | { what: 'visit'; outcome: 'met' | 'not_at_home'; day: number }
)

const by = fc.constantFrom(...whose)
const at = fc.integer({ min: 0, max: 600 })
const made: fc.Arbitrary<Made> = fc.oneof(
  fc.record({ what: fc.constant('note' as const), by, at, value: fc.constantFrom('有狗', '耳背', '敲三下') }),
  fc.record({
    what: fc.constant('phone' as const),
    by,
    at,
    value: fc.constantFrom('10011112222', '10033334444'),
  }),
  fc.record({ what: fc.constant('birthYear' as const), by, at, value: fc.constantFrom(1950, 1951) }),
  fc.record({ what: fc.constant('left' as const), by, at }),
  fc.record({ what: fc.constant('joins' as const), by, at }),
  fc.record({ what: fc.constant('grows' as const), by, at, value: fc.constantFrom(2001, 2002) }),
  fc.record({
    what: fc.constant('visit' as const),
    by: fc.constantFrom('phone' as const, 'second' as const, 'standIn' as const),
    at,
    outcome: fc.constantFrom('met' as const, 'not_at_home' as const),
    day: fc.integer({ min: 1, max: 9 }),
  }),
)

/** How what was made arrives: in which order, how much at once, and whether answers get lost on the way. */
const arrival = (many: number) =>
  fc.record({
    order: fc.shuffledSubarray(
      Array.from({ length: many }, (_, index) => index),
      { minLength: many },
    ),
    chunk: fc.integer({ min: 1, max: 4 }),
    lost: fc.array(fc.boolean(), { minLength: many, maxLength: many }),
  })
const matrix = fc
  .array(made, { minLength: 2, maxLength: 8 })
  .chain((all) => fc.tuple(fc.constant(all), arrival(all.length), arrival(all.length)))

async function asOwner(text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows
}

/** Over a socket, as a phone's line is. */
const line: Line = async (method, path, { token, body, headers }) => {
  const answer = await fetch(url + path, {
    method,
    headers: {
      cookie: `chuanmen_session=${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : null,
    problem: answer.headers.get('x-problem') ?? undefined,
  }
}

beforeAll(async () => {
  server = await startTestServer()
  await server.server.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(server.server.server.address() as AddressInfo).port}`
  await asOwner(
    `insert into absence (district_code, id, person_id, backup_person_id, from_on) values ($1, $2, $3, $4, '2026-11-01')`,
    [district, derivedId('absence', 'matrix'), personOf('liaison'), personOf('grid_worker')],
  )
})
afterAll(() => server.close())

type Scene = {
  home: Home
  phones: Record<Exclude<Whose, 'desk'>, Phone>
  desk: string
  entries: FieldEntry[]
}

/** One household on three phones, and what was made of it offline; ids sort as they were made. */
async function scene(all: readonly Made[]): Promise<Scene> {
  count += 1
  const home = await liveAt(server.ownerUrl, paths.inside.unit, `matrix ${count}`, { number: `${count}` })
  await giveDoor(server.ownerUrl, home.dwelling, 'liaison')
  const phoneOf = async (role: 'liaison' | 'grid_worker') => {
    const phone = new Phone({ line, token: await server.session(role), now: () => server.clock.now() })
    await phone.register()
    await phone.fetch()
    expect(phone.household(home.household)).toBeDefined()
    return phone
  }
  const phones = {
    phone: await phoneOf('liaison'),
    second: await phoneOf('liaison'),
    standIn: await phoneOf('grid_worker'),
  }
  const newcomer = derivedId('newcomer', home.household)
  const entries = all.map((one, index): FieldEntry => {
    const made = uuidv7(server.clock.now())
    const id = `${String(index).padStart(8, '0')}${made.slice(8)}`
    const deviceAt = server.clock
      .now()
      .subtract({ minutes: 600 - one.at })
      .toString({ smallestUnit: 'millisecond' })
    if (one.what === 'visit') {
      const day = `2026-11-1${one.day}T02:00:00.000Z`
      return { id, kind: 'visit', deviceAt: day, data: { household: home.household, outcome: one.outcome } }
    }
    const fields = {
      note: () => ({ note: 'value' in one ? one.value : '' }),
      phone: () => ({ [`resident.${home.resident}.phone`]: 'value' in one ? one.value : '' }),
      birthYear: () => ({ [`resident.${home.resident}.birthYear`]: 'value' in one ? one.value : 0 }),
      left: () => ({ [`resident.${home.resident}.left`]: { on: '2026-11-19', kind: 'moved' } }),
      joins: () => ({ [`resident.${newcomer}.name`]: '钱小妹', [`resident.${newcomer}.relation`]: 'child' }),
      grows: () => ({ [`resident.${newcomer}.birthYear`]: 'value' in one ? one.value : 0 }),
    }[one.what]()
    return { id, kind: 'household.edit', base: 1, deviceAt, data: { household: home.household, fields } }
  })
  return { home, phones, desk: await server.session('community_desk'), entries }
}

/** Sends entries of one maker; a desk types them one after the other. @returns those that were refused. */
async function arrive(
  { home, phones, desk }: Scene,
  who: Whose,
  entries: readonly FieldEntry[],
): Promise<FieldEntry[]> {
  if (who !== 'desk') {
    const answer = await phones[who].post(entries)
    expect(answer.status, answer.text).toBe(200)
    const { results } = answer.json as Pushed
    expect(results.map(({ id }) => id)).toEqual(entries.map(({ id }) => id))
    return entries.filter((_, index) => results[index]!.fate === 'refused')
  }
  const refused: FieldEntry[] = []
  for (const entry of entries) {
    const { id, base, deviceAt, data } = entry
    const answer = await line('POST', `/api/households/${home.household}/entries`, {
      token: desk,
      body: { id, kind: 'edit', base, deviceAt, fields: data['fields'] },
    })
    if (answer.status === 400) refused.push(entry)
    else expect(answer.status, answer.text).toBe(200)
  }
  return refused
}

/** What came too early (a member not entered yet) is sent anew once the rest is there, under a new id that names it. */
async function mend(place: Scene, refused: readonly (readonly [Whose, FieldEntry])[]): Promise<void> {
  for (const [who, entry] of refused) {
    const again = { ...entry, id: `${entry.id.slice(0, 8)}${uuidv7(server.clock.now()).slice(8)}` }
    await arrive(place, who, [who === 'desk' ? again : { ...again, mends: entry.id }])
  }
}

type Arrival = { order: readonly number[]; chunk: number; lost: readonly boolean[] }

async function deliver(place: Scene, all: readonly Made[], { order, chunk, lost }: Arrival): Promise<void> {
  const refused: [Whose, FieldEntry][] = []
  for (let from = 0; from < order.length;) {
    const who = all[order[from]!]!.by
    let until = from
    while (until < order.length && until - from < chunk && all[order[until]!]!.by === who) until += 1
    const batch = order.slice(from, until).map((index) => place.entries[index]!)
    const wrong = await arrive(place, who, batch)
    // The answer got lost: the same once more, and the same fates.
    if (lost[from]) expect(await arrive(place, who, batch)).toEqual(wrong)
    refused.push(...wrong.map((entry) => [who, entry] as [Whose, FieldEntry]))
    from = until
  }
  await mend(
    place,
    refused.toSorted((a, b) => (a[1].id < b[1].id ? -1 : 1)),
  )
}

async function allAtOnce(place: Scene, all: readonly Made[]): Promise<void> {
  const refused = await Promise.all(
    place.entries.map(async (entry, index) => {
      const who = all[index]!.by
      return (await arrive(place, who, [entry])).map((one) => [who, one] as [Whose, FieldEntry])
    }),
  )
  await mend(
    place,
    refused.flat().toSorted((a, b) => (a[1].id < b[1].id ? -1 : 1)),
  )
}

/** How the household stands on a phone, without ids and versions of its own. */
async function standing(place: Scene): Promise<unknown> {
  const { phone, standIn } = place.phones
  await phone.fetch()
  await standIn.fetch()
  const seen = phone.household(place.home.household)!
  expect({ ...standIn.household(place.home.household)!, standsInFor: null }).toEqual(seen)
  const named = (field: string) =>
    field
      .replace(place.home.resident, 'resident')
      .replace(derivedId('newcomer', place.home.household), 'newcomer')
  return {
    note: seen.note,
    members: seen.members.map(({ id: _, ...member }) => member),
    visits: seen.visits.map(({ on, outcome, by: who }) => `${on} ${outcome} ${who}`).toSorted(),
    conflicts: seen.conflicts
      .map(({ field, words }) => ({
        field: named(field),
        words: words.map(({ value, shown }) => `${JSON.stringify(value)} ${shown}`).toSorted(),
      }))
      .toSorted((a, b) => (a.field < b.field ? -1 : 1)),
  }
}

/** Every entry that could be taken is there, once. */
async function nothingDropped(place: Scene, all: readonly Made[]): Promise<void> {
  const joined = all.some(({ what }) => what === 'joins')
  const edits = all.filter(({ what }) => what !== 'visit' && (what !== 'grows' || joined)).length
  const [{ n }] = await asOwner('select count(*)::int as n from household_entry where household_id = $1', [
    place.home.household,
  ])
  expect(n).toBe(edits)
  const [{ v }] = await asOwner('select count(*)::int as v from visit where household_id = $1', [
    place.home.household,
  ])
  expect(v).toBe(all.filter(({ what }) => what === 'visit').length)
}

/** Somebody chooses each time the words that stand last in the alphabet; then nothing stands against anything. */
async function choose(place: Scene): Promise<unknown> {
  const { phone } = place.phones
  const { conflicts, version } = phone.household(place.home.household)!
  for (const { field, words } of conflicts) {
    const chosen = words
      .toSorted((a, b) => (JSON.stringify(a.value) < JSON.stringify(b.value) ? -1 : 1))
      .at(-1)!
    phone.enter(
      'conflict.choose',
      { household: place.home.household, entries: { [field]: chosen.entry } },
      { base: version },
    )
  }
  for (const { fate } of await phone.send()) expect(['applied', 'merged']).toContain(fate)
  return standing(place)
}

test('FD9 HH6 in whatever order it arrives, the same stands in the end', async () => {
  await fc.assert(
    fc.asyncProperty(matrix, async ([all, first, second]) => {
      const asMade = { order: all.map((_, index) => index), chunk: 4, lost: all.map(() => false) }
      const backwards = { ...asMade, order: asMade.order.toReversed(), chunk: 1 }
      const places = [
        await scene(all),
        await scene(all),
        await scene(all),
        await scene(all),
        await scene(all),
      ]
      await deliver(places[0]!, all, asMade)
      await deliver(places[1]!, all, backwards)
      await deliver(places[2]!, all, first)
      await deliver(places[3]!, all, second)
      await allAtOnce(places[4]!, all)
      const expected = await standing(places[0]!)
      for (const place of places) {
        await nothingDropped(place, all)
        expect(await standing(place)).toEqual(expected)
      }
      const settled = await choose(places[0]!)
      expect(settled).toMatchObject({ conflicts: [] })
      for (const place of places.slice(1)) expect(await choose(place)).toEqual(settled)
      // The next ones find short rounds.
      await asOwner('update duty set valid_until = valid_from')
    }),
    { numRuns: Number(process.env['RUNS'] ?? 8), endOnFailure: true },
  )
}, 300_000)
