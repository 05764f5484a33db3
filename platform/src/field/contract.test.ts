import { expect, test } from 'vitest'
import { entryKinds } from './contract.ts'
import { entryData } from './entries.ts'
import type { EntryData } from './entries.ts'
import { feedSchema } from './items.ts'
import type { FeedPage } from './items.ts'
import { keepUntil, madeAt, stateOf } from './rules.ts'

test('every kind of entry says what it holds', () => {
  expect(Object.keys(entryData)).toEqual([...entryKinds])
})

test('VR6 a visit has no room for a position', () => {
  const visit: EntryData<'visit'> = { household: '019aa000-0000-7000-8000-000000000001', outcome: 'met' }
  expect(entryData.visit.safeParse(visit).success).toBe(true)
  expect(entryData.visit.safeParse({ ...visit, lon: 116.7, lat: 39.5 }).success).toBe(false)
})

test('an item that is gone carries nothing', () => {
  const at = '2026-11-20T02:20:00.000Z'
  const item = { kind: 'household' as const, id: 'a', version: 3, gone: true, data: null }
  const page: FeedPage = { items: [item], cursor: '', more: false, reset: false, now: at, keepUntil: at }
  expect(feedSchema.parse(page)).toEqual(page)
})

test('FD8 a clock that is ahead or behind is set right, and nothing is made later than it arrives', () => {
  expect(madeAt(5_000, 3_000, 10_000)).toBe(2_000)
  expect(madeAt(5_000, -3_000, 10_000)).toBe(8_000)
  expect(madeAt(20_000, 3_000, 10_000)).toBe(10_000)
})

test('FD10 fourteen days are kept, not one moment more', () => {
  const seen = 1_000_000
  expect(stateOf(seen, null, keepUntil(seen))).toBe('open')
  expect(stateOf(seen, null, keepUntil(seen) + 1)).toBe('lapsed')
  expect(stateOf(seen, '2026-11-20T02:20:00Z', seen)).toBe('withdrawn')
})
