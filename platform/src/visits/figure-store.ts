import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { FigureRow, FiguresQuery } from './figure-contract.ts'
import { under } from './task-store.ts'

/** SQL behind figures. Each counts the records that its drill-down lists. Private to this folder. */

export type Counted = Omit<FigureRow, 'name'>

/** Counts by the areas right under one; a record of the area itself counts under its own path. */
export async function counted(trx: Trx, query: FiguresQuery, today: string): Promise<Counted[]> {
  const { path, from, until } = query
  const part = (column: string) =>
    sql`${path} || coalesce(nullif(split_part(substr(${sql.ref(column)}, ${path.length + 1}), '/', 1), '') || '/', '')`
  const { rows } = await sql<Counted>`
    with tasks as (
      select ${part('t.path')} as path, count(distinct t.household_id)::int as households,
        count(distinct t.household_id) filter (where t.state = 'done')::int as visited,
        count(*) filter (where t.state = 'open')::int as open,
        count(*) filter (where t.state = 'open' and t.due_on < ${today}::date)::int as overdue,
        count(*) filter (where t.state = 'done' and t.ended_as <> 'met_late')::int as done,
        count(*) filter (where t.ended_as = 'met_late')::int as "doneLate",
        count(*) filter (where t.state = 'missed')::int as missed,
        count(*) filter (where t.ended_as = 'not_reached')::int as "notReached",
        count(*) filter (where t.ended_as = 'declined')::int as declined,
        count(*) filter (where t.ended_as = 'excused' or t.state = 'cancelled')::int as excused
      from visit_task t where t.district_code = app.district() and ${under('t.path', path)}
        and t.due_on >= ${from}::date and t.due_on < ${until}::date group by 1),
    visits as (
      select ${part('v.path')} as path, count(*) filter (where v.outcome = 'met')::int as visits
      from visit v where v.district_code = app.district() and ${under('v.path', path)}
        and v.on_day >= ${from}::date and v.on_day < ${until}::date group by 1),
    needs as (
      select ${part('n.path')} as path, count(*)::int as needs
      from visit_need n join visit v on v.district_code = n.district_code and v.id = n.visit_id
      where n.district_code = app.district() and ${under('n.path', path)}
        and v.on_day >= ${from}::date and v.on_day < ${until}::date group by 1),
    said as (
      select ${part('c.path')} as path, count(*) filter (where c.answer = 'yes')::int as confirmed,
        count(*) filter (where c.answer = 'no')::int as denied
      from visit_confirmation c join visit v on v.district_code = c.district_code and v.id = c.visit_id
      where c.district_code = app.district() and ${under('c.path', path)} and c.answer is not null
        and v.on_day >= ${from}::date and v.on_day < ${until}::date group by 1),
    spots as (
      select ${part('s.path')} as path, count(*) filter (where s.result = 'visited')::int as "spotVisited",
        count(*) filter (where s.result = 'not_visited')::int as "spotNot",
        count(*) filter (where s.result = 'not_reached')::int as "spotNotReached"
      from spot_pick s join visit v on v.district_code = s.district_code and v.id = s.visit_id
      where s.district_code = app.district() and ${under('s.path', path)}
        and v.on_day >= ${from}::date and v.on_day < ${until}::date group by 1)
    select path, coalesce(households, 0) as households, coalesce(visited, 0) as visited, coalesce(open, 0) as open,
      coalesce(overdue, 0) as overdue, coalesce(done, 0) as done, coalesce("doneLate", 0) as "doneLate",
      coalesce(missed, 0) as missed, coalesce("notReached", 0) as "notReached", coalesce(declined, 0) as declined,
      coalesce(excused, 0) as excused, coalesce(visits, 0) as visits, coalesce(needs, 0) as needs,
      coalesce(confirmed, 0) as confirmed, coalesce(denied, 0) as denied, coalesce("spotVisited", 0) as "spotVisited",
      coalesce("spotNot", 0) as "spotNot", coalesce("spotNotReached", 0) as "spotNotReached"
    from tasks full join visits using (path) full join needs using (path) full join said using (path) full join spots using (path)
    order by path collate "C"`.execute(trx)
  return rows
}
