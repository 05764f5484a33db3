import { expect, test } from 'vitest'
import { entryOf, queued } from './entry.ts'
import { type Household, shown, valueOf } from './overlay.ts'

const id = '019b0000-0000-7000-8000-000000000001'
const resident = '019b0000-0000-7000-8000-000000000002'
const day = (shift: number) =>
  new Date(Date.now() + 8 * 3600_000 + shift * 86_400_000).toISOString().slice(0, 10)

const household: Household = {
  id,
  version: 3,
  pending: false,
  path: '131003/001/',
  door: { id, number: '602', floor: 6 },
  movedIn: null,
  note: null,
  members: [
    {
      id: resident,
      name: '赵玉兰',
      relation: 'head',
      birthYear: 1954,
      phone: '10044128890',
      joinedOn: null,
      away: null,
    },
  ],
  care: [],
  conflicts: [{ id, field: 'note', openedAt: '2026-11-20T02:00:00.000Z', words: [] }],
  visits: [],
  tasks: [
    { id, title: 'weekly', from: day(-2), due: day(1), until: day(3), tries: 1, nextTry: null },
    { id: resident, title: 'monthly', from: day(20), due: day(30), until: day(31), tries: 0, nextTry: null },
  ],
  promises: [{ id, on: day(0), at: '15:00', words: null }],
  standsInFor: null,
}

test('FP4 what was done here is seen at once: a visit answers the open tasks and today’s promise, and makes the next', () => {
  const visit = entryOf('visit', { household: id, outcome: 'met', promise: { id: resident, on: day(7) } })
  const now = shown(household, [queued(visit)])
  expect(now.pending).toBe(true)
  expect(now.visits.map(({ outcome }) => outcome)).toEqual(['met'])
  expect(now.tasks.map(({ title }) => title)).toEqual(['monthly'])
  expect(now.promises.map(({ on }) => on)).toEqual([day(7)])
})

test('VR5 nobody at home leaves the tasks open, with one try more', () => {
  const now = shown(household, [queued(entryOf('visit', { household: id, outcome: 'not_at_home' }))])
  expect(now.tasks.map(({ tries }) => tries)).toEqual([2, 1])
  expect(now.promises).toHaveLength(1)
})

test('FP4 edits stand on top by field, a choice takes the conflict away, and the server’s word is left as it was', () => {
  const before = structuredClone(household)
  const now = shown(household, [
    queued(
      entryOf('household.edit', { household: id, fields: { [`resident.${resident}.phone`]: '10099990000' } }),
    ),
    queued(entryOf('conflict.choose', { household: id, fields: { note: '先打电话' } })),
  ])
  expect(valueOf(now, `resident.${resident}.phone`)).toBe('10099990000')
  expect(now.note).toBe('先打电话')
  expect(now.conflicts).toEqual([])
  expect(household).toEqual(before)
})

test('FP4 what was refused, mended or already brought by the feed does not stand on top', () => {
  const edit = queued(entryOf('household.edit', { household: id, fields: { note: '新的' } }))
  const problem = { code: 'refused', title: '', detail: '', status: 422 }
  for (const one of [
    { ...edit, problem },
    { ...edit, mendedBy: id },
    { ...edit, state: 'covered' as const },
  ])
    expect(shown(household, [one]).note).toBeNull()
  expect(shown(household, [edit]).note).toBe('新的')
})
