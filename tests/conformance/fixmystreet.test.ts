import { afterAll, beforeAll, expect, test } from 'vitest'
import { ids } from '#tests/fixture.ts'
import { asOwner, assign, entered, newId, startDistrict } from '#tests/story.ts'
import { readXml } from './xml.ts'

/**
 * A round trip as FixMyStreet makes it (mysociety/fixmystreet, perllib/Open311.pm): only XML, forms out, `api_key` with
 * every POST, jurisdiction with every call, tokens polled, updates fetched by windows of two hours.
 */

let server: Awaited<ReturnType<typeof startDistrict>>['server']
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let settings: { jurisdiction_id: string; api_key: string }

async function get(path: string, query: Record<string, string> = {}) {
  const { jurisdiction_id: jurisdiction } = settings
  const answer = await server.call(
    'GET',
    `/open311/v2/${path}?${new URLSearchParams({ ...query, jurisdiction_id: jurisdiction })}`,
  )
  expect(answer.status, answer.text).toBe(200)
  return readXml(answer.text)
}

async function post(path: string, fields: Record<string, string>) {
  const answer = await server.call('POST', `/open311/v2/${path}`, { form: { ...fields, ...settings } })
  expect(answer.status, answer.text).toBe(201)
  return readXml(answer.text)
}

/** The last two hours, as it asks for updates. */
async function updates() {
  const now = server.clock.now()
  const w3c = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' })
  const window = {
    start_date: w3c(now.subtract({ hours: 2 })),
    end_date: w3c(now),
    api_key: settings.api_key,
  }
  const found = await get('servicerequestupdates.xml', window)
  expect(found.name).toBe('service_request_updates')
  for (const one of found.all('request_update'))
    // It drops what does not lie in the window that it asked for.
    expect([
      one.of('updated_datetime')! >= window.start_date,
      one.of('updated_datetime')! <= window.end_date,
    ]).toEqual([true, true])
  return found.all('request_update')
}

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  settings = { jurisdiction_id: '131003', api_key: await server.clientKey('token') }
  await asOwner(server, `update area set lon = 116.7, lat = 39.5 where kind = 'compound'`)
})
afterAll(() => server.close())

test('a report goes out, an update follows, the answer and its state come back', async () => {
  // Services become categories; the questions of those with metadata are fetched.
  const lift = (await get('services.xml')).all('service').find((one) => one.of('service_code') === 'C02')
  expect([lift?.of('service_name'), lift?.of('group'), lift?.of('metadata')]).toEqual([
    '电梯停运',
    '物业小区',
    'true',
  ])
  const questions = (await get('services/C02.xml')).all('attributes')[0]!.all('attribute')
  expect(questions.map((one) => one.of('code'))).toEqual([
    'trapped',
    'building',
    'lift_number',
    'fixmystreet_id',
  ])

  const report = {
    service_code: 'C02',
    description:
      '电梯停了两天\n\n3号楼的电梯停了两天，老人下不来楼🛗。\n\nhttps://fms.example.cn/report/815\n',
    lat: '39.500100',
    long: '116.700100',
    first_name: '赵',
    last_name: '玉兰',
    email: 'yulan@example.cn',
    phone: '10012340009',
    media_url: 'https://fms.example.cn/photo/815.0.full.jpeg',
    'attribute[trapped]': 'no',
    'attribute[building]': '3号楼',
    'attribute[easting]': '500100',
    'attribute[fixmystreet_id]': '815',
  }
  const token = (await post('requests.xml', report)).all('request')[0]?.of('token')
  const id = (await get(`tokens/${token}.xml`)).all('request')[0]!.of('service_request_id')!
  // The answer was lost on the way, and the report is sent again.
  expect((await post('requests.xml', report)).all('request')[0]?.of('token')).toBe(token)
  expect((await get('requests.xml')).all('request')).toHaveLength(1)

  // The desk reads all of it, in its own language.
  const { json: seen } = await server.call('GET', `/api/requests/${token}`, { token: staff.community_desk })
  expect(seen).toMatchObject({
    code: id,
    channel: 'open311',
    category: { code: 'C02' },
    title: '电梯停了两天',
    lat: 39.5001,
  })
  for (const words of [
    '老人下不来楼🛗',
    '电梯里有人困住吗？ 没有人',
    '几号楼几单元 3号楼',
    'https://fms.example.cn/photo/815.0.full.jpeg',
  ])
    expect(seen.words).toContain(words)
  expect(seen.words).not.toContain('500100')
  expect(seen.reporter).toMatchObject({ name: '赵**', phone: '100 **** ***9' })

  // What everybody reads holds none of it.
  const shown = (await get('requests.xml', { service_request_id: id })).all('request')[0]!
  expect([shown.of('status'), shown.of('description'), shown.of('address'), shown.of('media_url')]).toEqual([
    'open',
    '电梯停运，和平小区。',
    '和平小区',
    null,
  ])
  expect(shown.of('lat')).toBe('39.5')

  // The reporter adds something; the same update twice is one.
  server.clock.advance({ minutes: 20 })
  const update = {
    service_request_id: id,
    update_id: '42',
    updated_datetime: '2026-11-20T02:40:00Z',
    status: 'CLOSED',
    description: '今天还是没修',
    first_name: '赵',
    last_name: '玉兰',
    email: 'yulan@example.cn',
  }
  const sent = (await post('servicerequestupdates.xml', update)).all('request_update')[0]?.of('update_id')
  expect((await post('servicerequestupdates.xml', update)).all('request_update')[0]?.of('update_id')).toBe(
    sent,
  )
  const { json: noted } = await server.call('GET', `/api/requests/${token}`, { token: staff.community_desk })
  expect(noted.entries.filter(({ kind }: { kind: string }) => kind === 'note')).toMatchObject([
    { id: sent, words: '今天还是没修', channel: 'open311', by: { kind: 'reporter' }, visible: true },
  ])
  // Whether it is solved is the word of the reporter alone, and not of a status that came along (RQ7).
  expect(noted.state).toBe('submitted')
  expect(await updates()).toEqual([])

  // The desk takes it up and gives it out, the firm answers.
  await entered(server, staff.community_desk, token!, {
    kind: 'accept',
    category: 'C02',
    urgency: 'by_date',
    points: [],
  })
  await entered(server, staff.community_desk, token!, assign(ids.firm))
  server.clock.advance({ hours: 3 })
  await entered(server, staff.handler, token!, { kind: 'take' })
  server.clock.advance({ minutes: 5 })
  await entered(server, staff.handler, token!, {
    kind: 'answer',
    words: '换了门机，赵玉兰家电话10012340009已回复',
    points: [{ index: 0, open: false }],
  })
  const news = async () =>
    (await updates()).map((one) => [one.of('service_request_id'), one.of('status'), one.of('description')])
  expect(await news()).toEqual([
    [id, 'in_progress', '办理单位已接单。'],
    [id, 'in_progress', '已答复反映人。'],
  ])

  // What was answered is told once a desk has cleared it, as an update of its own.
  server.clock.advance({ hours: 3 })
  const answer = await answerOf(token!)
  const cleared = await server.call('POST', `/api/requests/${token}/publication`, {
    token: staff.community_desk,
    body: { id: newId(server), entry: answer, description: '换了门机，电梯已恢复。' },
  })
  expect(cleared.status, cleared.text).toBe(200)
  expect(await news()).toEqual([[id, 'in_progress', '换了门机，电梯已恢复。']])

  // A call that found everything well closes it.
  await entered(server, staff.community_desk, token!, { kind: 'follow_up', outcome: 'satisfied' })
  expect((await news()).at(-1)).toEqual([id, 'closed', '已结案。'])
  const closed = (await get('requests.xml', { service_request_id: id })).all('request')[0]!
  expect([closed.of('status'), closed.of('updated_datetime')]).toEqual([
    'closed',
    server.clock.now().toString({ smallestUnit: 'second' }),
  ])
})

async function answerOf(request: string): Promise<string> {
  const { json } = await server.call('GET', `/api/requests/${request}`, { token: staff.community_desk })
  return json.entries.find(({ kind }: { kind: string }) => kind === 'answer').id
}

test('a program adds to what it sent itself, and to nothing else', async () => {
  const report = { service_code: 'A01', description: '垃圾没人收', address_string: '和平小区' }
  const token = (await post('requests.xml', report)).all('request')[0]?.of('token')
  const id = (await get(`tokens/${token}.xml`)).all('request')[0]!.of('service_request_id')!
  const form = {
    service_request_id: id,
    update_id: '1',
    description: '还没收',
    api_key: await server.clientKey(),
  }
  const other = await server.call('POST', '/open311/v2/servicerequestupdates.xml', { form })
  expect([other.status, readXml(other.text).all('error')[0]?.of('code')]).toEqual([404, '404'])
})

test('RQ13 the answer to a merged report comes back under its own number', async () => {
  const report = { service_code: 'B03', description: '井盖往外冒水', address_string: '和平小区' }
  const sent = async () => {
    const token = (await post('requests.xml', report)).all('request')[0]!.of('token')!
    return { token, id: (await get(`tokens/${token}.xml`)).all('request')[0]!.of('service_request_id')! }
  }
  const [first, second] = [await sent(), await sent()]
  server.clock.advance({ hours: 3 })
  await entered(server, staff.community_desk, second.token, { kind: 'merge', into: first.token, words: '' })
  server.clock.advance({ minutes: 1 })
  await entered(server, staff.community_desk, first.token, {
    kind: 'accept',
    category: 'B03',
    urgency: 'by_date',
    points: [],
  })
  await entered(server, staff.community_desk, first.token, {
    kind: 'answer',
    words: '疏通了',
    points: [{ index: 0, open: false }],
  })
  const told = (await updates()).map((one) => [
    one.of('service_request_id'),
    one.of('status'),
    one.of('description'),
  ])
  const both = [first.id, second.id].toSorted((a, b) => a.localeCompare(b))
  expect(told.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
    [both[0], 'investigating', '已受理。'],
    [both[0], 'in_progress', '已答复反映人。'],
    [both[1], 'in_progress', '与另一件事并在一起办理。'],
    [both[1], 'investigating', '已受理。'],
    [both[1], 'in_progress', '已答复反映人。'],
  ])
  const ids = (await updates()).map((one) => one.of('update_id'))
  expect(new Set(ids).size).toBe(5)
  const merged = (await get('requests.xml', { service_request_id: second.id })).all('request')[0]!
  expect([merged.of('status'), merged.of('status_notes')]).toEqual([
    'open',
    `已答复，等反映人确认是否解决。 与 ${first.id} 并在一起办理。`,
  ])
})
