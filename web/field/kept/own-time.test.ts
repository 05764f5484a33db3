import { afterEach, expect, test, vi } from 'vitest'
import { delayAfter, goOnFrom, isSilent, longestSilence, mostWrong, ownTime } from './own-time.ts'

afterEach(() => vi.useRealTimers())

test('FP3 a clock that is set back does not make the phone younger', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  vi.setSystemTime('2026-11-20T02:00:00Z')
  goOnFrom(Date.now())
  const before = ownTime()
  vi.setSystemTime('2026-11-01T02:00:00Z')
  expect(ownTime()).toBeGreaterThanOrEqual(before)
  vi.setSystemTime('2026-11-21T02:00:00Z')
  expect(ownTime()).toBe(Date.parse('2026-11-21T02:00:00Z'))
})

test('FP3 after fourteen days without a word from the server it is silent, not a moment before', () => {
  const contact = Date.parse('2026-11-06T02:00:00Z')
  expect(isSilent(contact, contact + longestSilence)).toBe(false)
  expect(isSilent(contact, contact + longestSilence + 1)).toBe(true)
})

test('FP2 each wrong code makes the next wait at least as long', () => {
  const delays = Array.from({ length: mostWrong }, (_, wrong) => delayAfter(wrong))
  expect(delays).toEqual(delays.toSorted((a, b) => a - b))
  expect(delays.at(-1)).toBeGreaterThanOrEqual(15 * 60_000)
})
