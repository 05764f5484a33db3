/** Today and the first of the next month, as days. */
export function daysFrom(now: string): { today: string; nextMonth: string } {
  const here = new Date(Date.parse(now) + 8 * 3_600_000)
  const next = new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + 1, 1))
  return { today: here.toISOString().slice(0, 10), nextMonth: next.toISOString().slice(0, 10) }
}

/** How much a plan may disturb: each with its price of a household that changes hands, metres. */
export const stabilities = [
  { name: 'fewest', metres: 5_000 },
  { name: 'some', metres: 60 },
  { name: 'shortest', metres: 0 },
] as const
