import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockOf, leaving, minuteOf, usualQuiet } from './quiet.ts'
import type { Quiet, Wanted } from './quiet.ts'

/** NT15, NT16: when a message leaves. */

const usual: Wanted = { district: null, own: null, digestAt: null }
const plain = { urgent: false, patient: false, alone: false }
const at = (clock: string, day = '2026-11-20') => `${day}T${clock}:00+08:00`
const same = (one: string | null, other: string) =>
  one !== null && Temporal.Instant.compare(Temporal.Instant.from(one), Temporal.Instant.from(other)) === 0

describe('NT15 quiet hours', () => {
  test('by day it leaves at once, by night in the morning', () => {
    expect(leaving(at('21:59'), usual, plain).notBefore).toBeNull()
    expect(same(leaving(at('22:00'), usual, plain).notBefore, at('07:00', '2026-11-21'))).toBe(true)
    expect(same(leaving(at('00:00'), usual, plain).notBefore, at('07:00'))).toBe(true)
    expect(leaving(at('07:00'), usual, plain).notBefore).toBeNull()
  })

  test('one’s own come before the district’s; the same minute twice means none', () => {
    const district = { from: 20 * 60, until: 9 * 60 }
    expect(
      same(leaving(at('21:00'), { ...usual, district }, plain).notBefore, at('09:00', '2026-11-21')),
    ).toBe(true)
    const none = { ...usual, district, own: { from: 0, until: 0 } }
    expect(leaving(at('03:00'), none, plain).notBefore).toBeNull()
  })

  test('what is urgent passes; a reminder never leaves at midnight, however urgent and whatever somebody chose', () => {
    const none = { ...usual, own: { from: 0, until: 0 } }
    expect(leaving(at('00:00'), usual, { ...plain, urgent: true }).notBefore).toBeNull()
    for (const wanted of [usual, none])
      expect(
        same(
          leaving(at('00:00'), wanted, { urgent: true, patient: true, alone: true }).notBefore,
          at('07:00'),
        ),
      ).toBe(true)
  })
})

describe('NT16 one message a day', () => {
  const evening = { ...usual, digestAt: 18 * 60 }
  test('waits for its hour, today or tomorrow; what is urgent or about a deadline does not', () => {
    const first = leaving(at('09:00'), evening, plain)
    expect(first.digest && same(first.notBefore, at('18:00'))).toBe(true)
    expect(same(leaving(at('18:01'), evening, plain).notBefore, at('18:00', '2026-11-21'))).toBe(true)
    expect(leaving(at('09:00'), evening, { ...plain, urgent: true })).toEqual({
      notBefore: null,
      digest: false,
    })
    expect(leaving(at('09:00'), evening, { ...plain, alone: true })).toEqual({
      notBefore: null,
      digest: false,
    })
  })

  test('an hour that lies in quiet hours is their end', () => {
    expect(
      same(leaving(at('09:00'), { ...usual, digestAt: 3 * 60 }, plain).notBefore, at('07:00', '2026-11-21')),
    ).toBe(true)
  })
})

test('NT15 whatever is wanted: never in the past, never in a quiet minute, never more than two days away', () => {
  const minute = fc.integer({ min: 0, max: 1_439 })
  const quiet = fc.option(fc.record({ from: minute, until: minute }), { nil: null })
  const quietAt = ({ from, until }: Quiet, one: number) =>
    from === until ? false : from < until ? one >= from && one < until : one >= from || one < until
  fc.assert(
    fc.property(
      fc.record({ district: quiet, own: quiet, digestAt: fc.option(minute, { nil: null }) }),
      fc.integer({ min: 0, max: 400 * 86_400 }),
      fc.record({ urgent: fc.boolean(), patient: fc.boolean(), alone: fc.boolean() }),
      (wanted, seconds, manner) => {
        const told = Temporal.Instant.from('2026-01-01T00:00:00Z').add({ seconds })
        const { notBefore } = leaving(told.toString(), wanted, manner)
        const then = notBefore === null ? told : Temporal.Instant.from(notBefore)
        const hours = told.until(then).total('hours')
        expect(hours).toBeGreaterThanOrEqual(0)
        expect(hours).toBeLessThanOrEqual(48)
        if (manner.urgent && !manner.patient) return
        const clock = then.toZonedDateTimeISO('Asia/Shanghai')
        const holding = [wanted.own ?? wanted.district ?? usualQuiet]
        if (manner.patient) holding.push(wanted.district ?? usualQuiet)
        const isQuietNow = holding.some((one) => quietAt(one, clock.hour * 60 + clock.minute))
        // Two that together leave no minute of the day cannot both be kept.
        const isEverQuiet = Array.from({ length: 1_440 }, (_, one) => one).every((one) =>
          holding.some((each) => quietAt(each, one)),
        )
        expect(isQuietNow && !isEverQuiet).toBe(false)
        // Nor is it held for ever: asked again when its time has come, it leaves.
        expect(leaving(then.toString(), { ...wanted, digestAt: null }, manner).notBefore).toBeNull()
      },
    ),
  )
})

test('a minute of the day and the clock are the same thing twice', () => {
  for (let minute = 0; minute < 1_440; minute += 1) expect(minuteOf(clockOf(minute))).toBe(minute)
})
