import type { Random } from './prng.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** China has one zone and no summer time. */
const SHANGHAI = 8 * HOUR

/**
 * When office people do things: the same time on a weekday between 8:30 and 17:30, else the next morning. Plausible, not
 * legal: limits are worked out by the calendar, not here.
 */
export function atWork(ms: number, random: Random): number {
  const local = ms + SHANGHAI
  const day = Math.floor(local / DAY)
  const hour = (local - day * DAY) / HOUR
  const weekday = (day + 4) % 7
  if (weekday >= 1 && weekday <= 5 && hour >= 8.5 && hour < 17.5) return ms
  let next = hour < 8.5 && weekday >= 1 && weekday <= 5 ? day : day + 1
  while ((next + 4) % 7 === 0 || (next + 4) % 7 === 6) next++
  return next * DAY - SHANGHAI + Math.floor((8.5 + random.next() * 1.6) * HOUR)
}

/** When residents speak: the given day, at an hour from the morning to late evening. */
export function atHome(ms: number, random: Random): number {
  const day = Math.floor((ms + SHANGHAI) / DAY)
  const hours = [1, 4, 7, 8, 7, 5, 3, 4, 6, 6, 5, 6, 8, 7, 4, 1]
  const hour = 7 + random.weighted(hours) + random.next()
  return day * DAY - SHANGHAI + Math.floor(hour * HOUR)
}

export function hours(amount: number): number {
  return Math.round(amount * HOUR)
}

/** A stretch of hours drawn between two bounds, shorter ones more often. */
export function drawHours(random: Random, low: number, high: number): number {
  return hours(low + (high - low) * random.next() ** 1.7)
}

/**
 * The same moment, or for one at night a moment of the evening before: between 20:00 and 21:00, in the same order. The
 * showcase counts back from whenever it is made, and nobody mends a roof at three in the morning.
 */
export function awake(ms: number): number {
  const local = ms + SHANGHAI
  const day = Math.floor(local / DAY)
  const hour = (local - day * DAY) / HOUR
  if (hour >= 7.5 && hour < 21) return ms
  const night = hour >= 21 ? hour - 21 : hour + 3
  const evening = (hour >= 21 ? day : day - 1) * DAY + 20 * HOUR + (night / 10.5) * HOUR
  return Math.floor(evening) - SHANGHAI
}
