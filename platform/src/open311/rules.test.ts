import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entryKinds, states } from '#requests/lifecycle.ts'
import { csvValue } from '#kernel/csv.ts'
import { updateStatuses } from './contract.ts'
import en from './messages/en.json' with { type: 'json' }
import {
  bulkWindowOf,
  dateTime,
  instantOf,
  publicKinds,
  stateAfter,
  updateStatusOf,
  windowOf,
} from './rules.ts'

const now = Date.parse('2026-11-20T02:20:00.000Z')
const day = 86_400_000

describe('OP3 windows', () => {
  test('ninety days when nothing is said, and ninety from the one end that is', () => {
    expect(windowOf({}, now)).toEqual({
      since: '2026-08-22T02:20:00.000Z',
      until: '2026-11-20T02:20:01.000Z',
    })
    expect(windowOf({ end_date: '2026-06-30T00:00:00Z' }, now)).toEqual({
      since: '2026-04-01T00:00:00.000Z',
      until: '2026-06-30T00:00:01.000Z',
    })
    expect(windowOf({ start_date: '2026-01-01T00:00:00+08:00' }, now)).toEqual({
      since: '2025-12-31T16:00:00.000Z',
      until: '2026-03-31T16:00:01.000Z',
    })
  })

  test('a longer one keeps its newest ninety days; a bulk download keeps all of it', () => {
    const year = { start_date: '2026-01-01T00:00:00Z', end_date: '2026-11-20T00:00:00Z' }
    expect(windowOf(year, now)?.since).toBe('2026-08-22T00:00:00.000Z')
    expect(bulkWindowOf(year, now)?.since).toBe('2026-01-01T00:00:00.000Z')
    expect(bulkWindowOf({}, now)?.since).toBe('2000-01-01T00:00:00.000Z')
  })

  test('never longer than ninety days and never beyond what the database can hold, whatever dates are given', () => {
    const date = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
      .map((one) => one.toISOString())
    fc.assert(
      fc.property(fc.option(date, { nil: undefined }), fc.option(date, { nil: undefined }), (from, to) => {
        const window = windowOf({ start_date: from, end_date: to }, now)!
        const [since, until] = [Date.parse(window.since), Date.parse(window.until)]
        expect(until - since).toBeLessThanOrEqual(90 * day + 1000)
        expect(since).toBeGreaterThanOrEqual(Date.parse('2000-01-01'))
        expect(until).toBeLessThanOrEqual(now + day + 1000)
      }),
    )
  })

  test('a plus sign that lost its escape on the way is still one; a date that is none is said to be none', () => {
    expect(instantOf('2026-11-20T10:20:00 08:00')).toBe(now)
    expect(instantOf('2026-11-20T10:20:00+0800')).toBe(now)
    expect(instantOf('2026-13-40T00:00:00Z')).toBeNull()
    expect(windowOf({ start_date: '2026-13-40T00:00:00Z' }, now)).toBeNull()
  })

  test('times are told to the second, in UTC', () => {
    expect(dateTime('2026-11-20T02:20:00.734Z')).toBe('2026-11-20T02:20:00Z')
  })
})

describe('OP7 what everybody learns of the story', () => {
  test('every public kind leads to a state with a status, and has words in the catalogue', () => {
    for (const kind of publicKinds) {
      expect(entryKinds).toContain(kind)
      expect(updateStatuses).toContain(updateStatusOf(kind, 'submitted'))
      expect(Object.keys(en.update)).toContain(kind)
    }
    for (const state of Object.keys(states)) expect(Object.keys(en.state)).toContain(state)
  })

  test('what people wrote to one another is not among it: notes, calls, ratings, warnings, returns', () => {
    for (const kind of ['note', 'ask', 'follow_up', 'rate', 'remind', 'supervise', 'return'])
      expect(publicKinds).not.toContain(kind)
  })

  test('"fixed" takes the word of the reporter; silence and a decline say no more than they are (boundary 18)', () => {
    expect(updateStatusOf('confirm', 'closed')).toBe('fixed')
    expect(updateStatusOf('close', 'closed')).toBe('closed')
    expect(updateStatusOf('decline', 'declined')).toBe('not_councils_responsibility')
    expect(updateStatusOf('answer', 'answered')).toBe('in_progress')
    expect(updateStatusOf('cleared', 'closed')).toBe('closed')
    expect(stateAfter('reopen', 'closed')).toBe('in_progress')
  })
})

describe('OP10 one value of the CSV', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+8613', "'+8613"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['  =1', "'  =1"],
    ['|cmd', "'|cmd"],
    ['路灯，坏了', '路灯，坏了'],
    ['a,"b"', '"a,""b"""'],
    ['a\r\nb', '"a\r\nb"'],
    [-116.7, '-116.7'],
    [null, ''],
  ])('%j is written as %j', (value, written) => expect(csvValue(value)).toBe(written))
})
