import { describe, expect, test } from 'vitest'
import { nearness } from './time.ts'

// Friday 20 November 2026, 10:20 in Shanghai.
const now = '2026-11-20T02:20:00.000Z'

describe('the groups of the inbox', () => {
  test.each([
    [null, 'none'],
    ['2026-11-20T02:19:59.000Z', 'late'],
    ['2026-11-20T15:59:00.000Z', 'today'],
    ['2026-11-20T16:00:00.000Z', 'days'],
    ['2026-11-27T15:59:00.000Z', 'days'],
    ['2026-11-27T16:00:00.000Z', 'later'],
  ])('due %s is %s', (due, group) => {
    expect(nearness(due, now)).toBe(group)
  })
})
