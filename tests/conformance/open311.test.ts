import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#tests/fixture.ts'
import {
  accept,
  answered,
  asOwner,
  assign,
  entered,
  multiply,
  newId,
  said,
  startDistrict,
} from '#tests/story.ts'
import { errors, posted, requests, serviceDefinition, services } from './geo-report.ts'
import { readXml } from './xml.ts'

/** A client of Open311 at the front door: every answer holds what the specification asks, and XML says what JSON says. */

let server: Awaited<ReturnType<typeof startDistrict>>['server']
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let key: string
const base = '/open311/v2'
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)

/** As JSON; the answer must satisfy the schema. */
async function get(path: string, schema: object) {
  const answer = await server.call('GET', `${base}${path}`)
  expect(answer.status, answer.text).toBe(200)
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  const check = ajv.compile(schema)
  expect(check(answer.json), `${path} ${JSON.stringify(check.errors?.slice(0, 3))}`).toBe(true)
  return answer.json
}

/** As XML, well-formed or it throws. */
async function getXml(path: string) {
  const answer = await server.call('GET', `${base}${path}`)
  expect(answer.status, answer.text).toBe(200)
  expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8')
  expect(answer.text).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>/)
  return readXml(answer.text)
}

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  key = await server.clientKey()
  await asOwner(
    server,
    `update area set lon = 116.7 + length(path) * 0.0001, lat = 39.5 where path like '131003/131003001/%'`,
  )
  for (const words of ['楼道灯坏了', '井盖松了 ]]> <b>&amp;</b>', '垃圾没人收🏮']) {
    const { id } = await said(server, { words })
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, assign())
    await entered(server, staff.handler, id, { kind: 'take' })
    await entered(server, staff.handler, id, answered)
  }
})
afterAll(() => server.close())

describe('OP2 services', () => {
  test('the list holds what the specification asks, and XML says the same', async () => {
    const list = await get('/services.json', services)
    expect(list).toHaveLength(66)
    const xml = await getXml('/services.xml')
    expect(xml.name).toBe('services')
    expect(xml.all('service').map((one) => [one.of('service_code'), one.of('metadata')])).toEqual(
      list.map((one: { service_code: string; metadata: boolean }) => [
        one.service_code,
        String(one.metadata),
      ]),
    )
  })

  test('what a service asks holds what the specification asks, for every service', async () => {
    for (const { service_code: code, metadata } of await get('/services.json', services)) {
      const definition = await get(`/services/${code}.json`, serviceDefinition)
      const asked = definition.attributes.filter(({ variable }: { variable: boolean }) => variable)
      expect(asked.length > 0, code).toBe(metadata)
    }
    const xml = await getXml('/services/C01.xml')
    const [trapped] = xml.all('attributes')[0]!.all('attribute')
    expect([trapped?.of('code'), trapped?.of('required'), trapped?.of('datatype')]).toEqual([
      'trapped',
      'true',
      'singlevaluelist',
    ])
    expect(
      trapped
        ?.all('values')[0]
        ?.all('value')
        .map((one) => one.of('key')),
    ).toEqual(['yes', 'no', 'unknown'])
  })
})

describe('OP3 requests', () => {
  test('a bare array that holds what the specification asks, newest first, and XML says the same', async () => {
    const list = await get('/requests.json', requests)
    expect(list).toHaveLength(3)
    const xml = await getXml('/requests.xml')
    expect(xml.name).toBe('service_requests')
    for (const [index, one] of xml.all('request').entries())
      for (const [name, value] of Object.entries<string | number | null>(list[index]))
        expect([name, one.of(name)]).toEqual([name, value === null ? null : String(value)])
  })

  test('one by its id is a bare array of one; several by a list, whatever else is asked', async () => {
    const [first, second] = await get('/requests.json', requests)
    expect(await get(`/requests/${first.service_request_id}.json`, requests)).toEqual([first])
    const two = `${first.service_request_id},${second.service_request_id}`
    expect(await get(`/requests.json?service_request_id=${two}&status=closed`, requests)).toEqual([
      first,
      second,
    ])
  })

  test('filters by status, service and time; pages', async () => {
    const count = async (query: string) => (await get(`/requests.json?${query}`, requests)).length
    expect(await count('status=open')).toBe(3)
    expect(await count('status=closed')).toBe(0)
    expect(await count('status=open,closed')).toBe(3)
    expect(await count('service_code=B03')).toBe(3)
    expect(await count('service_code=A01,A02')).toBe(0)
    expect(await count('end_date=2026-11-19T00:00:00Z')).toBe(0)
    expect(await count('start_date=2026-11-20T10:20:00%2B08:00')).toBe(3)
    expect(await count('start_date=2026-11-20T10:20:00+08:00')).toBe(3)
    expect(await count('page_size=2')).toBe(2)
    expect(await count('page_size=2&page=2')).toBe(1)
    expect(await count('jurisdiction_id=131003')).toBe(3)
    expect(await count('start_date=&end_date=&service_code=&api_key=')).toBe(3)
  })
})

describe('OP10 all of them as CSV', () => {
  test('one line each under the columns of the bulk specification, and nothing a spreadsheet would run', async () => {
    const { headers, text } = await server.call('GET', `${base}/requests.csv`)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const [columns, ...lines] = text.trim().replace('\uFEFF', '').split('\r\n')
    expect(columns).toMatch(/^service_request_id,requested_datetime,updated_datetime,closed_date,/)
    expect(lines).toHaveLength(3)
    expect(lines.join()).not.toMatch(/(^|,)[=+@]/)
  })
})

describe('OP5 what is sent', () => {
  const form = { service_code: 'A01', description: '垃圾堆了三天', lat: '39.5', long: '116.709', api_key: '' }
  const post = (fields: object, format = 'json') =>
    server.call('POST', `${base}/requests.${format}`, {
      form: { ...form, api_key: key, ...fields } as Record<string, string>,
    })

  test('is answered with its id in the shape of the specification, in both formats', async () => {
    const json = await post({})
    expect([json.status, ajv.validate(posted, json.json)]).toEqual([201, true])
    const xml = readXml((await post({}, 'xml')).text)
    expect(xml.name).toBe('service_requests')
    expect(xml.all('request')[0]?.of('service_request_id')).toMatch(/^GY-\d{4}-\d{6}$/)
  })

  test('a key that wants tokens gets one, and the id for it', async () => {
    const answer = await post({ api_key: await server.clientKey('token'), account_id: 'u1' })
    expect(ajv.validate(posted, answer.json)).toBe(true)
    const { token, account_id: account } = answer.json[0]
    expect(account).toBe('u1')
    const xml = (await getXml(`/tokens/${token}.xml`)).all('request')[0]
    expect([xml?.of('token'), xml?.of('service_request_id')]).toEqual([
      token,
      expect.stringMatching(/^GY-\d{4}-\d{6}$/),
    ])
  })

  test.each<[string, Record<string, string>, number, string]>([
    ['no key', { api_key: '' }, 403, 'access.log_in'],
    ['a key nobody has', { api_key: 'x'.repeat(43) }, 403, 'access.log_in'],
    ['no such service', { service_code: 'Z99' }, 404, 'open311.no_such_service'],
    ['no such jurisdiction', { jurisdiction_id: '110101' }, 404, 'open311.no_such_jurisdiction'],
    ['no description', { description: ' ' }, 400, 'input.invalid'],
    ['half a point', { long: '' }, 400, 'open311.place_needed'],
    ['a point elsewhere', { lat: '31.2', long: '121.5' }, 400, 'open311.place_unknown'],
    ['a missing answer', { service_code: 'C01' }, 400, 'open311.attribute_missing'],
    [
      'a wrong answer',
      { service_code: 'C01', 'attribute[trapped]': 'maybe' },
      400,
      'open311.attribute_wrong',
    ],
  ])('%s is refused with a code and words, in both formats', async (_, fields, status, problem) => {
    const json = await post(fields)
    expect([json.status, json.problem, ajv.validate(errors, json.json)]).toEqual([status, problem, true])
    const xml = readXml((await post(fields, 'xml')).text)
    expect(xml.name).toBe('errors')
    expect(xml.all('error').map((one) => [one.of('code'), one.of('description')])).toEqual(
      json.json.map((one: { code: number; description: string }) => [String(one.code), one.description]),
    )
  })

  test('an address of ours, or the code of an area, is a place too', async () => {
    const pathOf = async (fields: object) => {
      const { json } = await post({ lat: '', long: '', ...fields })
      const rows = await asOwner<{ path: string; place: string }>(
        server,
        'select path, place from service_request where code = $1',
        [json[0].service_request_id],
      )
      return rows[0]
    }
    const compound = paths.inside.unit.split('/').slice(0, 4).join('/') + '/'
    expect(await pathOf({ address_string: '廊坊市和平小区东门口' })).toEqual({
      path: compound,
      place: '廊坊市和平小区东门口',
    })
    expect((await pathOf({ address_id: compound.split('/')[3] }))?.path).toBe(compound)
  })

  test('the sender’s own number twice is one request, also in other words; without one each is new', async () => {
    const send = async (fields: object) => (await post(fields)).json[0].service_request_id as string
    const own = { 'attribute[fixmystreet_id]': '4711' }
    const first = await send(own)
    expect(await send({ ...own, description: '垃圾堆了四天' })).toBe(first)
    expect(await send({ ...own, api_key: await server.clientKey() })).not.toBe(first)
    expect(await send({})).not.toBe(await send({}))
    const both = await Promise.all([1, 2, 3, 4].map(() => send({ 'attribute[external_id]': 'at once' })))
    expect(new Set(both).size).toBe(1)
  })

  test('who reports is kept for the desk and never told to anybody else', async () => {
    const { json } = await post({
      first_name: '秀兰',
      last_name: '赵',
      phone: '+86 100 1234 5678',
      email: 'zhao@example.cn',
    })
    const code = json[0].service_request_id
    const shown = await server.call('GET', `${base}/requests/${code}.json`)
    const updates = await server.call('GET', `${base}/servicerequestupdates.json`)
    const csv = await server.call('GET', `${base}/requests.csv`)
    for (const { text } of [shown, updates, csv]) expect(text).not.toMatch(/秀兰|赵|5678|zhao|垃圾堆/)
    const rows = await asOwner<{ name: string; channel: string; kept: string }>(
      server,
      `select p.name, r.channel, p::text || r::text as kept from service_request r join reporter p on p.id = r.reporter_id where r.code = $1`,
      [code],
    )
    expect(rows[0]).toMatchObject({ name: '赵秀兰', channel: 'open311' })
    expect(rows[0]?.kept).not.toContain('zhao@')
  })

  test('a key that was ended, or carries less, is refused', async () => {
    const other = await server.clientKey()
    await asOwner(
      server,
      `update api_client set abilities = '{open311.update}' where key_digest = encode(sha256($1), 'hex')`,
      [Buffer.from(other)],
    )
    expect((await post({ api_key: other })).problem).toBe('access.not_allowed')
    await asOwner(
      server,
      `update api_client set ended_at = now() where key_digest = encode(sha256($1), 'hex')`,
      [Buffer.from(other)],
    )
    expect((await post({ api_key: other })).problem).toBe('access.log_in')
  })
})

test('OP1 discovery says where it is, in both formats', async () => {
  const { json } = await server.call('GET', `${base}/discovery.json`)
  expect(json.endpoints[0]).toMatchObject({
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: expect.stringMatching(/^http:\/\/[^/]+\/open311\/v2$/),
    formats: ['text/xml', 'application/json'],
  })
  const xml = await getXml('/discovery.xml')
  const [endpoint] = xml.all('endpoints')[0]!.all('endpoint')
  expect(endpoint?.of('url')).toBe(json.endpoints[0].url)
  expect(
    endpoint
      ?.all('formats')[0]
      ?.all('format')
      .map(({ text }) => text),
  ).toEqual(json.endpoints[0].formats)
})

test('OP9 a confidential request is nowhere, and one of a guarded service only once cleared', async () => {
  const { id, code } = await said(server, {
    id: newId(server),
    words: '物业经理收钱',
    confidential: true,
    reporter: { id: newId(server) },
  })
  await entered(server, staff.community_desk, id, {
    kind: 'accept',
    category: 'C04',
    urgency: 'by_date',
    points: [],
  })
  const guarded = await said(server, { words: '邻居打孩子', category: 'F02' })
  for (const one of [code, guarded.code]) {
    expect((await server.call('GET', `${base}/requests/${one}.json`)).status).toBe(404)
    for (const where of ['requests.json', 'servicerequestupdates.json', 'requests.csv'])
      expect((await server.call('GET', `${base}/${where}`)).text).not.toContain(one)
  }
})

test('OP10 more than one page of them comes whole, each once', async () => {
  await multiply(server, 400)
  const { text } = await server.call('GET', `${base}/requests.csv`)
  const codes = text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0])
  const rows = await asOwner<{ code: string }>(
    server,
    `select code from service_request where not confidential and category_code is not null and category_code <> 'F02'`,
  )
  expect(rows.length).toBeGreaterThan(2000)
  expect(codes).toHaveLength(rows.length)
  expect(new Set(codes)).toEqual(new Set(rows.map(({ code }) => code)))
})
