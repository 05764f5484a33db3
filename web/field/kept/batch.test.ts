import { expect, test } from 'vitest'
import { batch, refusedAt, withResult } from './batch.ts'
import { entryOf, queued } from './entry.ts'

const household = '019b0000-0000-7000-8000-000000000001'
const edit = (note: string) => queued(entryOf('household.edit', { household, fields: { note } }))

test('FP7 at most fifty go together, the oldest first', () => {
  const all = Array.from({ length: 70 }, (_, at) => edit(String(at)))
  expect(batch(all)).toEqual(all.slice(0, 50))
  expect(batch([])).toEqual([])
})

test('FP7 together they stay below what one call holds; one that is large goes alone and is not kept back', () => {
  const large = edit('大'.repeat(60_000))
  expect(batch([large, large, large])).toHaveLength(1)
  expect(batch([edit('大'.repeat(90_000)), edit('小')])).toHaveLength(1)
})

test('FP7 a refusal names the entry that it is about', () => {
  expect(refusedAt('body.entries.3.data.words')).toBe(3)
  expect(refusedAt('body.now')).toBeUndefined()
  expect(refusedAt(undefined)).toBeUndefined()
})

test('FP7 what was refused stays with its reason; everything else is settled', () => {
  const one = edit('新的')
  const result = {
    id: one.entry.id,
    kind: one.entry.kind,
    seq: 1,
    household,
    deviceAt: one.entry.deviceAt,
    madeAt: one.entry.deviceAt,
    receivedAt: one.entry.deviceAt,
    problem: null,
    contested: [],
    requests: [],
    files: [],
    mendedBy: null,
  }
  expect(withResult(one, { ...result, fate: 'merged' })).toMatchObject({ state: 'settled', problem: null })
  const problem = { code: 'households.not_yours', title: '不是您的', detail: '', status: 403 }
  expect(withResult(one, { ...result, fate: 'refused', problem })).toMatchObject({ state: 'stays', problem })
})
