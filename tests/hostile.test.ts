import pg from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { roles } from '#access/permissions.ts'
import type { Grant, Role } from '#access/permissions.ts'
import { permissions } from '#access/permissions.ts'
import { localFiles } from '#kernel/files.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { allRoutes } from '#platform/app.ts'
import { paths } from './fixture.ts'
import { liveAt, wentTo } from './homes.ts'
import { samples } from './samples.ts'
import type { Records } from './samples/sample.ts'
import { startTestServer } from './server.ts'
import type { TestServer } from './server.ts'

/** Malformed, huge and hostile input, generated from the OpenAPI document, against every route: 4xx, a problem document, nothing stored. */

type Json = Record<string, unknown>
type Schema = {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  enum?: unknown[]
  pattern?: string
  format?: string
  oneOf?: Schema[]
  anyOf?: Schema[]
  required?: string[]
  const?: unknown
}
type Operation = {
  'x-ability': keyof typeof permissions
  parameters: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

const routes = allRoutes({ keys: null as never, files: localFiles('.'), mode: 'demo', dataDir: '.' })
const hostile = [
  "'; drop table area; --",
  '<script>alert(1)</script>',
  '=cmd|calc!A1',
  '../../../etc/passwd',
  '${7*7}',
  '%00',
  'null',
  '-1',
  '\u202egnp.exe',
  '9'.repeat(400),
]

let server: TestServer
let document: { paths: Record<string, Record<string, Operation>> }
let records: Records
const tokens = {} as Record<Role, string>
/** Of a program that may do what programs may. */
let key: string

beforeAll(async () => {
  server = await startTestServer()
  document = (await server.call('GET', '/openapi.json')).json
  for (const role of roles) tokens[role] = await server.session(role)
  key = await server.clientKey()
  const id = uuidv7(server.clock.now())
  const { json } = await server.call('POST', '/api/requests', {
    body: { id, words: '路灯不亮', path: paths.inside.unit, reporter: { id: uuidv7(server.clock.now()) } },
  })
  const home = await liveAt(server.ownerUrl, paths.inside.unit, 'hostile')
  const went = await wentTo(server.ownerUrl, home, paths.inside.unit)
  const record = { request: id, attachment: id, code: json.code, message: id, ...home, ...went, whistle: id }
  records = { inside: record, outside: record }
})
afterAll(() => server.close())

/** Rows of every table, sessions and the ledger aside: what a refused call must leave alone. */
async function rows(): Promise<Json> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('session', 'audit_entry', 'audit_head', 'follow_failure', 'credential')`,
  )
  const counts: Json = {}
  for (const { name } of tables)
    counts[name] = (
      await client.query<{ n: string }>(
        `select count(*) as n, md5(coalesce(string_agg(t::text, '' order by t::text), '')) as m from "${name}" t`,
      )
    ).rows[0]
  await client.end()
  return counts
}

/** Values that cannot be right where the schema stands. */
function wrongFor(schema: Schema): unknown[] {
  const kind = schema.type ?? (schema.properties ? 'object' : undefined)
  const texts = schema.enum || schema.pattern || schema.format || schema.const !== undefined ? hostile : []
  switch (kind) {
    case 'string':
      return [123, true, {}, [], 'a\0b', '\ud800', ...texts]
    case 'integer':
    case 'number':
      return ['abc', {}, [], 1e300, true]
    case 'boolean':
      return ['yes', 7, {}]
    case 'array':
      return ['x', 5, { length: 3 }, [{ surprise: null }, 7, 'a\0b']]
    case 'object':
      return ['x', 5, []]
    default:
      return []
  }
}

/** Bodies that are right but for one property, for each property and each wrong value. */
function mutations(schema: Schema, right: Json): Json[] {
  const variant = schema.oneOf?.find((one) => one.properties?.['kind']?.const === right['kind']) ?? schema
  const wrong = Object.entries(variant.properties ?? {}).flatMap(([name, property]) =>
    wrongFor(property).map((value) => ({ ...right, [name]: value })),
  )
  const missing = (variant.required ?? []).map((name) =>
    Object.fromEntries(Object.entries(right).filter(([key]) => key !== name)),
  )
  return [...wrong, ...missing]
}

/** Forms that are right but for one field; in a form everything is text. */
function wrongForms(schema: Schema, right: Record<string, string>): Record<string, string>[] {
  const wrong = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    wrongFor(property)
      .filter((value) => typeof value === 'string' && value.isWellFormed())
      .map((value) => ({ ...right, [name]: value as string })),
  )
  const missing = (schema.required ?? []).map((name) =>
    Object.fromEntries(Object.entries(right).filter(([field]) => field !== name)),
  )
  return [...wrong, ...missing]
}

/** Thousands of calls are more than one address may make: each test comes from another, or all it saw were refusals of that. */
let address = '127.0.0.1'
let tested = 0
beforeEach(() => {
  tested += 1
  address = `10.9.${Math.floor(tested / 250)}.${1 + (tested % 250)}`
  server.from(address)
})

const tokenFor = (ability: keyof typeof permissions): string | undefined => {
  const grant: Grant = permissions[ability]
  const role =
    roles.find((one) => grant.staff[one] && one.endsWith('_desk')) ?? roles.find((one) => grant.staff[one])
  return role && tokens[role]
}

type Answer = Pick<Awaited<ReturnType<TestServer['call']>>, 'status' | 'text' | 'headers' | 'json'>

/** A refusal in the shape of Open311: a list of codes and descriptions, in XML or JSON. */
function expectErrors(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
  expect(answer.headers['x-problem'], what).toEqual(expect.any(String))
  const error = { code: answer.status, description: expect.not.stringMatching(/\{[a-z]\w*\}/) }
  if (answer.json) expect(answer.json[0], what).toEqual(error)
  else expect(answer.text, what).toContain(`<errors><error><code>${answer.status}</code><description>`)
}

function expectProblem(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
  expect(String(answer.headers['content-type']), what).toContain('application/problem+json')
  expect(answer.json, what).toMatchObject({
    code: expect.any(String),
    title: expect.any(String),
    detail: expect.any(String),
    status: answer.status,
  })
  expect(answer.json.detail, what).not.toMatch(/\{\w+\}/)
}

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s',
  (name, route) => {
    const operation = () =>
      document.paths[route.path.replace(/:(\w+)/g, '{$1}')]![route.method.toLowerCase()]!

    test('paths and queries that cannot be right', async () => {
      const token = tokenFor(route.allow)
      for (const parameter of operation().parameters.filter(({ in: where }) => where !== 'header')) {
        const values =
          parameter.schema.type === 'string' &&
          !parameter.schema.pattern &&
          !parameter.schema.enum &&
          !parameter.schema.format
            ? ['a%00b']
            : [...hostile.map(encodeURIComponent), 'a%00b', '%ff%fe', 'x'.repeat(5_000)]
        for (const value of values) {
          const url =
            parameter.in === 'path'
              ? route.path.replace(`:${parameter.name}`, value)
              : `${route.path.replaceAll(/:\w+/g, records.inside.request)}?${parameter.name}=${value}`
          const answer = await server.call(route.method, url, {
            token,
            ...(route.method !== 'GET' && !route.uploadBytes && (route.form ? { form: {} } : { body: {} })),
          })
          if (parameter.in === 'query' && answer.status < 400) {
            // A number or a free text may be right by chance; then it was read, not stored.
            expect(route.method, url).toBe('GET')
            continue
          }
          const wired = route.wire && !answer.headers['content-type']?.toString().includes('problem+json')
          ;(wired ? expectErrors : expectProblem)(answer, `${route.method} ${url.slice(0, 120)}`)
        }
      }
    })

    test('bodies that cannot be right leave every table as it was', async () => {
      const media = operation().requestBody?.content
      if (!media) return
      const before = await rows()
      const token = tokenFor(route.allow)
      const sample = samples(server, records)[name]?.('inside')
      const url = sample?.url ?? route.path.replaceAll(/:\w+/g, records.inside.request)
      const headers = { ...sample?.headers }
      const raw = async (payload: string | Buffer, type: string) => {
        const answer = await server.server.inject({
          method: route.method,
          url,
          remoteAddress: address,
          payload,
          headers: {
            'content-type': type,
            ...headers,
            ...(token && { cookie: `chuanmen_session=${token}` }),
          },
        })
        expect(
          answer.statusCode,
          `${type} ${String(payload).slice(0, 40)}: ${answer.body.slice(0, 200)}`,
        ).toBeGreaterThanOrEqual(400)
        expect(answer.statusCode).toBeLessThan(500)
        if (route.wire) expect(answer.headers['x-problem']).toEqual(expect.any(String))
        else expect(String(answer.headers['content-type'])).toContain('application/problem+json')
      }
      await raw('{"a":', 'application/json')
      await raw('[]', 'application/json')
      await raw('"text"', 'application/json')
      await raw(Buffer.from([0xff, 0xfe, 0x00]), 'application/json')
      await raw(JSON.stringify({ words: 'x'.repeat(400_000) }), 'application/json')
      await raw('['.repeat(50_000), 'application/json')
      await raw('<a/>', 'text/xml')
      await raw('--x\r\nbroken', 'multipart/form-data; boundary=x')
      const typed = 'application/x-www-form-urlencoded'
      for (const body of [
        'words=%ff%fe',
        Buffer.from([0x77, 0x3d, 0xff]),
        '&'.repeat(9) + 'a=b&'.repeat(900),
      ])
        await raw(body, typed)
      await raw(`words=${'x'.repeat(400_000)}`, typed)
      const fields = media[typed]?.schema
      if (fields) {
        for (const form of wrongForms(fields, sample?.form ?? {}))
          expectErrors(
            await server.call(route.method, `${url}?api_key=${key}`, { form, headers }),
            `${name} ${JSON.stringify(form).slice(0, 200)}`,
          )
      }
      const schema = media['application/json']?.schema
      if (schema) {
        for (const body of mutations(schema, (sample?.body ?? {}) as Json)) {
          const answer = await server.call(route.method, url, { token, body, headers })
          expectProblem(answer, `${name} ${JSON.stringify(body).slice(0, 200)}`)
        }
      }
      expect(await rows()).toEqual(before)
    })
  },
)

describe('uploads', () => {
  const upload = async (kind: string, bytes: Buffer, fileName = 'a.jpg') => {
    const boundary = 'xxBOUNDARYxx'
    const field = (name: string, value: string) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    const payload = Buffer.concat([
      Buffer.from(field('id', uuidv7(server.clock.now())) + field('kind', kind)),
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: image/jpeg\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    const answer = await server.server.inject({
      method: 'POST',
      url: '/api/attachments',
      remoteAddress: address,
      payload,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
    return {
      status: answer.statusCode,
      json: answer.json(),
      text: answer.body,
      headers: answer.headers,
      cookie: undefined,
    }
  }

  test('what is not a picture is refused by its content, whatever it is called', async () => {
    const before = await rows()
    const bomb = Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.from('0000ffff0000ffff0806000000', 'hex'),
      Buffer.alloc(64),
    ])
    const forged = [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.from('GIF89a....'),
      Buffer.from('PK\x03\x04zip'),
      Buffer.from('%PDF-1.7'),
      bomb,
      Buffer.alloc(0),
      Buffer.from('ffd8ffe000104a464946', 'hex'),
    ]
    for (const bytes of forged)
      expectProblem(
        await upload('photo', bytes, '../../etc/passwd.jpg'),
        bytes.toString('latin1').slice(0, 12),
      )
    for (const bytes of forged)
      expectProblem(await upload('voice', bytes), bytes.toString('latin1').slice(0, 12))
    expectProblem(await upload('photo', Buffer.alloc(13_000_000, 1)), '13 MB')
    expect(await rows()).toEqual(before)
  })

  test('a photo loses its EXIF data and is turned as it was held', async () => {
    const photo = await sharp({ create: { width: 80, height: 40, channels: 3, background: '#884422' } })
      .withExif({
        IFD0: { Make: 'SecretPhone' },
        IFD3: { GPSLatitude: '39/1 31/1 0/1', GPSLongitude: '116/1 42/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect((await sharp(photo).metadata()).exif).toBeDefined()
    const { status, json } = await upload('photo', photo)
    expect(status).toBe(201)
    expect(json.attachment).toMatchObject({ width: 40, height: 80 })

    const said = await server.call('POST', '/api/requests', {
      body: {
        id: uuidv7(server.clock.now()),
        words: '路灯不亮',
        path: paths.inside.unit,
        attachments: [json.attachment.id],
      },
    })
    const kept = await server.server.inject({
      remoteAddress: address,
      url: `/api/attachments/${json.attachment.id}`,
      headers: { cookie: `chuanmen_session=${said.cookie}` },
    })
    expect([kept.statusCode, kept.headers['content-type']]).toEqual([200, 'image/jpeg'])
    const { exif, iptc, xmp, orientation } = await sharp(kept.rawPayload).metadata()
    expect([exif, iptc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined])
    expect(kept.rawPayload.includes('SecretPhone')).toBe(false)
  })
})

test('figures are told to this machine alone', async () => {
  const ask = (remoteAddress: string) => server.server.inject({ url: '/metrics', remoteAddress })
  expect([(await ask('127.0.0.1')).statusCode, (await ask('10.1.2.3')).statusCode]).toEqual([200, 404])
})

test('the server is alive after all this', async () => {
  expect((await server.call('GET', '/readyz')).status).toBe(200)
})
