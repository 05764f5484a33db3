import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { uuidv7 } from '#kernel/ids.ts'
import { paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { Phone } from '#tests/phone.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

/** FD10: whoever lost the duty in a stairwell without a signal loses no work. */

let server: TestServer
let own: Home
let phone: Phone
let desk: string
let count = 0

const asOwner = async (text: string, values: unknown[] = []) => {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows
}
const newId = () => uuidv7(server.clock.now())

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  count += 1
  own = await liveAt(server.ownerUrl, paths.inside.unit, `left ${count}`, { number: `${400 + count}` })
  await giveDoor(server.ownerUrl, own.dwelling, 'liaison')
  desk = await server.session('community_desk')
  phone = new Phone({
    line: (method, url, options) => server.call(method, url, options),
    token: await server.session('liaison'),
    now: () => server.clock.now(),
  })
  await phone.register()
  await phone.fetch()
})

const endPost = async () => {
  await asOwner('update post set valid_until = $2 where person_id = $1', [
    personOf('liaison'),
    server.clock.now().toString(),
  ])
}
const restorePost = () =>
  asOwner('update post set valid_until = null where person_id = $1', [personOf('liaison')])
const listed = async (token = desk) =>
  (await server.call('GET', '/api/field/left-over', { token })).json.items as {
    id: string
    by: { id: string }
    data: { fields?: Record<string, unknown> }
  }[]
const decide = (id: string, body: object, token = desk) =>
  server.call('POST', `/api/field/left-over/${id}/decision`, { token, body })

describe('what is left over', () => {
  test('waits at the desk of its place, and is entered in the name of whoever made it', async () => {
    const needed = { id: newId(), words: '想要送午饭' }
    const entry = phone.enter('visit', {
      household: own.household,
      outcome: 'met',
      words: '最后一次',
      needs: [needed],
    })
    await endPost()
    expect(await phone.send()).toMatchObject([{ fate: 'left_over' }])
    expect((await listed()).find(({ id }) => id === entry.id)).toMatchObject({
      by: { id: personOf('liaison') },
    })
    const taken = await decide(entry.id, { decision: 'take' })
    expect(taken.status, taken.text).toBe(200)
    expect(taken.json.requests).toMatchObject([{ id: needed.id }])
    expect(await asOwner('select person_id, words from visit where id = $1', [entry.id])).toEqual([
      { person_id: personOf('liaison'), words: '最后一次' },
    ])
    // Decided twice is once, and decided otherwise afterwards is refused.
    expect((await decide(entry.id, { decision: 'take' })).status).toBe(200)
    expect((await decide(entry.id, { decision: 'set_aside', words: 'x' })).problem).toBe('field.decided')
    expect((await listed()).map(({ id }) => id)).not.toContain(entry.id)
    await restorePost()
  })

  test('an edit is merged like any other; numbers are masked for whoever decides', async () => {
    const field = `resident.${own.resident}.phone`
    const entry = phone.enter(
      'household.edit',
      { household: own.household, fields: { [field]: '10012345678' } },
      { base: 1 },
    )
    await endPost()
    await phone.send()
    const item = (await listed()).find(({ id }) => id === entry.id)!
    expect(item.data.fields).toEqual({ [field]: '100 **** ***8' })
    expect((await decide(entry.id, { decision: 'take' })).status).toBe(200)
    const [row] = await asOwner('select by_person_id as by from household_entry where id = $1', [entry.id])
    expect(row).toEqual({ by: personOf('liaison') })
    await restorePost()
  })

  test('to set it aside takes a reason; what it said stays sealed with it', async () => {
    const entry = phone.enter(
      'household.edit',
      { household: own.household, fields: { note: '旧话' } },
      { base: 1 },
    )
    await endPost()
    await phone.send()
    expect((await decide(entry.id, { decision: 'set_aside' })).json).toMatchObject({ field: 'body.words' })
    expect((await decide(entry.id, { decision: 'set_aside', words: '已经不住这里' })).status).toBe(200)
    const [row] = await asOwner(
      'select data_sealed is not null as kept, decision from field_entry where id = $1',
      [entry.id],
    )
    expect(row).toEqual({ kept: true, decision: 'set_aside' })
    await restorePost()
  })

  test('no desk of another place sees it, and no liaison', async () => {
    const entry = phone.enter(
      'household.edit',
      { household: own.household, fields: { note: 'x' } },
      { base: 1 },
    )
    await endPost()
    await phone.send()
    await asOwner(`update post set path = $2 where person_id = $1`, [
      personOf('community_desk'),
      paths.outside.community,
    ])
    expect(await listed()).toEqual([])
    expect((await decide(entry.id, { decision: 'take' })).status).toBe(404)
    await asOwner(`update post set path = $2 where person_id = $1`, [
      personOf('community_desk'),
      paths.inside.community,
    ])
    await restorePost()
    expect((await server.call('GET', '/api/field/left-over', { token: phone.token })).status).toBe(403)
  })
})
