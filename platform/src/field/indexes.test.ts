import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#kernel/ids.ts'
import { effortOf, largeTables } from '#tests/explain.ts'
import { district, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { Phone } from '#tests/phone.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

/**
 * No query without an index, under row security, beside twenty thousand households of others with their visits, duties,
 * entries and phones: every plan that fetching and sending asks for, on the connection that sends it.
 */

let server: TestServer
let own: Home
let phone: Phone
let large: ReadonlySet<string>
const many = 20_000

async function asOwner(text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows
}

beforeAll(async () => {
  server = await startTestServer()
  own = await liveAt(server.ownerUrl, paths.inside.unit, 'indexed', { number: '201' })
  await giveDoor(server.ownerUrl, own.dwelling, 'liaison')
  const at = [district, paths.outside.community]
  await asOwner(
    `insert into person (district_code, id, name, created_at) select $1, app.derived_id('p' || n), 'n', now() from generate_series(1, ${many / 30}) n`,
    [district],
  )
  const person = `app.derived_id('p' || (n % ${Math.floor(many / 30)} + 1))`
  await asOwner(
    `insert into dwelling (district_code, id, path, floor, number) select $1, app.derived_id('d' || n), $2, 1, n::text from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into household (district_code, id, dwelling_id, path) select $1, app.derived_id('h' || n), app.derived_id('d' || n), $2 from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into resident (district_code, id, household_id, path, name, relation) select $1, app.derived_id('r' || n), app.derived_id('h' || n), $2, 'n', 'head' from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into duty (district_code, id, dwelling_id, path, person_id, valid_from) select $1, app.derived_id('u' || n), app.derived_id('d' || n), $2, ${person}, '2026-01-01' from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into visit (district_code, id, household_id, path, person_id, visitor, outcome, on_day, device_at, at)
     select $1, app.derived_id('v' || n), app.derived_id('h' || n), $2, ${person}, 'liaison', 'met', '2026-10-01', now(), now() from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into promise (district_code, id, household_id, path, person_id, on_day, made_by_person_id, made_at, state)
     select $1, app.derived_id('m' || n), app.derived_id('h' || n), $2, ${person}, '2026-12-01', ${person}, now(), 'open' from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into visit_task (district_code, id, rule_id, rule_version, household_id, path, period, visitor, person_id, state, opens_on, due_on, closes_on, made_at)
     select $1, app.derived_id('t' || n), app.derived_id('rule'), 1, app.derived_id('h' || n), $2, '2026-11', 'liaison', ${person}, 'open', '2026-11-01', '2026-11-10', '2026-12-01', now() from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into field_device (district_code, id, person_id, label, secret_sealed, registered_at, seen_at)
     select $1, app.derived_id('f' || n), ${person}, 'x', '\\x00', now(), now() from generate_series(1, ${many}) n`,
    [district],
  )
  await asOwner(
    `insert into field_holding (district_code, device_id, household_id, person_id, path, via_person_id, given_in, told_on)
     select $1, app.derived_id('f' || n), app.derived_id('h' || n), ${person}, $2, ${person}, 1, '2026-11-01' from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into field_entry (district_code, id, person_id, device_id, kind, household_id, path, device_at, made_at, received_at, fate, digest, request_ids)
     select $1, app.derived_id('e' || n), ${person}, app.derived_id('f' || n), 'visit', app.derived_id('h' || n), $2, now(), now(), now(),
       case when n % 50 = 0 then 'left_over' else 'applied' end, 'x', array[app.derived_id('q' || n)] from generate_series(1, ${many}) n`,
    at,
  )
  await asOwner(
    `insert into field_file (district_code, entry_id, attachment_id, person_id, about, about_id, since)
     select $1, app.derived_id('e' || n), app.derived_id('a' || n), ${person}, 'visit', app.derived_id('e' || n), now() from generate_series(1, ${many}) n`,
    [district],
  )
  await asOwner('analyze')
  large = await largeTables(asOwner, many / 2)
  expect(large.size).toBeGreaterThan(10)
  phone = new Phone({
    line: (method, url, options) => server.call(method, url, options),
    token: await server.session('liaison'),
    now: () => server.clock.now(),
  })
  await phone.register()
}, 120_000)
afterAll(() => server.close())

/** Tables that a deed reads from end to end. */
const scannedBy = async (deed: () => Promise<unknown>) => (await effortOf(large, deed)).scanned

test('fetching everything, and what changed', async () => {
  expect(await scannedBy(() => phone.fetch())).toEqual([])
  await asOwner(`update household set note = 'x' where id = $1`, [own.household])
  expect(await scannedBy(() => phone.fetch())).toEqual([])
})

test('sending, and asking what became of it', async () => {
  phone.enter('visit', { household: own.household, outcome: 'met', files: [uuidv7(server.clock.now())] })
  phone.enter('household.edit', { household: own.household, fields: { note: 'y' } }, { base: 1 })
  phone.enter('request.submit', {
    path: paths.inside.unit,
    need: { id: uuidv7(server.clock.now()), words: '灯' },
  })
  phone.enter('reads', { reads: [{ household: own.household, at: phone.clock }] })
  expect(await scannedBy(() => phone.send())).toEqual([])
  expect(await scannedBy(() => phone.fetch())).toEqual([])
  const list = () => server.call('GET', '/api/field/entries', { token: phone.token })
  expect(await scannedBy(list)).toEqual([])
})

test('what waits at a desk', async () => {
  await asOwner('update post set path = $2 where person_id = $1', [
    personOf('community_desk'),
    paths.outside.community,
  ])
  const token = await server.session('community_desk')
  const list = () => server.call('GET', '/api/field/left-over?limit=20', { token })
  expect(await scannedBy(list)).toEqual([])
  const answer = await list()
  expect(answer.json.items, answer.text).toHaveLength(20)
})
