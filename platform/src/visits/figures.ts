import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { areaExists, placeOf } from '#org/service.ts'
import type { Figures, FiguresQuery } from './figure-contract.ts'
import { counted } from './figure-store.ts'
import type { Counted } from './figure-store.ts'

/** Figures of visits, by area: every one drills down to the records that make it up (boundary 19). */

const none = {
  households: 0,
  visited: 0,
  open: 0,
  overdue: 0,
  done: 0,
  doneLate: 0,
  missed: 0,
  notReached: 0,
  declined: 0,
  excused: 0,
  visits: 0,
  needs: 0,
  confirmed: 0,
  denied: 0,
  spotVisited: 0,
  spotNot: 0,
  spotNotReached: 0,
} satisfies Omit<Counted, 'path'>

export async function figures(trx: Trx, query: FiguresQuery, now: Temporal.Instant): Promise<Figures> {
  if (query.until <= query.from)
    refuse('input.invalid', { field: 'query.until', expected: `> ${query.from}`, params: { count: 1 } })
  if (!(await areaExists(trx, query.path))) refuse('record.invalid_reference', { field: 'query.path' })
  const rows = await counted(trx, query, civilDay(now))
  const names = await placeOf(trx, [query.path, ...rows.map(({ path }) => path)])
  const whole = { ...none }
  for (const row of rows) for (const key of Object.keys(none) as (keyof typeof none)[]) whole[key] += row[key]
  const named = <R extends { path: string }>(row: R) => ({ ...row, name: names.get(row.path) ?? '' })
  return {
    whole: named({ path: query.path, ...whole }),
    parts: rows.filter(({ path }) => path !== query.path).map(named),
  }
}
