import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { organisationNames } from '#org/service.ts'
import type { Figures, FiguresQuery } from './figure-contract.ts'
import { counted } from './figure-store.ts'
import { textOf } from './service.ts'

/** Figures of whistles by department; every one drills down to the records that make it up (boundary 19). */

/** In the order of their names, never of their figures: nobody is ranked (boundary 11). */
export async function figures(trx: Trx, query: FiguresQuery, now: Temporal.Instant): Promise<Figures> {
  if (query.until <= query.from)
    refuse('input.invalid', { field: 'query.until', expected: `> ${query.from}`, params: { count: 1 } })
  const rows = await counted(trx, query, textOf(now))
  const names = await organisationNames(
    trx,
    rows.map(({ id }) => id),
  )
  return {
    items: rows
      .map((row) => ({ ...row, name: names.get(row.id)?.shortName ?? '' }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
  }
}
