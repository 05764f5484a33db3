import type { TFunction } from 'i18next'
import { clockTime, type DayPhrase, dayPhrase, localTime, type TimeLeft } from './local-time.ts'

/** Words for times, from the catalogue of `web/ui`. Every function takes the translator of any namespace. */
type Translate = TFunction | TFunction<'ui'> | TFunction<string>

function say(t: Translate, key: string, params: Record<string, string | number> = {}): string {
  return (t as TFunction)(key, { ns: 'ui', ...params })
}

export function sayDay(t: Translate, phrase: DayPhrase): string {
  const params = { ...phrase } as Record<string, string | number>
  if ('weekday' in phrase) params.weekday = say(t, `weekday.${phrase.weekday}`)
  if ('month' in phrase) params.monthName = say(t, `month.${phrase.month}`)
  return say(t, `day.${phrase.kind}`, params)
}

/** The day alone: today, Wednesday, 11月3日 周二. */
export function sayDayOf(t: Translate, iso: string, nowIso: string): string {
  return sayDay(t, dayPhrase(iso, nowIso))
}

/** The day for a narrow column, without the weekday: 11月3日. */
export function sayShortDay(t: Translate, iso: string, nowIso: string): string {
  const phrase = dayPhrase(iso, nowIso)
  if (phrase.kind !== 'date') return sayDay(t, phrase)
  return say(t, 'day.date_short', {
    month: phrase.month,
    day: phrase.day,
    monthName: say(t, `month_short.${phrase.month}`),
  })
}

/** Day and clock: today 15:50. */
export function sayMoment(t: Translate, iso: string, nowIso: string): string {
  return say(t, 'moment', { day: sayDayOf(t, iso, nowIso), clock: clockTime(localTime(iso)) })
}

/** The whole date, for a document: 11月21日 周六, with the year when it is another one. */
export function sayDate(t: Translate, iso: string, nowIso: string): string {
  const { year, month, day, weekday } = localTime(iso)
  return sayDay(
    t,
    year === localTime(nowIso).year
      ? { kind: 'date', month, day, weekday }
      : { kind: 'date_year', year, month, day },
  )
}

/** 还有7天，到下周五. `short` is for a tag: 还有3天, 今天18:20, 超2小时. */
export function sayTimeLeft(t: Translate, left: TimeLeft, short = false): string {
  const day = sayDay(t, left.day)
  const { count, clock } = left
  if (left.tone === 'late')
    return say(t, `${short ? 'late_short' : 'late'}.${left.unit}`, { count, day, clock })
  if (short && left.day.kind === 'today') return say(t, 'moment', { day, clock })
  return say(t, `${short ? 'left_short' : 'left'}.${left.unit}`, { count, day, clock })
}
