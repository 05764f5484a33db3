import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'

/** Who looked at a record, for those who answer for it (boundary 4). */

export type Looker = { name: string; organisation: string; times: number; lastAt: string; reasons: string[] }

/** Members of staff who read, opened or changed one of these records since then, whoever did so last first. */
export async function lookersAt(
  trx: Trx,
  subjects: readonly string[],
  since: Temporal.Instant,
): Promise<Looker[]> {
  const { rows } = await sql<Looker>`
    with looks as (
      select actor_id, (array_agg(organisation_id order by at desc))[1] as organisation_id, count(*)::int as times, max(at) as last_at,
        array_remove(array_agg(distinct reason), null) as reasons
      from audit_entry
      where district_code = app.district() and subject_id = any (${sql.val(subjects)}::uuid[]) and at >= ${since.toString()}::timestamptz
        and actor_kind = 'staff'
      group by actor_id)
    select coalesce(p.name, '') as name, coalesce(o.short_name, '') as organisation, l.times, l.last_at as "lastAt", l.reasons
    from looks l
    left join person p on p.district_code = app.district() and p.id = l.actor_id
    left join organisation o on o.district_code = app.district() and o.id = l.organisation_id
    order by l.last_at desc, p.name limit 50`.execute(trx)
  return rows
}
