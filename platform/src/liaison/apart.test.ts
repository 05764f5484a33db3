import { afterEach, expect, test, vi } from 'vitest'
import type { Problem } from '#engines/liaison/contract.ts'
import { solveApart } from './apart.ts'

/** LP3: one thread for one problem after the other, and whoever stops one stops no other. */

afterEach(() => {
  vi.useRealTimers()
})

const row: Problem = {
  version: 1,
  distance: 'plane',
  stability: 0,
  units: Array.from({ length: 30 }, (_, n) => ({ id: `u${n}`, x: n * 10, y: 0, households: 4 })),
  people: Array.from({ length: 30 }, (_, n) => ({ id: `p${n}`, x: n * 10, y: 5, min: 0, max: 6 })),
}

test('LP3 a stop that comes after the outcome leaves the thread to the next problem', async () => {
  const first = solveApart(row)
  expect(await first.outcome).toMatchObject({ plan: { status: 'optimal' }, findings: [] })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  first.stop()
  const second = solveApart({ ...row, people: row.people.slice(1) })
  vi.advanceTimersByTime(60_000)
  expect(await second.outcome).toMatchObject({ plan: { status: 'optimal' }, findings: [] })
})
