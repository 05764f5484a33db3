import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import { buildCalendar } from './calendar.ts'
import type { Calendar } from './rules.ts'

/** The calendar of the transaction's district. */

const cache = new Map<string, { version: string; calendar: Calendar }>()

/** Built once for each state of the district's exceptions; asking costs one small query. */
export async function calendarOf(trx: Trx): Promise<Calendar> {
  const { rows } = await sql<{ district: string; version: string; days: Record<string, boolean> | null }>`
    select app.district() as district, coalesce(md5(string_agg(day::text || working, ',' order by day)), '') as version,
      jsonb_object_agg(day, working) filter (where day is not null) as days
    from holiday where district_code = app.district()`.execute(trx)
  const { district, version, days } = rows[0]!
  const known = cache.get(district)
  if (known?.version === version) return known.calendar
  const calendar = buildCalendar(new Map(Object.entries(days ?? {})))
  cache.set(district, { version, calendar })
  return calendar
}
