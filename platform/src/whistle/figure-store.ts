import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { FigureRow } from './figure-contract.ts'
import { dayStart, partIs } from './list-store.ts'

/** SQL behind figures. Each counts the records that its drill-down lists. Private to this folder. */

export type Counted = Omit<FigureRow, 'name'>

/** Counts by department, of calls between two days. */
export async function counted(
  trx: Trx,
  { from, until }: { from: string; until: string },
  now: string,
): Promise<Counted[]> {
  const how = (what: Parameters<typeof partIs>[0]) => sql`count(*) filter (where ${partIs(what, now)})::int`
  const { rows } = await sql<Counted>`
    select p.organisation_id as id, count(*)::int as called, count(*) filter (where p.role = 'lead')::int as lead,
      ${how('in_time')} as "inTime", ${how('late')} as late, ${how('waiting')} as waiting, ${how('released')} as released,
      ${how('done')} as done,
      round(avg(extract(epoch from p.done_at - p.blown_at) / 86400) filter (where ${partIs('done', now)}), 1)::float8 as days,
      ${how('satisfied')} as satisfied, ${how('fair')} as fair, ${how('dissatisfied')} as dissatisfied
    from whistle_part p
    where p.district_code = app.district() and p.blown_at >= ${dayStart(from)} and p.blown_at < ${dayStart(until)}
    group by p.organisation_id`.execute(trx)
  return rows
}
