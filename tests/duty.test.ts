import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import type { Scope } from '#kernel/db.ts'
import { district, paths, personOf } from './fixture.ts'
import { giveDoor, liveAt } from './homes.ts'
import type { Home } from './homes.ts'
import { startTestServer } from './server.ts'
import type { TestServer } from './server.ts'

/**
 * A liaison reads the households of the own doors and no neighbour's, not even in a stairwell that two share (boundary 9):
 * by the database with the WHERE left out, and by every route of the register.
 */

let server: TestServer
let own: Home
let neighbour: Home
let nobodys: Home
let liaison: string
let head: string

const today = '2026-11-20'
const byDuty = (person: string, day = today): Scope => ({
  district,
  reach: 'scoped',
  paths: [],
  organisations: [],
  person,
  duty: true,
  today: day,
})
const tables = ['household', 'resident', 'care', 'household_entry', 'household_conflict', 'duty'] as const

async function owner(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** The households that a table's rows are of, as somebody reaches them. */
const seen = (scope: Scope, table: string) =>
  server.database.within(scope, async (trx) => {
    const column = table === 'household' ? 'id' : table === 'duty' ? 'dwelling_id' : 'household_id'
    const { rows } = await sql<{
      id: string
    }>`select distinct ${sql.ref(column)} as id from ${sql.table(table)}`.execute(trx)
    return rows.map(({ id }) => id)
  })

beforeAll(async () => {
  server = await startTestServer()
  own = await liveAt(server.ownerUrl, paths.inside.unit, 'own', { number: '201' })
  neighbour = await liveAt(server.ownerUrl, paths.inside.unit, 'neighbour', { number: '202', name: '邻家人' })
  nobodys = await liveAt(server.ownerUrl, paths.inside.unit, 'nobodys', { number: '301', name: '没人家' })
  await giveDoor(server.ownerUrl, own.dwelling, 'liaison')
  await giveDoor(server.ownerUrl, neighbour.dwelling, 'building_head')
  await owner(async (client) => {
    for (const { household, resident } of [own, neighbour, nobodys]) {
      await client.query(
        `insert into care (district_code, id, resident_id, household_id, path, kind, basis, consented_at, review_on)
         values ($1, $2, $3, $4, $5, 'frail', 'consent', '2026-01-01', '2027-01-01')`,
        [district, derivedId('care', resident), resident, household, paths.inside.unit],
      )
      await client.query(
        `insert into household_entry (district_code, id, household_id, path, base_version, version, kind, fields, at, device_at, fate)
         values ($1, $2, $3, $4, 0, 1, 'edit', '{"note": {"from": null, "to": "x"}}', now(), now(), 'applied')`,
        [district, derivedId('entry', household), household, paths.inside.unit],
      )
      await client.query(
        `insert into household_conflict (district_code, id, household_id, path, field, entry_ids, opened_at)
         values ($1, $2, $3, $4, 'note', array[$5::uuid], now())`,
        [
          district,
          derivedId('conflict', household),
          household,
          paths.inside.unit,
          derivedId('entry', household),
        ],
      )
    }
  })
  liaison = await server.session('liaison')
  head = await server.session('building_head')
})
afterAll(() => server.close())

describe('in the database', () => {
  test.each(tables)(
    '%s shows the own door and nothing of the neighbour in the same stairwell',
    async (table) => {
      const mine = table === 'duty' ? own.dwelling : own.household
      const theirs = table === 'duty' ? neighbour.dwelling : neighbour.household
      expect(await seen(byDuty(personOf('liaison')), table)).toEqual([mine])
      expect(await seen(byDuty(personOf('building_head')), table)).toEqual([theirs])
      expect(await seen(byDuty(personOf('grid_worker')), table)).toEqual([])
    },
  )

  test.each(tables)(
    '%s shows nothing without the ability that reaches by duty, or without a day',
    async (table) => {
      expect(await seen({ ...byDuty(personOf('liaison')), duty: false }, table)).toEqual([])
      if (table !== 'duty') expect(await seen(byDuty(personOf('liaison'), ''), table)).toEqual([])
      expect(await seen({ ...byDuty(personOf('liaison')), district: '130107' }, table)).toEqual([])
    },
  )

  test('a duty is half-open: from its first day on, and no longer on the day it ends', async () => {
    expect(await seen(byDuty(personOf('liaison'), '2025-12-31'), 'household')).toEqual([])
    expect(await seen(byDuty(personOf('liaison'), '2026-01-01'), 'household')).toEqual([own.household])
    await owner((client) =>
      client.query(`update duty set valid_until = '2026-12-01' where dwelling_id = $1`, [own.dwelling]),
    )
    expect(await seen(byDuty(personOf('liaison'), '2026-11-30'), 'household')).toEqual([own.household])
    expect(await seen(byDuty(personOf('liaison'), '2026-12-01'), 'household')).toEqual([])
    await owner((client) =>
      client.query(`update duty set valid_until = null where dwelling_id = $1`, [own.dwelling]),
    )
  })

  test('VR4 who stands in for somebody away reaches their doors for those days, along a chain of stand-ins', async () => {
    const away = (person: string, backup: string, from: string, until: string) =>
      owner((client) =>
        client.query(
          `insert into absence (district_code, id, person_id, backup_person_id, from_on, until_on) values ($1, $2, $3, $4, $5, $6)`,
          [district, uuidv7(server.clock.now()), person, backup, from, until],
        ),
      )
    await away(personOf('liaison'), personOf('building_head'), '2026-03-01', '2026-03-10')
    await away(personOf('building_head'), personOf('grid_worker'), '2026-03-05', '2026-03-08')
    // Naming one another gives nobody more than the two together have.
    await away(personOf('grid_worker'), personOf('liaison'), '2026-03-05', '2026-03-06')
    const both = [own.household, neighbour.household].toSorted()
    const at = async (person: string, day: string) =>
      (await seen(byDuty(person, day), 'household')).toSorted()
    expect(await at(personOf('building_head'), '2026-02-28')).toEqual([neighbour.household])
    expect(await at(personOf('building_head'), '2026-03-01')).toEqual(both)
    expect(await at(personOf('grid_worker'), '2026-03-04')).toEqual([])
    expect(await at(personOf('grid_worker'), '2026-03-07')).toEqual(both)
    expect(await at(personOf('liaison'), '2026-03-05')).toEqual(both)
    expect(await at(personOf('building_head'), '2026-03-10')).toEqual([neighbour.household])
  })

  test('a household that moved away is out of the own doors at once, and can be taken back for a month', async () => {
    const reach = (day: string) =>
      server.database.within(byDuty(personOf('liaison'), day), async (trx) => {
        const { rows } = await sql<{ own: string[]; lately: string[] }>`
          select app.own_households() as own, app.own_households_lately() as lately`.execute(trx)
        return rows[0]
      })
    await owner((client) =>
      client.query(`update household set moved_out = '2026-11-18' where id = $1`, [own.household]),
    )
    expect(await reach(today)).toEqual({ own: [], lately: [own.household] })
    expect(await reach('2026-12-20')).toEqual({ own: [], lately: [] })
    expect(await seen(byDuty(personOf('liaison'), '2026-12-20'), 'resident')).toEqual([])
    await owner((client) =>
      client.query(`update household set moved_out = null where id = $1`, [own.household]),
    )
  })

  test('nobody writes a household into a door that is not theirs', async () => {
    const move = (dwelling: string) =>
      server.database.within(byDuty(personOf('liaison')), (trx) =>
        sql`insert into household (district_code, id, dwelling_id, path) values (app.district(), ${uuidv7(server.clock.now())}, ${dwelling}, ${paths.inside.unit})`.execute(
          trx,
        ),
      )
    await expect(move(neighbour.dwelling)).rejects.toThrow(/row-level security/)
    const taken = server.database.within(byDuty(personOf('liaison')), (trx) =>
      sql`update resident set household_id = ${neighbour.household} where id = ${own.resident}`.execute(trx),
    )
    await expect(taken).rejects.toThrow(/row-level security/)
    const changed = await server.database.within(byDuty(personOf('liaison')), (trx) =>
      sql`update household set note = 'x'`.execute(trx),
    )
    expect(changed.numAffectedRows).toBe(1n)
    await owner((client) => client.query('update household set note = null'))
  })
})

describe('by route', () => {
  test('the list is that of the own doors, whatever area is asked for', async () => {
    const list = async (token: string, query: string) =>
      (await server.call('GET', `/api/households${query}`, { token })).json.items.map(
        ({ id }: { id: string }) => id,
      )
    expect(await list(liaison, '')).toEqual([own.household])
    expect(await list(liaison, `?path=${paths.inside.unit}`)).toEqual([own.household])
    expect(await list(liaison, `?path=${paths.district}`)).toEqual([own.household])
    expect(await list(head, '')).toEqual([neighbour.household])
    expect(await list(await server.session('community_desk'), '')).toHaveLength(3)
  })

  test('a neighbour’s household is not there, neither to read nor to write', async () => {
    for (const { household } of [neighbour, nobodys]) {
      const read = await server.call('GET', `/api/households/${household}`, { token: liaison })
      expect([read.status, read.problem]).toEqual([404, 'record.not_found'])
      const written = await server.call('POST', `/api/households/${household}/entries`, {
        token: liaison,
        body: {
          id: uuidv7(server.clock.now()),
          base: 1,
          deviceAt: '2026-11-20T02:00:00Z',
          fields: { note: 'x' },
        },
      })
      expect([written.status, written.problem]).toEqual([404, 'record.not_found'])
      expect(read.text + written.text).not.toContain('家人')
    }
    const { json } = await server.call('GET', `/api/households/${own.household}`, { token: liaison })
    expect(json).toMatchObject({
      id: own.household,
      liaisons: [{ id: personOf('liaison') }],
      care: [{ kind: 'frail' }],
    })
  })

  test('moving one’s member next door by an edit is refused', async () => {
    const answer = await server.call('POST', `/api/households/${own.household}/entries`, {
      token: liaison,
      body: {
        id: uuidv7(server.clock.now()),
        base: 1,
        deviceAt: '2026-11-20T02:00:00Z',
        fields: {
          [`resident.${neighbour.resident}.name`]: '换个名',
          [`resident.${neighbour.resident}.relation`]: 'other',
        },
      },
    })
    expect([answer.status, answer.problem]).toEqual([409, 'id_taken'])
  })
})
