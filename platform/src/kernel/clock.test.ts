import { expect, test } from 'vitest'
import { manualClock, systemClock } from './clock.ts'

test('a manual clock stands still until it is told to move', () => {
  const clock = manualClock('2026-11-21T08:30:00+08:00')
  expect(clock.now().toString()).toBe('2026-11-21T00:30:00Z')
  expect(clock.now().toString()).toBe('2026-11-21T00:30:00Z')
  clock.advance({ hours: 2, minutes: 5 })
  expect(clock.now().toString()).toBe('2026-11-21T02:35:00Z')
  clock.set('2027-01-01T00:00:00Z')
  expect(clock.now().toString()).toBe('2027-01-01T00:00:00Z')
})

test('a manual clock counts days and months on the civil calendar', () => {
  const clock = manualClock('2027-01-31T23:00:00+08:00')
  clock.advance({ months: 1 })
  expect(clock.now().toString()).toBe('2027-02-28T15:00:00Z')
  clock.advance({ days: 1 })
  expect(clock.now().toString()).toBe('2027-03-01T15:00:00Z')
})

test('the system clock moves forward', () => {
  const before = systemClock.now()
  expect(Temporal.Instant.compare(before, systemClock.now())).toBeLessThanOrEqual(0)
})
