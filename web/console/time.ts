import type { TFunction } from 'i18next'
import { clockTime, dayPhrase, localTime, timeLeft, type TimeLeft } from '#web/ui/local-time.ts'
import { sayDate, sayDay, sayTimeLeft } from '#web/ui/say-time.ts'
import type { Tone } from '#web/ui/tag.tsx'

/** `11月20日 周五 10:20`, the clock in the head. */
export function dateAndClock(t: TFunction, now: string): string {
  return t('time.head', { date: sayDate(t, now, now), clock: clockTime(localTime(now)) })
}

/** `11月13日`, with the year when it is not this one. */
export function shortDate(t: TFunction, at: string, now: string): string {
  const { year, month, day } = localTime(at)
  const monthName = t(`month.${month}`, { ns: 'ui' })
  return year === localTime(now).year
    ? t('time.date', { month, monthName, day })
    : t('time.dateYear', { year, month, monthName, day })
}

/** `2026年11月20日 18:20`: for lists that are read for evidence, and for the title of a shorter time. */
export function exactly(t: TFunction, at: string): string {
  const time = localTime(at)
  const monthName = t(`month.${time.month}`, { ns: 'ui' })
  return t('time.exact', { ...time, monthName, clock: clockTime(time) })
}

/** `刚刚`, `今天8:40`, `昨天18:20`, `11月13日`; earlier days with the clock too when `full`. */
export function when(t: TFunction, at: string, now: string, full = false): string {
  const phrase = dayPhrase(at, now)
  const clock = clockTime(localTime(at))
  if (phrase.kind === 'today' && Date.parse(now) - Date.parse(at) < 60_000) return t('time.justNow')
  if (phrase.kind === 'today' || phrase.kind === 'yesterday')
    return t('time.moment', { day: sayDay(t, phrase), clock })
  const day = shortDate(t, at, now)
  return full ? t('time.moment', { day, clock }) : day
}

/** The tone in which a time limit is shown. */
export function toneOf(left: TimeLeft): Tone {
  return left.tone === 'calm' ? 'none' : left.tone
}

/** For a tag in a list that is grouped by day: the clock alone today, else how many days, or by how much over. */
export function shortLeft(t: TFunction, due: string, now: string): { tone: Tone; said: string } {
  const left = timeLeft(due, now)
  return { tone: toneOf(left), said: left.tone === 'soon' ? left.clock : sayTimeLeft(t, left, true) }
}

export type Nearness = 'late' | 'today' | 'days' | 'later' | 'none'

/** The groups of the inbox: overdue, today, within the next seven days, later, nothing due. */
export function nearness(due: string | null, now: string): Nearness {
  if (!due) return 'none'
  if (due <= now) return 'late'
  const days = localTime(due).serial - localTime(now).serial
  if (days === 0) return 'today'
  return days <= 7 ? 'days' : 'later'
}

/** The civil day on which somebody works: `2026-11-20`. */
export function dayOf(now: string): string {
  const { year, month, day } = localTime(now)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** A civil day as a moment of it, for the words of times: noon here, so that it is the same day wherever it is read. */
export const noon = (day: string): string => `${day}T12:00:00+08:00`

/** The civil day so many days later. */
export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Days from a civil day (`2026-11-18`) until now: 2 on the 20th, below zero before it. */
export function daysBetween(day: string, now: string): number {
  return localTime(now).serial - localTime(noon(day)).serial
}
