import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestServer } from '#tests/server.ts'
import { accept, entered, said, startDistrict } from '#tests/story.ts'
import type { CalendarEffect, CategoryEffect, SettingsHistory } from './contract.ts'

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const ask = async <T>(url: string, body?: object, token = staff.district_desk): Promise<T> => {
  const answer = await server.call(body ? 'POST' : 'GET', url, { token, body })
  expect(answer.status, answer.text).toBe(200)
  return answer.json as T
}
const put = (url: string, body: object, version: number) =>
  server.call('PUT', url, { token: staff.district_desk, body, headers: { 'if-match': `"${version}"` } })
const days = (amount: number) => [{ name: '', unit: 'working_days', amount }]

describe('ST1 before a category is changed', () => {
  test('RQ16 one sees what keeps its limit, and what the new one means from its day on', async () => {
    const running = await said(server)
    await entered(server, staff.community_desk, running.id, accept)
    await said(server, { category: 'B03' })
    const monday = '2026-11-23T02:00:00.000Z'
    const effect = await ask<CategoryEffect>('/api/categories/B03/preview', {
      steps: days(9),
      validFrom: monday,
    })
    expect(effect).toMatchObject({ running: 1, waiting: 1, unknown: [] })
    expect(effect.example).toEqual({
      from: monday,
      before: expect.stringMatching(/^2026-1[12]/) as string,
      after: '2026-12-04T02:00:00.000Z',
    })
    expect(effect.example!.before < effect.example!.after).toBe(true)
    // Nothing has changed by looking.
    expect((await ask<{ items: unknown[] }>('/api/categories/B03/history')).items).toHaveLength(1)
  })

  test('a department that nobody goes by the name of is named', async () => {
    const { unknown } = await ask<CategoryEffect>('/api/categories/B03/preview', {
      leads: ['区水务局', '没有这个局'],
    })
    expect(unknown).toContain('没有这个局')
  })
})

test('ST2 before a year is changed one sees the days, and what keeps its time (RQ4)', async () => {
  const year = await ask<{ off: string[]; working: string[] }>('/api/calendar?year=2027')
  const effect = await ask<CalendarEffect>('/api/calendar/preview', {
    year: 2027,
    off: [...year.off.filter((day) => day !== '2027-10-01'), '2027-03-03'],
    working: [...year.working, '2027-03-06'],
    published: true,
  })
  expect(effect.days).toEqual([
    { day: '2027-03-03', works: false },
    { day: '2027-03-06', works: true },
    { day: '2027-10-01', works: true },
  ])
  // Five working days from Monday 1 March: one day falls out, the Saturday comes in.
  expect(effect.example).toEqual({
    from: '2027-03-01T02:00:00.000Z',
    before: '2027-03-08T02:00:00.000Z',
    after: '2027-03-08T02:00:00.000Z',
  })
  expect(effect.running).toBe(0)
})

test('ST3 who changed what stands in the history, for those who keep the settings', async () => {
  expect((await put('/api/categories/J07', { steps: days(9) }, 1)).status).toBe(200)
  expect((await put('/api/calendar/hours', { hours: [{ from: '09:00', until: '17:00' }] }, 0)).status).toBe(
    200,
  )
  const { items } = await ask<SettingsHistory>('/api/settings/history')
  expect(items.map(({ kind, about, by }) => [kind, about, by])).toEqual([
    ['calendar', null, 'district_desk的人'],
    ['category', expect.stringMatching(/./) as string, 'district_desk的人'],
  ])
  expect(items[1]!.detail).toMatchObject({ code: 'J07', steps: days(9) })
  const first = await ask<SettingsHistory>('/api/settings/history?limit=1')
  const second = await ask<SettingsHistory>(`/api/settings/history?limit=1&after=${first.next}`)
  expect([...first.items, ...second.items]).toEqual(items)
  expect((await ask<SettingsHistory>('/api/settings/history?kind=category')).items).toEqual([items[1]])
  const desk = await server.call('GET', '/api/settings/history', { token: staff.community_desk })
  expect(desk.status).toBe(403)
})
