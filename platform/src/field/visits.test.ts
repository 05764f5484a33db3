import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { derivedId, uuidv7 } from '#kernel/ids.ts'
import { district, paths, personOf } from '#tests/fixture.ts'
import { giveDoor, liveAt } from '#tests/homes.ts'
import type { Home } from '#tests/homes.ts'
import { Phone } from '#tests/phone.ts'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'
import { smallPhoto, upload } from '#tests/upload.ts'

/** A visit made in a stairwell without a signal, and what comes of it once there is one. */

let server: TestServer
let own: Home
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
const rule = derivedId('visit_rule', 'weekly')

beforeAll(async () => {
  server = await startTestServer()
  await asOwner(
    `insert into visit_rule (district_code, id, version, valid_from, name, who, rhythm, days, visitor, basis, set_at)
     values ($1, $2, 1, '2026-01-01', '每月走一遍', 'all', 'monthly', 10, 'liaison', '包联办法', now())`,
    [district, rule],
  )
})
afterAll(() => server.close())

async function task(home: Home): Promise<string> {
  const id = newId()
  await asOwner(
    `insert into visit_task (district_code, id, rule_id, rule_version, household_id, path, period, visitor, person_id, state, opens_on,
       due_on, closes_on, made_at)
     values ($1, $2, $3, 1, $4, $5, '2026-11', 'liaison', $6, 'open', '2026-11-01', '2026-11-30', '2026-12-01', now())`,
    [district, id, rule, home.household, paths.inside.unit, personOf('liaison')],
  )
  return id
}

beforeEach(async () => {
  count += 1
  own = await liveAt(server.ownerUrl, paths.inside.unit, `visit ${count}`, { number: `${300 + count}` })
  await giveDoor(server.ownerUrl, own.dwelling, 'liaison')
  phone = new Phone({
    line: (method, url, options) => server.call(method, url, options),
    token: await server.session('liaison'),
    now: () => server.clock.now(),
  })
  await phone.register()
  await phone.fetch()
})

const need = (words: string, files: string[] = []) => ({ id: newId(), words, files })

describe('a visit', () => {
  test('VR2 L5 answers the open task, and what is needed becomes requests at the desk, once', async () => {
    await task(own)
    await phone.fetch()
    expect(phone.household(own.household)!.tasks).toMatchObject([{ title: '每月走一遍', due: '2026-11-30' }])
    const needs = [need('想要送午饭'), need('厨房灯一闪一闪')]
    const promise = { id: newId(), on: '2026-11-25', at: '15:00', words: '看灯修好没有' }
    const entry = phone.enter('visit', {
      household: own.household,
      outcome: 'met',
      how: 'difficulty',
      words: '膝盖疼，下楼买菜费劲',
      needs,
      promise,
    })
    await phone.send({ lost: true })
    const [result] = await phone.send()
    expect(result).toMatchObject({ fate: 'applied', household: own.household })
    expect(result!.requests.map(({ id }) => id).sort()).toEqual(needs.map(({ id }) => id).sort())
    await phone.fetch()
    expect(phone.household(own.household)).toMatchObject({
      visits: [
        { id: entry.id, on: '2026-11-20', by: 'liaison的人', outcome: 'met', words: '膝盖疼，下楼买菜费劲' },
      ],
      tasks: [],
      promises: [{ id: promise.id, on: '2026-11-25', at: '15:00' }],
    })
    const inbox = await server.call('GET', '/api/requests?queue=all', {
      token: await server.session('community_desk'),
    })
    const titles = inbox.json.items.map(({ id }: { id: string }) => id)
    for (const { id } of needs) expect(titles.filter((one: string) => one === id)).toHaveLength(1)
  })

  test('counts for the day on which it was made, however late it arrives and whatever the phone’s clock said', async () => {
    phone.skew = 5 * 86_400_000
    phone.enter('visit', { household: own.household, outcome: 'met' })
    server.clock.advance({ days: 3 })
    phone.token = await server.session('liaison')
    await phone.sync()
    expect(phone.household(own.household)!.visits).toMatchObject([{ on: '2026-11-20' }])
    server.clock.set('2026-11-20T02:20:00.000Z')
  })

  test('VR4 made while the duty was still one’s own it is a visit, also when it arrives after', async () => {
    const entry = phone.enter('visit', { household: own.household, outcome: 'met', words: '交接前最后一次' })
    server.clock.advance({ days: 2 })
    phone.token = await server.session('liaison')
    await asOwner(`update duty set valid_until = '2026-11-22' where dwelling_id = $1`, [own.dwelling])
    expect(await phone.send()).toMatchObject([{ fate: 'applied' }])
    expect(await asOwner('select person_id from visit where id = $1', [entry.id])).toEqual([
      { person_id: personOf('liaison') },
    ])
    await phone.fetch()
    expect(phone.household(own.household)).toBeUndefined()
    server.clock.set('2026-11-20T02:20:00.000Z')
  })

  test('a visit that makes no sense is refused by the field and nothing of it stays', async () => {
    const id = newId()
    phone.enter('visit', { household: own.household, outcome: 'not_at_home', needs: [{ ...need('x'), id }] })
    expect(await phone.send()).toMatchObject([
      { fate: 'refused', problem: { code: 'visit.nobody_met', field: 'data.needs' } },
    ])
    expect(await asOwner('select 1 from service_request where id = $1', [id])).toEqual([])
  })
})

describe('promises and tasks', () => {
  test('a promise is put off, and kept', async () => {
    phone.enter('visit', {
      household: own.household,
      outcome: 'met',
      promise: { id: newId(), on: '2026-11-25' },
    })
    await phone.sync()
    const [first] = phone.household(own.household)!.promises
    phone.enter('promise.put_off', { household: own.household, promise: first!.id, on: '2026-11-27' })
    await phone.sync()
    const [second] = phone.household(own.household)!.promises
    expect(second).toMatchObject({ on: '2026-11-27' })
    phone.enter('promise.keep', { household: own.household, promise: second!.id })
    expect(await phone.send()).toMatchObject([{ fate: 'applied' }])
    await phone.fetch()
    expect(phone.household(own.household)!.promises).toEqual([])
  })

  test('a task is excused with a reason; a promise of another door is none', async () => {
    const id = await task(own)
    phone.enter('task.excuse', { household: own.household, task: id, words: '住院了' })
    phone.enter('promise.keep', { household: own.household, promise: newId() })
    expect(await phone.send()).toMatchObject([
      { fate: 'applied' },
      { fate: 'refused', problem: { code: 'record.invalid_reference', field: 'data.promise' } },
    ])
    await phone.fetch()
    expect(phone.household(own.household)!.tasks).toEqual([])
  })
})

describe('FD12 words first', () => {
  const recording = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(60)])
  const arrives = async (id: string, kind: 'photo' | 'voice') =>
    upload(server, phone.token, { id, kind, bytes: kind === 'photo' ? await smallPhoto() : recording })

  test('a photo and a voice note come after the words, and are attached to what they belong to', async () => {
    const [photo, voice] = [newId(), newId()]
    const asked = need('楼道灯不亮', [photo])
    const entry = phone.enter('visit', {
      household: own.household,
      outcome: 'met',
      needs: [asked],
      files: [voice],
    })
    const [result] = await phone.send()
    expect(result!.files.map(({ state }) => state)).toEqual(['awaited', 'awaited'])
    await arrives(photo, 'photo')
    await phone.fetch()
    const states = () => {
      const item = phone.store.get(`entry ${entry.id}`)
      return item?.kind === 'entry'
        ? Object.fromEntries(item.data!.files.map((one) => [one.id, one.state]))
        : {}
    }
    expect(states()).toEqual({ [photo]: 'here', [voice]: 'awaited' })
    await arrives(voice, 'voice')
    await phone.fetch()
    expect(states()).toEqual({ [photo]: 'here', [voice]: 'here' })
    expect(await asOwner('select request_id, visit_id from attachment where id = $1', [photo])).toEqual([
      { request_id: asked.id, visit_id: null },
    ])
    expect(await asOwner('select request_id, visit_id from attachment where id = $1', [voice])).toEqual([
      { request_id: null, visit_id: entry.id },
    ])
  })
})

describe('FD6 FD7 a round', () => {
  const another = async (number: string) => {
    const home = await liveAt(server.ownerUrl, paths.inside.unit, `round ${count} ${number}`, { number })
    await giveDoor(server.ownerUrl, home.dwelling, 'liaison')
    return home
  }
  const states = (ids: readonly string[]) =>
    asOwner(
      'select household_id, state, ended_as, tries from visit_task where id = any ($1) order by household_id',
      [ids],
    )

  test('is entered at once, and leaves what its visits leave one by one', async () => {
    const homes = [own, await another(`${600 + count}`), await another(`${700 + count}`)]
    const outcomes = ['met', 'not_at_home', 'declined'] as const
    const tasks: string[] = []
    for (const home of homes) tasks.push(await task(home))
    await phone.fetch()
    homes.forEach(({ household }, nth) => phone.enter('visit', { household, outcome: outcomes[nth]! }))
    const sent = phone.outbox.map(({ id }) => id)
    expect((await phone.send()).map(({ id, fate }) => [id, fate])).toEqual(sent.map((id) => [id, 'applied']))
    const together = await states(tasks)
    // The same outcomes at the same doors, each in a batch of its own: nothing changes.
    for (const [nth, { household }] of homes.entries()) {
      phone.enter('visit', { household, outcome: outcomes[nth]! })
      await phone.send()
    }
    expect(await states(tasks)).toEqual(together)
    expect(new Set(together.map(({ state }) => state))).toEqual(new Set(['done', 'excused', 'open']))
  })

  test('with something wrong in it falls apart into entries with a fate each', async () => {
    const other = await another(`${800 + count}`)
    const tasks = [await task(own), await task(other)]
    await phone.fetch()
    phone.enter('visit', { household: own.household, outcome: 'met' })
    phone.enter('visit', { household: other.household, outcome: 'not_at_home', how: 'fine' })
    expect((await phone.send()).map(({ fate, problem }) => [fate, problem?.code])).toEqual([
      ['applied', undefined],
      ['refused', 'visit.nobody_met'],
    ])
    const stands = new Map((await states(tasks)).map(({ household_id, state }) => [household_id, state]))
    expect(stands.get(own.household)).toBe('done')
    expect(stands.get(other.household)).toBe('open')
  })
})
