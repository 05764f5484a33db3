import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer } from '#tests/server.ts'
import type { TestServer } from '#tests/server.ts'

let server: TestServer
let desk: string
beforeAll(async () => {
  server = await startTestServer()
  desk = await server.session('district_desk')
})
afterAll(() => server.close())

const year = { off: ['2027-01-01'], working: [], published: true, notice: '国办发明电〔2026〕9号' }
const hours = [{ from: '09:00', until: '17:00' }]
const put = (url: string, body: unknown, version: number, token = desk) =>
  server.call('PUT', url, { token, body, headers: { 'if-match': `"${version}"` } })

test('DL7 anyone reads the calendar, with its version', async () => {
  const answer = await server.call('GET', '/api/calendar?year=2027')
  expect(answer.status).toBe(200)
  expect(answer.json).toMatchObject({ year: 2027, presumed: true, version: 0 })
  expect(answer.headers.etag).toBe('"0"')
})

test('DL7 the district desk enters a year and sets hours; each says which version it saw', async () => {
  expect((await put('/api/calendar/years/2027', year, 0)).json).toMatchObject({ presumed: false, version: 1 })
  expect((await put('/api/calendar/hours', { hours }, 1)).json).toEqual({
    hours,
    validFrom: '2026-11-20',
    version: 2,
  })
  expect((await put('/api/calendar/hours', { hours }, 1)).status).toBe(412)
  expect((await server.call('GET', '/api/calendar?year=2027')).json).toMatchObject({ hours, off: year.off })
})

test.each([
  ['a weekend day among the weekdays off', '/api/calendar/years/2027', { ...year, off: ['2027-01-02'] }],
  ['a year out of reach', '/api/calendar/years/2099', { ...year, off: [] }],
  [
    'hours that close before they open',
    '/api/calendar/hours',
    { hours: [{ from: '18:00', until: '17:00' }] },
  ],
  ['hours that overlap', '/api/calendar/hours', { hours: [hours[0], { from: '16:00', until: '18:00' }] }],
])('DL7 refuses %s', async (_what, url, body) => {
  const answer = await put(url, body, 2)
  expect([answer.status, answer.json?.code]).toEqual([400, 'input.invalid'])
})

test('DL7 only the district desk may', async () => {
  for (const role of ['community_desk', 'handler', 'system_admin'] as const) {
    expect((await put('/api/calendar/hours', { hours }, 2, await server.session(role))).status, role).toBe(
      403,
    )
  }
})
