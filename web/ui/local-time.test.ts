import i18next from 'i18next'
import { expect, test } from 'vitest'
import fc from 'fast-check'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { clockTime, dayPhrase, localTime, timeLeft } from './local-time.ts'
import { sayDate, sayDayOf, sayMoment, sayTimeLeft } from './say-time.ts'

const words = i18next.createInstance()
await words.init({
  lng: 'zh-CN',
  ns: ['ui'],
  defaultNS: 'ui',
  resources: { 'zh-CN': { ui: zh }, en: { ui: en } },
})
const chinese = words.getFixedT('zh-CN')
const english = words.getFixedT('en')

/** Friday 20 November 2026, 12:20 in Shanghai. */
const now = '2026-11-20T12:20:00+08:00'

const sentences: [due: string, zh: string, en: string][] = [
  ['2026-11-27T18:00:00+08:00', '还有7天，到下周五', '7 days left, until next Friday'],
  ['2026-11-20T18:20:00+08:00', '还有6小时，今天18:20以前', '6 hours left, by today 18:20'],
  ['2026-11-21T10:20:00+08:00', '还有22小时，明天10:20以前', '22 hours left, by tomorrow 10:20'],
  ['2026-11-21T18:00:00+08:00', '还有1天，到明天', '1 day left, until tomorrow'],
  ['2026-11-22T18:00:00+08:00', '还有2天，到周日', '2 days left, until Sunday'],
  ['2026-12-05T09:00:00+08:00', '还有15天，到12月5日 周六', '15 days left, until Saturday 5 December'],
  ['2027-01-04T09:00:00+08:00', '还有45天，到2027年1月4日', '45 days left, until 4 January 2027'],
  ['2026-11-20T12:35:30+08:00', '还有16分钟，今天12:35以前', '16 minutes left, by today 12:35'],
  ['2026-11-20T10:20:00+08:00', '超2小时，原定今天10:20', '2 hours late, was due today 10:20'],
  ['2026-11-12T17:30:00+08:00', '超8天，原定上周四', '8 days late, was due last Thursday'],
]

test.each(sentences)('what is left until %s is said as a person says it', (due, expectedZh, expectedEn) => {
  expect(sayTimeLeft(chinese, timeLeft(due, now))).toBe(expectedZh)
  expect(sayTimeLeft(english, timeLeft(due, now))).toBe(expectedEn)
})

test('a tag says it shorter', () => {
  expect(sayTimeLeft(chinese, timeLeft('2026-11-20T18:20:00+08:00', now), true)).toBe('今天18:20')
  expect(sayTimeLeft(chinese, timeLeft('2026-11-23T18:20:00+08:00', now), true)).toBe('还有3天')
  expect(sayTimeLeft(chinese, timeLeft('2026-11-20T10:20:00+08:00', now), true)).toBe('超2小时')
})

test('amber is today, red-brown is past, nothing else', () => {
  expect(timeLeft('2026-11-20T23:59:00+08:00', now).tone).toBe('soon')
  expect(timeLeft('2026-11-21T00:01:00+08:00', now).tone).toBe('calm')
  expect(timeLeft('2026-11-20T12:19:00+08:00', now).tone).toBe('late')
})

test('days are called by the week one stands in, which begins on Monday', () => {
  const sunday = '2026-11-22T10:00:00+08:00'
  expect(dayPhrase('2026-11-16T08:00:00+08:00', sunday)).toEqual({ kind: 'this_week', weekday: 1 })
  expect(dayPhrase('2026-11-24T08:00:00+08:00', sunday)).toEqual({ kind: 'next_week', weekday: 2 })
  expect(dayPhrase('2026-11-13T08:00:00+08:00', sunday)).toEqual({ kind: 'last_week', weekday: 5 })
})

test('a day begins at midnight in Shanghai, whatever the zone of the machine', () => {
  expect(localTime('2026-11-20T16:00:00.000Z')).toMatchObject({ day: 21, weekday: 6, hour: 0, minute: 0 })
  expect(sayDayOf(chinese, '2026-11-20T16:00:00.000Z', now)).toBe('明天')
  expect(sayMoment(chinese, '2026-11-20T07:50:00.000Z', now)).toBe('今天15:50')
  expect(sayDate(chinese, '2026-11-21T00:00:00+08:00', now)).toBe('11月21日 周六')
})

test('the local parts are those of the zone database', () => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hourCycle: 'h23',
    hour: 'numeric',
    minute: '2-digit',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
  })
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1992-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (date) => {
        const ours = localTime(date.toISOString())
        const theirs = Object.fromEntries(
          parts.formatToParts(date).map((part) => [part.type, Number(part.value)]),
        )
        expect([ours.year, ours.month, ours.day, ours.hour, ours.minute]).toEqual([
          theirs.year,
          theirs.month,
          theirs.day,
          theirs.hour,
          theirs.minute,
        ])
        expect(clockTime(ours)).toMatch(/^\d{1,2}:\d\d$/)
      },
    ),
  )
})
