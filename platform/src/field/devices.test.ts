import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { uuidv7 } from '#kernel/ids.ts'
import { district, personOf } from '#tests/fixture.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { keepDays } from './contract.ts'

let server: TestServer
let token: string
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  token = await server.session('liaison')
})

const newId = () => uuidv7(server.clock.now())
const register = (id: string, as = token, label = '红米') =>
  server.call('POST', '/api/field/devices', { token: as, body: { id, label } })
const unlock = (id: string, as: string | undefined = token) =>
  server.call('POST', `/api/field/devices/${id}/unlocking`, { token: as })

async function asOwner<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const { rows } = await client.query<Row>(text, values)
  await client.end()
  return rows
}

describe('FD1 the server’s half of the unlock key', () => {
  test('is random for each device and the same whenever its holder asks for it', async () => {
    const [one, other] = [newId(), newId()]
    const first = await register(one)
    expect(first.status, first.text).toBe(201)
    expect(first.json).toMatchObject({
      device: one,
      now: server.clock.now().toString({ smallestUnit: 'millisecond' }),
    })
    expect((await register(one)).json.secret).toBe(first.json.secret)
    expect((await unlock(one)).json.secret).toBe(first.json.secret)
    expect((await register(other)).json.secret).not.toBe(first.json.secret)
  })

  test('stands nowhere in clear: not in the tables, not in the ledger', async () => {
    const id = newId()
    const { secret } = (await register(id)).json
    await unlock(id)
    const [row] = await asOwner<{ sealed: Buffer }>(
      'select secret_sealed as sealed from field_device where id = $1',
      [id],
    )
    expect(
      row!.sealed.includes(Buffer.from(secret)) || row!.sealed.includes(Buffer.from(secret, 'base64url')),
    ).toBe(false)
    const ledger = await asOwner<{ detail: object }>('select detail from audit_entry where subject_id = $1', [
      id,
    ])
    expect(ledger.length).toBe(2)
    expect(JSON.stringify(ledger)).not.toContain(secret)
  })

  test('is given to nobody else, and to nobody without a living session', async () => {
    const id = newId()
    await register(id)
    expect((await unlock(id, await server.session('building_head'))).problem).toBe('field.no_such_device')
    expect((await register(id, await server.session('grid_worker'))).problem).toBe('id_taken')
    expect((await unlock(id, await server.session('handler'))).problem).toBe('access.not_allowed')
    expect((await server.call('POST', `/api/field/devices/${id}/unlocking`)).problem).toBe('access.log_in')
    server.clock.advance({ hours: 13 })
    expect((await unlock(id)).problem).toBe('access.log_in')
  })
})

describe('FD10 withdrawn', () => {
  test('a device that its holder withdrew gives nothing more; another one of the same account goes on', async () => {
    const [lost, kept] = [newId(), newId()]
    await register(lost)
    await register(kept, token, '备用机')
    const body = { reason: 'lost' }
    expect((await server.call('POST', `/api/field/devices/${lost}/withdrawal`, { token, body })).status).toBe(
      204,
    )
    expect((await unlock(lost)).problem).toBe('field.withdrawn')
    expect((await register(lost)).problem).toBe('field.withdrawn')
    expect((await unlock(kept)).status).toBe(200)
    const { items } = (await server.call('GET', '/api/field/devices', { token })).json
    const states = Object.fromEntries(
      items.map(({ id, state }: { id: string; state: string }) => [id, state]),
    )
    expect(states).toMatchObject({ [lost]: 'withdrawn', [kept]: 'open' })
  })

  test('the security administrator withdraws a device and never sees its secret', async () => {
    const id = newId()
    await register(id)
    const admin = await server.session('security_admin')
    const holder = `/api/field/people/${personOf('liaison')}/devices`
    const listed = await server.call('GET', holder, { token: admin })
    expect(listed.json.items.map((one: { id: string }) => one.id)).toContain(id)
    expect(listed.text).not.toContain('secret')
    const withdraw = (person: string) =>
      server.call('POST', `/api/field/people/${person}/devices/${id}/withdrawal`, {
        token: admin,
        body: { reason: 'left' },
      })
    expect((await withdraw(personOf('handler'))).problem).toBe('record.not_found')
    expect((await withdraw(personOf('liaison'))).status).toBe(204)
    expect((await unlock(id)).problem).toBe('field.withdrawn')
  })

  test(`after ${keepDays} days without contact, and not a moment earlier; who logs in again begins anew`, async () => {
    const [away, near] = [newId(), newId()]
    const first = await register(away)
    await register(near)
    const feed = (id: string, as: string) => server.call('GET', `/api/field/feed?device=${id}`, { token: as })
    const { cursor } = (await feed(away, token)).json
    server.clock.advance({ days: keepDays })
    expect((await feed(near, await server.session('liaison'))).status).toBe(200)
    server.clock.advance({ seconds: 1 })
    const later = await server.session('liaison')
    expect((await feed(away, later)).problem).toBe('field.withdrawn')
    expect((await feed(near, later)).status).toBe(200)
    // What was not sent in time can still be opened, sent and mended.
    expect((await unlock(away, later)).json.secret).toBe(first.json.secret)
    const again = await server.call('GET', `/api/field/feed?device=${away}&cursor=${cursor}`, {
      token: later,
    })
    expect(again.json).toMatchObject({ reset: true })
  })

  test('whose post ended gets nothing from it', async () => {
    const id = newId()
    const head = await server.session('building_head')
    await register(id, head)
    const client = new pg.Client({ connectionString: server.ownerUrl })
    await client.connect()
    await client.query(`update post set valid_until = $2 where district_code = $3 and person_id = $1`, [
      personOf('building_head'),
      server.clock.now().toString(),
      district,
    ])
    await client.end()
    expect((await unlock(id, head)).problem).toBe('field.withdrawn')
    expect((await register(newId(), head)).problem).toBe('access.not_allowed')
  })
})
