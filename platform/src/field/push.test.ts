import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { uuidv7 } from '#kernel/ids.ts'
import { district, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { Phone } from '#tests/phone.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import type { Pushed } from './contract.ts'

/** What a phone sends: each entry once, each by itself, none lost. */

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
const newId = () => uuidv7(server.clock.now())
const newPhone = async (skew = 0) => {
  const made = new Phone({
    line: (method, url, options) => server.call(method, url, options),
    token: await server.session('liaison'),
    now: () => server.clock.now(),
    skew,
  })
  expect((await made.register()).status).toBe(201)
  await made.fetch()
  return made
}
const live = () =>
  liveAt(server.ownerUrl, paths.inside.unit, `push ${(count += 1)}`, { number: `${200 + count}` })
const version = (home: Home, of = phone) => of.household(home.household)!.version

beforeAll(async () => {
  server = await startTestServer()
  neighbour = await live()
  await giveDoor(server.ownerUrl, neighbour.dwelling, 'building_head')
})
afterAll(() => server.close())
beforeEach(async () => {
  own = await live()
  await giveDoor(server.ownerUrl, own.dwelling, 'liaison')
  phone = await newPhone()
})

const edit = (words: string, of = phone, home = own) =>
  of.enter(
    'household.edit',
    { household: home.household, fields: { note: words } },
    { base: version(home, of) },
  )

describe('FD6 once', () => {
  test('an entry whose answer was lost is sent again and gets the same answer', async () => {
    edit('敲门要响')
    await phone.send({ lost: true })
    const [again] = await phone.send()
    expect(again).toMatchObject({ fate: 'applied', household: own.household, problem: null })
    const answer = (await phone.post([{ ...edit('x'), ...{ id: again!.id } }])).json as Pushed
    expect(answer.results).toMatchObject([{ fate: 'refused', problem: { code: 'id_taken' } }])
    const [row] = await asOwner('select version, note from household where id = $1', [own.household])
    expect(row).toEqual({ version: 2, note: '敲门要响' })
    expect((await asOwner('select 1 from field_entry where id = $1', [again!.id])).length).toBe(1)
  })

  test('the same entry twice in one batch is one, and two batches at once are one', async () => {
    const entry = edit('两遍')
    const [one, other] = await Promise.all([phone.post([entry, entry]), phone.post([entry])])
    expect((one.json as Pushed).results.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 2 }, () => (other.json as Pushed).results[0]!.seq),
    )
    expect(await asOwner('select version from household where id = $1', [own.household])).toEqual([
      { version: 2 },
    ])
  })

  test('an id that somebody else used is refused and tells nothing', async () => {
    const entry = edit('我的')
    await phone.send()
    const head = new Phone({
      line: (method, url, options) => server.call(method, url, options),
      token: await server.session('building_head'),
      now: () => server.clock.now(),
    })
    await head.register()
    await head.fetch()
    const answer = await head.post([{ ...edit('他的', head, neighbour), id: entry.id }])
    expect((answer.json as Pushed).results).toMatchObject([
      { fate: 'refused', seq: 0, problem: { code: 'id_taken' } },
    ])
    expect(await asOwner('select note from household where id = $1', [neighbour.household])).toEqual([
      { note: null },
    ])
  })
})

describe('FD7 each by itself', () => {
  test('a refused entry names its field, is undone alone and blocks nobody', async () => {
    edit('前一条')
    phone.enter('household.edit', { household: own.household, fields: { note: 7 } }, { base: 1 })
    phone.enter('household.edit', { household: own.household, fields: { floor: '3' } }, { base: 1 })
    phone.enter('household.edit', { household: own.household, fields: { note: 'x' } })
    phone.outbox.push({ ...edit('x'), id: newId(), kind: 'walk_the_dog' })
    phone.outbox.splice(4, 1)
    phone.enter('household.edit', { household: neighbour.household, fields: { note: 'x' } }, { base: 1 })
    phone.enter(
      'household.edit',
      { household: own.household, fields: { [`resident.${own.resident}.birthYear`]: 1950 } },
      { base: 1 },
    )
    const results = await phone.send()
    expect(results.map(({ fate, problem }) => [fate, problem?.code, problem?.field])).toEqual([
      ['applied', undefined, undefined],
      ['refused', 'input.invalid', 'data.fields.note'],
      ['refused', 'input.invalid', 'data.fields.floor'],
      ['refused', 'input.invalid', 'base'],
      ['refused', 'input.invalid', 'kind'],
      ['refused', 'field.not_yours', 'data.household'],
      ['merged', undefined, undefined],
    ])
    await phone.fetch()
    expect(phone.household(own.household)).toMatchObject({ note: '前一条', members: [{ birthYear: 1950 }] })
  })

  test('a refused one is kept with its reason, said in the reader’s language, and mended by another', async () => {
    const wrong = phone.enter(
      'household.edit',
      { household: own.household, fields: { note: 7 } },
      { base: 1 },
    )
    await phone.send()
    const mended = edit('改好了')
    mended.mends = wrong.id
    await phone.send()
    const { json } = await server.call('GET', '/api/field/entries?fate=refused', {
      token: phone.token,
      headers: { 'accept-language': 'en' },
    })
    expect(json.items[0]).toMatchObject({
      id: wrong.id,
      mendedBy: mended.id,
      problem: { title: expect.stringMatching(/^[ -~]+$/) },
    })
    // The other phone of the same account hears of both.
    const other = await newPhone()
    expect(other.store.get(`entry ${wrong.id}`)!.data).toMatchObject({ fate: 'refused', mendedBy: mended.id })
    expect(other.store.get(`entry ${mended.id}`)!.data).toMatchObject({ fate: 'applied' })
  })

  test('what a refused entry said is sealed in the database', async () => {
    const wrong = phone.enter(
      'household.edit',
      { household: own.household, fields: { [`resident.${own.resident}.phone`]: '10012345678 转 3' } },
      { base: 1 },
    )
    const [result] = await phone.send()
    expect(result!.fate).toBe('refused')
    const [row] = await asOwner('select row_to_json(e)::text as text from field_entry e where id = $1', [
      wrong.id,
    ])
    expect(row.text).not.toContain('10012345678')
    expect(row.text).toContain('data_sealed')
  })

  test('a batch is bounded, and an empty one is none', async () => {
    const many = Array.from({ length: 51 }, () => ({ ...edit('x'), id: newId() }))
    expect((await phone.post(many)).status).toBe(400)
    expect((await phone.post([])).status).toBe(400)
  })
})

describe('FD8 clocks', () => {
  test('how far a clock is off is measured; what it said is kept, what it meant is computed', async () => {
    const ahead = await newPhone(3 * 3_600_000)
    const entry = edit('表快了三小时', ahead)
    server.clock.advance({ minutes: 10 })
    const answer = (await ahead.post()).json as Pushed
    expect(answer.offset).toBe(3 * 3_600_000)
    expect(answer.results[0]).toMatchObject({
      deviceAt: entry.deviceAt,
      madeAt: server.clock.now().subtract({ minutes: 10 }).toString({ smallestUnit: 'millisecond' }),
      receivedAt: server.clock.now().toString({ smallestUnit: 'millisecond' }),
    })
  })

  test('of two phones of one account with wrong clocks the word that was really said last stands', async () => {
    const ahead = await newPhone(86_400_000)
    edit('先说的', ahead)
    server.clock.advance({ minutes: 5 })
    edit('后说的')
    await phone.send()
    await ahead.send()
    await phone.fetch()
    expect(phone.household(own.household)).toMatchObject({ note: '后说的', conflicts: [] })
  })
})

describe('FD9 conflicts', () => {
  test('desk and phone set the same field without knowing of one another: the inbox has both, and a choice ends it', async () => {
    edit('手机上写的')
    const desk = await server.call('POST', `/api/households/${own.household}/entries`, {
      token: await server.session('community_desk'),
      body: { id: newId(), base: 1, deviceAt: '2026-11-20T02:00:00Z', fields: { note: '台账上写的' } },
    })
    expect(desk.json).toMatchObject({ fate: 'applied' })
    const [result] = await phone.send()
    expect(result).toMatchObject({ fate: 'conflict', contested: ['note'] })
    await phone.fetch()
    const { conflicts, version: base } = phone.household(own.household)!
    expect(conflicts[0]!.words.map(({ value }) => String(value)).sort()).toEqual(['台账上写的', '手机上写的'])
    const theirs = conflicts[0]!.words.find(({ value }) => value === '台账上写的')!.entry
    phone.enter('conflict.choose', { household: own.household, entries: { note: theirs } }, { base })
    expect(await phone.send()).toMatchObject([{ fate: 'applied', contested: [] }])
    await phone.fetch()
    expect(phone.household(own.household)).toMatchObject({ note: '台账上写的', conflicts: [] })
  })

  test('both can be right: other words take the place of either', async () => {
    edit('耳背')
    const other = await newPhone()
    await server.call('POST', `/api/households/${own.household}/entries`, {
      token: await server.session('community_desk'),
      body: { id: newId(), base: 1, deviceAt: '2026-11-20T02:00:00Z', fields: { note: '有狗' } },
    })
    await phone.sync()
    await other.fetch()
    other.enter(
      'conflict.choose',
      { household: own.household, fields: { note: '耳背，有狗' } },
      { base: version(own, other) },
    )
    await other.sync()
    await phone.fetch()
    expect(phone.household(own.household)).toMatchObject({ note: '耳背，有狗', conflicts: [] })
  })

  test('a number in conflict is chosen by its entry and never loses its seal on the way', async () => {
    const field = `resident.${own.resident}.phone`
    phone.enter(
      'household.edit',
      { household: own.household, fields: { [field]: '10011112222' } },
      { base: 1 },
    )
    await server.call('POST', `/api/households/${own.household}/entries`, {
      token: await server.session('community_desk'),
      body: { id: newId(), base: 1, deviceAt: '2026-11-20T02:00:00Z', fields: { [field]: '10033334444' } },
    })
    await phone.sync()
    const { words } = phone.household(own.household)!.conflicts[0]!
    const mine = words.find(({ value }) => value === '10011112222')!
    phone.enter(
      'conflict.choose',
      { household: own.household, entries: { [field]: mine.entry } },
      { base: version(own) },
    )
    await phone.sync()
    expect(phone.household(own.household)).toMatchObject({
      conflicts: [],
      members: [{ phone: '10011112222' }],
    })
  })
})

describe('FD11 reads', () => {
  test('what was opened offline stands in the ledger with its time; of a neighbour nothing is told', async () => {
    phone.enter('reads', {
      reads: [
        { household: own.household, at: '2026-11-20T01:00:00Z' },
        { household: neighbour.household, at: '2026-11-20T01:00:00Z' },
      ],
    })
    expect(await phone.send()).toMatchObject([{ fate: 'applied' }])
    const lines = await asOwner(
      `select subject_id as id, detail from audit_entry where detail ->> 'step' = 'read_offline'`,
    )
    expect(lines).toEqual([
      { id: own.household, detail: { at: '2026-11-20T01:00:00.000Z', step: 'read_offline' } },
    ])
  })
})

test('boundary 5 the resident sees that the household was put onto a phone and opened there', async () => {
  const number = '10055556666'
  phone.enter(
    'household.edit',
    { household: own.household, fields: { [`resident.${own.resident}.phone`]: number } },
    { base: version(own) },
  )
  phone.enter('reads', { reads: [{ household: own.household, at: '2026-11-20T01:00:00Z' }] })
  await phone.send()
  const code = await server.call('POST', '/api/phone-codes', { body: { phone: number } })
  const proven = await server.call('POST', '/api/phone-sessions', {
    body: { phone: number, code: code.json.demoCode },
  })
  const { items } = (await server.call('GET', '/api/looked', { token: proven.cookie })).json
  const field = items.filter(({ action }: { action: string }) => action === 'field.sync')
  expect(field.reduce((sum: number, one: { times: number }) => sum + one.times, 0)).toBeGreaterThanOrEqual(3)
  expect(field[0].what).toContain('手机')
})

describe('service requests', () => {
  test('RQ3 what was seen on the way becomes one request, and the phone hears what becomes of it', async () => {
    const id = newId()
    phone.enter('request.submit', {
      path: paths.inside.unit,
      place: '门口',
      need: { id, words: '楼道灯一闪一闪' },
    })
    await phone.send({ lost: true })
    const [result] = await phone.send()
    expect(result).toMatchObject({ fate: 'applied', requests: [{ id, code: expect.stringMatching(/^GY-/) }] })
    await phone.fetch()
    expect(phone.store.get('requests ')!.data).toMatchObject({ items: [{ id, state: 'submitted' }] })
    expect(await asOwner('select count(*)::int as n from service_request where id = $1', [id])).toEqual([
      { n: 1 },
    ])
  })
})

describe('absence', () => {
  test('VR4 said on the phone: the stand-in gets the doors from that day on', async () => {
    const absence = newId()
    phone.enter('absence', {
      absence,
      from: '2026-12-01',
      until: '2026-12-03',
      backup: personOf('grid_worker'),
    })
    expect(await phone.send()).toMatchObject([{ fate: 'applied' }])
    await phone.fetch()
    expect(phone.store.get('profile ')!.data).toMatchObject({
      away: [{ id: absence, from: '2026-12-01', until: '2026-12-03', backup: 'grid_worker的人' }],
    })
    await asOwner('delete from absence where district_code = $1', [district])
  })
})

describe('FD10 withdrawn while offline', () => {
  test('what was entered before the duty ended is kept for the desk, not dropped and not done', async () => {
    const entry = edit('退出前写的')
    await asOwner('update duty set valid_until = valid_from where dwelling_id = $1', [own.dwelling])
    const [result] = await phone.send()
    expect(result).toMatchObject({ fate: 'left_over', household: own.household })
    expect(await asOwner('select note from household where id = $1', [own.household])).toEqual([
      { note: null },
    ])
    const [row] = await asOwner(
      'select path, data_sealed is not null as kept from field_entry where id = $1',
      [entry.id],
    )
    expect(row).toEqual({ path: paths.inside.unit, kept: true })
  })

  test('whose role ended hands in what is left, to the last', async () => {
    edit('最后一条')
    await asOwner('update post set valid_until = $2 where person_id = $1', [
      personOf('liaison'),
      server.clock.now().toString(),
    ])
    expect((await phone.page()).problem).toBe('field.withdrawn')
    expect(await phone.send()).toMatchObject([{ fate: 'left_over' }])
    await asOwner('update post set valid_until = null where person_id = $1', [personOf('liaison')])
  })

  test('what comes from a withdrawn phone goes to the desk: whoever found it does not write into the register', async () => {
    edit('丢了的手机')
    await server.call('POST', `/api/field/devices/${phone.id}/withdrawal`, {
      token: phone.token,
      body: { reason: 'lost' },
    })
    expect(await phone.send()).toMatchObject([{ fate: 'left_over' }])
  })
})
